"""Weighted tables, against R's survey package; what weights leave as it is; and weights with faults."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

import pyreadstat
import pytest
from weighted_study import THEMES, figures_of_r, survey_rows, weighted_study

from coder.domain.study_settings import AttributeSetting, TableLayout, TableSetting
from coder.domain.tables.reports import ReportRequest
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.errors import CoderError
from coder.formats.codings.matrix import matrix_sav
from coder.formats.tables.registry import TABLE_FORMATS
from coder.tables.frames.matrix_frames import matrix_frame
from coder.workflows.reporting.study_report import study_report
from coder.workflows.study.checking import check_study, check_surroundings
from coder.workflows.tables.matrices import theme_matrix
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from coder.domain.tables.printed import PrintedTable
    from coder.workflows.study.study import Study

NETS = TableOptions(nets=True, zeros=True)
BY_REGION = TableRequest(subjects=("Q1",), by="region", options=NETS)
REQUESTS = (
    TableRequest(subjects=("Q1",), options=NETS),
    BY_REGION,
    TableRequest(subjects=("q1",)),
    TableRequest(subjects=("q1",), by="region"),
)


@pytest.fixture(scope="module")
def weighed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """Make the survey's study once for all tests that leave it as it is."""
    study = weighted_study(tmp_path_factory.mktemp("weighed") / "study", survey_rows())
    yield study
    study.close()


def table_of(study: Study, request: TableRequest) -> PrintedTable:
    """Return the one table that is asked for."""
    (table,) = printed_tables(study, request)
    return table


def by_name(table: PrintedTable, name: str) -> dict[tuple[str, str], float | None]:
    """Return the cells of columns of a name, by the row's key or label and the group."""
    return {
        (row.key or row.label, column.group or "Total"): cell.value
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        if column.name == name
    }


@pytest.mark.parametrize(
    ("request_", "subject", "rows"),
    [
        (REQUESTS[0], "Q1", (*THEMES, "people")),
        (REQUESTS[1], "Q1", (*THEMES, "people")),
        (REQUESTS[3], "q1", ("Yes", "No", "Don't know")),
    ],
)
def test_percentages_and_bases_are_those_of_r(
    weighed: Study, request_: TableRequest, subject: str, rows: Sequence[str]
) -> None:
    """Weighted percentages, effective bases, design effects: R 4.2.2, survey 4.1.1; its README says how."""
    expected, table = figures_of_r(), table_of(weighed, request_)
    percents, bases = by_name(table, "Weighted %"), by_name(table, "People")
    groups = {column.group or "Total" for column in table.columns if column.kind == "percent"}
    for group in groups - {"Not stated"}:
        for row in rows:
            in_r = row.replace(" ", ".").replace("'", ".")
            assert percents[row, group] == pytest.approx(expected[in_r, group, "weighted percent"], abs=1e-9)
        assert bases["Effective base", group] == pytest.approx(expected[subject, group, "effective base"])
        assert bases["Design effect", group] == pytest.approx(expected[subject, group, "design effect"])


def test_counts_and_unweighted_bases_stay(weighed: Study) -> None:
    """They are those of the table without weights; only the order of rows goes by weight."""
    for request in REQUESTS:
        counts, plain = (
            by_name(table_of(weighed, each), "People") for each in (request, unweighted(request))
        )
        assert {place: count for place, count in counts.items() if place in plain} == plain
    bases = by_name(table_of(weighed, BY_REGION), "People")
    assert [bases["Unweighted base", name] for name in ("North", "South", "West", "Total")] == [
        89,
        68,
        49,
        212,
    ]


def unweighted(request: TableRequest) -> TableRequest:
    """Return a request for the table without weights."""
    return replace(request, unweighted=True)


