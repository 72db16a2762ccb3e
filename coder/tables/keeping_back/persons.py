"""Respondents as tables count them, and as they might have been."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Mentions = Mapping[tuple[int, str], Mapping[str, int]]
"""A way to count codings, by its number, and a question, to theme ids with the answers that have each."""

Answers = tuple[tuple[int, tuple[tuple[str, int], ...]], ...]
"""By each way to count codings, by its number, theme ids with the answers to a question that have each."""


@dataclass(frozen=True, slots=True)
class CountedPerson:
    """One respondent: all that decides in which figures of the tables they are counted."""

    values: Mapping[str, str]
    """Attribute to value; without those that are not stated."""
    mentions: Mentions
    bases: frozenset[int]
    """The tables of themes, by their number in the call, that they are in whatever they mention."""
    texts: frozenset[str]
    """The questions that they answered, whether or not anybody coded it."""
    weights: Mapping[str, int] = field(default_factory=dict)
    """The attributes that hold weights to what they weigh, in the unit of each."""

    @property
    def group(self) -> object:
        """A value that is equal for respondents who differ in nothing but in what they mention."""
        return tuple(self.values.items()), self.bases, *self.weights.items()

    def with_value(self, attribute: str, attribute_value: str) -> CountedPerson:
        """Return the respondent with another value of an attribute; empty for none."""
        stated = {name: text for name, text in self.values.items() if name != attribute}
        return replace(self, values=stated | ({attribute: attribute_value} if attribute_value else {}))

    def with_theme(self, countings: Iterable[int], question_id: str, theme_id: str) -> CountedPerson:
        """Return the respondent with a mention of a theme in one answer to a question."""
        changed = {
            (counting, question_id): {**self.mentions.get((counting, question_id), {}), theme_id: 1}
            for counting in countings
        }
        return replace(self, mentions={**self.mentions, **changed})

    def without_theme(self, countings: Iterable[int], question_id: str, theme_id: str) -> CountedPerson:
        """Return the respondent with no mention of a theme in answers to a question."""
        changed = {}
        for counting in countings:
            mentions = self.mentions.get((counting, question_id), {})
            changed[counting, question_id] = {
                name: times for name, times in mentions.items() if name != theme_id
            }
        return replace(self, mentions={**self.mentions, **changed})

    def answers(self, countings: Iterable[int], question_id: str) -> Answers:
        """Return all that is mentioned in answers to a question, by each way to count codings."""
        return tuple(
            (counting, tuple(sorted(self.mentions.get((counting, question_id), {}).items())))
            for counting in sorted(countings)
        )

    def with_answers(self, question_id: str, answers: Answers) -> CountedPerson:
        """Return the respondent with all that another one mentions in answers to a question."""
        changed = {(counting, question_id): dict(mentions) for counting, mentions in answers}
        return replace(self, mentions={**self.mentions, **changed})

    def mentions_theme(self, countings: Iterable[int], question_id: str, theme_id: str) -> bool | None:
        """Tell whether a theme is mentioned; None where one way to count has it, and another not."""
        mentioned = {theme_id in self.mentions.get((counting, question_id), {}) for counting in countings}
        return mentioned.pop() if len(mentioned) == 1 else None
