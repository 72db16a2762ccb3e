"""Counting everything that a table is made of, at one moment of the database.

Nothing is counted anywhere else: what is shown of these numbers, and how, `coder.tables` decides.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.filters import of_answers, of_respondents
from coder.domain.path_names import refuse_line_breaks
from coder.domain.responses import Attribute
from coder.domain.study_settings import RESPONSE_RATES
from coder.domain.tables.undecided import FITS, NOTHING_UNDECIDED, RuleMisfit
from coder.errors import CoderError
from coder.formats.surveys.frames import read_frame
from coder.store import codebook_versions, counts
from coder.store.attribute_counts import pair_counts, value_counts
from coder.store.bases import has_unread_answers, reading
from coder.store.readings.counted_scope import counted_scope, whose_codings
from coder.store.readings.undecided_answers import rule_misfit, undecided
from coder.store.recode_queues import waiting_by_theme
from coder.store.scope import Scope
from coder.store.team.workers import coders_of
from coder.store.weighing.weighted_sizes import weighted_pairs
from coder.tables.attribute_values import ONE_COLUMN, ShownValues
from coder.tables.closed_counts import ClosedCounts, RateCounts
from coder.tables.rare_themes import rare_themes
from coder.tables.theme_counts import ThemeCounts
from coder.tables.theme_rows import nets_of, themes_of_table
from coder.workflows.study.attributes import find_attribute
from coder.workflows.study.coders import refuse_unknown_coder
from coder.workflows.study.moments import Past, past_of
from coder.workflows.tables.column_counts import ColumnCounts, column_and_rest, respondents_of
from coder.workflows.tables.values_in_order import values_in_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from coder.domain.codebook import Codebook
    from coder.domain.tables.weights import WeightedSize
    from coder.store.database import Database
    from coder.tables.building import TableCounts
    from coder.tables.job import TableJob
    from coder.workflows.study.study import Study


_SEVERAL = 2
"""Coders from whom on a rule is needed."""


def with_interim_base(study: Study, job: TableJob) -> TableJob:
    """Return a job that has `read` as its base if its table is interim and answers are still to be read."""
    if not (job.request.interim and job.questions):
        return job
    scope = counted_scope(study.database, _scope(job, _past(study, job)))
    if not has_unread_answers(study.database, scope):
        return job
    return replace(job, request=replace(job.request, options=replace(job.options, base="read")))


def gather(study: Study, job: TableJob) -> TableCounts:
    """Count everything that a table is made of; call it within one moment of the database.

    Raises:
        CoderError: There is no such question, attribute or coder; an attribute is private; or what is asked
            for does not go together.
    """
    if job.questions:
        return theme_counts(study, job)
    if job.setting.subject == RESPONSE_RATES:
        return _rate_counts(study, job)
    return _closed_counts(study, job)


def gather_all(study: Study, jobs: Sequence[TableJob]) -> list[TableCounts]:
    """Count everything that tables are made of; call it within one moment of the database.

    Raises:
        CoderError: As `gather`.
    """
    counted_so_far: list[TableCounts] = []
    for job in jobs:
        sibling = None
        for earlier_job, earlier in zip(jobs, counted_so_far, strict=False):
            if isinstance(earlier, ThemeCounts) and _are_beside(earlier_job, job):
                sibling = earlier
                break
        counted_so_far.append(_counts_beside(study, job, sibling) if sibling else gather(study, job))
    return counted_so_far


def _are_beside(job: TableJob, other: TableJob) -> bool:
    """Tell whether two jobs are of columns of one table that are of some answers each."""
    if job.request.column is None or other.request.column is None:
        return False
    return replace(job, request=replace(job.request, column=other.request.column)) == other


def _counts_beside(study: Study, job: TableJob, sibling: ThemeCounts) -> ThemeCounts:
    """Count another column of some answers, given what was counted of the whole table for one of them."""
    scope, by = scope_of(study, job), _columns_attribute(study, job)
    columns = _columns(study, job, by)
    coders = _coders(study.database, scope)
    cells = ColumnCounts(study.database, _narrowed(scope, coders), by, columns, job)
    whole = ColumnCounts(study.database, scope, by, columns, job)
    return replace(
        sibling,
        by=by,
        columns=columns.names,
        name_of=columns.name_of,
        themes=cells.beside(sibling.themes),
        nets=cells.beside(sibling.nets, nets_of(sibling.codebook, sibling.rows)),
        joined=cells.beside(sibling.joined, sibling.rare.members),
        bases=whole.bases_beside(sibling.bases),
        weighed=whole.weighed_beside(sibling.weighed),
    )


def theme_counts(study: Study, job: TableJob) -> ThemeCounts:
    """Count who mentions each theme of the job's questions, and whom percentages are of."""
    _refuse_mentions_to_keep_back(job)
    by = _columns_attribute(study, job)
    for coder_id in job.request.coder_ids:
        refuse_unknown_coder(study.database, coder_id)
    past = _past(study, job)
    scope = counted_scope(study.database, _scope(job, past))
    codebook = past.codebook if past else study.codebook
    coders = _coders(study.database, scope)
    columns = _columns(study, job, by)
    cells = ColumnCounts(study.database, _narrowed(scope, coders), by, columns, job)
    themes = cells.themes()
    rows = themes_of_table(codebook, scope.question_ids, themes)
    nets = cells.unions(nets_of(codebook, rows)) if job.options.nets else {}
    whole = ColumnCounts(study.database, scope, by, columns, job)
    bases = whole.bases()
    fewest = job.options.other or job.options.other_percent * sum(bases["answered"]) / 100
    rare = rare_themes(codebook, rows, respondents_of(themes), respondents_of(nets), fewest)
    progress = reading(study.database, scope)
    return ThemeCounts(
        questions=job.questions,
        codebook=codebook,
        codebook_version=past.version if past else codebook_versions.latest_number(study.database),
        by=by,
        columns=columns.names,
        name_of=columns.name_of,
        columns_by_count=columns.by_count,
        rows=rows,
        themes=themes,
        nets=nets,
        rare=rare,
        joined=cells.unions(rare.members),
        bases=bases,
        answers=progress.answers,
        unread=progress.unread,
        coders=tuple(sorted(map(study.name_of, coders))),
        moment=past.in_note if past else "",
        waiting=() if past else _waiting(study.database, scope, codebook),
        agreed=scope.agreed,
        undecided=undecided(study.database, scope) if scope.agreed == "settled" else NOTHING_UNDECIDED,
        misfit=_misfit(study.database, scope, coders),
        weighed=whole.weighed_base(),
    )


