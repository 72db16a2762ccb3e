"""Cells that hold a date are known, however it is written; sentences that begin with one are none."""

from __future__ import annotations

import pytest

from coder.formats.surveys.cell_values import is_date


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
