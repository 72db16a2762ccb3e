"""A report tells nothing, in its text and quotes, of what its tables keep back."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from coder.domain.study_settings import RESPONSE_RATES, TableSetting, ValueSelection
from coder.domain.tables.reports import ReportRequest
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.errors import CoderError
from coder.formats.report.registry import REPORT_FORMATS
from coder.formats.shared.file_contents import file_content
from coder.formats.tables.registry import TABLE_FORMATS
from coder.workflows.reporting.study_report import study_report
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from coder.domain.tables.printed import PrintedRow, PrintedTable
    from coder.domain.tables.reports import Report
    from coder.workflows.study.study import Study

TODAY = dt.date(2026, 11, 29)


def with_tables(study: Study, *tables: TableSetting) -> Study:
    """Return a study that lists these tables."""
    return replace(study, settings=replace(study.settings, tables=tables))


def report_of(study: Study, *tables: TableSetting, attributes: tuple[str, ...] = ()) -> Report:
    """Return a report of these tables with three quotes a theme."""
    return study_report(
        with_tables(study, *tables), ReportRequest(TODAY, quotes=3, quote_attributes=attributes)
    )


def text_of(report: Report) -> str:
    """Return what people read in a report's page, charts left out."""
    page = re.sub(
        r"<(script|style)\b.*?</\1>", " ", str(file_content(REPORT_FORMATS, "html", report)), flags=re.DOTALL
    )
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def is_kept_back(row: PrintedRow) -> bool:
    """Tell whether anything of a row is kept back."""
    return any(cell.mark == "suppressed" for cell in row.cells)


def kept_back_labels(table: PrintedTable) -> list[str]:
    """Return the rows of which anything is kept back."""
    return [row.label for row in table.rows if is_kept_back(row)]


def test_how_many_codings_there_are_is_not_said(coded_sample: Study) -> None:
    """One theme of Q17 is kept back: the sum of all codings less the others' mentions would be its number."""
    request = TableRequest(subjects=("Q17",), suppress=2)
    (table,) = printed_tables(coded_sample, request)
    assert kept_back_labels(table) == ["Strength based working"]
    for kind in ("csv", "json", "md", "html", "tex"):
        written = str(file_content(TABLE_FORMATS, kind, [table]))
        assert "89" not in re.sub(r"\d{4}-\d\d-\d\dT\S+", "", written), kind
    (plain,) = printed_tables(coded_sample, replace(request, suppress=0))
    assert plain.provenance.codings == 89


def test_what_is_kept_back_stands_last_by_the_codebook(coded_sample: Study) -> None:
    """Its place among the counts would tell of it; so would ranks of the others that leave one out."""
    for nets in (False, True):
        request = TableRequest(subjects=("Q16",), suppress=6, options=TableOptions(nets=nets))
        (table,) = printed_tables(coded_sample, request)
        order = [theme.id for theme in coded_sample.codebook]
        siblings: dict[tuple[str, ...], list[PrintedRow]] = {}
        above: list[str] = []
        for row in table.rows:
            del above[row.level :]
            siblings.setdefault(tuple(above), []).append(row)
            above.append(row.key)
        assert any(map(is_kept_back, table.rows))
        for rows in siblings.values():
            marks = [is_kept_back(row) for row in rows]
            assert marks == sorted(marks)
            places = [order.index(row.key) for row in rows if is_kept_back(row)]
            assert places == sorted(places)
        ranks = [row.cells[-1].value for row in table.rows if row.kind == "theme" and not is_kept_back(row)]
        assert sorted(rank or 0 for rank in ranks)[0] == 1
        counts = sorted((row.cells[0].value or 0 for row in table.rows if row.kind == "theme"), reverse=True)
        for row in table.rows:
            if row.kind == "theme" and not is_kept_back(row):
                assert row.cells[-1].value == 1 + counts.index(row.cells[0].value or 0)


def test_a_theme_that_is_kept_back_is_not_quoted(coded_sample: Study) -> None:
    """Neither are its quotes counted, nor are any printed: there are as many of them as answers."""
    setting = TableSetting("Q17", "22", suppress=8)
    (chapter,) = report_of(coded_sample, setting).chapters
    (printed,) = chapter.tables
    hidden = set(kept_back_labels(printed.table))
    assert hidden
    assert printed.quotes
    assert not hidden & {quotes.label for quotes in printed.quotes}


def test_quotes_do_not_tell_of_groups_that_are_kept_back(coded_sample: Study) -> None:
    """Beside themes by region with cells kept back, quotes of these themes name no region and no numbers."""
    tables = (TableSetting("Q16", "21"), TableSetting("Q16", "21b", by="region", suppress=3))
    report = report_of(coded_sample, *tables, attributes=("region", "council_type"))
    printed = [table for chapter in report.chapters for table in chapter.tables]
    hidden = {label for table in printed for label in kept_back_labels(table.table)}
    lists = [quotes for table in printed for quotes in table.quotes]
    assert hidden & {quotes.label for quotes in lists}
    for quotes in lists:
        assert quotes.counts_kept_back == (quotes.label in hidden)
        assert (quotes.label in hidden) == all(not quote.attributes for quote in quotes.quotes)
        assert ("answers" in quotes.summary) == (quotes.label not in hidden)


def test_an_attribute_whose_counts_are_kept_back_is_not_told_of_anybody(coded_sample: Study) -> None:
    """Beside response rates of which the West Midlands are kept back, quotes do not say who is from there."""
    rates = TableSetting(RESPONSE_RATES, "2", by="region", frame="frame.csv", suppress=5)
    report = report_of(coded_sample, rates, TableSetting("Q16", "21"), attributes=("region", "council_type"))
    attributes = {
        attribute.name
        for chapter in report.chapters
        for table in chapter.tables
        for quotes in table.quotes
        for quote in quotes.quotes
        for attribute in quote.attributes
    }
    assert attributes == {"council_type"}


