"""How far the coders of a study agree, as printed tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coder.domain.tables.printed import Provenance
from coder.errors import CoderError
from coder.store.database import one_moment
from coder.version import __version__
from coder.workflows.study.made_moments import moment_made
from coder.workflows.study.naming_damage import names_damage
from coder.workflows.team.agreement_by_theme import theme_tables
from coder.workflows.team.agreement_notes import BLIND, self_agreement_notes
from coder.workflows.team.agreement_overall import WEEKS, overall_table, pair_tables, week_tables
from coder.workflows.team.comparing_coders import compare, compare_coders, refuse_nothing_shared
from coder.workflows.team.rounds.coding_again import days_between
from coder.workflows.team.rounds.round_moments import round_then

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.tables.printed import PrintedTable
    from coder.domain.team.rounds import Round
    from coder.workflows.study.study import Study
    from coder.workflows.team.comparing_coders import CodersCompared


@dataclass(frozen=True, slots=True)
class AgreementRequest:
    """Whom to compare about what, and how far to go into it."""

    question_names: tuple[str, ...] = ()
    """Empty: all open questions."""
    coder_names: tuple[str, ...] = ()
    """Two or more; empty: everybody."""
    themes: bool = False
    """Whether each theme has a row."""
    every_measure: bool = False
    """Whether themes have all coefficients as well."""
    round_name: str = ""
    """Of a round, as at the moment when all had finished it. Empty: of what stands now."""
    date: str = ""
    """The day or moment that the tables count as made at; empty: now."""


@names_damage
def printed_agreement(study: Study, request: AgreementRequest) -> list[PrintedTable]:
    """Return how far coders agree: over all, by pair and by week where there are several, and by theme.

    All is of one moment of the database.

    Raises:
        CoderError: The study has no such question, coder or round, somebody has not finished the round, or
            no answer was read by two of them.
    """
    with one_moment(study.database):
        if not request.round_name:
            return _compared(study, request)
        with round_then(study, request.round_name) as (study_then, one_round, in_words):
            if one_round.is_repeat:
                return _with_oneself(study_then, one_round, in_words, request)
            return [_of_round(table, one_round, in_words) for table in _compared(study_then, request)]


def _compared(study: Study, request: AgreementRequest) -> list[PrintedTable]:
    coders = compare_coders(study, request.coder_names, request.question_names)
    refuse_nothing_shared(study, coders)
    return list(_tables(study, coders, request))


def _with_oneself(
    study: Study, one_round: Round, in_words: str, request: AgreementRequest
) -> list[PrintedTable]:
    """Return how far somebody agrees with themselves, who has coded answers again."""
    if request.coder_names:
        msg = f"{one_round.name} is of one person, who coded the same answers twice."
        raise CoderError(msg, "Leave out --coder.")
    (person_id,) = one_round.member_ids
    name = study.name_of(person_id)
    names = {person_id: f"{name} 1st", one_round.layer: f"{name} 2nd"}
    coders = replace(compare(study, names, request.question_names), twice=name)
    refuse_nothing_shared(study, coders)
    about = tuple(self_agreement_notes(name, days_between(study.database, one_round)))
    overall, *others = (table for table in _tables(study, coders, request) if table.key != WEEKS)
    tables = [replace(overall, notes=(*about, *overall.notes)), *others]
    return [_of_round(table, one_round, in_words) for table in tables]


def _of_round(table: PrintedTable, one_round: Round, in_words: str) -> PrintedTable:
    """Return a table that says of which round it is, and whether it was blind."""
    blind = "The round was blind: nobody saw what the others had chosen. In one shared folder, by courtesy."
    notes = [blind if note == BLIND and one_round.is_blind else note for note in table.notes]
    return replace(table, title=f"{table.title} ({one_round.name})", notes=(in_words, *notes))


def _tables(study: Study, coders: CodersCompared, request: AgreementRequest) -> Iterator[PrintedTable]:
    codings = sum(int(comparison.chosen.sum()) for comparison in coders.comparisons)
    made, program = moment_made(request.date), f"coder {__version__}"
    provenance = Provenance(study.settings.title, study.version, codings, made, program)
    yield overall_table(study, coders, provenance)
    yield from pair_tables(study, coders, provenance)
    yield from week_tables(study, coders, provenance)
    if request.themes or request.every_measure:
        for answers in coders.by_question:
            yield from theme_tables(study, answers, provenance, every_measure=request.every_measure)
