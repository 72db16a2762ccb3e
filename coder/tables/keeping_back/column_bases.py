"""The bases of a table's columns: printed as they are, or counts of what respondents said like any others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from coder.tables.keeping_back.coded_values import CrossedRule, MentionRule, rules_behind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from coder.tables.job import TableJob
    from coder.tables.keeping_back.coded_values import CodingRule, ValueRule
    from coder.tables.keeping_back.figures import CallFigures
    from coder.tables.keeping_back.persons import CountedPerson

InColumn = Literal["all", "none", "some"]
"""How many of a column mention something, whatever anybody says: by what the column is of."""


@dataclass(frozen=True, slots=True)
class Uncertain:
    """What of respondents nobody can look up, since the call counts it."""

    attributes: frozenset[str] = frozenset()
    """The attributes whose values are counted in it, or follow from what is coded."""
    rules: tuple[ValueRule, ...] = ()
    """By which values follow from what is coded."""

    def of_codings(self, attribute: str) -> list[CodingRule]:
        """Return the rules by which codings decide on the values of an attribute."""
        return rules_behind(self.rules, attribute)

    def crossed(self, attribute: str) -> CrossedRule | None:
        """Return how an attribute is crossed of others; None where it is not."""
        crossed = (rule for rule in self.rules if isinstance(rule, CrossedRule) and rule.name == attribute)
        return next(crossed, None)


@dataclass(frozen=True, slots=True)
class ColumnGroups:
    """The columns of one table that are groups of respondents."""

    attribute: str
    """Whose values they are; empty for one column of all."""
    names: Sequence[str]
    name_of: Mapping[str, str]
    """From a value to the column that it stands in."""
    sizes: Sequence[int]
    """The base of each."""


class ColumnBases:
    """The figures of a table that go by who is in its columns, whatever they say there."""

    def __init__(
        self, number: int, job: TableJob, columns: ColumnGroups, figures: CallFigures, uncertain: Uncertain
    ) -> None:
        """Name the figures, among those of the whole call, which are added to."""
        self.can_be_kept_back = columns.attribute in uncertain.attributes
        self._uncertain = uncertain
        self._number, self._job, self._columns, self._figures = number, job, columns, figures
        self._rules = uncertain.of_codings(columns.attribute)
        crossed = uncertain.crossed(columns.attribute)
        self._parts = crossed.parts if crossed else (columns.attribute,)
        self._combinations = crossed.combinations if crossed else {}

    @property
    def attribute(self) -> str:
        """The attribute whose values the columns are; empty for one column of all."""
        return self._columns.attribute

    @property
    def attributes(self) -> list[str]:
        """The attributes that decide on the column and that nobody can look up."""
        return [name for name in self._parts if name in self._uncertain.attributes]

    def values_of(self, attribute: str) -> list[str]:
        """Return the values of such an attribute that columns are of; of who mentions a theme none."""
        if any(isinstance(rule, MentionRule) for rule in self._uncertain.of_codings(attribute)):
            return []
        if not self._combinations:
            return list(self._columns.name_of)
        place = self._parts.index(attribute)
        return list(dict.fromkeys(texts[place] for texts in self._combinations.values()))

    @property
    def sizes(self) -> Sequence[int]:
        """The base of each column."""
        return self._columns.sizes

    def counted(self, person: CountedPerson, group: int) -> int:
        """Return the figures that a respondent is counted in who is in the base of a column."""
        if not self.can_be_kept_back:
            figures = self._figures.is_fixed(("base", self._number, group))
        else:
            # Together they are as many as the table is of.
            figures = self._figures.base(self._number, group) | self._figures.is_fixed(("all", self._number))
        if self._job.weights is None:
            return figures
        weight = person.weights[self._job.weights.name]
        is_fixed = not self.can_be_kept_back
        figures |= self._figures.weighted_base(self._number, group, weight, is_fixed=is_fixed)
        return figures | self._figures.weighted_base(self._number, -1, weight, is_fixed=True)

    def open_columns(self) -> Iterator[int]:
        """Yield the columns by codings of which the base tells what was said.

        Where nobody mentions a theme, or everybody does, the total alone tells all. A column that nobody
        could be in, since nobody has the known values, or one of its themes is of the other, tells nothing.
        """
        of_nobody_or_all = self._of_nobody_or_all()
        for group in range(len(self._columns.names)) if self._rules else ():
            sides = self._sides(group)
            is_told = bool(sides) and all(rule.name in of_nobody_or_all for rule, _ in sides)
            if (
                self._is_of_codings(group)
                and not _is_impossible(sides)
                and not is_told
                and self._universe(group)
            ):
                yield group

    def small(self, limit: int) -> Iterator[int]:
        """Yield the columns by codings that are of fewer than the limit: their bases are kept back."""
        return (group for group in self.open_columns() if self._columns.sizes[group] < limit)

    def mentioned_in(self, group: int, row: MentionRule, mentioned: Collection[str]) -> InColumn:
        """Tell whether all in a column, or none, mention what a row counts, by what the column is of.

        Args:
            group: The column.
            row: What the row counts.
            mentioned: The themes that anybody in the table mentions: those without a row nobody can.
        """
        sides = self._sides(group)
        possible = replace(row, theme_ids=row.theme_ids.intersection(mentioned))
        if any(not is_mentioning and possible.is_within(rule) for rule, is_mentioning in sides):
            return "none"
        return "all" if any(is_in and rule.is_within(row) for rule, is_in in sides) else "some"

    def _values(self, group: int) -> list[str]:
        name = self._columns.names[group]
        return [text for text, column in self._columns.name_of.items() if column == name]

    def _is_of_codings(self, group: int) -> bool:
        """Tell whether codings decide who is in a column: of those who did not answer they do not."""
        return self._values(group) != [""]

    def _parts_of(self, attribute_value: str) -> list[tuple[str, str]]:
        """Return the attributes that a value is made of, with their values; of those crossed maybe none."""
        texts = self._combinations.get(attribute_value, ()) if self._combinations else (attribute_value,)
        return list(zip(self._parts, texts, strict=False))

    def _sides(self, group: int) -> list[tuple[MentionRule, bool]]:
        """Return whom a column is of: rules, each with whether it is of those who mention its themes."""
        rules = {rule.name: rule for rule in self._rules if isinstance(rule, MentionRule)}
        of_values = []
        for attribute_value in self._values(group):
            pairs = [(rules[part], text) for part, text in self._parts_of(attribute_value) if part in rules]
            of_values.append([(rule, text == rule.mentioning) for rule, text in pairs])
        return (
            [side for side in of_values[0] if all(side in sides for sides in of_values)] if of_values else []
        )

    def _of_nobody_or_all(self) -> set[str]:
        """Return the rules by which nobody in the table mentions a theme, or everybody does."""
        mentioning, everybody = defaultdict[str, int](int), defaultdict[str, int](int)
        for group, size in enumerate(self._columns.sizes):
            for rule, is_mentioning in self._sides(group) if self._is_of_codings(group) else ():
                everybody[rule.name] += size
                mentioning[rule.name] += size * is_mentioning
        return {name for name, size in everybody.items() if mentioning[name] in (0, size)}

    def _universe(self, group: int) -> int:
        """Return how many have the known values that a column is of, if it is of one combination."""
        known = self._known(group)
        return sum(
            size
            for other, size in enumerate(self._columns.sizes)
            if self._is_of_codings(other) and self._known(other) == known
        )

    def _known(self, group: int) -> frozenset[tuple[str, str]]:
        of_codings = {rule.name for rule in self._rules}
        return frozenset(
            (part, text)
            for attribute_value in self._values(group)
            for part, text in self._parts_of(attribute_value)
            if part not in of_codings
        )


def _is_impossible(sides: Sequence[tuple[MentionRule, bool]]) -> bool:
    """Tell whether nobody could be on all of these sides."""
    return any(
        is_in and not is_in_other and rule.is_within(other)
        for rule, is_in in sides
        for other, is_in_other in sides
    )
