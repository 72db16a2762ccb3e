"""Cells that hold a date are known, however it is written; sentences that begin with one are none."""

from __future__ import annotations

import pytest

from coder.formats.surveys.cell_values import day_of, has_time, is_date


@pytest.mark.parametrize(
    "cell",
    ["2024-01-05", "5/1/24 10:00", "2024-01-05T10:00:00Z", "Jan 5, 2024 10:00:00 AM", "January 5, 2024",
     "Tue May 02 12:34:56 PDT 2023", "5 Jan 2024", "Friday, May 3, 2024 9:15 PM",
     "Sat, 3 Feb 2024 10:00:00 GMT"],
)  # fmt: skip
def test_dates_are_known(cell: str) -> None:
    """As numbers, with names of months and days, with a time and its zone."""
    assert is_date(cell)


@pytest.mark.parametrize(
    "cell", ["", "May", "May 5 nurses left", "Jan 5, 2024 was the last day", "In May 2024", "12", "Mark 5"]
)
def test_sentences_are_no_dates(cell: str) -> None:
    """A month or a number in a text makes no date of it."""
    assert not is_date(cell)


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2024-01-05T10:00:00Z", "2024-01-05"), ("2024-01-05 10:00:00", "2024-01-05"),
        ("2024-01-05T10:00:00.123+01:00", "2024-01-05"), ("5/1/2024 10:00", "5/1/2024"),
        ("5/1/2024 1:00:00 PM", "5/1/2024"), ("5/1/2024 9:15 p.m.", "5/1/2024"),
        ("05.01.2024 23:59:59", "05.01.2024"), ("Jan 5, 2024 10:00:00 AM", "Jan 5, 2024"),
        ("Tue May 02 12:34:56 PDT 2023", "Tue May 02 2023"),
        ("Friday, May 3, 2024 9:15 PM", "Friday, May 3, 2024"),
        ("Sat, 3 Feb 2024 10:00:00 GMT", "Sat, 3 Feb 2024"), ("2024/01/05 1:00:00 PM GMT+1", "2024/01/05"),
    ],
)  # fmt: skip
def test_of_a_time_stamp_the_day_remains(stamp: str, day: str) -> None:
    """Whatever the zone; a day alone, and what is no date, stays as it is."""
    assert has_time(stamp)
    assert day_of(stamp) == day
    assert day_of(day) == day
    assert not has_time(day)
    assert day_of("at 10:30 we wait") == "at 10:30 we wait"
