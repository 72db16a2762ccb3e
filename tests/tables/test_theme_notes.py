"""The notes under a table, from what it counts alone."""

from __future__ import annotations

from making import CODEBOOK
from theme_counting import theme_counts, theme_job

from coder.domain.tables.requests import TableOptions
from coder.tables.keeping_back.withheld import NOTHING_WITHHELD
from coder.tables.theme_notes import theme_notes


def test_a_name_keeps_its_capitals() -> None:
    """What the study calls its respondents begins a sentence and is otherwise as it was written."""
    notes = theme_notes(theme_job(respondents="NHS trusts"), theme_counts(CODEBOOK), NOTHING_WITHHELD)
    assert any(note.startswith("NHS trusts may mention several themes") for note in notes)


def test_what_is_missing_is_said() -> None:
    """Silent respondents, answers not yet read and themes without a row each have a note."""
    notes = " ".join(theme_notes(theme_job(), theme_counts(CODEBOOK, unread=1), NOTHING_WITHHELD))
    assert "Base: councils that answered Q1, n = 8." in notes
    assert "No answer to Q1 from 2 of 10 councils." in notes
    assert "1 of 9 answers to Q1 is not yet read." in notes
    assert "4 themes have no mention and no row." in notes


def test_mentions_have_no_percentages_to_explain() -> None:
    """A table of mentions says so, and says nothing of percentages."""
    notes = " ".join(
        theme_notes(theme_job(TableOptions("mentions")), theme_counts(CODEBOOK), NOTHING_WITHHELD)
    )
    assert notes.startswith("Counts are mentions")
    assert "percentages" not in notes


def test_whose_codings_are_counted() -> None:
    """Several coders are named; one is named only if asked for; a past moment is given."""
    several = theme_notes(theme_job(), theme_counts(CODEBOOK, coders=("jo", "kit", "sam")), NOTHING_WITHHELD)
    assert any(note.startswith("Codings of jo, kit and sam;") for note in several)
    assert not any(
        "jo" in note
        for note in theme_notes(theme_job(), theme_counts(CODEBOOK, coders=("jo",)), NOTHING_WITHHELD)
    )
    then = theme_counts(CODEBOOK, unread=3, coders=("jo",), moment="at 2026-11-21T10:00:00.000Z")
    notes = theme_notes(theme_job(coder_ids=("jo",)), then, NOTHING_WITHHELD)
    assert any("3 of 9 answers to Q1 were not yet read then." in note for note in notes)
    assert notes[-2:] == ("Codings of jo alone.", "Codings as they stood at 2026-11-21T10:00:00.000Z.")
