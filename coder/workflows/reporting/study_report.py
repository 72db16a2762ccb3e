"""A study's report: its methods note, all tables with charts and quotes, and its codebook."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from coder.domain.grammar import listed
from coder.domain.languages.language_names import language_code
from coder.domain.study_settings import RESPONSE_RATES
from coder.domain.tables.printed import Provenance
from coder.domain.tables.quotes import QuoteRequest
from coder.domain.tables.reports import (
    Annex,
    Chapter,
    PrintedNote,
    Report,
    ReportTable,
    ThemeGroup,
    day_of,
)  # fmt: skip
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.store import journal, surveys
from coder.store.database import one_moment
from coder.store.readings.read_by_coder import coder_work
from coder.tables.findings.key_findings import key_findings
from coder.version import __version__
from coder.workflows.coding.journal import about
from coder.workflows.privacy.masking import Masks
from coder.workflows.reporting.methods_note import coder_names, methods_note
from coder.workflows.reporting.quoted_attributes import TooFewQuotedError
from coder.workflows.reporting.quotes import READ_FIRST, quote_lists
from coder.workflows.reporting.report_look import report_look
from coder.workflows.reporting.withheld_beside import withheld_beside
from coder.workflows.study.attributes import attributes_meant
from coder.workflows.study.codebook_file import in_use
from coder.workflows.study.naming_damage import names_damage
from coder.workflows.study.questions import question_title
from coder.workflows.tables.asked_for import tables_asked_for
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.codebook import Theme
    from coder.domain.responses import Question
    from coder.domain.tables.printed import PrintedTable
    from coder.domain.tables.quotes import QuoteList
    from coder.domain.tables.reports import ReportRequest
    from coder.workflows.reporting.withheld_beside import WithheldBeside
    from coder.workflows.study.study import Study

QUOTED_THEMES = 5
"""The themes of a table that are quoted: its first."""
CLOSED = "Closed questions"
"""What tables of attributes without a wording are under."""


@names_damage
def study_report(study: Study, request: ReportRequest) -> Report:
    """Make the report of a study, all of it of one moment.

    The same study and request always give an equal report.

    Raises:
        CoderError: `study.toml` lists a table that cannot be made, or one of a private attribute; what is
            to be told of those quoted is no attribute, or a private one; a template or logo cannot be read.
    """
    options = TableOptions(nets=request.nets, agreed=request.agreed, anonymous=request.anonymous)
    look = report_look(study, request)
    with one_moment(study.database):
        wanted = TableRequest(
            options=options,
            said=frozenset(["agreed"] if request.rule_said else []),
            unweighted=request.unweighted,
            intervals=request.intervals,
        )
        tables = [_dated(table, request) for table in printed_tables(study, wanted)]
        asked_for = [asked_table.request for asked_table in tables_asked_for(study, wanted)]
        withheld = withheld_beside(tables)
        questions = {question.id: question for question in surveys.questions(study.database)}
        quoted = [
            _quotes(study, request, *counted, withheld) for counted in zip(tables, asked_for, strict=True)
        ]
        chapters = _chapters(study, list(map(ReportTable, tables, quoted)), questions)
        version = in_use(study).number
        provenance = Provenance(
            study.settings.title, version, None, request.date.isoformat(), f"coder {__version__}"
        )
        return Report(
            title=study.settings.title,
            note=study.settings.note,
            date=request.date,
            program=provenance.program,
            methods=methods_note(study, request, tables, provenance, withheld),
            findings=key_findings(chapters, study.settings.respondents) if request.findings else (),
            chapters=chapters,
            annex=_annex(study, questions, Masks(study, request.mask)),
            charts=request.charts,
            language=language_code(study.settings.language) or "",
            journal=_journal(study, request) if request.journal else (),
            look=look,
        )


def _dated(table: PrintedTable, request: ReportRequest) -> PrintedTable:
    """Return a table that was made on the report's day, so that the same study gives the same report."""
    return replace(table, provenance=replace(table.provenance, made=request.date.isoformat()))


def _chapters(
    study: Study, tables: Sequence[ReportTable], questions: Mapping[str, Question]
) -> tuple[Chapter, ...]:
    labels = {attribute.name: attribute.label for attribute in surveys.attributes(study.database)}

    def title_of(quoted: ReportTable) -> str:
        return _subject(quoted.table, questions) or labels.get(quoted.table.subject) or CLOSED

    return tuple(Chapter(title, tuple(in_chapter)) for title, in_chapter in groupby(tables, key=title_of))


