"""What was told already of where a study lies: kept on this machine, for it is no part of the study."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coder.errors import CoderError
from coder.formats.shared.files_out import replace_file
from coder.workflows.study.surroundings.notices import surroundings

if TYPE_CHECKING:
    from coder.workflows.study.surroundings.surrounding import Surrounding

_MOST_STUDIES = 500


def memory_file() -> Path:
    """Return the file of this user that holds what was told: a study's folder to what it was about."""
    state = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")  # noqa: PTH111 - no error without a home
    return Path(state) / "coder" / "surroundings.json"


class News(NamedTuple):
    """What a coder was not told before of where a study lies, and of copies of its files."""

    folder: Path
    notices: list[Surrounding]

    def note_told(self) -> None:
        """Note that it was told; where that cannot be kept, it is told again."""
        _keep(self.folder, [*_subjects(self.folder), *(notice.about for notice in self.notices)])


def look_around(folder: Path) -> News:
    """Look at where a study lies and at what lies beside its files; it may take a while.

    What is no longer so is forgotten, and news when it comes back.
    """
    earlier, notices = _subjects(folder), surroundings(folder)
    still_so = [notice.about for notice in notices if notice.about in earlier]
    if still_so != earlier:
        _keep(folder, still_so)
    return News(folder, [notice for notice in notices if notice.about not in earlier])


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
