"""The answers behind a number are as many respondents', or as many answers, as the number says."""

from __future__ import annotations

import json
from itertools import product
from typing import TYPE_CHECKING

import pytest

from coder.domain.filters import Filter, Having
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.store import codings
from coder.workflows.tables.answers_behind import answers_behind
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from coder.workflows.study.study import Study

NETS = TableOptions(nets=True)
REQUESTS = {
    "themes": TableRequest(number="21", options=NETS),
    "by region": TableRequest(number="21", by="region", options=NETS),
    "of some by region": TableRequest(
        subjects=("Q16",), by="region", where=(Having("council_type", ("Unitary",)),), options=NETS
    ),
    "of some by the same": TableRequest(
        subjects=("Q16",), by="region", where=(Having("region", ("London",)),)
    ),
    "by a closed answer": TableRequest(subjects=("Q15",), by="q13_delivery"),
    "of those without an answer": TableRequest(subjects=("Q15",), where=(Having("q13_delivery", ("",)),)),
}


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
def test_the_answers_behind_a_cell(coded_sample: Study, request_: TableRequest) -> None:
    """The filter of every cell lists the answers of as many respondents as it counts."""
    (table,) = printed_tables(coded_sample, request_)
    assert table.rows
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            if column.kind == "count":
                chosen = answers_behind(coded_sample, request_, row, column.group, "Q15")
                found = codings.matching(coded_sample.database, "jo", chosen)
                assert codings.respondents_of(coded_sample.database, found) == cell.value, (row, column)


@pytest.mark.parametrize("number", ["1", "2", "5", "11", "19"])
def test_the_respondents_of_a_closed_cell(coded_sample: Study, number: str) -> None:
    """Behind a closed table's number are those respondents, with their answers to the question in hand."""
    request = TableRequest(number=number)
    (table,) = printed_tables(coded_sample, request)
    database = coded_sample.database
    places = [1] if table.subject == "responses" else range(len(table.columns))
    for row, place in product(table.rows, places):
        column, cell = table.columns[place], row.cells[place]
        chosen = answers_behind(coded_sample, request, row, column.group, "Q15")
        assert chosen == Filter("Q15", attributes=chosen.attributes)
        found = [
            {
                respondent
                for (respondent,) in database.rows(
                    "SELECT p.number FROM respondent p LEFT JOIN attribute_value v"
                    " ON v.respondent = p.number AND v.attribute = ?"
                    " WHERE COALESCE(v.value, '') IN (SELECT value FROM json_each(?))",
                    (having.attribute, json.dumps(having.any_of)),
                )
            }
            for having in chosen.attributes
        ]
        size = row.base if column.base is None else column.base
        assert cell.value is not None
        counted = cell.value if column.kind == "count" else cell.value * (size or 70) / 100
        assert len(set.intersection(*found)) == pytest.approx(counted)


def test_mentions_are_answers(coded_sample: Study) -> None:
    """A theme's mentions are the answers behind it."""
    request = TableRequest(number="20", options=TableOptions(unit="mentions"))
    (table,) = printed_tables(coded_sample, request)
    for row in table.rows:
        chosen = answers_behind(coded_sample, request, row, "", "Q15")
        assert len(codings.matching(coded_sample.database, "jo", chosen)) == row.cells[0].value
