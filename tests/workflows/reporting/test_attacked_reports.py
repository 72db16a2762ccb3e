"""Nothing that a report's tables keep back can be worked out by an adversary who reads all of it."""

from __future__ import annotations

import datetime as dt
import html
import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from adversary import Meaning, plus, sheets, total
from hypothesis import given, settings
from hypothesis import strategies as st
from kept_back_studies import (
    CLOSED,
    HELPED,
    NETS,
    QUESTIONS,
    THEMES,
    Answers,
    adversary_of,
    counts_of,
    respondents,
    study_of,
)

from coder.domain.study_settings import RESPONSE_RATES, TableSetting
from coder.domain.tables.reports import ReportRequest
from coder.errors import CoderError
from coder.formats.report.registry import REPORT_FORMATS
from coder.formats.shared.file_contents import file_content
from coder.formats.tables.text import printed_json
from coder.workflows.reporting.study_report import study_report

if TYPE_CHECKING:
    from adversary import Adversary, Sheet

    from coder.domain.tables.reports import Report
    from coder.workflows.study.study import Study

QUOTES = 3
REGIONS = ("North", "South", "West")
limits = st.sampled_from((0, 2, 3))
of_themes = st.builds(
    lambda subject, by, limit: TableSetting(subject, by=by, suppress=limit),
    st.sampled_from(tuple(QUESTIONS)),
    st.sampled_from(("", "", "region", "helped")),
    limits,
)
of_closed = st.builds(
    lambda subject, by, limit: TableSetting(subject, by=by, suppress=limit),
    st.sampled_from(CLOSED),
    st.sampled_from(("", "region")),
    limits,
)
of_rates = limits.map(
    lambda limit: TableSetting(RESPONSE_RATES, by="region", suppress=limit, frame="frame.csv")
)
some_tables = st.lists(of_themes | of_themes | of_closed | of_rates, min_size=1, max_size=4)
every_question = st.tuples(limits, some_tables).map(
    lambda drawn: [TableSetting("Q1", suppress=drawn[0]), TableSetting("Q2"), *drawn[1][:2]]
)
tables = some_tables | every_question


def meaning_of(setting: TableSetting) -> Meaning:
    """Return what a reader knows of a table."""
    if setting.subject == RESPONSE_RATES:
        return Meaning(attribute="region", rates=True)
    if setting.subject in CLOSED:
        return Meaning(attribute=setting.subject, by=setting.by)
    return Meaning((setting.subject,), by=setting.by, nets=NETS)


def printed_report(study: Study, settings: list[TableSetting], *, nets: bool) -> Report:
    """Return the report of these tables, numbered, with quotes that tell of region and of what was ticked."""
    numbered = tuple(replace(setting, number=str(n)) for n, setting in enumerate(settings, start=1))
    request = ReportRequest(
        dt.date(2026, 11, 29), quotes=QUOTES, quote_attributes=("region", "helped"), charts=False, nets=nets
    )
    return study_report(replace(study, settings=replace(study.settings, tables=numbered)), request)


def sheets_of(report: Report) -> list[Sheet]:
    """Return the tables of a report in their order of numbers."""
    printed = [part.table for chapter in report.chapters for part in chapter.tables]
    return sheets(printed_json(sorted(printed, key=lambda table: int(table.number))), "Councils")


def read_methods(adversary: Adversary, report: Report) -> None:
    """Take in how many codings there are, and on how many answers there is none."""
    printed = {table.number: table for part in report.methods for table in part.tables}
    by_label: dict[tuple[str, str, str], Any] = {
        (number, row["theme"], column["name"]): cell
        for number, table in printed.items()
        for row in sheets(printed_json([table]), "")[0]["rows"]
        for column, cell in zip(table_columns(table), row["values"], strict=True)
    }
    every = [box for boxes in adversary.boxes.values() for box in boxes]
    codings = by_label.get(("M3", "All codings", "Codings"))
    if codings is not None:
        adversary.rule(total(every), codings, codings)
    nothing = by_label.get(("M2", "jo", "Of these, without a theme"))
    if nothing is not None:
        coded: dict[int, float] = {}
        for number, person in enumerate(adversary.people):
            for question, boxes in person.boxes.items():
                for box in range(boxes):
                    themes = [adversary.boxes[number, question, theme][box] for theme in THEMES]
                    coded = plus(coded, adversary.either(themes))
        answers = sum(sum(person.boxes.values()) for person in adversary.people)
        adversary.rule(coded, answers - nothing, answers - nothing)


