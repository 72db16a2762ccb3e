"""Respondents as tables count them, and as they might have been."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from coder.tables.keeping_back.coded_values import NO_RULES, coded_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.tables.keeping_back.coded_values import Mentions, ValueRule

Answers = tuple[tuple[int, tuple[tuple[str, int], ...]], ...]
"""By each way to count codings, by its number, theme ids with the answers to a question that have each."""


class InTables(NamedTuple):
    """What a respondent is counted in whatever they mention: see `CountedPerson`."""

    bases: frozenset[int]
    texts: frozenset[str]
    readings: Mapping[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class CountedPerson:
    """One respondent: all that decides in which figures of the tables they are counted."""

    values: Mapping[str, str]
    """Attribute to value as tables count them; without those that are not stated."""
    mentions: Mentions
    bases: frozenset[int]
    """The tables of themes, by their number in the call, that they are in whatever they mention."""
    texts: frozenset[str]
    """The questions that they answered, whether or not anybody coded it."""
    weights: Mapping[str, int] = field(default_factory=dict)
    """The attributes that hold weights to what they weigh, in the unit of each."""
    readings: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """Tables of themes that nobody can tell who is in, by number: how many answers, and how many unread."""
    stated: Mapping[str, str] = field(default_factory=dict)
    """Where there are rules, the values without what follows from mentions."""
    rules: Sequence[ValueRule] = NO_RULES
    """By which values follow from what is mentioned."""

    @property
    def group(self) -> object:
        """A value that is equal for respondents who differ in nothing but in what they mention."""
        return tuple(self._stated.items()), self.bases, *self.weights.items()

    def with_value(self, attribute: str, attribute_value: str) -> CountedPerson:
        """Return the respondent with another value of an attribute; empty for none."""
        stated = {name: text for name, text in self._stated.items() if name != attribute}
        return self._counted(
            stated | ({attribute: attribute_value} if attribute_value else {}), self.mentions
        )

    def with_theme(self, countings: Iterable[int], question_id: str, theme_id: str) -> CountedPerson:
        """Return the respondent with a mention of a theme in one answer to a question."""
        changed = {
            (counting, question_id): {**self.mentions.get((counting, question_id), {}), theme_id: 1}
            for counting in countings
        }
        return self._counted(self._stated, {**self.mentions, **changed})

    def without_theme(self, countings: Iterable[int], question_id: str, theme_id: str) -> CountedPerson:
        """Return the respondent with no mention of a theme in answers to a question."""
        changed = {}
        for counting in countings:
            mentions = self.mentions.get((counting, question_id), {})
            changed[counting, question_id] = {
                name: times for name, times in mentions.items() if name != theme_id
            }
        return self._counted(self._stated, {**self.mentions, **changed})

    def answers(self, countings: Iterable[int], question_id: str) -> Answers:
        """Return all that is mentioned in answers to a question, by each way to count codings."""
        return tuple(
            (counting, tuple(sorted(self.mentions.get((counting, question_id), {}).items())))
            for counting in sorted(countings)
        )

    def with_answers(self, question_id: str, answers: Answers) -> CountedPerson:
        """Return the respondent with all that another one mentions in answers to a question."""
        changed = {(counting, question_id): dict(mentions) for counting, mentions in answers}
        return self._counted(self._stated, {**self.mentions, **changed})

    def mentions_theme(self, countings: Iterable[int], question_id: str, theme_id: str) -> bool | None:
        """Tell whether a theme is mentioned; None where one way to count has it, and another not."""
        mentioned = {theme_id in self.mentions.get((counting, question_id), {}) for counting in countings}
        return mentioned.pop() if len(mentioned) == 1 else None

    @property
    def _stated(self) -> Mapping[str, str]:
        return self.stated if self.rules else self.values

    def _counted(self, stated: Mapping[str, str], mentions: Mentions) -> CountedPerson:
        """Return the respondent with other values or mentions, and with the values that follow from these."""
        if not self.rules:
            return replace(self, values=stated, mentions=mentions)
        values = coded_values(stated, mentions, self.rules)
        return replace(self, values=values, mentions=mentions, stated=stated)


def person_of(
    stated: Mapping[str, str],
    mentions: Mentions,
    in_tables: InTables,
    weights: Mapping[str, int],
    rules: Sequence[ValueRule],
) -> CountedPerson:
    """Return a respondent.

    Args:
        stated: Attribute to value, without what follows from mentions.
        mentions: What they mention.
        in_tables: What they are counted in whatever they mention.
        weights: The attributes that hold weights to what they weigh.
        rules: By which values follow from what is mentioned.
    """
    values = coded_values(stated, mentions, rules) if rules else stated
    bases, texts, readings = in_tables
    return CountedPerson(values, mentions, bases, texts, weights, readings, stated if rules else {}, rules)
