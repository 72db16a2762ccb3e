"""That somebody has a value at all: tables have rows and columns for those values that occur."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from coder.tables.keeping_back.coded_values import CrossedRule, MentionRule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from coder.tables.keeping_back.column_bases import Uncertain
    from coder.tables.keeping_back.figures import CallFigures
    from coder.tables.keeping_back.persons import CountedPerson


class ValuesHad:
    """The figures of values that nobody can look up: of how many each is, and themes without a column."""

    def __init__(
        self,
        people: Iterable[CountedPerson],
        figures: CallFigures,
        uncertain: Uncertain,
        shown: Collection[str],
    ) -> None:
        """Note which values somebody has to keep, and which nobody may get.

        Args:
            people: All respondents.
            figures: Those of the whole call, which are added to.
            uncertain: What of respondents nobody can look up.
            shown: The attributes of which rows or columns are: those of response rates come from elsewhere.
        """
        self._figures = figures
        self._attributes = sorted(uncertain.attributes.intersection(shown) - _always_shown(uncertain))
        self._shown_themes = defaultdict[tuple[int, str], set[str]](set)
        for rule in uncertain.rules:
            if isinstance(rule, MentionRule) and rule.is_alone:
                for question_id in rule.question_ids:
                    self._shown_themes[rule.counting, question_id] |= rule.theme_ids
        counts: Counter[tuple[str, str]] = Counter()
        for person in people:
            counts.update((name, person.values[name]) for name in self._attributes if name in person.values)
        self._had = frozenset(counts)
        for (attribute, attribute_value), times in counts.items():
            figures.bound(figures.bit(("value", attribute, attribute_value)), times, 1, times + 2)

    def counted(self, person: CountedPerson) -> int:
        """Return the figures that a respondent is counted in."""
        figures = 0
        for name in self._attributes:
            attribute_value = person.values.get(name)
            if attribute_value is not None:
                figures |= self._figures.bit(("value", name, attribute_value))
                if (name, attribute_value) not in self._had:
                    figures |= self._figures.is_fixed(("value", name, attribute_value))
        for key, shown in self._shown_themes.items():
            for theme_id in person.mentions.get(key, ()):
                if theme_id not in shown:
                    figures |= self._figures.is_fixed(("no column", *key, theme_id))
        return figures


def _always_shown(uncertain: Uncertain) -> set[str]:
    """Return the attributes all of whose values have columns, whoever has them."""
    with_both = {rule.name for rule in uncertain.rules if isinstance(rule, MentionRule) and not rule.is_alone}
    crossed = {
        rule.name
        for rule in uncertain.rules
        if isinstance(rule, CrossedRule) and not with_both.isdisjoint(rule.parts)
    }
    return with_both | crossed
