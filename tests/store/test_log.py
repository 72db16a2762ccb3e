"""The log of steps: what it says about a response, and about time."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

from making import small_study

from coder.domain.codings import Change
from coder.store import log
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from pathlib import Path


def test_time_is_written_in_utc() -> None:
    """Times sort as texts: always of one length, to the millisecond."""
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", log.utc_now())


def test_history_has_undo_and_redo_too(tmp_path: Path) -> None:
    """Everything that was ever done to a response is told, by whom and in order."""
    with closing(small_study(tmp_path / "study")) as study:
        jo, sam = CodingSession(study, "jo"), CodingSession(study, "sam")
        jo.toggle(1, "pay")
        sam.write_memo(1, "hm")
        jo.undo()
        jo.redo()
        jo.toggle(2, "pay")
        told = [(step.coder_id, step.kind, step.target, c.new) for step, c in log.history(study.database, 1)]
        assert told == [
            ("jo", "do", None, ""),
            ("sam", "do", None, "hm"),
            ("jo", "undo", 1, None),
            ("jo", "redo", 1, ""),
        ]


def test_a_step_keeps_its_changes_in_order(tmp_path: Path) -> None:
    """The number that is returned leads to the changes that were made."""
    changes = [Change(2, "theme", None, "", "pay", "import"), Change(1, "done", None, "1")]
    with closing(small_study(tmp_path / "study")) as study, study.database.transaction():
        step = log.append(study.database, "jo", "imported", changes)
        assert log.changes_of(study.database, step) == changes
