"""Tables of some respondents: the same numbers as the column of all that they are."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from coder.domain.filters import Having
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.errors import CoderError
from coder.store import surveys
from coder.workflows.coding.session import CodingSession
from coder.workflows.exchange.samples import reference_codings
from coder.workflows.study.conditions import condition_meant
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Callable

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
        where = (Having(attribute, ("" if group == "Not stated" else group,)),)
        some = table(coded_sample, TableRequest(subjects=("Q16",), where=where, options=NETS))
        assert [row.cells[0].value for row in some.rows] == column(by, group)
        assert some.base is not None
        assert some.base.size == next(each.base for each in by.columns if each.group == group and each.base)


def test_columns_of_some_add_up(coded_sample: Study) -> None:
    """The unitary councils of all regions together are the unitary councils."""
    where = (Having("council_type", ("Unitary",)),)
    some = table(coded_sample, TableRequest(subjects=("Q16",), where=where, options=NETS))
    by = table(coded_sample, TableRequest(subjects=("Q16",), where=where, by="region", options=NETS))
    assert [row.cells[0].value for row in some.rows] == column(by, "Total")


def test_consensus_of_some_has_every_coder_of_the_question(coded_sample: Study) -> None:
    """Who coded the question counts as its coder, also where the answers coded are those of others."""
    bases = dict(surveys.attribute_values(coded_sample.database, "region"))
    region, other = list(bases)[:2]
    agreed = TableRequest(
        subjects=("Q16",), where=(Having("region", (region,)),), options=TableOptions(agreed="all")
    )
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
        some = table(coded_sample, TableRequest(subjects=("q2_impact",), where=(Having("region", (group,)),)))
        assert [row.cells[0].value for row in some.rows] == column(everybody, group)
        assert f"Only councils with region = {group} are counted." in some.notes


WHERE = {
    "both hold": (
        ["council_type=Unitary", "region=South West"],
        lambda c, r: (c, r) == ("Unitary", "South West"),
    ),
    "one of several": (["region=London,Eastern"], lambda _, r: r in {"London", "Eastern"}),
    "other than": (["region!=London"], lambda _, r: r != "London"),
    "other than several": (["REGION != london, eastern"], lambda _, r: r not in {"London", "Eastern"}),
    "other than two": (["region!=London", "region!=Eastern"], lambda _, r: r not in {"London", "Eastern"}),
    "one of those": (["region=London,Eastern", "region!=Eastern"], lambda _, r: r == "London"),
    "with any": (["region!="], lambda _, r: bool(r)),
    "both and other than": (
        ["council_type=County", "region!=Eastern"],
        lambda c, r: c == "County" and r != "Eastern",
    ),
}


@pytest.mark.parametrize(("arguments", "belongs"), WHERE.values(), ids=WHERE)
def test_all_conditions_hold(
    coded_sample: Study, arguments: list[str], belongs: Callable[[str, str], bool]
) -> None:
    """Counted are those of the file who meet every condition, as a hand count of it says."""
    with (reference_codings().parent / "respondents.csv").open(encoding="utf-8", newline="") as file:
        ids = {
            row["respondent_id"]
            for row in csv.DictReader(file)
            if belongs(row["council_type"], row["region"])
        }
    with reference_codings().open(encoding="utf-8", newline="") as file:
        themes = {
            (row["theme"], row["respondent_id"])
            for row in csv.DictReader(file)
            if row["question"] == "Q16" and row["respondent_id"] in ids
        }
    where = tuple(condition_meant(coded_sample, argument) for argument in arguments)
    some = table(coded_sample, TableRequest(subjects=("Q16",), where=where))
    assert {row.label: row.cells[0].value for row in some.rows} == Counter(theme for theme, _ in themes)
    asked = TableOptions(base="asked")
    everybody = table(coded_sample, TableRequest(subjects=("Q16",), where=where, options=asked))
    assert everybody.base is not None
    assert everybody.base.size == len(ids)


def test_conditions_that_nobody_meets_are_refused(coded_sample: Study) -> None:
    """Two values of one attribute are not both had: the message says how to ask for either."""
    where = tuple(condition_meant(coded_sample, argument) for argument in ("region=London", "region=Eastern"))
    with pytest.raises(CoderError, match="Nobody is both") as refusal:
        printed_tables(coded_sample, TableRequest(subjects=("Q16",), where=where))
    assert refusal.value.hint == "For either of them: --where region=London,Eastern"


def test_conditions_are_named(coded_sample: Study) -> None:
    """Title and notes say whom the table is of."""
    where = tuple(
        condition_meant(coded_sample, argument)
        for argument in ("region=London,Eastern", "q4_new_funding!=No")
    )
    some = table(coded_sample, TableRequest(subjects=("Q16",), where=where))
    whose = "councils with region = London or Eastern and with “new funding” other than No"
    assert some.title.endswith(f", of {whose}")
    assert f"Only {whose} are counted." in some.notes


def test_title_number_and_notes_say_so(coded_sample: Study) -> None:
    """A table of some has no number of the report's, and says in its title and notes whom it is of."""
    some = table(coded_sample, TableRequest(number="21", where=(Having("Region", ("South West",)),)))
    assert some.number == ""
    assert some.heading.endswith("of councils with region = South West")
    assert "Only councils with region = South West are counted." in some.notes


def test_response_rates_are_of_all(coded_sample: Study) -> None:
    """What the frame does not know cannot be filtered; an attribute there is not is refused."""
    with pytest.raises(CoderError, match="of some respondents alone"):
        printed_tables(coded_sample, TableRequest(number="1", where=(Having("region", ("London",)),)))
    with pytest.raises(CoderError, match="no attribute 'regoin'"):
        printed_tables(coded_sample, TableRequest(subjects=("Q16",), where=(Having("regoin", ("London",)),)))
