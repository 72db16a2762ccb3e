"""From a number of a printed table to the answers that it counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coder.domain.filters import Filter, Having
from coder.domain.study_settings import RESPONSE_RATES
from coder.errors import CoderError
from coder.store import matrices
from coder.store.database import one_moment
from coder.store.quotes import values_of
from coder.store.readings.counted_scope import counted_scope
from coder.store.scope import Scope
from coder.tables.attribute_values import NO_ANSWER, NOT_STATED
from coder.tables.crosstab import TOTAL
from coder.tables.job import TableJob
from coder.tables.joined_columns import before_values
from coder.workflows.study.attributes import find_any_attribute, find_attribute
from coder.workflows.study.made_moments import moment_made
from coder.workflows.tables.answer_columns import BETWEEN
from coder.workflows.tables.asked_for import tables_asked_for
from coder.workflows.tables.derived_columns import derived_columns
from coder.workflows.tables.gathering import theme_counts
from coder.workflows.tables.values_in_order import ALL_VALUES, values_in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.study_settings import ValueSelection
    from coder.domain.tables.printed import PrintedRow
    from coder.domain.tables.requests import AnswerColumn, TableRequest
    from coder.tables.joined_columns import BannerSide
    from coder.workflows.study.study import Study
    from coder.workflows.tables.asked_for import AskedTable
    from coder.workflows.tables.banners import Banner


def answers_behind(
    study: Study, request: TableRequest, row: PrintedRow, group: str, question_id: str, net: str = ""
) -> Filter:
    """Return the filter that lists the answers behind a number.

    Args:
        study: The study.
        request: What the table was asked for with.
        row: The number's row.
        group: The heading over its column; empty where columns have none.
        question_id: Whose answers are listed where the table is of no open question.
        net: The net above a row that joins rare themes; empty if it joins those of all.

    Raises:
        CoderError: The number is not of answers that stand now, to one question.
    """
    with one_moment(study.database):
        table, *_ = tables_asked_for(study, request)
        _refuse(table)
        with derived_columns(study, table.request, [table]) as derived:
            (banner,) = derived.banners
            behind = _Behind(derived.with_orders(study), table, banner)
            criteria = behind.criteria(row, group, question_id, net)
            # What is worked out is not there any more when the list is read: it goes by respondents.
            conditions = [
                _of_respondents(study, condition) if condition.attribute in derived.names else condition
                for condition in criteria.attributes
            ]
    return replace(criteria, attributes=tuple(conditions))


def _refuse(table: AskedTable) -> None:
    if len(table.questions) > 1:
        questions = " and ".join(question.id for question in table.questions)
        msg = f"The table counts {questions} together, and the list shows the answers to one question."
        raise CoderError(msg, "Open the table of one of them.")
    if table.request.coder_ids or table.request.as_of:
        msg = "The table counts what one coder chose, or what stood earlier: the list shows all that stands."
        raise CoderError(msg, "study.toml says so of the table, by coder or as_of.")


def _of_respondents(study: Study, condition: Having) -> Having:
    """Return a condition on what was worked out as one on those who meet it."""
    value_of = values_of(study.database, condition.attribute)
    numbers = matrices.respondents(study.database)
    those = (number for number in numbers if value_of.get(number, "") in condition.any_of)
    return condition._replace(respondents=tuple(those))


@dataclass(frozen=True, slots=True)
class _Behind:
    """The answers behind the numbers of a table; what it is counted with is laid over the attributes."""

    study: Study
    table: AskedTable
    banner: Banner | None

    def criteria(self, row: PrintedRow, group: str, question_id: str, net: str) -> Filter:
        """Return the filter behind a number, in which what was worked out goes by its name."""
        setting = self.table.setting
        criteria = Filter(setting.subject if self.table.questions else question_id)
        for condition in self.table.request.where:
            criteria = criteria.meeting(condition)
        if self.table.questions:
            return self._in_column(self._of_themes(criteria, row, net), group, blank=NOT_STATED)
        if setting.subject == RESPONSE_RATES:
            return self._narrowed(criteria, setting.by, setting.rows, row.key)
        label, group = (group, row.key) if setting.layout.turn else (row.label, group)
        blank = "" if setting.layout.no_answer == "leave out" else NO_ANSWER
        criteria = self._narrowed(criteria, setting.subject, setting.rows, label, blank=blank)
        return self._in_column(criteria, group)

    def _of_themes(self, criteria: Filter, row: PrintedRow, net: str) -> Filter:
        """Return a filter narrowed to a row of a table of themes."""
        options = self.table.request.options
        scope = Scope([question.id for question in self.table.questions], agreed=options.agreed)
        agreed = counted_scope(self.study.database, scope).agreed
        is_read, theme_ids = options.base == "read", self._themes(row, net)
        return replace(criteria, agreed=agreed, all_read=is_read, theme_ids=theme_ids)

    def _themes(self, row: PrintedRow, net: str) -> tuple[str, ...]:
        """Return the themes that a row counts; none where it says of whom percentages are."""
        if row.kind == "other":
            return self._joined(net)
        if row.kind == "base":
            return ()
        return tuple(self.study.codebook.members(row.key)) if row.kind == "net" else (row.key,)

    def _joined(self, net: str) -> tuple[str, ...]:
        """Return the themes that a row joins because few mention them: under a net, or of all."""
        table = self.table
        if self.banner is not None:
            by = self.banner.sides[0].attribute if len(self.banner.sides) == 1 else ""
            table = table._replace(setting=replace(table.setting, by=by))
        job = TableJob(*table, self.study.settings, moment_made(""), "")
        return tuple(theme_counts(self.study, job).rare.members[net])

    def _in_column(self, criteria: Filter, group: str, *, blank: str = "") -> Filter:
        """Return a filter narrowed to a column: to a value of an attribute, or of a side of a banner."""
        setting = self.table.setting
        sides = self._sides
        if not setting.by or (len(sides) > 1 and group == TOTAL):
            return criteria
        if len(sides) > 1 or (sides and sides[0].only and group != TOTAL):
            side = self._side(group)
            if side.of_answers:
                return self._of_answers(criteria, side.of_answers)
            if side.only:
                return self._narrowed(criteria, side.attribute, ALL_VALUES, side.only, title=side.title)
            name_shown = group.removeprefix(before_values(side, sides))
            return self._narrowed(criteria, side.attribute, ALL_VALUES, name_shown, blank=blank)
        of_answers = bool(sides and sides[0].of_answers)
        if self.table.questions and group == TOTAL and (of_answers or not setting.columns.excluded):
            return criteria
        attribute = sides[0].attribute if sides else setting.by
        return self._narrowed(criteria, attribute, setting.columns, group, blank=blank)

    def _side(self, group: str) -> BannerSide:
        """Return the side of a banner that a column is of, by what stands over it.

        Raises:
            CoderError: Several have a column of that name.
        """
        sides = [side for side in self._sides if self._has(side, group)]
        if len(sides) != 1:
            msg = f"{len(sides)} columns are headed '{group}': which is meant cannot be told."
            raise CoderError(msg, "Give each attribute a label of its own in study.toml.")
        return sides[0]

    def _has(self, side: BannerSide, group: str) -> bool:
        """Tell whether a column's heading is of a side: of its one column, or of one of its values."""
        names = {side.shown_as}
        if not side.only:
            attribute = find_attribute(self.study, side.attribute)
            names = {*values_in_order(self.study, attribute).names, NOT_STATED}
        before = before_values(side, self._sides)
        return group.startswith(before) and group.removeprefix(before) in names

    @property
    def _sides(self) -> Sequence[BannerSide]:
        return self.banner.sides if self.banner else ()

    def _of_answers(self, criteria: Filter, column: AnswerColumn) -> Filter:
        """Return a filter narrowed to a column of some answers alone."""
        names = column.name.split(BETWEEN)
        for number, condition in enumerate(column.conditions):
            title = find_any_attribute(self.study, condition.attribute).label
            said = names[number] if len(names) == len(column.conditions) else ""
            criteria = _meeting_both(criteria, condition._replace(title=title, said=said))
        return criteria

    def _narrowed(
        self,
        criteria: Filter,
        name: str,
        selection: ValueSelection,
        name_shown: str,
        *,
        blank: str = "",
        title: str = "",
    ) -> Filter:
        """Narrow a filter to those shown under a name; `Total`, or no name, is all that are shown.

        Args:
            criteria: The filter.
            name: The attribute's.
            selection: What the table says of its values.
            name_shown: As the table has it.
            blank: What those without a value are shown under; empty where they are not in the table.
            title: What the attribute is called; empty: as everywhere.
        """
        attribute = find_attribute(self.study, name)
        names = dict(values_in_order(self.study, attribute, selection).name_of)
        if blank:
            names[""] = blank
        cells = (cell for cell, shown in names.items() if shown == name_shown or name_shown in ("", TOTAL))
        return _meeting_both(criteria, Having(attribute.name, tuple(cells), title=title or attribute.label))


def _meeting_both(criteria: Filter, condition: Having) -> Filter:
    """Return a filter narrowed by a condition; one on the same attribute that it has holds as well."""
    for having in criteria.attributes:
        if (having.attribute, having.of) == (condition.attribute, condition.of):
            both = tuple(cell for cell in condition.any_of if cell in having.any_of)
            condition = condition._replace(any_of=both)
    return criteria.meeting(condition)
