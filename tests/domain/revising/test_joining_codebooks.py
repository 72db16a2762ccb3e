"""Taking another codebook's themes into a revision."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import CODEBOOK

from coder.domain.codebook import Codebook, Theme
from coder.domain.revising.joining_codebooks import join_codebooks, match_themes
from coder.domain.revising.revisions import Carried, Merge, Revision, Split
from coder.errors import CoderError

GUIDS = {theme.id: f"guid-{theme.id}" for theme in CODEBOOK}
START = Revision.of(CODEBOOK)


def joined(*themes: Theme, before: Codebook = CODEBOOK) -> Codebook:
    """Return what the small codebook becomes with the themes of another."""
    return join_codebooks(Revision.of(before), Codebook(themes), GUIDS).new


def test_themes_are_matched_by_id_then_guid_then_label() -> None:
    """The id counts before the guid, that before the label; each theme is matched once."""
    other = Codebook(
        (
            Theme("a", "Staff"),
            Theme("b", "Cash", guid="guid-money"),
            Theme("BEDS", "Wards"),
            Theme("c", "beds"),
            Theme("d", "Money"),
            Theme("e", " pay "),
        )
    )
    assert match_themes(CODEBOOK, other, GUIDS) == {"BEDS": "beds", "b": "money", "a": "staff", "e": "pay"}


def test_a_label_counts_within_its_questions() -> None:
    """Themes of one label are the same only if some question has both."""
    book = Codebook((Theme("q1-pay", "Pay", questions=("Q1",)),))
    for questions, expected in ((("Q2",), {}), (("Q1", "Q2"), {"x": "q1-pay"}), ((), {"x": "q1-pay"})):
        assert match_themes(book, Codebook((Theme("x", "Pay", questions=questions),)), {}) == expected


def test_what_the_other_says_is_taken_over() -> None:
    """Fields of a matched theme are taken over where the other has something, and stay where not."""
    before = START.change("beds", definition="Old", include="This", keywords=("bed",)).new
    after = joined(Theme("beds", "Wards", "New", keywords=("ward",)), before=before).by_id["beds"]
    assert (after.label, after.definition, after.include, after.keywords) == (
        "Wards",
        "New",
        "This",
        ("ward",),
    )


def test_questions_are_joined() -> None:
    """A theme goes on to serve its questions, and those of the other codebook; every question stays every."""
    before = START.change("beds", questions=("Q1", "Q2")).new
    after = joined(Theme("beds", "Beds", questions=("Q2", "Q3")), before=before)
    assert after.by_id["beds"].questions == ("Q1", "Q2", "Q3")
    assert joined(Theme("money", "Money", questions=("Q2",))).by_id["money"].questions == ()


def test_new_themes_stand_after_the_one_before_them() -> None:
    """A new theme is added after the theme it follows in the other codebook; its net may be a matched one."""
    after = joined(Theme("x", "people"), Theme("pay", "Pay"), Theme("new", "Fees", parent="x"))
    assert [theme.id for theme in after][:3] == ["people", "pay", "new"]
    assert after.by_id["new"].parent == "people"


def test_nothing_is_removed() -> None:
    """Themes that the other lacks stay; what is retired here is not brought back by one in use there."""
    assert joined(Theme("beds", "Beds")) == CODEBOOK
    before = START.retire("beds").new
    assert joined(Theme("beds", "Beds"), before=before) == before


def test_what_is_retired_there_is_retired() -> None:
    """A codebook in which a theme is retired says so; a namesake in use is meant before a retired one."""
    assert joined(Theme("beds", "Beds", status="retired")) == START.retire("beds").new
    both = joined(Theme("x", "Beds", status="retired", became=("y",)), Theme("y", "Beds"))
    assert both.by_id["beds"].status == "active"
    assert (both.by_id["x"].status, both.by_id["x"].became) == ("retired", ("beds",))
    with pytest.raises(CoderError, match="'People' is the net of"):
        joined(Theme("people", "People", status="retired"))


def test_merges_and_splits_come_with_the_themes() -> None:
    """What became of a theme there becomes of its codings here, by the names that themes have here."""
    other = Codebook(
        (
            Theme("mine", "Money"),
            Theme("pay", "Pay", status="retired", became=("mine",)),
            Theme("wards", "Wards"),
            Theme("hospices", "Hospices"),
            Theme("beds", "Beds", status="retired", became=("wards", "hospices")),
        )
    )
    revision = join_codebooks(START, other, GUIDS)
    assert revision.carried == Carried((Merge(("pay",), "money"),), (Split("beds", ("wards", "hospices")),))
    assert revision.new.by_id["pay"].became == ("money",)


def test_a_guid_is_kept_or_taken_over() -> None:
    """A guid of the theme's own stays; without one it takes the other's."""
    before = START.change("beds", guid="own").new
    assert joined(Theme("beds", "Beds", guid="theirs"), before=before).by_id["beds"].guid == "own"
    assert joined(Theme("beds", "Beds", guid="theirs")).by_id["beds"].guid == "theirs"
    assert joined(Theme("beds", "Beds", guid="guid-beds")).by_id["beds"].guid == ""


def test_title_and_note_fill_what_is_empty() -> None:
    """The codebook keeps its title, and takes over a note if it has none."""
    other = Codebook((Theme("beds", "Beds"),), "Theirs", "Their note")
    after = join_codebooks(START, other, GUIDS).new
    assert (after.title, after.note) == ("Small", "Their note")


def test_nets_that_would_go_round_are_refused() -> None:
    """A codebook that has two themes the other way round cannot be taken in."""
    with pytest.raises(CoderError, match="circle"):
        joined(Theme("pay", "Pay"), Theme("people", "People", parent="pay"))


LABELS = st.sampled_from(["People", "Pay", "Beds", "Trains", "Fees"])
OTHERS = st.lists(
    st.tuples(st.sampled_from(["pay", "beds", "x", "y", "z"]), LABELS),
    unique_by=(lambda each: each[0], lambda each: each[1]),
)


@given(OTHERS)
def test_joining_twice_is_joining_once(pairs: list[tuple[str, str]]) -> None:
    """What was taken in is found again: the second time nothing changes."""
    other = Codebook(tuple(Theme(theme_id, label) for theme_id, label in pairs))
    once = join_codebooks(START, other, GUIDS).new
    guids = {theme.id: theme.guid or f"guid-{theme.id}" for theme in once}
    again = join_codebooks(Revision.of(once), other, guids).new
    assert {theme.id for theme in CODEBOOK} <= {theme.id for theme in again}
    assert again == once
