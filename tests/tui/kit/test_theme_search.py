"""Themes are found by what is typed of them."""

from __future__ import annotations

from coder.domain.codebook import Theme
from coder.tui.kit.theme_search import best_themes


def theme(label: str, definition: str = "", *keywords: str) -> Theme:
    """Return a theme that goes by its label."""
    return Theme(label.lower(), label, definition, keywords=keywords)


def test_a_label_beats_a_keyword_beats_a_definition() -> None:
    """The start of the label comes first, then of a word in it, a keyword, a part, the definition."""
    themes = [
        theme("Training", "Courses for staff"),
        theme("Money", "", "staffing"),
        theme("Understaffed"),
        theme("Our staff"),
        theme("Staff"),
        theme("Beds"),
    ]
    found = [each.label for each in best_themes("staff", themes)]
    assert found == ["Staff", "Our staff", "Money", "Understaffed", "Training"]


def test_a_misspelt_label_is_found() -> None:
    """Letters left out, doubled or swapped do not matter much."""
    themes = [theme("Recruitment and retention"), theme("Housing"), theme("Beds")]
    for typed in ("recuitment", "retenttion", "Recruitemnt"):
        assert best_themes(typed, themes)[0].label == "Recruitment and retention"
    assert best_themes("housign", themes)[0].label == "Housing"
    assert best_themes("qq", themes) == []


def test_all_themes_are_offered_from_a_to_z() -> None:
    """Before anything is typed every theme is there, whatever the case of its label."""
    themes = [theme("beds"), theme("Zeal"), theme("Advocacy")]
    assert [each.label for each in best_themes("", themes)] == ["Advocacy", "beds", "Zeal"]
