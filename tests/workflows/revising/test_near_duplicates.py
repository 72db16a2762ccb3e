"""Themes that may be one: why, and which never are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from making import small_study

from coder.domain.codebook import Codebook, Theme
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising.near_duplicates import near_duplicates

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PAY, STAFF, BEDS = Theme("pay", "Pay"), Theme("staff", "Staff"), Theme("beds", "Beds")


def near(
    folder: Path, themes: Iterable[Theme], texts: Iterable[str], codings: Iterable[str]
) -> list[tuple[str, str, str]]:
    """Return the pairs of a study whose answers are coded with these themes, blanks between."""
    study = small_study(folder / "study", codebook=Codebook(tuple(themes)), texts=[[text] for text in texts])
    session = CodingSession(study, "jo")
    for number, theme_ids in enumerate(codings, start=1):
        for theme_id in theme_ids.split():
            session.toggle(number, theme_id)
    found = near_duplicates(study, "Q1")
    assert near_duplicates(study, None) == found
    study.close()
    return [(*pair.theme_ids, pair.why) for pair in found]


def test_themes_on_the_same_answers(tmp_path: Path) -> None:
    """Themes that stand together often are told, with how often."""
    codings = ["pay staff", "pay staff", "pay staff", "pay", "beds", "beds"]
    found = near(tmp_path, [PAY, STAFF, BEDS], ["We pay"] * 6, codings)
    assert found == [("pay", "staff", "often together: 3 of 4 answers have both")]


def test_twice_is_no_habit(tmp_path: Path) -> None:
    """Two answers with both themes say nothing."""
    assert near(tmp_path, [PAY, STAFF], ["We pay"] * 2, ["pay staff"] * 2) == []


def test_a_theme_and_its_net_are_no_pair(tmp_path: Path) -> None:
    """A theme under another stands on the same answers by its nature."""
    themes = [PAY, replace(STAFF, parent="pay")]
    assert near(tmp_path, themes, ["We pay"] * 3, ["pay staff"] * 3) == []


def test_retired_themes_are_no_pair(tmp_path: Path) -> None:
    """What is not offered any more needs no merging."""
    themes = [PAY, replace(STAFF, status="retired")]
    assert near(tmp_path, themes, ["We pay"] * 3, ["pay", "pay", "pay"]) == []


def test_labels_that_differ_by_endings_alone(tmp_path: Path) -> None:
    """The same words in another order or with other endings are alike; words that rhyme are not."""
    themes = [
        Theme("one", "Beds on the ward"), Theme("two", "Ward beds"),
        Theme("three", "Quality"), Theme("four", "Equality"), Theme("five", "Other"), Theme("six", "Others"),
    ]  # fmt: skip
    assert near(tmp_path, themes, ["x"], [""]) == [("one", "two", "the labels are alike")]


def test_labels_of_different_questions_are_no_pair(tmp_path: Path) -> None:
    """Themes that are never offered side by side cannot be mixed up."""
    themes = [Theme("a", "Ward beds", questions=("Q1",)), Theme("b", "Ward bed", questions=("Q2",))]
    study = small_study(tmp_path / "study", codebook=Codebook(tuple(themes)))
    assert near_duplicates(study, None) == []
    study.close()


def test_answers_in_the_same_words(tmp_path: Path) -> None:
    """Themes that never stand together but whose answers use the same words are told, with the words."""
    agency = ["Agency adverts cost us", "Adverts for agency staff", "The agency and its adverts"]
    beds = ["No beds at night", "Wards without beds", "Beds, beds, beds"]
    found = near(
        tmp_path, [PAY, STAFF, BEDS], [*agency, *agency, *beds], ["pay"] * 3 + ["staff"] * 3 + ["beds"] * 3
    )
    assert found == [("pay", "staff", "their answers use the same words: adverts, agency, cost")]
