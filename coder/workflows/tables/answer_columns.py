"""Columns by what is known of answers: a sentiment, a wave, the month of a date, a box.

A respondent may have answers with several values. So each column is counted apart: of the answers that meet
its conditions, those who gave them are its base, whatever stands in other columns.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.filters import Having
from coder.domain.tables.requests import AnswerColumn
from coder.errors import CoderError
from coder.store.readings.answer_values import answer_value_counts, answer_values_of, answers_to
from coder.store.readings.derived_values import DerivedAttribute
from coder.tables.attribute_values import NOT_STATED
from coder.tables.joined_columns import BannerSide
from coder.workflows.tables.periods import in_periods
from coder.workflows.tables.values_in_order import ALL_VALUES, values_in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.domain.responses import Attribute
    from coder.domain.study_settings import ValueSelection
    from coder.workflows.study.study import Study

_MOST_VALUES = 24
"""Of so many dates each is listed; of more the months are."""
BETWEEN = " \N{MIDDLE DOT} "
"""Between the values of attributes that are crossed."""


class AnswerColumns(NamedTuple):
    """The columns by an attribute of answers."""

    attribute: Attribute
    name: str
    """As it is typed: `visit`, `visit.month`."""
    label: str
    columns: tuple[tuple[str, tuple[str, ...]], ...]
    """What each is called, with the values that it is of, in order."""
    left_out: tuple[Having, ...] = ()
    """The condition that keeps out answers with values that the table leaves out, if it does."""

    @property
    def name_of(self) -> dict[str, str]:
        """From a value to what its column is called; the empty text is an answer without one."""
        return {cell: name for name, cells in self.columns for cell in cells}


class AnswersCounted(NamedTuple):
    """Which responses a table's columns are of."""

    question_ids: Sequence[str]
    """To these questions."""
    blank_too: bool
    """Whether non-responses count: whoever gave one was asked."""


def columns_of_values(
    study: Study, attribute: Attribute, answers: AnswersCounted, selection: ValueSelection
) -> AnswerColumns:
    """Return a column for each value that answers have.

    Raises:
        CoderError: A value that the table joins or leaves out is not among them.
    """
    counts = _counts(study, attribute, answers)
    values = values_in_order(study, attribute, selection, counts)
    if counts.get(""):
        values = values.with_not_stated()
    columns = tuple(
        (name, tuple(cell for cell, called in values.name_of.items() if called == name))
        for name in values.names
    )
    left_out = _left_out(study, attribute, selection.excluded)
    return AnswerColumns(attribute, attribute.name, attribute.title, columns, left_out)


def _counts(study: Study, attribute: Attribute, answers: AnswersCounted) -> dict[str, int]:
    return answer_value_counts(study.database, attribute, answers.question_ids, blank_too=answers.blank_too)


def _left_out(study: Study, attribute: Attribute, excluded: Sequence[str]) -> tuple[Having, ...]:
    if not excluded:
        return ()
    cells = dict.fromkeys(("", *answer_value_counts(study.database, attribute, blank_too=True)))
    any_of = tuple(cell for cell in cells if cell not in excluded)
    return (Having(attribute.name, any_of, tuple(excluded), attribute.title, attribute.of),)


def columns_of_periods(
    study: Study, attribute: Attribute, kind: str, answers: AnswersCounted
) -> AnswerColumns:
    """Return a column for each month, quarter or year of the dates that answers have.

    Raises:
        CoderError: A value is no date.
    """
    cells = list(_counts(study, attribute, answers))
    dated = {number: cell for number, cell in enumerate(cells) if cell}
    period_of, order = in_periods(attribute.name, dated, kind)
    columns = [(name, tuple(dated[n] for n in dated if period_of[n] == name)) for name in order]
    if "" in cells:
        columns.append((NOT_STATED, ("",)))
    label = f"{kind} of {attribute.title}"
    return AnswerColumns(attribute, f"{attribute.name}.{kind}", label, tuple(columns))


