"""How respondents could have answered otherwise, and what each change does to the figures of a call."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from coder.tables.keeping_back.figures import FigureChange, change_between
from coder.tables.keeping_back.theme_figures import ThemeFigures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.tables.keeping_back.closed_figures import ClosedFigures, RateFigures
    from coder.tables.keeping_back.persons import Answers, CountedPerson

    TableFigures = ThemeFigures | ClosedFigures | RateFigures

LOOKED_AT = 3000
"""Of more respondents so many are looked at for each theme, from all groups alike."""
FEW_ANSWERS = 24
"""Of answers as a whole, which one gives in place of another."""
FEW_CHANGES = 120
"""Of changes of an attribute, or from one theme to another, that differ in what they do."""


class PossibleChanges:
    """The changes of one respondent each, by what is changed."""

    def __init__(self, people: Iterable[CountedPerson], tables: Sequence[TableFigures]) -> None:
        """Take in the respondents of a call, and its tables."""
        self._tables = tables
        self.of_themes = [table for table in tables if isinstance(table, ThemeFigures)]
        self._counted: dict[object, int] = {}
        by_values: dict[tuple[object, ...], list[CountedPerson]] = defaultdict(list)
        for person in {person.profile: person for person in people}.values():
            by_values[tuple(sorted(person.values.items())), person.bases, *person.weights.items()].append(
                person
            )
        depth = max(map(len, by_values.values()), default=0)
        # One of each group, then a second of each ...
        self._people = [
            alike[number] for number in range(depth) for alike in by_values.values() if number < len(alike)
        ]
        self._themes: dict[tuple[str, str], tuple[list[FigureChange], list[FigureChange]]] = {}
        self._values: dict[tuple[str, str, str], list[FigureChange]] = {}
        self._swaps: dict[tuple[str, str, str], list[FigureChange]] = {}

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
            for person in self._people:
                if person.values.get(attribute, "") == attribute_value:
                    changed = person.with_value(attribute, other_value)
                    changes.setdefault(change_between(self.counted(person), self.counted(changed)))
                if len(changes) >= FEW_CHANGES:
                    break
            self._values[key] = list(changes)
        return self._values[key]

    def of_swap(self, question_id: str, theme_id: str, other_id: str) -> list[FigureChange]:
        """Return the changes by which somebody mentions a theme in place of another."""
        key = (question_id, theme_id, other_id)
        if key not in self._swaps:
            countings, changes = self._countings(question_id), dict[FigureChange, None]()
            for person in self._with_text(question_id):
                mentions = [
                    person.mentions_theme(countings, question_id, name) for name in (theme_id, other_id)
                ]
                if mentions == [False, True]:
                    changed = person.without_theme(countings, question_id, other_id).with_theme(
                        countings, question_id, theme_id
                    )
                    changes.setdefault(change_between(self.counted(person), self.counted(changed)))
                if len(changes) >= FEW_CHANGES:
                    break
            self._swaps[key] = list(changes)
        return self._swaps[key]

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
                changed = person.with_answers(question_id, other_answers)
                changes.setdefault(change_between(self.counted(person), self.counted(changed)))
            if len(changes) >= FEW_ANSWERS:
                break
        return list(changes)

    def counted(self, person: CountedPerson) -> int:
        """Return the figures of the whole call that a respondent is counted in."""
        figures = self._counted.get(person.profile)
        if figures is None:
            figures = 0
            for table in self._tables:
                figures |= table.counted(person)
            self._counted[person.profile] = figures
        return figures

    def _countings(self, question_id: str) -> frozenset[int]:
        return frozenset(table.counting for table in self.of_themes if question_id in table.question_ids)

    def _with_text(self, question_id: str) -> Iterator[CountedPerson]:
        """Yield those who answered a question whatever was coded: they stay in the base without a theme."""
        return (person for person in self._people if question_id in person.texts)

    def _mentions_changed(
        self, question_id: str, theme_id: str
    ) -> tuple[list[FigureChange], list[FigureChange]]:
        countings = self._countings(question_id)
        tables = [table for table in self.of_themes if question_id in table.question_ids]
        related = frozenset({theme_id}).union(*(table.related(theme_id) for table in tables))
        adds, removes = dict[FigureChange, None](), dict[FigureChange, None]()
        looked_at = {True: 0, False: 0}
        signatures = set[object]()
        for person in self._with_text(question_id):
            is_mentioned = person.mentions_theme(countings, question_id, theme_id)
            if is_mentioned is None or looked_at[is_mentioned] >= LOOKED_AT:
                continue
            looked_at[is_mentioned] += 1
            signature = _signature(person, related)
            if signature in signatures:
                continue
            signatures.add(signature)
            change = person.without_theme if is_mentioned else person.with_theme
            changed = change(countings, question_id, theme_id)
            figures = [0, 0]
            for table in tables:
                figures[0] |= table.counted(person)
                figures[1] |= table.counted(changed)
            (removes if is_mentioned else adds).setdefault(change_between(*figures))
        return list(adds), list(removes)


def _signature(person: CountedPerson, related: frozenset[str]) -> object:
    """Return a value that is equal for those of whom a change of a theme changes the same figures."""
    mentions = tuple(
        (counting, bool(times), tuple(sorted((name, n) for name, n in times.items() if name in related)))
        for counting, times in person.mentions.items()
    )
    return tuple(person.values.items()), person.bases, mentions, *person.weights.items()


def _is_said_once(answers: Answers) -> bool:
    """Tell whether each theme is mentioned in one answer alone: so many boxes everybody has."""
    return all(times == 1 for _, mentions in answers for _, times in mentions)
