"""Tables of `study.toml` by another attribute than it names: what they are called, and what is tested."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coder.domain.tables.requests import TableRequest
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from coder.workflows.study.study import Study

DELIVERY = (
    "Current delivery and operational integration of adult mental health services with local NHS Mental "
    "Health Trust"
)


@pytest.mark.parametrize(
    ("number", "title", "stub"),
    [
        ("1", "Response rates by region", "region"),
        ("5", "impact of the programme, by region", "region"),
        ("19", f"{DELIVERY}, by region", "Arrangement"),
        (
            "21",
            "Q16. Most pressing challenges: number of councils mentioning each theme, by region",
            "Theme",
        ),
    ],
)
def test_a_table_by_other_groups_is_called_after_them(
    coded_sample: Study, number: str, title: str, stub: str
) -> None:
    """It has no number, and no title or stub that was written for the groups it does not have."""
    (table,) = printed_tables(coded_sample, TableRequest(number=number, by="region"))
    assert (table.number, table.title, table.stub) == ("", title, stub)


def test_a_table_by_its_own_groups_keeps_its_title(coded_sample: Study) -> None:
    """To name the groups that `study.toml` names changes nothing."""
    (asked,) = printed_tables(coded_sample, TableRequest(number="5", by="q1_involvement_group"))
    (listed,) = printed_tables(coded_sample, TableRequest(number="5"))
    assert (asked.number, asked.title, asked.rows) == ("5", listed.title, listed.rows)


def test_without_a_testable_theme_there_are_no_empty_columns(coded_sample: Study) -> None:
    """Where every row has something kept back, a note says why there is no test."""
    request = TableRequest(number="21", by="region", test=True, suppress=2)
    (table,) = printed_tables(coded_sample, request)
    assert all(column.group != "Test of difference" for column in table.columns)
    assert any(note.startswith("Test of difference: none") for note in table.notes)