def test_the_methods_note_does_not_add_up_what_is_kept_back(coded_sample: Study) -> None:
    """No table or sentence of a report says how many codings there are, where one theme's are kept back."""
    secret = TableSetting("Q17", "22", suppress=2)
    others = (TableSetting("Q15", "20"), TableSetting("Q16", "21"))
    codings = {"459", "383"}
    assert codings & set(re.findall(r"\d+", text_of(report_of(coded_sample, *others))))
    text = text_of(report_of(coded_sample, *others, secret))
    assert "459" not in re.findall(r"\d+", text)
    assert "codings counted" not in text
    report = report_of(coded_sample, *others, secret)
    for part in report.methods:
        for table in part.tables:
            for row in table.rows:
                for column, cell in zip(table.columns, row.cells, strict=True):
                    assert column.name != "Codings" or cell.mark == "suppressed"


def test_a_table_without_a_limit_keeps_back_for_the_sake_of_another(coded_sample: Study) -> None:
    """What one table keeps back no other of the call prints; its note says for whose sake."""
    with_limit, without = printed_tables(
        with_tables(coded_sample, TableSetting("Q17", "22", suppress=5), TableSetting("Q17", "22b"))
    )
    assert kept_back_labels(with_limit) == kept_back_labels(without)
    assert any(note.startswith("Kept back") and "beside this one" in note for note in without.notes)


def test_what_cannot_be_protected_is_refused_with_what_to_leave_out(coded_sample: Study) -> None:
    """Themes by region print how many of each region answered, which response rates keep back."""
    rates = TableSetting(RESPONSE_RATES, "2", by="region", frame="frame.csv", suppress=5)
    closed = TableSetting("region", "3")
    with pytest.raises(CoderError, match="can be worked out from what stands beside it") as refusal:
        printed_tables(
            with_tables(coded_sample, rates, TableSetting("q4_new_funding", "9", by="region"), closed)
        )
    assert refusal.value.hint.startswith("Leave out Table")


def test_response_rates_are_kept_back_alone(coded_sample: Study) -> None:
    """`--number 2 --suppress 5`: West Midlands 4 is not printed, nor is its place among the rates."""
    (table,) = printed_tables(
        with_tables(coded_sample, TableSetting(RESPONSE_RATES, "2", by="region", frame="frame.csv")),
        TableRequest(number="2", suppress=5),
    )
    hidden = kept_back_labels(table)
    assert "West Midlands" in hidden
    assert [row.label for row in table.rows if row.kind != "total"][-len(hidden) :] == sorted(hidden)


def test_rows_whose_place_is_not_by_their_count_keep_it(coded_sample: Study) -> None:
    """In the codebook's order, or one that the table gives, a place tells nothing, kept back or not."""
    options = TableOptions(order="codebook")
    requests = [TableRequest(subjects=("Q16",), suppress=limit, options=options) for limit in (0, 6)]
    plain, hidden = (printed_tables(coded_sample, request)[0] for request in requests)
    assert kept_back_labels(hidden)
    assert [row.key for row in hidden.rows] == [row.key for row in plain.rows]
    assert not any("stand last" in note for note in hidden.notes)
    values = ("Not at all", "Don't know", "To some extent", "To a great extent")
    setting = TableSetting("q2_impact", suppress=8, rows=ValueSelection(order=values))
    (given,) = printed_tables(with_tables(coded_sample, setting))
    assert kept_back_labels(given)
    assert [row.key for row in given.rows if row.kind == "value"] == list(values)


def bases_kept_back(table: PrintedTable) -> set[str]:
    """Return the columns of which it is kept back how many they are."""
    return {column.group for column in table.columns if column.kind == "percent" and column.base is None}


def test_columns_by_themes_keep_back_how_many_mention_what_is_kept_back(coded_sample: Study) -> None:
    """One mentions strengths: of the column of these it is not told how many they are, nor any percentage."""
    by_theme = TableSetting("q2_impact", "7", by="Q17")
    plain = printed_tables(with_tables(coded_sample, TableSetting("Q17", "22"), by_theme))[1]
    assert not bases_kept_back(plain)
    themes, kept = printed_tables(with_tables(coded_sample, TableSetting("Q17", "22", suppress=2), by_theme))
    assert "Strength based working" in kept_back_labels(themes)
    assert bases_kept_back(kept) == {"Q17: Strength based working"}
    places = [n for n, column in enumerate(kept.columns) if column.group == "Q17: Strength based working"]
    percents = [n for n in places if kept.columns[n].kind == "percent"]
    assert {row.cells[place].mark for row in kept.rows for place in percents} == {"suppressed"}
    assert any(note.startswith("Kept back") for note in kept.notes)


def test_columns_crossed_of_a_closed_question_keep_its_answers_back(coded_sample: Study) -> None:
    """Their bases are counts of these answers: both tables are printed, and keep back what has to be."""
    crossed = TableSetting("Q16", "21", by="q6_voice:q4_new_funding")
    closed = TableSetting("q6_voice", "11", by="q5_new_cpa_approach", suppress=3)
    assert kept_back_labels(printed_tables(with_tables(coded_sample, closed))[0])
    alone = kept_back_labels(printed_tables(with_tables(coded_sample, crossed))[0])
    both = [kept_back_labels(table) for table in printed_tables(with_tables(coded_sample, closed, crossed))]
    assert not alone
    assert both[0]
