"""Trends: the months, quarters and years of dates."""

from __future__ import annotations

import pytest

from coder.errors import CoderError
from coder.workflows.tables.periods import in_periods


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
    ],
)
def test_what_is_no_date_is_refused(dates: tuple[str, ...], message: str) -> None:
    """It would be in no column, or in the wrong one."""
    with pytest.raises(CoderError, match=message):
        in_periods("day", dict(enumerate(dates)), "month")


def test_far_apart_is_not_filled() -> None:
    """A slip of a century makes no thousand columns."""
    assert len(in_periods("day", {1: "1926-01-01", 2: "2026-01-01"}, "month")[1]) == 2
