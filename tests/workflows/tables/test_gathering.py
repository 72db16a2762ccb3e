"""What a table is made of: counted at one moment, and enough to make the table without the study."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from asking import theme_table
from making import small_study

from coder.domain.filters import Having
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.store.bases import Reading, reading
from coder.tables.building import printed_table
from coder.tables.job import TableJob
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study
from coder.workflows.tables.asked_for import tables_asked_for
from coder.workflows.tables.counted_people import withheld_of
from coder.workflows.tables.gathering import gather
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from pathlib import Path

    from coder.store.database import Database
    from coder.store.scope import Scope
    from coder.workflows.study.study import Study

OPTIONS = TableOptions(nets=True, other=3, base="coded")
REQUESTS = {
    "everything": TableRequest(),
    "by region": TableRequest(subjects=("Q16",), by="region", options=OPTIONS, suppress=2, test=True),
    "together": TableRequest(every_question=True, options=OPTIONS),
    "of some": TableRequest(subjects=("Q16",), where=(Having("region", ("London",)),), options=OPTIONS),
}


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
def test_tables_are_built_from_what_was_counted_alone(coded_sample: Study, request_: TableRequest) -> None:
    """Once everything is counted the database can be closed: the tables are the same."""
    expected = printed_tables(coded_sample, request_)
    provenance = expected[0].provenance
    jobs = [
        TableJob(*asked_table, coded_sample.settings, provenance.made, provenance.program)
        for asked_table in tables_asked_for(coded_sample, request_)
    ]
    counts = [gather(coded_sample, job) for job in jobs]
    withheld = withheld_of(coded_sample, jobs, counts)
    coded_sample.close()
    assert [printed_table(*table) for table in zip(jobs, counts, withheld, strict=True)] == expected


def test_all_numbers_are_of_one_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A coding that somebody makes while a table is counted is in none of its numbers."""
    study = small_study(tmp_path / "study")
    CodingSession(study, "jo").toggle(1, "pay")
    before = theme_table(study)
    colleague = open_study(tmp_path / "study", "al")

    def code_meanwhile(database: Database, scope: Scope) -> Reading:
        CodingSession(colleague, "al").toggle(3, "beds")
        return reading(database, scope)

    monkeypatch.setattr("coder.workflows.tables.gathering.reading", code_meanwhile)
    meanwhile = theme_table(study)
    monkeypatch.undo()
    assert (meanwhile.rows, meanwhile.notes, meanwhile.base) == (before.rows, before.notes, before.base)
    assert theme_table(study).rows != before.rows
    colleague.close()
    study.close()
