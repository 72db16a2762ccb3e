"""Rows of a frequency table, from counts alone."""

from __future__ import annotations

from coder.domain.codebook import Codebook, Theme
from coder.domain.tables.requests import TableBase, TableOptions
from coder.tables.theme_rows import FrequencyRows, counted_themes, nets_of

CODEBOOK = Codebook(
    (
        Theme("all", "Everything", codable=False),
        Theme("people", "People", parent="all", codable=False),
        Theme("pay", "Pay", parent="people"),
        Theme("staff", "Staff", parent="people"),
        Theme("beds", "Beds", parent="all"),
        Theme("other", "Other", questions=("Q2",)),
        Theme("old", "Old", status="retired"),
    )
)
BASE = TableBase("answered", 8, asked=10, answered=8)


def test_themes_of_a_table() -> None:
    """Those on offer have rows, and those with codings: of another question, retired, or unknown."""
    ids = [theme.id for theme in counted_themes(CODEBOOK, "Q1", {})]
    assert ids == ["pay", "staff", "beds"]
    counts = {"gone": (1, 1), "old": (1, 1), "other": (2, 2)}
    themes = counted_themes(CODEBOOK, "Q1", counts)
    assert [theme.id for theme in themes] == ["pay", "staff", "beds", "other", "old", "gone"]
    assert themes[-1].label == "gone"


def test_nets_hold_everything_below_them() -> None:
    """A net of nets counts the codings of all themes under both."""
    assert nets_of(CODEBOOK, CODEBOOK.offered("Q1")) == {
        "people": ("people", "pay", "staff"),
        "all": ("all", "people", "pay", "staff", "beds"),
    }


def test_nets_within_nets_are_indented_twice() -> None:
    """Rows follow their net, each level ranked by itself."""
    counts = {"pay": (1, 1), "staff": (2, 3), "beds": (4, 4)}
    nets = {"people": (2, 4), "all": (5, 8)}
    options = TableOptions(nets=True)
    rows = FrequencyRows(CODEBOOK, counts, nets, BASE, options).nested(CODEBOOK.offered("Q1"))
    assert [(row.theme_id, row.level, row.count) for row in rows] == [
        ("all", 0, 5),
        ("beds", 1, 4),
        ("people", 1, 2),
        ("staff", 2, 2),
        ("pay", 2, 1),
    ]


def test_percentages_are_of_respondents_alone() -> None:
    """Mentions have no percentage, and neither has anything of an empty base."""
    themes = CODEBOOK.offered("Q1")
    counts = {"pay": (2, 3)}
    (row,) = FrequencyRows(CODEBOOK, counts, {}, BASE, TableOptions()).flat(themes)
    assert (row.count, row.percent) == (2, 25.0)
    (row,) = FrequencyRows(CODEBOOK, counts, {}, BASE, TableOptions(what="mentions")).flat(themes)
    assert (row.count, row.percent) == (3, None)
    empty = TableBase("answered", 0, asked=0, answered=0)
    (row,) = FrequencyRows(CODEBOOK, counts, {}, empty, TableOptions()).flat(themes)
    assert row.percent is None
