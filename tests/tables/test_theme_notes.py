"""The notes under a table, from what it counts alone."""

from __future__ import annotations

from coder.domain.tables.requests import TableBase, TableOptions
from coder.tables.theme_notes import Coverage, table_notes

BASE = TableBase("answered", 8, asked=10, answered=8)


def notes(options: TableOptions, coverage: Coverage, word: str = "councils") -> tuple[str, ...]:
    """Return the notes of a table of Q1."""
    return table_notes("Q1", word, BASE, options, coverage)


def test_a_name_keeps_its_capitals() -> None:
    """What the study calls its respondents begins a sentence and is otherwise as it was written."""
    found = notes(TableOptions(), Coverage(answers=9, unread=0), "NHS trusts")
    assert any(note.startswith("NHS trusts may mention several themes") for note in found)


def test_what_is_missing_is_said() -> None:
    """Silent respondents, answers not yet coded and themes without a row each have a note."""
    found = " ".join(notes(TableOptions(), Coverage(answers=9, unread=1, unmentioned=2)))
    assert "Base: councils that answered Q1, n = 8." in found
    assert "No answer to Q1 from 2 of 10 councils." in found
    assert "1 of 9 answers to Q1 is not yet coded." in found
    assert "2 themes have no mention and no row." in found


def test_mentions_have_no_percentages_to_explain() -> None:
    """A table of mentions says so, and says nothing of percentages."""
    found = " ".join(notes(TableOptions("mentions"), Coverage(answers=9, unread=0)))
    assert found.startswith("Counts are mentions")
    assert "percentages" not in found


def test_whose_codings_are_counted() -> None:
    """Several coders are named; one is named only if asked for; a past moment is given."""
    several = notes(TableOptions(), Coverage(9, 0, coders=("jo", "kit", "sam")))
    assert any(note.startswith("Codings of jo, kit and sam;") for note in several)
    assert not any("jo" in note for note in notes(TableOptions(), Coverage(9, 0, coders=("jo",))))
    asked = notes(
        TableOptions(), Coverage(9, 3, coders=("jo",), chosen=True, as_of="at 2026-11-21T10:00:00.000Z")
    )
    assert asked[-2:] == ("Codings of jo alone.", "Codings as they stood at 2026-11-21T10:00:00.000Z.")
    assert not any("not yet coded" in note for note in asked)
