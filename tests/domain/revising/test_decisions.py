"""What only a person can decide in an edited codebook, and what a decision makes of a revision."""

from __future__ import annotations

from dataclasses import replace

import pytest
from making import CODEBOOK

from coder.domain.codebook import Codebook
from coder.domain.revising.decisions import Decision, decided, differences_to_plan, open_decisions
from coder.domain.revising.revisions import Merge, Revision

USED = {"beds": 3}


def without(theme_id: str) -> Revision:
    """Return the revision that a deleted block makes."""
    themes = tuple(theme for theme in CODEBOOK if theme.id != theme_id)
    return Revision(CODEBOOK, replace(CODEBOOK, themes=themes))


def test_a_theme_that_is_gone_can_be_retired_or_merged() -> None:
    """Its codings are kept, or become another theme's, which is still to be chosen."""
    (open_decision,) = open_decisions(without("beds"), USED)
    assert open_decision.message == "'Beds' (beds) is gone from the file, and 3 codings have it."
    assert [(d.operation, d.theme_id, d.needs_target) for d in open_decision.decisions] == [
        ("retire", "beds", False),
        ("merge", "beds", True),
    ]


def test_a_theme_under_another_id_may_be_meant() -> None:
    """Where a new theme has the label of the one that is gone, going on with it can be decided."""
    codebook = Codebook(tuple(replace(t, id="wards") if t.id == "beds" else t for t in CODEBOOK), "Small")
    (open_decision,) = open_decisions(Revision(CODEBOOK, codebook), USED)
    assert (open_decision.decisions[-1].target_id, open_decision.decisions[-1].effect) == (
        "wards",
        "go on as 'wards'",
    )


@pytest.mark.parametrize("uses", [{}, {"beds": 0}, {"pay": 2}])
def test_nothing_is_open_about_a_theme_without_codings(uses: dict[str, int]) -> None:
    """It can go, or mean something else, unasked."""
    assert open_decisions(without("beds"), uses) == []


def test_each_decision_settles_what_is_open() -> None:
    """After any of its decisions nothing is open, and codings go where was decided."""
    gone = without("beds")
    retired = decided(gone, Decision("retire", "beds", ""))
    assert (retired.new.by_id["beds"].status, open_decisions(retired, USED)) == ("retired", [])
    merged = decided(gone, Decision("merge", "beds", "", "money"))
    assert (merged.carried.merges, open_decisions(merged, USED)) == ((Merge(("beds",), "money"),), [])
    another = Revision.of(CODEBOOK).change("beds", include="Chairs")
    (open_decision,) = open_decisions(another, USED)
    assert [decision.operation for decision in open_decision.decisions] == ["look-again", "keep"]
    settled = [decided(another, decision) for decision in open_decision.decisions]
    assert [revision.carried.look_again for revision in settled] == [("beds",), ()]
    assert [revision.keep for revision in settled] == [(), ("beds",)]
    assert [open_decisions(revision, USED) for revision in settled] == [[], []]


@pytest.mark.parametrize(
    ("revision", "fields"),
    [
        (Revision.of(CODEBOOK).change("beds", label="Wards"), []),
        (Revision.of(CODEBOOK).change("beds", definition="A first definition"), []),
        (Revision.of(CODEBOOK).change("beds", exclude="Chairs"), ["exclude"]),
        (Revision.of(CODEBOOK).move("beds", "people"), ["parent"]),
        (Revision.of(CODEBOOK).move("money", "people"), []),
        (without("beds"), [""]),
    ],
    ids=["label", "first definition", "note", "net", "unused", "removed"],
)
def test_what_concerns_codings_needs_a_plan(revision: Revision, fields: list[str]) -> None:
    """Another meaning, another net and a theme that goes are planned where there are codings."""
    assert [difference.field for difference in differences_to_plan(revision, USED)] == fields