def _subject(table: PrintedTable, questions: Mapping[str, Question]) -> str:
    """Return what a table is about; empty where it is no open question."""
    if table.subject == RESPONSE_RATES:
        return "Response rates"
    return "; ".join(question_title(questions[question_id]) for question_id in table.question_ids)


def _quotes(
    study: Study,
    request: ReportRequest,
    table: PrintedTable,
    counted: TableRequest,
    withheld: WithheldBeside,
) -> tuple[QuoteList, ...]:
    """Return quotes for the first themes of a question's table, if any are wanted: of what the table counts.

    A table of an earlier moment has none: what was coded then may say another thing now. Nor has one of so
    few respondents that what they have in common describes them.
    """
    if not request.quotes or table.by or len(table.question_ids) != 1 or counted.as_of:
        return ()
    (question_id,) = table.question_ids
    themes = study.codebook.by_id
    keys = [row.key for row in table.rows if row.kind == "theme" and row.key in themes]
    serving = (key for key in keys if themes[key].serves(question_id) and key not in withheld.whole_themes)
    lists = []
    for name in list(serving)[:QUOTED_THEMES]:
        is_withheld = name in withheld.themes
        attributes = [] if is_withheld else attributes_meant(study, request.quote_attributes)
        of_quoted = tuple(attribute for attribute in attributes if attribute not in withheld.attributes)
        request_ = QuoteRequest(
            most=request.quotes,
            attributes=of_quoted,
            where=counted.where,
            coder_ids=counted.coder_ids,
            agreed=counted.options.agreed,
            mask=request.mask,
        )
        try:
            of_theme = quote_lists(study, question_id, [name], request_)
        except TooFewQuotedError:
            return ()
        lists += [_published(quotes, table, is_withheld=is_withheld) for quotes in of_theme if quotes.quotes]
    return tuple(lists)


def _published(quotes: QuoteList, table: PrintedTable, *, is_withheld: bool) -> QuoteList:
    """Return quotes as of their table's day, without what only those who make the report should read."""
    notes = tuple(note for note in quotes.notes if note != READ_FIRST)
    provenance = replace(quotes.provenance, made=table.provenance.made)
    if table.provenance.codings_kept_back:
        provenance = provenance.without_codings()
    return replace(quotes, notes=notes, provenance=provenance, counts_kept_back=is_withheld)


def _annex(study: Study, questions: Mapping[str, Question], masks: Masks) -> Annex:
    version = in_use(study)
    said = f"Version {version.number} of the codebook, in use since {day_of(version.at)}."
    groups: dict[str, list[tuple[Theme, int]]] = {}
    served: tuple[str, ...] = ()
    for theme, depth in study.codebook.tree():
        if not depth:
            # What lies under a net stands with it, whatever it is for.
            served = theme.questions
        themes = groups.setdefault(_served(served, questions), [])
        printed = replace(theme, questions=()) if theme.questions == served else theme
        themes.append((masks.in_theme(printed), depth))
    note = masks.in_note(study.codebook.note)
    return Annex(
        tuple(filter(None, (said, note, masks.note()))),
        tuple(ThemeGroup(title, tuple(themes)) for title, themes in groups.items()),
    )


def _served(names: Sequence[str], questions: Mapping[str, Question]) -> str:
    """Return a heading for the themes that are for these questions."""
    question_ids = [name for name in names if name in questions]
    return f"Themes for {listed(question_ids)}" if question_ids else "Themes for all questions"


def _journal(study: Study, request: ReportRequest) -> tuple[PrintedNote, ...]:
    """Return the notes of the journal, oldest first; before them what is masked in them, if anything is."""
    masks = Masks(study, request.mask)
    entries = journal.entries(study.database)
    # Those who coded have the numbers that the methods note gives them.
    coded = [work.coder_id for work in coder_work(study.database)]
    people = list(dict.fromkeys([*coded, *(entry.coder_id for entry in entries)]))
    names = coder_names(study, people, anonymous=request.anonymous)
    notes = []
    for entry in entries:
        subject = about(study, entry.subject, entry.subject_id)
        heading = f"On {subject}: {names[entry.coder_id]}, {day_of(entry.at)}"
        paragraphs = tuple(filter(None, map(str.strip, masks.in_note(entry.text).splitlines())))
        notes.append(PrintedNote(heading, paragraphs))
    masked = masks.note()
    return (*([PrintedNote("On this annex", (masked,))] if masked and notes else []), *notes)
