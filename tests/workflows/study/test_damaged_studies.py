"""Whatever stands in a study's database: each command gives a result or says in words what is wrong."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import closing, suppress
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from damaging import busy_study

from benchmarks.faults.odd_cells import Damage, columns_of, damages, do_damage
from coder.cli import FAILED, main
from coder.cli.history_text import comparison_lines, history_lines
from coder.domain.tables.quotes import QuoteRequest
from coder.domain.tables.reports import ReportRequest
from coder.domain.tables.requests import TableRequest
from coder.errors import CoderError
from coder.formats.shared.file_contents import file_content
from coder.formats.tables.registry import TABLE_FORMATS
from coder.workflows.coding.session import CodingSession
from coder.workflows.exchange import exchanging
from coder.workflows.reporting.quotes import quote_lists
from coder.workflows.reporting.study_report import study_report
from coder.workflows.revising.history import compare_versions, history
from coder.workflows.study.checking import check_study
from coder.workflows.study.opening import open_study
from coder.workflows.suggesting.suggestion_report import suggestion_report
from coder.workflows.suggesting.suggestion_report_text import report_lines
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coder.store.checks import StudyFault
    from coder.workflows.study.study import Study

CASES = int(os.environ.get("CODER_DAMAGED_STUDIES", "120"))
SEED = int(os.environ.get("CODER_DAMAGED_SEED", "11"))


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the study that is damaged, once."""
    return busy_study(tmp_path_factory.mktemp("whole") / "study")


def make_tables(study: Study) -> None:
    """Count, and write what was counted."""
    tables = printed_tables(study, TableRequest(every_question=True, by="region"))
    for kind in ("csv", "md"):
        file_content(TABLE_FORMATS, kind, tables)
    printed_tables(study, TableRequest(every_question=True, as_of="v1"))


def export_codings(study: Study) -> None:
    """Export codings in every way."""
    exchanging.codings_as_csv(study)
    exchanging.codings_as_json(study)
    exchanging.export_data_set(study, study.folder / "out")


def quote(study: Study) -> None:
    """Quote whole answers and marked words."""
    quote_lists(study, None, [], QuoteRequest(marked_words=True))
    quote_lists(study, None, [], QuoteRequest(attributes=("region",)))


def tell_history(study: Study) -> None:
    """Tell what became of the codebook."""
    list(history_lines(history(study)))
    list(comparison_lines(compare_versions(study, "1", "2")))


def report_suggestions(study: Study) -> None:
    """Tell what became of the suggestions."""
    list(report_lines(suggestion_report(study, "ann.archer"), study.codebook))


def make_report(study: Study) -> None:
    """Put the report together."""
    study_report(study, ReportRequest(dt.date(2026, 11, 22)))


def code(study: Study) -> None:
    """Code, and take back."""
    session = CodingSession(study, "ann.archer")
    session.toggle(3, "money")
    for _ in range(3):
        session.undo()
    session.redo()
    session.confirm(2)


WORK = (make_tables, export_codings, quote, tell_history, report_suggestions, make_report, code)


@pytest.mark.parametrize("number", range(CASES))
def test_an_odd_cell_is_an_error_in_words(study: Path, tmp_path: Path, number: int) -> None:
    """A CoderError or a result, and where anything cannot be done, the check says why."""
    damage = next(case for place, case in enumerate(damages(study, CASES, SEED)) if place == number)
    folder = tmp_path / "study"
    do_damage(study, damage, folder)
    faults: list[StudyFault] | None = None
    with suppress(CoderError):
        faults = check_study(folder)
    refused = []
    try:
        opened = open_study(folder)
    except CoderError:
        refused.append("open")
    else:
        with closing(opened):
            refused += [work.__name__ for work in WORK if not succeeds(work, opened)]
    assert faults != [] or not refused


@pytest.mark.parametrize("column", ["at", "coder", "label", "reason", "themes", "carried"])
def test_a_version_that_is_no_text_is_damage(study: Path, tmp_path: Path, column: str) -> None:
    """The history says which version makes no sense, whichever of its texts is a blob."""
    do_damage(study, Damage("codebook_version", column, b"\xff\xfe", 1), tmp_path / "study")
    with closing(open_study(tmp_path / "study")) as opened, pytest.raises(CoderError, match="Version 2"):
        tell_history(opened)


