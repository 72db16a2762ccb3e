"""A study in which something stands in every table, to be damaged."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from recode_study import redefined, split
from report_study import twice_coded

from coder.workflows.coding.journal import write_note
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from pathlib import Path


def busy_study(folder: Path) -> Path:
    """Make a closed study in which something stands in every table; return its folder."""
    with closing(twice_coded(folder)) as study:
        split(study)
        redefined(study)
        session = CodingSession(study, "ann.archer")
        session.write_memo(1, "hm")
        session.toggle_flag(3)
        session.toggle(5, "money")
        session.undo()
        write_note(session, "Beds are kept apart.", "theme", "beds")
    return folder
