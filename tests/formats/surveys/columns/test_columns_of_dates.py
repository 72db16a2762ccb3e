"""Columns of dates: those of visits are kept, by the day; those of births are not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from coder.domain.nonresponse import NonResponses
from coder.domain.surveys.import_choices import NO_CHOICES, ImportChoices
from coder.formats.surveys.reading import build_survey, read_rows, understand

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coder.domain.surveys.survey_layout import SurveyLayout

BEGIN = datetime(2026, 1, 3, 10, 22, 1)  # noqa: DTZ001 - surveys know no zones


def imported(
    folder: Path, name: str, date_of: Callable[[int], str], choices: ImportChoices = NO_CHOICES
) -> tuple[SurveyLayout, list[str]]:
    """Import thirty people with a column of dates; return it as it is kept, if it is."""
    path = folder / "survey.csv"
    rows = [f'R{n},"{date_of(n)}",we would like number {n} to be better' for n in range(30)]
    path.write_text("\n".join([f"id,{name},What else?", *rows, ""]), encoding="utf-8")
    raw = read_rows(path, choices)
    layout = understand(raw, choices)
    survey, _ = build_survey(raw, layout, NonResponses())
    return layout, [respondent.attributes.get(name, "") for respondent in survey.respondents]


def after(step: timedelta, form: str) -> Callable[[int], str]:
    """Return what writes dates that follow each other."""
    return lambda n: (BEGIN + n * step).strftime(form)


def test_days_are_kept_as_they_stand(tmp_path: Path) -> None:
    """Nearly all different, they were left out of a study, so that no trend could be made."""
    layout, cells = imported(tmp_path, "visit", after(timedelta(days=3), "%d/%m/%Y"))
    assert (layout.columns[1].role, layout.columns[1].reason) == ("attribute", "dates, 30 different")
    assert cells[:2] == ["03/01/2026", "06/01/2026"]


def test_of_exact_times_the_day_is_kept(tmp_path: Path) -> None:
    """To the second they tell who it was that answered; chosen by name, too."""
    stamps = after(timedelta(days=3, minutes=7), "%Y-%m-%d %H:%M:%S")
    for choices in (NO_CHOICES, ImportChoices(attributes=("visit",))):
        layout, cells = imported(tmp_path, "visit", stamps, choices)
        assert layout.columns[1].role == "attribute"
        assert cells[:2] == ["2026-01-03", "2026-01-06"]


def test_times_that_many_share_are_kept_whole(tmp_path: Path) -> None:
    """Two sessions of a day tell nobody."""
    _, cells = imported(tmp_path, "session", lambda n: f"2026-01-03 {10 + n % 2}:00")
    assert cells[:3] == ["2026-01-03 10:00", "2026-01-03 11:00", "2026-01-03 10:00"]


@pytest.mark.parametrize("form", ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%y"])
def test_what_may_be_dates_of_birth_is_left_out(tmp_path: Path, form: str) -> None:
    """By the years they reach over, or where nothing tells them."""
    layout, _ = imported(tmp_path, "datum", after(timedelta(days=-400), form))
    assert layout.columns[1].role == "ignore"
    assert layout.columns[1].reason.startswith("may identify a person; left out (dates ")


@pytest.mark.parametrize("name", ["date of birth", "dob", "Geburtsdatum"])
def test_a_name_that_says_birth_leaves_it_out(tmp_path: Path, name: str) -> None:
    """However near the dates are."""
    layout, _ = imported(tmp_path, name, after(timedelta(days=3), "%Y-%m-%d"))
    assert layout.columns[1].role == "ignore"


def test_what_the_platform_added_is_offered(tmp_path: Path) -> None:
    """Unless a date is kept already."""
    stamps = after(timedelta(minutes=700), "%Y-%m-%d %H:%M:%S")
    layout, _ = imported(tmp_path, "Timestamp", stamps)
    assert layout.columns[1].role == "ignore"
    assert [offer.option for offer in layout.offers] == ["--about respondents=Timestamp"]
    assert "Timestamp" in layout.offers[0].text
    layout, cells = imported(tmp_path, "Timestamp", stamps, ImportChoices(about=("respondents=Timestamp",)))
    assert (layout.offers, cells[0]) == ((), "2026-01-03")
