"""Trends: the months, quarters and years of dates."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from coder.errors import CoderError
from coder.workflows.tables.month_names import month_of
from coder.workflows.tables.periods import in_periods

MONTH_NAMES = Path(__file__).with_name("month_names.csv")
"""From the Unicode CLDR, as Babel 2.19 has it: `Locale(language).months[context][width]`, of both contexts,
wide and abbreviated."""


def test_months_have_no_hole() -> None:
    """From the first to the last, one in between in which nobody answered; a time does not matter."""
    dates = {1: "2026-01-31", 2: "2025-11-01 17:30", 3: "2025-11", 4: "2025-12-24T00:00:00Z", 5: "2026-03-01"}
    value_of, order = in_periods("day", dates, "month")
    assert value_of[2] == value_of[3] == "November 2025"
    assert order == ("November 2025", "December 2025", "January 2026", "February 2026", "March 2026")


@pytest.mark.parametrize(
    ("kind", "order"),
    [("quarter", ("Q4 2025", "Q1 2026", "Q2 2026")), ("year", ("2025", "2026"))],
)
def test_quarters_and_years(kind: str, order: tuple[str, ...]) -> None:
    """December is in the fourth quarter, April in the second."""
    assert in_periods("day", {1: "2026-04-01", 2: "2025-12-31"}, kind)[1] == order


def test_day_or_month_first() -> None:
    """One date that can be read in one way alone decides for all."""
    assert in_periods("day", {1: "05/01/2026", 2: "31/01/2026"}, "month")[0][1] == "January 2026"
    assert in_periods("day", {1: "05/01/2026", 2: "01/31/2026"}, "month")[0][1] == "May 2026"


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        (("05/01/2026", "06/01/2026"), "do not tell whether day or month"),
        (("31/01/2026", "01/31/2026"), "do not tell whether day or month"),
        (("2026-01-01", "last spring"), "'last spring' of day is no date"),
        (("2026-13-01",), "'2026-13-01' of day is no date"),
        (("2026-02-30",), "is no date"),
        (("30 February 2026",), "is no date"),
        (("Nov 26",), "is no date"),
        (("November 26",), "is no date"),
        (("3-Mar-26",), "is no date"),
        (("21/11/26",), "is no date"),
        (("202603",), "is no date"),
        (("46025",), "is no date"),
        (("2026",), "is no date"),
        (("2026-W10",), "is no date"),
        (("13/2026",), "is no date"),
        (("jui 2026",), "is no date"),
        (("March or April 2026",), "is no date"),
        (("sometime in March 2026",), "is no date"),
        (("March 2025 2026",), "is no date"),
        (("2026-03/09",), "is no date"),
        (("05-01-2026", "06-01-2026"), "do not tell whether day or month"),
    ],
)
def test_what_is_no_date_is_refused(dates: tuple[str, ...], message: str) -> None:
    """It would be in no column, or in the wrong one."""
    with pytest.raises(CoderError, match=message):
        in_periods("day", dict(enumerate(dates)), "month")


def test_far_apart_is_not_filled() -> None:
    """A slip of a century makes no thousand columns."""
    assert len(in_periods("day", {1: "1926-01-01", 2: "2026-01-01"}, "month")[1]) == 2


@pytest.mark.parametrize(
    "text",
    [
        "2026-03", "2026-03-09", "2026/03/09", "2026.03.09", "20260309", "03/2026", "03.2026", "3-2026",
        "March 2026", "Mar 2026", "Mär 2026", "März 2026", "MARCH 2026", "2026 March", "mars 2026",
        "9 March 2026", "9. März 2026", "March 9, 2026", "March 9th 2026", "9th of March, 2026", "9-Mar-2026",
        "09MAR2026", "9 de marzo de 2026", "9 maart 2026", "9 mrt 2026", "Mon Mar 09 2026",
        "2026-03-09T10:22:01Z",
        "Monday, March 9, 2026 9:15 PM", "Mon Mar 09 12:34:56 GMT 2026", "09 Mar 2026 10:22",
        "2026-03-09 10:22:01.5",
    ],
)  # fmt: skip
def test_many_forms_are_of_one_month(text: str) -> None:
    """However day, month and year are written, if they are clear."""
    assert in_periods("day", {1: text}, "month")[0] == {1: "March 2026"}


def test_months_are_known_by_their_names_in_other_languages() -> None:
    """Those of the Unicode CLDR, whole and shortened, with and without accents."""
    with MONTH_NAMES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 250
    for row in rows:
        name = row["name"].removesuffix(".")
        assert month_of(name) == int(row["month"]), row
        assert month_of(name.upper()) == int(row["month"]), row
    assert month_of("marz") == month_of("Mär") == 3
    assert [month_of(word) for word in ("jui", "ma", "", "monday", "2026")] == [None] * 5
