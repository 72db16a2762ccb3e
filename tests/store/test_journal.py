"""The journal: entries that stand, other wordings of them, and what undo does to both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.errors import CoderError
from coder.store import checks, log
from coder.store.journal import add_entry, entries
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.store.journal import Subject
    from coder.workflows.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a study of which one answer is coded."""
    opened = small_study(tmp_path / "study")
    CodingSession(opened, "jo").toggle(3, "beds")
    yield opened
    opened.close()


def write(
    study: Study, text: str, subject: Subject = "study", about: str = "", replaces: int | None = None
) -> int:
    """Write an entry as jo."""
    with study.database.transaction():
        step = log.append(study.database, "jo", "note", ())
        return add_entry(study.database, step, text, subject, about, replaces)


def texts(study: Study, subject: Subject | None = None, about: str | None = None) -> list[str]:
    """Return the texts of the entries that stand."""
    return [entry.text for entry in entries(study.database, subject, about)]


def test_entries_are_listed_by_what_they_are_about(study: Study) -> None:
    """Each says who wrote it, when, and about what."""
    write(study, "Read 30 at random first.")
    write(study, "Boxes repeat each other.", "question", "Q1")
    write(study, "Of agency staff: Pay.", "theme", "pay")
    write(study, "Merged as nobody told them apart.", "decision", "1")
    assert len(texts(study)) == 4
    (entry,) = entries(study.database, "theme", "pay")
    assert (entry.coder_id, entry.subject, entry.subject_id, entry.text) == (
        "jo",
        "theme",
        "pay",
        "Of agency staff: Pay.",
    )
    assert entry.at.endswith("Z")
    assert checks.faults(study.database) == []


def test_another_wording_takes_the_place_of_an_entry(study: Study) -> None:
    """An empty one takes it away; undo brings back what stood before, redo the other way round."""
    first = write(study, "Pay")
    second = write(study, "Pay and staff", replaces=first)
    assert texts(study) == ["Pay and staff"]
    write(study, "", replaces=second)
    assert texts(study) == []
    session = CodingSession(study, "jo")
    session.undo()
    assert texts(study) == ["Pay and staff"]
    session.undo()
    assert texts(study) == ["Pay"]
    session.undo()
    assert texts(study) == []
    session.redo()
    assert texts(study) == ["Pay"]
    assert checks.faults(study.database) == []


def test_an_entry_is_no_place_to_go_back_to(study: Study) -> None:
    """Whoever wrote in the journal last goes on where they coded last."""
    write(study, "Pay")
    assert log.last_touched(study.database, "jo") == 3


@pytest.mark.parametrize("statement", ["UPDATE journal SET text = ''", "DELETE FROM journal"])
def test_nothing_written_changes(study: Study, statement: str) -> None:
    """The database itself refuses it."""
    write(study, "Pay")
    with pytest.raises(CoderError, match="the journal is"), study.database.transaction():
        study.database.execute(statement)
    assert texts(study) == ["Pay"]
