"""What was told already of where a study lies: kept on this machine, for it is no part of the study."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.formats.shared.files_out import replace_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.workflows.study.surroundings.surrounding import Surrounding

_MOST_STUDIES = 500


def memory_file() -> Path:
    """Return the file of this user that holds what was told: a study's folder to what it was about."""
    state = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")  # noqa: PTH111 - no error without a home
    return Path(state) / "coder" / "surroundings.json"


def not_yet_told(folder: Path, notices: Sequence[Surrounding]) -> list[Surrounding]:
    """Return what was not told of a study before.

    Args:
        folder: The study's.
        notices: All that is to be told of it. What is no longer among it is news when it comes back.
    """
    earlier = _subjects(folder)
    still_so = [notice.about for notice in notices if notice.about in earlier]
    if still_so != earlier:
        _keep(folder, still_so)
    return [notice for notice in notices if notice.about not in earlier]


def note_told(folder: Path, notices: Sequence[Surrounding]) -> None:
    """Note that something was told of a study; where that cannot be kept, it is told again."""
    _keep(folder, [*_subjects(folder), *(notice.about for notice in notices)])


def _subjects(folder: Path) -> list[str]:
    """Return what was told of a study already."""
    subjects = _memory().get(os.path.realpath(folder), [])
    return subjects if isinstance(subjects, list) else []


def _memory() -> dict[str, object]:
    with suppress(OSError, ValueError, RecursionError):
        memory = json.loads(memory_file().read_text(encoding="utf-8"))
        if isinstance(memory, dict):
            return memory
    return {}


def _keep(folder: Path, subjects: list[str]) -> None:
    memory, key = _memory(), os.path.realpath(folder)
    memory.pop(key, None)
    latest = dict([*memory.items(), *([(key, subjects)] if subjects else [])][-_MOST_STUDIES:])
    with suppress(OSError, CoderError, UnicodeError):
        memory_file().parent.mkdir(parents=True, exist_ok=True)
        replace_file(memory_file(), json.dumps(latest, ensure_ascii=False, indent=1) + "\n")
