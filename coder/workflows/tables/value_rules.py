"""By which rules values of respondents follow from what is coded, of all attributes that decide in a call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from coder.store.quotes import values_of
from coder.tables.keeping_back.coded_values import JOINED, CrossedRule, MentionRule
from coder.workflows.tables.periods import PERIODS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.store.database import Database
    from coder.store.readings.derived_values import DerivedAttribute, MentionsMeant
    from coder.store.scope import Scope
    from coder.tables.keeping_back.coded_values import CodingRule, ValueRule
    from coder.workflows.tables.coded_back import CodedBack
    from coder.workflows.tables.derived_columns import DerivedColumns


@dataclass(frozen=True, slots=True)
class RulesMeant:
    """Rules with the codings that they go by, and the values that they begin with."""

    of_codings: Sequence[tuple[CodingRule, Scope]]
    crossed: Sequence[CrossedRule]
    given: Mapping[str, Mapping[int, str]]
    """Attribute to values by respondent, where it is not the survey's that they begin with."""
    of_survey: frozenset[str]
    """The attributes that are crossed as they are in the survey."""
    settled: frozenset[str]
    """Attributes of which periods are worked out."""

    @property
    def scopes(self) -> list[Scope]:
        """Which codings decide."""
        return [scope for _, scope in self.of_codings]

    def of_countings(self, countings: Sequence[Scope]) -> tuple[ValueRule, ...]:
        """Return the rules, each with the number of its way to count codings; none of none."""
        number_of = {counting: number for number, counting in enumerate(countings)}
        of_codings = [
            replace(rule, counting=number_of.get(counting_of(scope), -1)) for rule, scope in self.of_codings
        ]
        return (*of_codings, *self.crossed)

    def stated(self, database: Database) -> dict[str, Mapping[int, str]]:
        """Return the values that the rules begin with."""
        return {name: values_of(database, name) for name in self.of_survey - self.given.keys()} | dict(
            self.given
        )


def counting_of(scope: Scope) -> Scope:
    """Return a scope as a way to count codings, whatever the question."""
    return scope._replace(question_ids=())


def value_rules(names: Iterable[str], columns: DerivedColumns) -> RulesMeant:
    """Return the rules by which values of these attributes follow, and of those that are crossed in them."""
    derived = [one for one in columns.attributes if one.name in set(names)]
    parts = [part for one in derived for part in one.parts]
    by_codings = {one.name: (one.value_of, one.mentions) for one in (*parts, *derived) if one.mentions}
    deciding = {*names, *(part.name for part in parts)}
    backs = [back for back in columns.backs if back.derived.name in deciding]
    periods = [one for one in (*parts, *derived) if _is_period(one)]
    given = {name: value_of for name, (value_of, _) in by_codings.items()}
    given |= {back.derived.name: back.chosen for back in backs}
    given |= {one.name: one.value_of for one in periods}
    return RulesMeant(
        [*map(_moving, backs), *(_mentioning(name, meant) for name, (_, meant) in by_codings.items())],
        [_crossing(one) for one in derived if one.parts],
        given,
        frozenset(part.name for part in parts),
        frozenset(one.name.rpartition(".")[0] for one in periods),
    )


def _moving(back: CodedBack) -> tuple[CodingRule, Scope]:
    return back.rule, back.scope


def _mentioning(name: str, meant: MentionsMeant) -> tuple[CodingRule, Scope]:
    themes, questions = frozenset(meant.theme_ids), tuple(meant.scope.question_ids)
    rule = MentionRule(name, -1, questions, themes, meant.mentioning, meant.others, meant.is_alone)
    return rule, meant.scope


def _crossing(derived: DerivedAttribute) -> CrossedRule:
    orders = [part.order or sorted(set(part.value_of.values())) for part in derived.parts]
    combinations = {JOINED.join(texts): texts for texts in product(*orders)}
    shown = {text: combinations[text] for text in derived.order}
    return CrossedRule(derived.name, tuple(part.name for part in derived.parts), shown)


def _is_period(derived: DerivedAttribute) -> bool:
    """Tell whether an attribute is of months, quarters or years: its values are worked out from dates."""
    is_other = derived.mentions is not None or bool(derived.parts)
    return not is_other and derived.name.rpartition(".")[2] in PERIODS