def test_the_most_mentioned_is_what_weighs_most(weighed: Study) -> None:
    """Rota has 66 people and food 74, in that order by weight; where counts are kept back they decide."""
    table = table_of(weighed, TableRequest(subjects=("Q1",)))
    percents = [cell.value for row in table.rows if row.kind == "theme" for cell in row.cells[1:2]]
    assert percents == sorted(percents, reverse=True, key=lambda percent: percent or 0)
    assert [row.cells[2].value for row in table.rows[:6]] == [1, 2, 3, 4, 5, 6]
    kept_back = table_of(weighed, TableRequest(subjects=("Q1",), suppress=5))
    counts = [row.cells[0].value for row in kept_back.rows if row.cells[0].value is not None]
    assert counts[:-3] == sorted(counts[:-3], reverse=True, key=lambda count: count or 0)


@pytest.mark.parametrize("weight", ["1", "1.000", "0.25", "3e1"])
def test_equal_weights_change_no_number(tmp_path: Path, weight: str) -> None:
    """Every percentage is, to the last bit, the unweighted one; effective bases are the bases."""
    study = weighted_study(tmp_path / "study", survey_rows(), reweighed=lambda _: weight)
    for request in REQUESTS:
        table, plain = table_of(study, request), table_of(study, unweighted(request))
        rows = [row for row in table.rows if row.kind != "base"]
        assert [(row.key, row.cells) for row in rows] == [(row.key, row.cells) for row in plain.rows]
    bases = by_name(table_of(study, BY_REGION), "People")
    for name in ("North", "Total"):
        assert bases["Effective base", name] == bases["Unweighted base", name]
        assert bases["Design effect", name] == 1
    study.close()


@pytest.mark.parametrize("factor", ["10", "0.001", "3", "7.3"])
def test_multiplied_weights_change_nothing(weighed: Study, tmp_path: Path, factor: str) -> None:
    """All rows, bases too, are the same to the last bit."""

    def multiplied(text: str) -> str:
        return str(Decimal(text) * Decimal(factor))

    study = weighted_study(tmp_path / "study", survey_rows(), reweighed=multiplied)
    for request in REQUESTS:
        assert table_of(study, request).rows == table_of(weighed, request).rows
    study.close()


def test_the_order_of_respondents_is_nothing(weighed: Study, tmp_path: Path) -> None:
    """A survey whose rows are shuffled gives the same rows of tables, to the last bit."""
    rows = survey_rows()
    Random(1).shuffle(rows)  # noqa: S311  # the same order each time
    study = weighted_study(tmp_path / "study", rows)
    for request in REQUESTS:
        assert table_of(study, request).rows == table_of(weighed, request).rows
    study.close()


FAULTS = {"R1": "", "R2": "n/a", "R3": "0", "R4": "-1.5"}


def test_faulty_weights_are_told_and_counted_unweighted(tmp_path: Path) -> None:
    """Those without a usable weight stay in counts, are in no weighted figure, and a note says how many."""
    rows = [row | {"wt": FAULTS.get(row["id"], row["wt"])} for row in survey_rows()]
    study = weighted_study(tmp_path / "study", rows)
    table = table_of(study, TableRequest(subjects=("q1",)))
    in_base = [row for row in rows if row["q1"]]
    usable = [row for row in in_base if row["id"] not in FAULTS]
    yes = sum(Decimal(row["wt"]) for row in usable if row["q1"] == "Yes")
    assert by_name(table, "People")["Yes", "Total"] == sum(row["q1"] == "Yes" for row in in_base)
    assert by_name(table, "Weighted %")["Yes", "Total"] == pytest.approx(
        float(100 * yes / sum(Decimal(row["wt"]) for row in usable))
    )
    (warning,) = (note for note in table.notes if note.startswith("Warning"))
    without = len(in_base) - len(usable)
    assert f"{without} of {len(in_base)} people" in warning
    assert "1 blank, 1 negative, 1 not a number, 1 zero" in warning
    assert warning.endswith(f"these are of {len(usable)}.")
    assert not any(note.startswith("Warning") for note in table_of(study, unweighted(REQUESTS[2])).notes)
    study.close()
    faults, remarks = check_study(study.folder), check_surroundings(study.folder)[1]
    assert faults == []
    assert any("R1 (blank), R2 ('n/a'), R3 ('0'), R4 ('-1.5')." in remark for remark in remarks)