def scope_of(study: Study, job: TableJob) -> Scope:
    """Return which codings a table of themes counts."""
    return counted_scope(study.database, _scope(job, _past(study, job)))


def _misfit(database: Database, scope: Scope, coders: Sequence[str]) -> RuleMisfit:
    """Return what of the answers a rule was not made for, where it was asked for and several have coded."""
    if scope.agreed == "settled" or len(coders) < _SEVERAL:
        return FITS
    return rule_misfit(database, scope, len(coders))


def _refuse_mentions_to_keep_back(job: TableJob) -> None:
    if job.setting.by and job.suppress and job.options.unit == "mentions":
        msg = "Mentions cannot be kept back: what they give away of a respondent is not known."
        raise CoderError(msg, "Count respondents, or leave out --suppress.")


def _past(study: Study, job: TableJob) -> Past | None:
    return None if job.request.as_of is None else past_of(study.database, job.request.as_of)


def _scope(job: TableJob, past: Past | None) -> Scope:
    return Scope(
        tuple(question.id for question in job.questions),
        job.request.coder_ids,
        job.options.agreed,
        past.step if past else None,
        of_respondents(job.request.where),
        of_answers(job.request.where),
        only_read=job.options.base == "read",
    )


def _coders(database: Database, scope: Scope) -> tuple[str, ...]:
    """Return whose codings are counted: those asked for, or all who have any."""
    if scope.coder_ids:
        return tuple(scope.coder_ids)
    if scope.agreed == "settled":
        return whose_codings(database, scope)
    if scope.as_of is not None:
        return tuple(counts.coders_then(database, scope.question_ids, scope.as_of))
    of_each = (coders_of(database, question_id) for question_id in scope.question_ids)
    return tuple(sorted({coder_id for coder_ids in of_each for coder_id in coder_ids}))


