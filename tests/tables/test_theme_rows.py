"""Rows of tables of themes, from counts alone."""

from __future__ import annotations

from theme_counting import theme_counts

from coder.domain.codebook import Codebook, Theme
from coder.domain.tables.counts import Count
from coder.domain.tables.requests import TableOptions
from coder.tables.theme_rows import nets_of, theme_rows, themes_of_question, themes_of_table

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


def test_themes_of_a_table() -> None:
    """Those on offer have rows, and those with codings: of another question, retired, or unknown."""
    ids = [theme.id for theme in themes_of_question(CODEBOOK, "Q1", ())]
    assert ids == ["pay", "staff", "beds"]
    themes = themes_of_question(CODEBOOK, "Q1", ["gone", "old", "other"])
    assert [theme.id for theme in themes] == ["pay", "staff", "beds", "other", "old", "gone"]
    assert themes[-1].label == "gone"


def test_themes_of_several_questions_can_be_told_apart() -> None:
    """Two themes of one label have their questions after it; all stand in the codebook's order."""
    codebook = Codebook((Theme("a", "Pay", questions=("Q1",)), Theme("b", "Pay", questions=("Q2",))))
    labels = [theme.label for theme in themes_of_table(codebook, ("Q2", "Q1"), ())]
    assert labels == ["Pay (Q1)", "Pay (Q2)"]


def test_nets_hold_everything_below_them() -> None:
    """A net of nets counts the codings of all themes under both."""
    assert nets_of(CODEBOOK, CODEBOOK.offered("Q1")) == {
        "people": ("people", "pay", "staff"),
        "all": ("all", "people", "pay", "staff", "beds"),
    }


def test_nets_within_nets_are_indented_twice() -> None:
    """Rows follow their net, each level ranked by itself."""
    themes = {"pay": Count(1, 1), "staff": Count(2, 3), "beds": Count(4, 4)}
    nets = {"people": Count(2, 4), "all": Count(5, 8)}
    rows = theme_rows(theme_counts(CODEBOOK, themes, nets), TableOptions(nets=True))
    assert [(row.key, row.level, row.respondents) for row in rows] == [
        ("all", 0, 5),
        ("beds", 1, 4),
        ("people", 1, 2),
        ("staff", 2, 2),
        ("pay", 2, 1),
    ]
