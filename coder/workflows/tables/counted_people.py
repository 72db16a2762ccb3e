"""Every respondent as the tables of a call count them, by which is decided what is kept back."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coder.store import matrices
from coder.store.bases import members_of, with_texts
from coder.store.counts import mentions_of_each
from coder.store.quotes import values_of
from coder.tables.closed_counts import ClosedCounts
from coder.tables.keeping_back.decision import Call, is_anything_small, withheld_in_call
from coder.tables.keeping_back.persons import CountedPerson
from coder.tables.keeping_back.withheld import Withheld
from coder.workflows.tables.gathering import scope_of
from coder.workflows.tables.typed_columns import CROSSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.store.scope import Scope
    from coder.tables.building import TableCounts
    from coder.tables.job import TableJob
    from coder.workflows.study.study import Study


def withheld_of(study: Study, jobs: Sequence[TableJob], counts: Sequence[TableCounts]) -> Sequence[Withheld]:
    """Return what of each table is not printed, decided over all that is printed together.

    Call it within the moment of the database in which the tables were counted.

    Raises:
        CoderError: What is to be kept back could be worked out from the tables together.
    """
    if is_anything_small(jobs, counts):
        return withheld_in_call(_counted_call(study, jobs, counts))
    limit = max((job.suppress for job in jobs), default=0)
    return [Withheld(limit=limit)] * len(jobs)


def _counted_call(study: Study, jobs: Sequence[TableJob], counts: Sequence[TableCounts]) -> Call:
    """Return the tables of a call with every respondent, and how each of themes counts codings."""
    database = study.database
    # Whom a table is of is decided for each respondent; here it is what all of them mention that counts.
    scopes = {
        number: scope_of(study, job)._replace(where=(), only_read=False)
        for number, job in enumerate(jobs)
        if job.questions
    }
    every_counting = list(dict.fromkeys(scope._replace(question_ids=()) for scope in scopes.values()))
    countings = {
        number: every_counting.index(scope._replace(question_ids=())) for number, scope in scopes.items()
    }
    question_readings = sorted({
        (countings[number], question_id)
        for number, scope in scopes.items()
        for question_id in scope.question_ids
    })  # fmt: skip
    mentions = _mentions(
        study,
        [every_counting[counting]._replace(question_ids=(name,)) for counting, name in question_readings],
        question_readings,
    )
    members = {
        number: members_of(database, jobs[number].options.base, scope) for number, scope in scopes.items()
    }
    # Where only some answers count, all of the tables are of those: `answers_kept_back` sees to it.
    texts = {
        question_id: with_texts(database, every_counting[counting]._replace(question_ids=(question_id,)))
        for counting, question_id in question_readings
    }
    values = {name: values_of(database, name) for name in _attributes(jobs, counts)}
    weights = {job.weights.name: job.weights.units for job in jobs if job.weights}
    people = [
        CountedPerson(
            {name: of_each[respondent] for name, of_each in values.items() if respondent in of_each},
            mentions.get(respondent, {}),
            frozenset(number for number, base in members.items() if respondent in base),
            frozenset(question_id for question_id, those in texts.items() if respondent in those),
            {name: units.get(respondent, 0) for name, units in weights.items()},
        )
        for respondent in matrices.respondents(database)
    ]
    crossed = {
        number: frozenset(table.by.name.split(CROSSED))
        for number, table in enumerate(counts)
        if table.by and CROSSED in table.by.name
    }
    return Call(jobs, counts, people, countings, crossed)


def _mentions(
    study: Study, scopes: Sequence[Scope], names: Sequence[tuple[int, str]]
) -> dict[int, dict[tuple[int, str], dict[str, int]]]:
    """Return for each respondent what they mention, by the names of the scopes."""
    mentions: dict[int, dict[tuple[int, str], dict[str, int]]] = defaultdict(dict)
    for name, scope in zip(names, scopes, strict=True):
        for respondent, theme_id, times in mentions_of_each(study.database, scope):
            mentions[respondent].setdefault(name, {})[theme_id] = times
    return mentions


def _attributes(jobs: Sequence[TableJob], counts: Sequence[TableCounts]) -> list[str]:
    """Return the attributes that decide who is counted where."""
    names = [table.question.name for table in counts if isinstance(table, ClosedCounts)]
    names += [table.by.name for table in counts if table.by]
    names += [condition.attribute for job in jobs for condition in job.request.where]
    return list(dict.fromkeys(names))