@pytest.mark.parametrize(
    ("weight", "text"), [("wtt", "no such attribute"), ("region", "no respondent has a number")]
)
def test_weights_that_cannot_be_used_are_refused(tmp_path: Path, weight: str, text: str) -> None:
    """An attribute that there is not, or one without any number above nought. Unweighted all is well."""
    study = weighted_study(tmp_path / "study", survey_rows(), weight=weight)
    with pytest.raises(CoderError, match=text):
        table_of(study, REQUESTS[0])
    assert [fault for fault in check_study(study.folder) if text in fault.message]
    assert table_of(study, unweighted(REQUESTS[0])).rows
    study.close()


def test_what_is_kept_back_loses_its_weighted_figures(weighed: Study) -> None:
    """A cell loses all figures; the total of its row, which weights could split, its weighted ones."""
    table = table_of(weighed, replace(BY_REGION, suppress=8))
    for row in table.rows:
        if row.kind == "base":
            continue
        marks = [cell.mark for cell in row.cells]
        assert marks[0::2][:-1] == [mark if mark == "suppressed" else "" for mark in marks[1::2]][:-1]
        if "suppressed" in marks[:-2]:
            assert marks[-1] == "suppressed"
    assert any(row.cells[-1].mark == "suppressed" and row.cells[-2].value for row in table.rows)


def test_what_has_no_percentages_is_not_weighted(weighed: Study) -> None:
    """Mentions, and counts alone, are what they were, and say so."""
    mentions = table_of(weighed, TableRequest(subjects=("Q1",), options=TableOptions("mentions")))
    weighed.settings = replace(
        weighed.settings, tables=(TableSetting("q1", "1", layout=TableLayout(numbers="count")),)
    )
    alone = table_of(weighed, TableRequest(number="1"))
    weighed.settings = replace(weighed.settings, tables=(TableSetting("q1", "1", weighted=False),))
    asked_so = table_of(weighed, TableRequest(number="1"))
    weighed.settings = replace(weighed.settings, tables=())
    for table in (mentions, alone, asked_so):
        assert any("Not weighted" in note for note in table.notes)
        assert not any("Weighted" in column.name for column in table.columns)
        assert table.provenance.weight == ""


@pytest.mark.parametrize(
    "layout",
    [
        TableLayout(turn=True),
        TableLayout(turn=True, heads=("a", "b", "c", "d", "e", "f", "g", "h")),
        TableLayout(percents="rows"),
        TableLayout(percents="all"),
        TableLayout(numbers="percent"),
        TableLayout(show_n="notes"),
    ],
)
def test_every_layout_says_its_effective_bases(weighed: Study, layout: TableLayout) -> None:
    """In rows, in columns or in a note; each layout has the base of its percentages once."""
    setting = TableSetting("q1", "1", by="region", layout=layout)
    weighed.settings = replace(weighed.settings, tables=(setting,))
    table = table_of(weighed, TableRequest(number="1"))
    weighed.settings = replace(weighed.settings, tables=())
    texts = [
        *(row.label for row in table.rows),
        *(column.name for column in table.columns),
        *(note for note in table.notes if "in brackets" in note),
    ]
    assert sum("Effective base" in text for text in texts) == 1
    if layout.percents == "rows":
        yes = [row for row in survey_rows() if row["q1"] == "Yes" and row["region"]]
        weights = [float(row["wt"]) for row in yes]
        north = [float(row["wt"]) for row in yes if row["region"] == "North"]
        assert by_name(table, "Weighted %")["Yes", "North"] == pytest.approx(100 * sum(north) / sum(weights))
        effective = sum(weights) ** 2 / sum(weight**2 for weight in weights)
        assert by_name(table, "Effective base")["Yes", "Total"] == pytest.approx(effective)