def table_columns(table: Any) -> list[dict[str, Any]]:
    """Return the columns of a table."""
    return [{"name": column.name} for column in table.columns]


def read_quotes(adversary: Adversary, report: Report, settings: list[TableSetting]) -> None:
    """Take in the quotes as they stand on the page: how many of how many, and who wrote them."""
    page = html.unescape(str(file_content(REPORT_FORMATS, "html", report)))
    labels = {"Pay": "pay", "Staff": "staff", "Grants": "grants", "Beds": "beds"}
    setting: TableSetting | None = None
    for piece in re.split(r"(?=<h[2-4][ >])", page):
        if number := re.search(r"Table (\d+)\.", piece):
            setting = settings[int(number[1]) - 1]
        label = re.match(r"<h4>(\w+)</h4>", piece)
        if not label or label[1] not in labels or setting is None or "<blockquote>" not in piece:
            continue
        meaning = replace(meaning_of(setting), by="")
        terms = adversary.counted(meaning, labels[label[1]], "Total", mentions=True)
        printed = len(re.findall("<blockquote>", piece))
        # Where fewer are printed than were asked for, there are no more.
        adversary.rule(terms, printed, printed if printed < QUOTES else np.inf)
        if told := re.search(r"quotes? of (\d+) answers?, by (\d+|one of the) councils", piece):
            adversary.rule(terms, int(told[1]), int(told[1]))
            who = 1 if told[2] == "one of the" else int(told[2])
            adversary.rule(adversary.counted(meaning, labels[label[1]], "Total"), who, who)
        footers = re.findall(r"<footer>— ([^<]*)</footer>", piece)
        for attribute, text in (
            *(("region", name) for name in REGIONS),
            *(("helped", name) for name in HELPED),
        ):
            times = sum(text in footer.split(", ") for footer in footers)
            of_those = adversary.counted(
                replace(meaning, by=attribute), labels[label[1]], text, mentions=True
            )
            adversary.rule(of_those, times, np.inf)


@given(people=respondents, settings_=tables, nets=st.booleans())
@settings(max_examples=60)
def test_nothing_kept_back_in_a_report_can_be_worked_out(
    people: list[Answers], settings_: list[TableSetting], nets: bool
) -> None:
    """Tables, quotes with what they tell of those quoted, how many codings there are, and answers without."""
    with TemporaryDirectory() as folder, closing(study_of(Path(folder) / "study", people)) as study:
        whole = [replace(setting, suppress=0) for setting in settings_]
        plain = sheets_of(printed_report(study, whole, nets=nets))
        try:
            report = printed_report(study, settings_, nets=nets)
        except CoderError as refusal:
            if "can be worked out" in str(refusal):
                return
            raise
    has_rates = any(setting.subject == RESPONSE_RATES for setting in settings_)
    adversary = adversary_of(people, (*CLOSED, "region") if has_rates else CLOSED)
    hidden = []
    for sheet, true_sheet, setting in zip(sheets_of(report), plain, settings_, strict=True):
        truth = counts_of(true_sheet)
        cells = adversary.read(sheet, meaning_of(setting))
        hidden += [(setting, key, group, terms, truth[key, group]) for key, group, terms in cells]
    read_methods(adversary, report)
    read_quotes(adversary, report, settings_)
    true_cells = [(terms, count, count) for *_, terms, count in hidden]
    assert adversary.is_possible(true_cells), "the adversary assumes what is not so"
    assert not [
        (setting.subject, setting.by, key, group)
        for setting, key, group, terms, count in hidden
        if adversary.works_out(terms, count)
    ]
