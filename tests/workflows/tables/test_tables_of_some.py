"""Tables of some respondents: the same numbers as the column of all that they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coder.domain.tables.requests import TableOptions, TableRequest
from coder.errors import CoderError
from coder.store import surveys
from coder.workflows.coding.session import CodingSession
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from coder.domain.tables.printed import PrintedTable
    from coder.workflows.study.study import Study

NETS = TableOptions(nets=True, zeros=True, order="codebook")


def table(study: Study, request: TableRequest) -> PrintedTable:
    """Make one table."""
    (made,) = printed_tables(study, request)
    return made


def column(made: PrintedTable, group: str) -> list[float | None]:
    """Return the numbers of a group's first column."""
    place = [column.group for column in made.columns].index(group)
    return [row.cells[place].value for row in made.rows]


@pytest.mark.parametrize("attribute", ["region", "council_type", "q13_delivery"])
def test_a_table_of_some_is_a_column_of_all(coded_sample: Study, attribute: str) -> None:
    """Of each value alone a table counts what its column by that attribute does, of the same base."""
    by = table(coded_sample, TableRequest(subjects=("Q16",), by=attribute, options=NETS))
    groups = dict.fromkeys(each.group for each in by.columns)
    for group in groups:
        if group == "Total":
            continue
        where = (attribute, "" if group == "Not stated" else group)
        some = table(coded_sample, TableRequest(subjects=("Q16",), where=where, options=NETS))
        assert [row.cells[0].value for row in some.rows] == column(by, group)
        assert some.base is not None
        assert some.base.size == next(each.base for each in by.columns if each.group == group and each.base)


def test_columns_of_some_add_up(coded_sample: Study) -> None:
    """The unitary councils of all regions together are the unitary councils."""
    where = ("council_type", "Unitary")
    some = table(coded_sample, TableRequest(subjects=("Q16",), where=where, options=NETS))
    by = table(coded_sample, TableRequest(subjects=("Q16",), where=where, by="region", options=NETS))
    assert [row.cells[0].value for row in some.rows] == column(by, "Total")


def test_consensus_of_some_has_every_coder_of_the_question(coded_sample: Study) -> None:
    """Who coded the question counts as its coder, also where the answers coded are those of others."""
    bases = dict(surveys.attribute_values(coded_sample.database, "region"))
    region, other = list(bases)[:2]
    agreed = TableRequest(subjects=("Q16",), where=("region", region), options=TableOptions(agreed="all"))
    assert table(coded_sample, agreed).rows
    numbers = coded_sample.database.rows(
        "SELECT r.number FROM response r JOIN attribute_value v ON v.respondent = r.respondent"
        " WHERE r.question = 'Q16' AND r.answered = 1 AND v.value = ?",
        (other,),
    )
    theme = coded_sample.codebook.offered("Q16")[0].id
    CodingSession(coded_sample, "sam").toggle(numbers[0][0], theme)
    assert not table(coded_sample, agreed).rows


def test_closed_tables_can_be_of_some(coded_sample: Study) -> None:
    """A closed question counts the respondents asked for alone; blank stands for those without a value."""
    everybody = table(coded_sample, TableRequest(subjects=("q2_impact",), by="region"))
    for group in ("London", "South West"):
        some = table(coded_sample, TableRequest(subjects=("q2_impact",), where=("region", group)))
        assert [row.cells[0].value for row in some.rows] == column(everybody, group)
        assert f"Only councils with region = {group} are counted." in some.notes


def test_title_number_and_notes_say_so(coded_sample: Study) -> None:
    """A table of some has no number of the report's, and says in its title and notes whom it is of."""
    some = table(coded_sample, TableRequest(number="21", where=("Region", "South West")))
    assert some.number == ""
    assert some.heading.endswith("of councils with region = South West")
    assert "Only councils with region = South West are counted." in some.notes


def test_response_rates_are_of_all(coded_sample: Study) -> None:
    """What the frame does not know cannot be filtered; an attribute there is not is refused."""
    with pytest.raises(CoderError, match="of some respondents alone"):
        printed_tables(coded_sample, TableRequest(number="1", where=("region", "London")))
    with pytest.raises(CoderError, match="no attribute 'regoin'"):
        printed_tables(coded_sample, TableRequest(subjects=("Q16",), where=("regoin", "London")))
