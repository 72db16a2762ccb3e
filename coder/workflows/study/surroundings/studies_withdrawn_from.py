"""Studies on this machine from which somebody has withdrawn: where they lie, and nothing else of them.

A survey file that is imported again must not bring back who withdrew. A file beside the survey would tell
everybody who can read that folder who they are; what is kept here is this user's alone, and names folders.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from coder.errors import CoderError
from coder.formats.shared.files_out import replace_file
from coder.workflows.study.surroundings.remembering import memory_file

_MOST_STUDIES = 500


def withdrawals_file() -> Path:
    """Return the file of this user that names the folders of these studies."""
    return memory_file().with_name("withdrawals.json")


def remember_withdrawal(folder: Path) -> None:
    """Keep where a study lies from which somebody has withdrawn; if that cannot be, nothing is said."""
    place = os.path.realpath(folder)
    places = [*(str(path) for path in studies_withdrawn_from() if str(path) != place), place]
    with suppress(OSError, CoderError, UnicodeError):
        withdrawals_file().parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(places[-_MOST_STUDIES:], ensure_ascii=False, indent=1)
        replace_file(withdrawals_file(), f"{text}\n")


def studies_withdrawn_from() -> list[Path]:
    """Return where they lay when it was kept, the latest last."""
    with suppress(OSError, ValueError, RecursionError):
        places = json.loads(withdrawals_file().read_text(encoding="utf-8"))
        if isinstance(places, list):
            return [Path(place) for place in places if isinstance(place, str)]
    return []