def test_every_format_has_the_figures(weighed: Study) -> None:
    """The weighted percentage, both bases and the design effect; files for programs have them in columns."""
    tables = [table_of(weighed, BY_REGION)]
    for kind in ("md", "html", "tex"):
        text = TABLE_FORMATS[kind](tables)
        assert isinstance(text, str)
        for figure in ("Weighted", "Effective base", "138.1", "1.53", "Unweighted base"):
            assert figure in text, kind
    text = TABLE_FORMATS["csv"](tables)
    assert isinstance(text, str)
    records = list(csv.DictReader(io.StringIO(text)))
    pay = next(record for record in records if (record["theme_id"], record["group"]) == ("pay", "Total"))
    assert [pay[name] for name in ("count", "percent", "base", "Effective base", "Design effect")] == [
        "99", "42", "212", "138.1", "1.53"
    ]  # fmt: skip
    assert "weighted by wt" in pay["source"]
    assert {record["kind"] for record in records} == {"theme", "net"}
    text = TABLE_FORMATS["json"](tables)
    assert isinstance(text, str)
    (in_json,) = json.loads(text)
    assert in_json["provenance"]["weight"] == "wt"
    assert [row["kind"] for row in in_json["rows"]][-3:] == ["base"] * 3


def test_the_weight_is_called_by_its_label(weighed: Study) -> None:
    """Where people read of it; programs find its name."""
    labelled = (AttributeSetting("wt", "raking weight"),)
    settings = replace(weighed.settings, attributes=(*weighed.settings.attributes, *labelled))
    study = replace(weighed, settings=settings)
    (table, *_) = printed_tables(study)
    assert "weighted by raking weight" in str(table.provenance)
    assert table.provenance.weight == "wt"
    report = study_report(study, ReportRequest(date=dt.date(2026, 11, 29)))
    paragraphs = " ".join(paragraph for part in report.methods for paragraph in part.paragraphs)
    assert "weighted by raking weight;" in paragraphs
    assert "wt" not in paragraphs.split()


def test_the_report_says_how_it_is_weighted(weighed: Study) -> None:
    """Its tables are weighted, and its methods note says by what and what that costs; or that none is."""
    request = ReportRequest(date=dt.date(2026, 11, 29))
    for wanted, text in (
        (request, "Percentages of people are weighted by wt; counts are not."),
        (replace(request, unweighted=True), "none of the tables is weighted by them"),
    ):
        report = study_report(weighed, wanted)
        paragraphs = [paragraph for part in report.methods for paragraph in part.paragraphs]
        assert any(text in paragraph for paragraph in paragraphs)
    weights = [Decimal(row["wt"]) for row in survey_rows()]
    effective = sum(weights) ** 2 / sum(weight * weight for weight in weights)
    (about,) = (
        text for part in study_report(weighed, request).methods for text in part.paragraphs if "Kish" in text
    )
    assert f"All 240 with a weight tell as much as {effective:.1f} of equal weight" in about
    assert f"{max(weights) / min(weights):.1f} times the smallest" in about


def test_matrices_hold_weights_as_numbers(tmp_path: Path) -> None:
    """In files of SPSS and frames of Python, missing where there is none; by hand they give the table."""
    rows = [row | {"wt": FAULTS.get(row["id"], row["wt"])} for row in survey_rows()]
    study = weighted_study(tmp_path / "study", rows)
    matrix = theme_matrix(study)
    file = tmp_path / "matrix.sav"
    file.write_bytes(matrix_sav(matrix))
    in_spss, about = pyreadstat.read_sav(file)
    assert about.variable_measure["wt"] == "scale"
    expected = [float("nan") if row["id"] in FAULTS else float(row["wt"]) for row in rows]
    assert in_spss["wt"].tolist() == pytest.approx(expected, nan_ok=True)
    frame = matrix_frame(matrix)
    answered = frame[frame["Q1: Pay"].notna() & frame["wt"].notna()]
    share = (answered["Q1: Pay"].astype(float) * answered["wt"]).sum() / answered["wt"].sum()
    assert by_name(table_of(study, REQUESTS[0]), "Weighted %")["pay", "Total"] == pytest.approx(100 * share)
    assert any("R1 (blank)" in note for note in matrix.notes)
    study.close()