def listing_conditions(
    study: Study, attribute: Attribute, counts: Mapping[str, int]
) -> list[tuple[Having, int]]:
    """Return the conditions that answers are listed by: a value each or, of many dates, a month each.

    Args:
        study: The study.
        attribute: One of answers.
        counts: How many answers have each value; the empty text stands for those without one.

    Returns:
        Each condition with how many answers meet it.
    """
    values = values_in_order(study, attribute, ALL_VALUES, counts)
    groups = [
        (name, [cell for cell, called in values.name_of.items() if called == name]) for name in values.names
    ]
    if len(counts) > _MOST_VALUES:
        # What is no date stays as it is.
        with suppress(CoderError):
            groups = _by_month(attribute, counts)
    groups += [(NOT_STATED, [""])] if counts.get("") else []
    return [
        (
            Having(
                attribute.name,
                tuple(cells),
                title=attribute.title,
                of=attribute.of,
                said="" if cells in ([name], [""]) else name,
            ),
            sum(counts[cell] for cell in cells),
        )
        for name, cells in groups
        if cells
    ]


def _by_month(attribute: Attribute, cells: Iterable[str]) -> list[tuple[str, list[str]]]:
    dated = {number: cell for number, cell in enumerate(cells) if cell}
    month_of, months = in_periods(attribute.name, dated, "month")
    of_month: dict[str, list[str]] = {month: [] for month in months}
    for number, month in month_of.items():
        of_month[month].append(dated[number])
    return list(of_month.items())


def answer_sides(
    study: Study, parts: Sequence[DerivedAttribute | AnswerColumns], answers: AnswersCounted
) -> tuple[BannerSide, ...]:
    """Return a side of a banner for each column: for each value, or each combination that an answer has.

    Args:
        study: The study.
        parts: What is crossed, at least one of answers; of respondents, what the tables are counted with.
        answers: Which responses the columns are of.
    """
    label = " and ".join(part.label for part in parts)
    name = ":".join(part.name for part in parts)
    combinations: list[tuple[tuple[str, Having], ...]] = [(column,) for column in _columns(parts[0])]
    if len(parts) > 1:
        occurring = set(_combinations(study, parts, answers))
        combinations = [
            combination
            for combination in product(*map(_columns, parts))
            if tuple(column for column, _ in combination) in occurring
        ]
    sides = []
    for combination in combinations:
        column_name = BETWEEN.join(column for column, _ in combination)
        conditions = tuple(condition for _, condition in combination)
        column = AnswerColumn(column_name, label, conditions)
        sides.append(
            BannerSide(name, label, label, only=column_name, shown_as=column_name, of_answers=column)
        )
    return tuple(sides)


def _columns(part: DerivedAttribute | AnswerColumns) -> list[tuple[str, Having]]:
    """Return the columns by one attribute, each with the condition that it is of."""
    if isinstance(part, DerivedAttribute):
        order = part.order or sorted(set(part.value_of.values()))
        return [(cell, Having(part.name, (cell,))) for cell in order]
    name, kind = part.attribute.name, part.attribute.of
    return [(column, Having(name, cells, of=kind)) for column, cells in part.columns]


def _combinations(
    study: Study, parts: Sequence[DerivedAttribute | AnswerColumns], answers: AnswersCounted
) -> Iterable[tuple[str, ...]]:
    """Yield the columns in which each answer stands that stands in one of each part."""
    readers: list[tuple[bool, Mapping[int, str], Mapping[str, str]]] = []
    for part in parts:
        if isinstance(part, DerivedAttribute):
            readers.append((False, part.value_of, {}))
        else:
            readers.append((True, answer_values_of(study.database, part.attribute), part.name_of))
    responses = answers_to(study.database, answers.question_ids, blank_too=answers.blank_too)
    for response, respondent in responses:
        names = []
        for is_of_answers, value_of, name_of in readers:
            if is_of_answers:
                names.append(name_of.get(value_of.get(response, ""), ""))
            else:
                names.append(value_of.get(respondent, ""))
        if all(names):
            yield tuple(names)
