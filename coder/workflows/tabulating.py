"""Tables: from the codings that stand (or stood) to what a report prints."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coder.domain.codebook import nearest
from coder.domain.filters import Filter
from coder.domain.settings import TableSetting
from coder.domain.tables import BaseKind, FrequencyTable, TableBase, TableOptions, TableRow
from coder.errors import CoderError
from coder.store import codings, counts, surveys
from coder.store.database import one_moment
from coder.tables.frequencies import NOTHING, Counts, FrequencyRows, counted_themes, nets_of
from coder.tables.notes import Coverage, table_notes
from coder.workflows.moments import past_of
from coder.workflows.studies import refuse_unknown_coder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.responses import Question
    from coder.store.counts import Count
    from coder.store.database import Database
    from coder.workflows.studies import Study

DEFAULT = TableOptions()


def frequency_table(
    study: Study,
    question_id: str,
    options: TableOptions = DEFAULT,
    *,
    coder_ids: Sequence[str] = (),
    as_of: str | None = None,
) -> FrequencyTable:
    """Count who mentions each theme of a question.

    Args:
        study: The study.
        question_id: An open question of it, whatever the case.
        options: What to count and show.
        coder_ids: Whose codings; empty means anybody's.
        as_of: A date, a time, or a version of the codebook, as `past_of` reads it; the codings that stood
            then, under the codebook of that moment.

    Raises:
        CoderError: The study has no such question or coder, or `as_of` is no moment of it.
    """
    with one_moment(study.database):
        return _frequency_table(study, question_id, options, coder_ids, as_of)


def _frequency_table(
    study: Study, question_id: str, options: TableOptions, coder_ids: Sequence[str], as_of: str | None
) -> FrequencyTable:
    question = find_question(study, question_id)
    for coder_id in coder_ids:
        refuse_unknown_coder(study.database, coder_id)
    past = None if as_of is None else past_of(study.database, as_of)
    codebook, step = (past.codebook, past.step) if past else (study.codebook, None)
    coders = coder_ids or _coders(study.database, question.id, step)
    part = _Part(study.database, question.id, tuple(coder_ids), step)
    # What nobody has read is a matter of everybody's marks, not of those alone whose codings there are.
    sizes = part.sizes()
    if step is None and len(coders) == 1:
        # Where one person coded everything, naming them changes no count and spares counting mentions apart.
        part = replace(part, coder_ids=tuple(coders))
    found = part.themes()
    themes = counted_themes(codebook, question.id, found)
    nets = nets_of(codebook, themes) if options.nets else {}
    base = TableBase(options.base, part.base_size(options.base, sizes), sizes.asked, sizes.answered)
    rows = FrequencyRows(codebook, found, part.nets(nets), base, options)
    when = past.words if past else ""
    hidden = 0 if options.zeros else sum(theme.id not in found for theme in themes)
    behind = Coverage(sizes.answers, sizes.unread, coders, bool(coder_ids), when, hidden)
    setting = _setting(study, question)
    notes = table_notes(question.id, study.settings.respondents, base, options, behind)
    return FrequencyTable(
        question_id=question.id,
        number=setting.number,
        title=setting.title,
        options=options,
        respondents_word=study.settings.respondents,
        base=base,
        rows=rows.nested(themes) if options.nets else rows.flat(themes),
        notes=tuple(filter(None, (study.settings.note, *setting.notes, *notes))),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """The codings that a table counts."""

    database: Database
    question_id: str
    coder_ids: tuple[str, ...]
    as_of: int | None

    def themes(self) -> Counts:
        return counts.theme_counts(
            self.database, self.question_id, coder_ids=self.coder_ids, as_of=self.as_of
        )

    def nets(self, members: Mapping[str, Sequence[str]]) -> Counts:
        found = counts.net_counts(
            self.database, self.question_id, members, coder_ids=self.coder_ids, as_of=self.as_of
        )
        return {net: found.get(net, NOTHING) for net in members}

    def sizes(self) -> counts.Base:
        return counts.base(self.database, self.question_id, coder_ids=self.coder_ids, as_of=self.as_of)

    def base_size(self, kind: BaseKind, sizes: counts.Base) -> int:
        if kind == "coded":
            return counts.coded_respondents(
                self.database, self.question_id, coder_ids=self.coder_ids, as_of=self.as_of
            )
        return sizes.asked if kind == "asked" else sizes.answered


def _coders(database: Database, question_id: str, as_of: int | None) -> list[str]:
    if as_of is None:
        return codings.coders_of(database, question_id)
    return counts.coders_then(database, question_id, as_of)


def codebook_counts(study: Study, question_id: str) -> dict[str, Count]:
    """Count every theme and net of a question as a table does; those without a coding are left out."""
    tree = study.codebook.tree(question_id)
    members = {theme.id: study.codebook.members(theme.id) for theme, _ in tree}
    return counts.net_counts(study.database, question_id, members)


def report_tables(
    study: Study, options: TableOptions = DEFAULT, *, coder_ids: Sequence[str] = (), as_of: str | None = None
) -> list[FrequencyTable]:
    """Make the report's tables as `study.toml` lists them; where it lists none, one for each question."""
    listed = [table.question_id for table in study.settings.tables]
    wanted = listed or [question.id for question in surveys.questions(study.database)]
    return [frequency_table(study, each, options, coder_ids=coder_ids, as_of=as_of) for each in wanted]


def tables_of(
    study: Study,
    question_id: str | None,
    options: TableOptions = DEFAULT,
    *,
    coder_ids: Sequence[str] = (),
    as_of: str | None = None,
) -> list[FrequencyTable]:
    """Make the table of one question, or without one the report's tables."""
    if question_id is None:
        return report_tables(study, options, coder_ids=coder_ids, as_of=as_of)
    return [frequency_table(study, question_id, options, coder_ids=coder_ids, as_of=as_of)]


def cell_filter(table: FrequencyTable, row: TableRow) -> Filter:
    """Return the filter that shows the answers behind a row."""
    return Filter(question_id=table.question_id, theme_ids=row.theme_ids)


def find_question(study: Study, name: str) -> Question:
    """Find an open question by its id, whatever the case; of two that differ in case, the one as written.

    Raises:
        CoderError: There is none; the hint gives the nearest.
    """
    questions = surveys.questions(study.database)
    for question in sorted(questions, key=lambda question: question.id != name):
        if question.id.casefold() == name.strip().casefold():
            return question
    ids = [question.id for question in questions]
    hint = nearest(name, ids) or f"Its open questions: {', '.join(ids)}."
    msg = f"The study has no open question '{name}'."
    raise CoderError(msg, hint)


def _setting(study: Study, question: Question) -> TableSetting:
    for setting in study.settings.tables:
        if setting.question_id == question.id:
            return setting
    return TableSetting(question.id, title=question.label or question.id)
