"""Values of respondents that follow from what they mention: whoever mentions otherwise has another value.

Columns by a theme are of such values, and so is a closed question into which texts are coded back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Mentions = Mapping[tuple[int, str], Mapping[str, int]]
"""A way to count codings, by its number, and a question, to theme ids with the answers that have each."""
JOINED = " \N{MIDDLE DOT} "
"""Between the values of attributes that are crossed."""


@dataclass(frozen=True, slots=True)
class MentionRule:
    """Who mentions one of some themes has one value, who answered without it another."""

    name: str
    """The attribute's."""
    counting: int
    """Which way to count codings, among those of the call."""
    question_ids: tuple[str, ...]
    theme_ids: frozenset[str]
    mentioning: str
    others: str = ""
    is_alone: bool = False
    """Whether no column is of these others."""

    def value_in(self, values: Mapping[str, str], mentions: Mentions) -> str:
        """Return a respondent's value; whether they answered is told by the value that they had."""
        if self.is_mentioned(mentions):
            return self.mentioning
        return self.others if self.name in values else ""

    def is_mentioned(self, mentions: Mentions) -> bool:
        """Tell whether any of the themes is mentioned."""
        return _mentions_any(mentions, self.counting, self.question_ids, self.theme_ids)

    def is_within(self, rule: MentionRule) -> bool:
        """Tell whether whoever is mentioning by this rule is so by another one, whatever they say."""
        return (
            self.counting == rule.counting
            and set(self.question_ids) <= set(rule.question_ids)
            and self.theme_ids <= rule.theme_ids
        )


@dataclass(frozen=True, slots=True)
class CrossedRule:
    """The values of several attributes together; who lacks one of them has none."""

    name: str
    parts: tuple[str, ...]
    """The names of these attributes."""
    combinations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Each value that has a column to those it is made of."""

    def value_in(self, values: Mapping[str, str], _mentions: Mentions) -> str:
        """Return a respondent's value."""
        texts = [values.get(part, "") for part in self.parts]
        return JOINED.join(texts) if all(texts) else ""


@dataclass(frozen=True, slots=True)
class MovedRule:
    """Whoever chose "Other" has the option that they wrote, if it is one."""

    name: str
    counting: int
    question_ids: tuple[str, ...]
    others: frozenset[str]
    option_of: Mapping[str, str]
    """Theme id to the option that it stands for."""

    @property
    def theme_ids(self) -> frozenset[str]:
        """The themes that decide."""
        return frozenset(self.option_of)

    def value_in(self, values: Mapping[str, str], mentions: Mentions) -> str:
        """Return a respondent's value."""
        chosen = values.get(self.name, "")
        if chosen not in self.others:
            return chosen
        mentioned = mentions.get((self.counting, self.question_ids[0]), {})
        options = {self.option_of[name] for name in mentioned if name in self.option_of} - self.others
        return options.pop() if len(options) == 1 else chosen


@dataclass(frozen=True, slots=True)
class TickedRule:
    """Whoever wrote an option has it ticked."""

    name: str
    counting: int
    question_ids: tuple[str, ...]
    theme_ids: frozenset[str]
    tick: str

    def value_in(self, values: Mapping[str, str], mentions: Mentions) -> str:
        """Return a respondent's value."""
        is_written = _mentions_any(mentions, self.counting, self.question_ids, self.theme_ids)
        return self.tick if is_written else values.get(self.name, "")


CodingRule = MentionRule | MovedRule | TickedRule
ValueRule = CodingRule | CrossedRule
NO_RULES: tuple[ValueRule, ...] = ()


def coded_values(
    stated: Mapping[str, str], mentions: Mentions, rules: Sequence[ValueRule]
) -> Mapping[str, str]:
    """Return a respondent's values as tables count them.

    Args:
        stated: Attribute to value; of an attribute that tells who mentions a theme, whether they have any.
        mentions: What they mention.
        rules: What follows from that, one after the other: of crossed attributes the parts come first.
    """
    values = dict(stated)
    for rule in rules:
        attribute_value = rule.value_in(values, mentions)
        if attribute_value:
            values[rule.name] = attribute_value
        else:
            values.pop(rule.name, None)
    return values


def rules_behind(rules: Sequence[ValueRule], attribute: str) -> list[CodingRule]:
    """Return the rules by which codings decide on the values of an attribute, those of its parts too."""
    by_name = {rule.name: rule for rule in rules}
    return list(_behind(by_name, attribute))


def _behind(by_name: Mapping[str, ValueRule], attribute: str) -> Iterator[CodingRule]:
    rule = by_name.get(attribute)
    if isinstance(rule, CrossedRule):
        for part in rule.parts:
            yield from _behind(by_name, part)
    elif rule is not None:
        yield rule


def _mentions_any(
    mentions: Mentions, counting: int, question_ids: Sequence[str], theme_ids: frozenset[str]
) -> bool:
    return any(
        not theme_ids.isdisjoint(mentions.get((counting, question_id), ())) for question_id in question_ids
    )
