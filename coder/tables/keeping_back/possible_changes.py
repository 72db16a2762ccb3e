"""How respondents could have answered otherwise, and what each change does to the figures of a call."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from coder.tables.keeping_back.coded_values import CrossedRule
from coder.tables.keeping_back.figures import FigureChange, change_between
from coder.tables.keeping_back.theme_figures import ThemeFigures

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from coder.tables.keeping_back.closed_figures import ClosedFigures, RateFigures
    from coder.tables.keeping_back.coded_values import CodingRule
    from coder.tables.keeping_back.persons import Answers, CountedPerson
    from coder.tables.keeping_back.values_had import ValuesHad

    TableFigures = ThemeFigures | ClosedFigures | RateFigures

LOOKED_AT = 600
"""Of more respondents so many are looked at, from all groups alike: one that serves is enough."""
ALIKE = 300
"""Of more with one theme, or one value of an attribute, so many are looked at besides."""
FEW_ANSWERS = 24
"""Of answers as a whole, which one gives in place of another."""
FEW_CHANGES = 120
"""Of changes of an attribute, or from one theme to another, that differ in what they do."""


class PossibleChanges:
    """The changes of one respondent each, by what is changed."""

    def __init__(
        self,
        people: Sequence[CountedPerson],
        tables: Sequence[TableFigures],
        values_had: ValuesHad,
        settled: Collection[str] = (),
    ) -> None:
        """Take in the respondents of a call, its tables, and the attributes whose values have to stay."""
        self._settled = settled
        self._tables = tables
        self._values_had = values_had
        self.of_themes = [table for table in tables if isinstance(table, ThemeFigures)]
        by_group: dict[object, list[CountedPerson]] = defaultdict(list)
        for person in people:
            by_group[person.group].append(person)
        depth = max(map(len, by_group.values()), default=0)
        # One of each group, then a second of each ...
        everybody = (alike[n] for n in range(depth) for alike in by_group.values() if n < len(alike))
        self._people = list(islice(everybody, LOOKED_AT))
        self._with_theme: dict[tuple[str, str], dict[int, CountedPerson]] = defaultdict(dict)
        self._with_value: dict[tuple[str, str], list[CountedPerson]] = defaultdict(list)
        self._index(people)
        self._themes: dict[tuple[str, str], tuple[list[FigureChange], list[FigureChange]]] = {}
        self._values: dict[tuple[str, str, str], list[FigureChange]] = {}
        self._swaps: dict[tuple[str, str, str], list[FigureChange]] = {}

    def _index(self, people: Sequence[CountedPerson]) -> None:
        """Note some of the respondents with each theme, and with each value of an attribute."""
        names = dict.fromkeys(name for person in self._people for name in person.values)
        for number, person in enumerate(people):
            for (_, question_id), mentions in person.mentions.items():
                for theme_id in mentions:
                    alike = self._with_theme[question_id, theme_id]
                    if len(alike) < ALIKE:
                        alike[number] = person
            for name in names:
                having = self._with_value[name, person.values.get(name, "")]
                if len(having) < ALIKE:
                    having.append(person)

    def of_theme(self, question_id: str, theme_id: str) -> tuple[list[FigureChange], list[FigureChange]]:
        """Return the changes by which somebody mentions a theme, and those by which somebody does not."""
        if (question_id, theme_id) not in self._themes:
            self._themes[question_id, theme_id] = self._mentions_changed(question_id, theme_id)
        return self._themes[question_id, theme_id]

    def of_value(self, attribute: str, attribute_value: str, other_value: str) -> list[FigureChange]:
        """Return the changes by which somebody with one value of an attribute has the other."""
        key = (attribute, attribute_value, other_value)
        if key not in self._values:
            changes = dict[FigureChange, None]()
            for person in () if attribute in self._settled else self._with_value[attribute, attribute_value]:
                changes.setdefault(self._change(person, person.with_value(attribute, other_value)))
            self._values[key] = list(changes)[:FEW_CHANGES]
        return self._values[key]

    def of_swap(self, question_id: str, theme_id: str, other_id: str) -> list[FigureChange]:
        """Return the changes by which somebody mentions a theme in place of another."""
        key = (question_id, theme_id, other_id)
        if key not in self._swaps:
            countings, changes = self._countings(question_id), dict[FigureChange, None]()
            for person in self._mentioning(question_id, other_id):
                mentions = [
                    person.mentions_theme(countings, question_id, name) for name in (theme_id, other_id)
                ]
                if mentions == [False, True]:
                    changed = person.without_theme(countings, question_id, other_id).with_theme(
                        countings, question_id, theme_id
                    )
                    changes.setdefault(self._change(person, changed))
            self._swaps[key] = list(changes)[:FEW_CHANGES]
        return self._swaps[key]

    def of_both(self, mention: tuple[str, str], other: tuple[str, str]) -> list[FigureChange]:
        """Return the changes by which somebody who mentions neither of two themes mentions both.

        Args:
            mention: A question and a theme.
            other: Another question, or another theme.
        """
        changes = dict[FigureChange, None]()
        pairs = [
            (self._countings(question_id), question_id, theme_id)
            for question_id, theme_id in (mention, other)
        ]
        for person in self._people:
            if all(
                question_id in person.texts
                and person.mentions_theme(countings, question_id, theme_id) is False
                for countings, question_id, theme_id in pairs
            ):
                changed = person
                for countings, question_id, theme_id in pairs:
                    changed = changed.with_theme(countings, question_id, theme_id)
                changes.setdefault(self._change(person, changed))
        return list(changes)[:FEW_CHANGES]

    def every_answer(self, question_id: str) -> list[Answers]:
        """Return what respondents mention in answers to a question, each theme in one answer; not all."""
        countings = self._countings(question_id)
        every = dict.fromkeys(
            person.answers(countings, question_id) for person in self._with_text(question_id)
        )
        once = (answers for answers in every if _is_said_once(answers))
        return list(islice(once, FEW_ANSWERS))

    def of_answers(self, question_id: str, answers: Answers, other_answers: Answers) -> list[FigureChange]:
        """Return the changes by which somebody mentions what another one does, and nothing else."""
        countings, changes = self._countings(question_id), dict[FigureChange, None]()
        for person in self._with_text(question_id):
            if person.answers(countings, question_id) == answers:
                changes.setdefault(self._change(person, person.with_answers(question_id, other_answers)))
            if len(changes) >= FEW_ANSWERS:
                break
        return list(changes)

    def counted(self, person: CountedPerson, tables: Sequence[TableFigures] | None = None) -> int:
        """Return the figures of the whole call, or of some tables, that a respondent is counted in."""
        figures = self._values_had.counted(person)
        for table in self._tables if tables is None else tables:
            figures |= table.counted(person)
        return figures

    def _change(
        self, person: CountedPerson, changed: CountedPerson, tables: Sequence[TableFigures] | None = None
    ) -> FigureChange:
        """Return what it does to the figures of the call that a respondent is another one.

        Args:
            person: The respondent.
            changed: The other one.
            tables: Those in which anything can change; None: all.
        """
        before, after = self.counted(person, tables), self.counted(changed, tables)
        return change_between(before, after, tuple(person.weights.values()))

    def _countings(self, question_id: str) -> frozenset[int]:
        of_tables = (table.counting for table in self.of_themes if question_id in table.question_ids)
        of_rules = (rule.counting for rule in self._rules_of(question_id))
        return frozenset((*of_tables, *of_rules))

    def _rules_of(self, question_id: str) -> list[CodingRule]:
        """Return the rules by which values follow from what is mentioned in answers to a question."""
        rules = self._people[0].rules if self._people else ()
        return [
            rule for rule in rules if not isinstance(rule, CrossedRule) and question_id in rule.question_ids
        ]

    def _with_text(self, question_id: str) -> Iterator[CountedPerson]:
        """Yield those who answered a question whatever was coded: they stay in the base without a theme."""
        return (person for person in self._people if question_id in person.texts)

    def _mentioning(self, question_id: str, theme_id: str) -> Iterator[CountedPerson]:
        """Yield the same of those who mention a theme."""
        alike = self._with_theme[question_id, theme_id].values()
        return (person for person in alike if question_id in person.texts)

    def _mentions_changed(
        self, question_id: str, theme_id: str
    ) -> tuple[list[FigureChange], list[FigureChange]]:
        countings = self._countings(question_id)
        tables = [table for table in self.of_themes if question_id in table.question_ids]
        related = frozenset({theme_id}).union(*(table.related(theme_id) for table in tables))
        changes_values = any(theme_id in rule.theme_ids for rule in self._rules_of(question_id))
        adds, removes = dict[FigureChange, None](), dict[FigureChange, None]()
        signatures = set[object]()
        for person in (*self._mentioning(question_id, theme_id), *self._with_text(question_id)):
            is_mentioned = person.mentions_theme(countings, question_id, theme_id)
            signature = None if changes_values else _signature(person, theme_id, related)
            if is_mentioned is None or (signature and signature in signatures):
                continue
            signatures.add(signature)
            change = person.without_theme if is_mentioned else person.with_theme
            changed = change(countings, question_id, theme_id)
            of_change = self._change(person, changed, self._tables if changes_values else tables)
            (removes if is_mentioned else adds).setdefault(of_change)
        return list(adds), list(removes)


def _signature(person: CountedPerson, theme_id: str, related: frozenset[str]) -> object:
    """Return a value that is equal for those of whom a change of a theme changes the same figures."""
    mentions = tuple(
        (
            key,
            times.keys() <= {theme_id},
            tuple(sorted((name, n) for name, n in times.items() if name in related)),
        )
        for key, times in person.mentions.items()
    )
    return person.group, tuple(person.values.items()), mentions


def _is_said_once(answers: Answers) -> bool:
    """Tell whether each theme is mentioned in one answer alone: so many boxes everybody has."""
    return all(times == 1 for _, mentions in answers for _, times in mentions)