def _narrowed(scope: Scope, coders: tuple[str, ...]) -> Scope:
    """Return a scope that counts the same codings in less time.

    Where one person coded everything, naming them changes no count and spares counting mentions apart.
    Others may have confirmed answers: of a consensus they are part, and what they read has been read.
    """
    if scope.as_of is None and scope.agreed == "any" and not scope.only_read and len(coders) == 1:
        return scope._replace(coder_ids=coders)
    return scope


def _columns_attribute(study: Study, job: TableJob) -> Attribute | None:
    """Return the attribute whose values are the columns; of one column by answers what stands over it."""
    if not job.setting.by:
        return None
    if job.request.column:
        return Attribute(job.setting.by, job.request.column.attribute, "answer")
    return find_attribute(study, job.setting.by)


def _columns(study: Study, job: TableJob, by: Attribute | None) -> ShownValues:
    """Return the table's columns: the same in the same order, whoever is counted."""
    if by is None:
        return ONE_COLUMN
    if job.request.column:
        return column_and_rest(job.request.column)
    everybody = value_counts(study.database, by.name)
    columns = values_in_order(study, by, job.setting.columns, everybody)
    where = of_respondents(job.request.where)
    counted = value_counts(study.database, by.name, where) if where else everybody
    return columns.with_not_stated() if counted.get("") else columns


def _waiting(database: Database, scope: Scope, codebook: Codebook) -> tuple[tuple[str, int], ...]:
    """Return what waits to be recoded: labels of themes, and how many of their codings."""
    waiting: Counter[str] = Counter()
    for question_id in scope.question_ids:
        waiting.update(waiting_by_theme(database, question_id))
    return tuple((codebook.label(theme_id), times) for theme_id, times in sorted(waiting.items()))


def _closed_counts(study: Study, job: TableJob) -> ClosedCounts:
    """Count the respondents with each value of an attribute, or with each pair of values of two."""
    _refuse_of_answers(job)
    question = find_attribute(study, job.setting.subject)
    by = find_attribute(study, job.setting.by) if job.setting.by else None
    rows = values_in_order(study, question, job.setting.rows)
    if job.setting.layout.no_answer != "leave out":
        rows = rows.with_no_answer()
    weighed: Mapping[tuple[str, str], WeightedSize] = {}
    if job.weights:
        by_name, where = by.name if by else None, job.request.where
        weighed = weighted_pairs(study.database, question.name, by_name, where, job.weights.units)
    if by is None:
        of_one = value_counts(study.database, question.name, job.request.where)
        pairs = [(attribute_value, "", times) for attribute_value, times in of_one.items()]
        return ClosedCounts(question, None, rows, ONE_COLUMN, pairs, weighed)
    columns = values_in_order(study, by, job.setting.columns)
    pairs = pair_counts(study.database, question.name, by.name, job.request.where)
    return ClosedCounts(question, by, rows, columns, pairs, weighed)


def _refuse_of_answers(job: TableJob) -> None:
    """Raise CoderError if a table that counts respondents, whatever they wrote, is to be of some answers."""
    for condition in of_answers(job.request.where):
        msg = f"{job.name} counts respondents, and {condition.called} is known of answers."
        raise CoderError(msg, "Ask for tables of open questions: coder tables STUDY --question Q15")


def _rate_counts(study: Study, job: TableJob) -> RateCounts:
    """Count how many of those asked have answered, by an attribute.

    Raises:
        CoderError: The file of those asked is not in the study's folder, or has a fault; or only some
            respondents are to be counted.
    """
    if job.request.where:
        msg = "Response rates are of all that were asked: they cannot be of some respondents alone."
        raise CoderError(msg, "Leave the filter out for them.")
    by = find_attribute(study, job.setting.by)
    asked = read_frame(_frame(study, job.setting.frame), by.name)
    answered = value_counts(study.database, by.name)
    not_stated = answered.pop("", 0)
    return RateCounts(by, asked, answered, not_stated)


def _frame(study: Study, name: str) -> Path:
    """Return the path of the file of those asked, which lies in the study's folder."""
    refuse_line_breaks(name)
    path = study.folder / name
    if not path.resolve().is_relative_to(study.folder.resolve()):
        msg = f"The frame {name} is outside the study's folder."
        raise CoderError(msg, "Copy it into the folder, and name it in study.toml.")
    return path
