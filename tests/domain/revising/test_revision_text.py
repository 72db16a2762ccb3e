"""Revisions and differences in a researcher's words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from making import CODEBOOK

from coder.domain.codebook import Codebook, Theme
from coder.domain.revising.revision_text import VersionChange, summary, version_changes, with_marks
from coder.domain.revising.revisions import Revision

START = Revision.of(CODEBOOK)


def only(revision: Revision) -> tuple[str, str, str]:
    """Return the one thing that is told of a revision: what, text and marked words."""
    (change,) = version_changes(revision.old, revision.new, revision.carried)
    return change.kind, change.text, with_marks(change.wording)


@pytest.mark.parametrize(
    ("revision", "what", "text", "words"),
    [
        (START.change("beds", label="Wards"), "renamed", "Beds -> Wards", ""),
        (START.move("beds", "people"), "moved", "Beds: under People", ""),
        (START.move("pay", None), "moved", "Pay: out of People", ""),
        (START.retire("beds"), "retired", "Beds", ""),
        (START.bring_back("old"), "brought back", "Old ways", ""),
        (START.change("beds", definition="No beds"), "definition", "Beds", "{+No beds+}"),
        (START.change("beds", exclude="Chairs"), "to leave out", "Beds", "{+Chairs+}"),
        (START.change("beds", keywords=("ward",)), "keywords", "Beds", "{+ward+}"),
        (START.change("beds", questions=("Q1",)), "questions", "Beds: every question -> Q1", ""),
        (START.change("beds", codable=False), "use", "Beds: only groups other themes from now on", ""),
        (START.merge(["pay", "staff"], "money"), "merged", "Pay, Staff -> Money", ""),
        (START.split("beds", ["pay", "staff"]), "split", "Beds -> Pay; Staff", ""),
        (
            START.add(Theme("x", "Trains", "On rails", parent="people", questions=("Q1", "Q2"))),
            "added",
            "Trains (x), for Q1, Q2, under People",
            "{+On rails+}",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_change_is_one_thing(revision: Revision, what: str, text: str, words: str) -> None:
    """Each operation is told as one thing: what it is, of which theme, with the words that changed."""
    assert only(revision) == (what, text, words)


def test_a_text_is_told_word_by_word() -> None:
    """Of an edited definition the words that went and came are marked, the others stand as they are."""
    before = START.change("beds", definition="Too few beds on wards").new
    after = Revision.of(before).change("beds", definition="Too few beds and staff")
    assert only(after) == ("definition", "Beds", "Too few beds [-on wards-] {+and staff+}")


def test_a_theme_out_of_one_net_into_another() -> None:
    """A move names the net it leaves, too."""
    first = START.add(Theme("care", "Care", codable=False)).new
    assert only(Revision.of(first).move("pay", "care"))[1] == "Pay: under Care, no longer under People"


def test_themes_of_one_label_are_told_apart() -> None:
    """Where two themes share a label, their ids stand behind it."""
    book = Codebook((Theme("q1-pay", "Pay", questions=("Q1",)), Theme("q2-pay", "pay", questions=("Q2",))))
    assert only(Revision.of(book).retire("q1-pay"))[1] == "Pay (q1-pay)"


def test_the_order_of_keywords_is_told() -> None:
    """Where only the order of a list changed, the list stands as it was and as it is."""
    before = START.change("beds", keywords=("a", "b")).new
    assert only(Revision.of(before).change("beds", keywords=("b", "a")))[2] == "[-a-] [-b-] {+b+} {+a+}"


def test_what_concerns_the_codebook_itself() -> None:
    """Title, note and the order of themes are told as well, and the summary is not empty."""
    after = replace(CODEBOOK, themes=CODEBOOK.themes[::-1], title="Large", note="New")
    assert version_changes(CODEBOOK, after) == [
        VersionChange("", "title", "of the codebook", (("out", "Small"), ("in", "Large"))),
        VersionChange("", "note", "of the codebook", (("in", "New"),)),
        VersionChange("", "order", "the themes stand in another order"),
    ]
    said = "change the codebook's title; change the codebook's note; change the codebook's order"
    assert summary(Revision(CODEBOOK, after)) == said


def test_a_removed_theme_is_told() -> None:
    """A theme that the later version lacks is told by its label."""
    after = replace(CODEBOOK, themes=CODEBOOK.themes[:-1])
    assert [(change.kind, change.text) for change in version_changes(CODEBOOK, after)] == [
        ("removed", "Old ways")
    ]
