"""Every respondent as the tables of a call count them, by which is decided what is kept back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.store import matrices
from coder.store.bases import members_of, reading_of_each, with_texts
from coder.store.counts import mentions_of_each
from coder.store.quotes import values_of
from coder.tables.closed_counts import ClosedCounts
from coder.tables.keeping_back.decision import Call, is_anything_small, uncertain_in, withheld_in_call
from coder.tables.keeping_back.persons import InTables, person_of
from coder.tables.keeping_back.withheld import Withheld
from coder.workflows.tables.derived_columns import NOTHING_DERIVED
from coder.workflows.tables.gathering import scope_of
from coder.workflows.tables.value_rules import counting_of, value_rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.store.bases import Reading
    from coder.store.scope import Scope
    from coder.tables.building import TableCounts
    from coder.tables.job import TableJob
    from coder.workflows.study.study import Study
    from coder.workflows.tables.derived_columns import DerivedColumns
    from coder.workflows.tables.value_rules import RulesMeant


def withheld_of(
    study: Study,
    jobs: Sequence[TableJob],
    counts: Sequence[TableCounts],
    derived: DerivedColumns = NOTHING_DERIVED,
) -> Sequence[Withheld]:
    """Return what of each table is not printed, decided over all that is printed together.

    Call it within the moment of the database in which the tables were counted.

    Args:
        study: The study.
        jobs: The tables.
        counts: What was counted for each.
        derived: The attributes among theirs that are worked out.

    Raises:
        CoderError: What is to be kept back could be worked out from the tables together.
    """
    if not any(job.suppress for job in jobs):
        return [Withheld()] * len(jobs)
    names = _attributes(jobs, counts)
    rules = value_rules(names, derived)
    # Which way to count codings a rule goes by does not decide what is small.
    if is_anything_small(jobs, counts, rules.of_countings([])):
        return withheld_in_call(_counted_call(study, jobs, counts, rules))
    return [Withheld(limit=max(job.suppress for job in jobs))] * len(jobs)


def _counted_call(
    study: Study, jobs: Sequence[TableJob], counts: Sequence[TableCounts], rules: RulesMeant
) -> Call:
    """Return the tables of a call with every respondent, and how each of themes counts codings."""
    database = study.database
    # Whom a table is of is decided for each respondent; here it is what all of them mention that counts.
    scopes = {
        number: scope_of(study, job)._replace(where=(), only_read=False)
        for number, job in enumerate(jobs)
        if job.questions
    }
    every_scope = [*scopes.values(), *rules.scopes]
    every_counting = list(dict.fromkeys(map(counting_of, every_scope)))
    countings = {number: every_counting.index(counting_of(scope)) for number, scope in scopes.items()}
    question_readings = sorted({
        (every_counting.index(counting_of(scope)), question_id)
        for scope in every_scope
        for question_id in scope.question_ids
    })  # fmt: skip
    mentions = _mentions(
        study,
        [every_counting[counting]._replace(question_ids=(name,)) for counting, name in question_readings],
        question_readings,
    )
    of_countings = rules.of_countings(every_counting)
    call = Call(jobs, counts, (), countings, of_countings, rules.settled)
    readings = _readings(study, call, scopes)
    members = {
        number: members_of(database, jobs[number].options.base, scope) for number, scope in scopes.items()
    }
    # Where only some answers count, all of the tables are of those: `answers_kept_back` sees to it.
    texts: dict[str, set[int]] = {}
    for counting, question_id in question_readings:
        answering = with_texts(database, every_counting[counting]._replace(question_ids=(question_id,)))
        texts[question_id] = texts.get(question_id, answering) & answering
    values = {name: values_of(database, name) for name in _attributes(jobs, counts)} | rules.stated(database)
    weights = {job.weights.name: job.weights.units for job in jobs if job.weights}
    people = [
        person_of(
            {name: of_each[respondent] for name, of_each in values.items() if respondent in of_each},
            mentions.get(respondent, {}),
            InTables(
                frozenset(number for number, base in members.items() if respondent in base),
                frozenset(question_id for question_id, those in texts.items() if respondent in those),
                {number: of_each.get(respondent, (0, 0)) for number, of_each in readings.items()},
            ),
            {name: units.get(respondent, 0) for name, units in weights.items()},
            of_countings,
        )
        for respondent in matrices.respondents(database)
    ]
    return replace(call, people=people)


def _readings(study: Study, call: Call, scopes: Mapping[int, Scope]) -> dict[int, Mapping[int, Reading]]:
    """Return, for tables of themes of whom nobody can tell, how many answers each has given, and unread."""
    attributes = uncertain_in(call).attributes
    return {
        number: reading_of_each(study.database, scope)
        for number, scope in scopes.items()
        for job in [call.jobs[number]]
        for deciding in [{condition.attribute for condition in job.request.where}]
        if not attributes.isdisjoint(deciding | ({job.setting.by} if job.setting.columns.excluded else set()))
    }


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