def succeeds(work: Callable[[Study], None], study: Study) -> bool:
    """Do something, and tell whether it can be done; that it cannot is in order if it is told in words."""
    try:
        work(study)
    except CoderError:
        return False
    return True


HASHED = {
    "question": ("id", "label", "items", "position"),
    "attribute": ("name", "label", "position"),
    "respondent": ("id",),
    "attribute_value": ("value", "attribute"),
    "response": ("id", "item", "question", "answered", "text", "respondent"),
    "step": (
        "at",
        "coder",
        "label",
        "came_by",
        "kind",
        "target",
        "codebook",
        "revision",
        "undone",
        "by_person",
    ),
    "change": (
        "theme",
        "after",
        "before",
        "origin",
        "on_screen",
        "rank",
        "probability",
        "aspect",
        "words_by",
    ),
    "codebook_version": (
        "source",
        "themes",
        "label",
        "reason",
        "carried",
        "at",
        "coder",
        "hash",
        "parents",
        "derived",
    ),
    "journal": ("subject", "subject_id", "text"),
    "person": ("id", "name", "retired", "spellings", "merged_into"),
}
LIKELY = {
    "items": 3, "position": 7, "item": 2, "answered": 0, "at": "2026-01-01T10:00:00.000Z", "kind": "redo",
    "target": 1, "codebook": 2, "revision": 1, "undone": 1, "origin": "import", "on_screen": 1, "rank": 7,
    "probability": 0.25, "aspect": "kept", "themes": '{"title": "", "note": "", "themes": []}',
    "carried": "{}", "came_by": "random", "hash": b"\x00" * 32,
    "respondent": 2, "after": "0:1", "before": "0:1", "subject": "question",
}  # fmt: skip
"""Cells that might well stand there, but do not."""


@pytest.mark.parametrize(
    ("table", "column"), chain.from_iterable(((t, c) for c in columns) for t, columns in HASHED.items())
)
def test_a_likely_cell_is_found_all_the_same(study: Path, tmp_path: Path, table: str, column: str) -> None:
    """Ids, items, answered flags, values, labels, times: what was changed behind one's back is told."""
    found = []
    for row in range(2):
        damage = Damage(table, column, LIKELY.get(column, "other"), row)
        do_damage(study, damage, tmp_path / str(row))
        found += check_study(tmp_path / str(row))
    assert found


def test_every_hashed_column_is_tried(study: Path) -> None:
    """A column that is added is to be looked at too."""
    tried = {(table, column) for table, columns in HASHED.items() for column in columns}
    left_out = {
        "number",
        "row_hash",
        "undone",
        "undoes",
        "step",
        "response",
        "hash",
        "respondent",
        "replaces",
    }
    left_out |= {"same_words"}  # it follows from the text, and is compared with it
    missing = {
        (table, column)
        for table, column in columns_of(study)
        if table in HASHED and (table, column) not in tried and column not in left_out
    }
    assert missing == set()


def test_every_fault_is_listed(study: Path, tmp_path: Path) -> None:
    """Where several things are wrong, of which some cannot be read, the check names them all."""
    folder = tmp_path / "study"
    do_damage(study, Damage("response", "item", 2, 0), folder)
    for number, damage in enumerate(
        [
            Damage("step", "at", "yesterday", 1),
            Damage("codebook_version", "themes", "{", 0),
            Damage("respondent", "id", b"\xff", 2),
        ]
    ):
        folder.rename(tmp_path / str(number))
        do_damage(tmp_path / str(number), damage, folder)
    text = "\n".join(fault.message for fault in check_study(folder))
    for part in ("'response'", "'step' holds yesterday", "Version 1 of the codebook", "'respondent'"):
        assert part in text


def test_an_error_on_the_way_to_the_screen_is_explained(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fails after the study was read is the damage's doing too; in a whole study it is not hidden."""

    def fail(*_: object) -> None:
        raise KeyError

    monkeypatch.setattr("coder.cli.revision_runs.history", fail, raising=False)
    monkeypatch.setattr("coder.workflows.revising.history.history", fail)
    with pytest.raises(KeyError):
        main(["codebook", "history", str(study)])
    do_damage(study, Damage("step", "at", "yesterday", 1), tmp_path / "study")
    assert main(["codebook", "history", str(tmp_path / "study")]) == FAILED
    assert "damaged" in capsys.readouterr().err
