"""Draft themes and what decisions leave of them."""

from __future__ import annotations

from coder.domain.drafting.theme_drafts import DraftDecision, ThemeDraft, open_drafts

BEDS = ThemeDraft("Beds", ("beds",), (1, 2, 3), (1, 2))
PAY = ThemeDraft("Pay", ("pay",), (4, 5, 6, 7), (4,))
LAW = ThemeDraft("Law", ("act", "pay"), (8, 9), (8,))


def names(*decisions: DraftDecision) -> list[str]:
    """Return the names of the drafts that decisions leave."""
    return [draft.name for draft in open_drafts([BEDS, PAY, LAW], decisions)]


def test_what_was_decided_does_not_come_again() -> None:
    """A draft is the one of a decision if more than half of its answers are: groups differ a little."""
    assert names(DraftDecision("refused", (1, 2, 20))) == ["Pay", "Law"]
    assert names(DraftDecision("taken", (4, 5))) == ["Beds", "Pay", "Law"]
    assert names(DraftDecision("taken", (4, 5, 6, 1), theme_id="pay")) == ["Beds", "Law"]


def test_a_renamed_draft_waits_under_its_name() -> None:
    """It is still to be decided."""
    assert names(DraftDecision("renamed", BEDS.responses, "Wards")) == ["Wards", "Pay", "Law"]


def test_merged_drafts_are_one() -> None:
    """It has the answers, quotes and words of both; a later decision is about all of it."""
    merged = DraftDecision("merged", LAW.responses, into=PAY.responses)
    _, both = open_drafts([BEDS, PAY, LAW], [merged])
    assert (both.name, both.responses, both.quotes) == ("Pay", (4, 5, 6, 7, 8, 9), (4, 8))
    assert both.words == ("pay", "act")
    assert names(merged, DraftDecision("refused", both.responses)) == ["Beds"]
    assert names(DraftDecision("merged", LAW.responses)) == ["Beds", "Pay"]
