"""Rows of tables of themes: which themes have one, in which order."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.codebook import Codebook, Theme
from coder.domain.tables.counts import CellCount
from coder.tables.crosstab import CrosstabRow
from coder.tables.theme_counts import total

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from coder.domain.tables.printed import PrintedRowKind
    from coder.domain.tables.requests import TableOptions
    from coder.tables.theme_counts import Columns, ThemeCounts

OTHER = "Other themes"
"""The row that joins themes few mention."""


def themes_of_question(codebook: Codebook, question_id: str, mentioned: Collection[str]) -> list[Theme]:
    """Return the themes a table of a question has rows for, in the codebook's order.

    Those a coder may choose, and any other that has codings: retired, meant for another question,
    or no longer in the codebook (then its id is its label).

    Args:
        codebook: The study's themes.
        question_id: The question.
        mentioned: The ids of the themes that have codings.
    """
    offered = {theme.id for theme in codebook.offered(question_id)}
    themes = [theme for theme in codebook if theme.id in offered or theme.id in mentioned]
    return [*themes, *(Theme(theme_id, theme_id) for theme_id in mentioned if theme_id not in codebook)]


def themes_of_table(
    codebook: Codebook, question_ids: Sequence[str], mentioned: Collection[str]
) -> tuple[Theme, ...]:
    """Return the themes with rows in a table of one or more questions, in the codebook's order.

    Where two of several questions' themes have the same label, the label has its theme's question after it.
    """
    of_each = (themes_of_question(codebook, question_id, mentioned) for question_id in question_ids)
    themes = {theme.id: theme for themes in of_each for theme in themes}
    order = {theme.id: number for number, theme in enumerate(codebook)}
    ordered = sorted(themes.values(), key=lambda theme: order.get(theme.id, len(order)))
    labels = Counter(theme.label for theme in ordered)
    return tuple(_with_question(theme) if labels[theme.label] > 1 else theme for theme in ordered)


def _with_question(theme: Theme) -> Theme:
    return replace(theme, label=f"{theme.label} ({', '.join(theme.questions) or theme.id})")


def nets_of(codebook: Codebook, themes: Iterable[Theme]) -> dict[str, tuple[str, ...]]:
    """Map each net above these themes to the ids of the themes whose codings it counts."""
    nets = dict.fromkeys(net for theme in themes for net in codebook.ancestors(theme.id) if net in codebook)
    return {net: tuple(codebook.members(net)) for net in nets}


def theme_rows(
    counts: ThemeCounts, options: TableOptions, *, by_weight: bool = False
) -> tuple[CrosstabRow, ...]:
    """Return a table's rows: the most mentioned first, ties in the codebook's order.

    With nets, each net's row is followed by the rows under it, ordered as well.

    Args:
        counts: What was counted.
        options: What the table shows.
        by_weight: Whether the most mentioned is what weighs most.
    """
    rows = _Rows(counts, options, by_weight=by_weight)
    return tuple(rows.nested() if options.nets else rows.flat())


class _Rows:
    """Builds a table's rows."""

    def __init__(self, counts: ThemeCounts, options: TableOptions, *, by_weight: bool) -> None:
        self._counts = counts
        self._codebook = counts.codebook
        self._options = options
        self._by_weight = by_weight
        self._nets = {net: columns for net, columns in counts.nets.items() if net not in counts.rare.nets}
        self._order = {theme.id: number for number, theme in enumerate(counts.codebook)}
        rare = counts.rare.theme_ids
        self._themes = [theme for theme in counts.rows if theme.id not in rare]

    def flat(self) -> list[CrosstabRow]:
        """Return one row a theme, and one for all rare themes."""
        return [*self._ordered(map(self._theme_row, self._themes)), *self._other_rows("")]

    def nested(self) -> list[CrosstabRow]:
        """Return the same with a row for each net, above the rows it counts."""
        under: dict[str, list[CrosstabRow]] = {}
        for theme in self._themes:
            row = self._theme_row(theme)
            above = self._nets_above(theme)
            if theme.id in self._nets:
                above = [theme.id, *above]
                row = replace(row, label=f"{theme.label} (itself)")
            under.setdefault(above[0] if above else "", []).append(row)
        for net in self._nets:
            theme = self._codebook.by_id[net]
            above = self._nets_above(theme)
            under.setdefault(above[0] if above else "", []).append(self._row(theme, "net", self._nets[net]))
        return list(self._unfolded(under, "", 0))

    def _unfolded(
        self, under: Mapping[str, Sequence[CrosstabRow]], net: str, level: int
    ) -> Iterator[CrosstabRow]:
        for row in (*self._ordered(under.get(net, ())), *self._other_rows(net)):
            yield replace(row, level=level)
            if row.kind == "net":
                yield from self._unfolded(under, row.key, level + 1)

    def _nets_above(self, theme: Theme) -> list[str]:
        return [net for net in self._codebook.ancestors(theme.id) if net in self._nets]

    def _other_rows(self, net: str) -> Iterator[CrosstabRow]:
        if net in self._counts.joined:
            yield self._row(Theme("", OTHER), "other", self._counts.joined[net])

    def _theme_row(self, theme: Theme) -> CrosstabRow:
        return self._row(theme, "theme", self._counts.themes.get(theme.id, {}))

    def _row(self, theme: Theme, kind: PrintedRowKind, columns: Columns) -> CrosstabRow:
        counted = [columns.get(name, CellCount()) for name in self._counts.columns]
        if self._counts.by:
            counted.append(total(columns))
        # Of one column, respondents decide what is kept back, whatever is printed.
        mentions = self._options.unit == "mentions" and self._counts.by is not None
        numbers = tuple(count.mentions if mentions else count.respondents for count in counted)
        return CrosstabRow(
            theme.label,
            kind,
            numbers,
            key=theme.id,
            respondents=total(columns).respondents,
            mentions=total(columns).mentions,
            weights=tuple(count.weight for count in counted) if self._counts.weighed else (),
        )

    def _ordered(self, rows: Iterable[CrosstabRow]) -> list[CrosstabRow]:
        by_count = self._options.order == "count"
        shown_rows = (row for row in rows if self._count(row) or self._options.zeros)
        return sorted(shown_rows, key=lambda row: (-self._size(row) * by_count, self._number(row)))

    def _number(self, row: CrosstabRow) -> int:
        """Return where a row's theme stands in the codebook; one it lacks stands at the end."""
        return self._order.get(row.key, len(self._order))

    def _size(self, row: CrosstabRow) -> int:
        """Return what the order goes by; the latest of the columns is for all."""
        return row.weights[-1] if self._by_weight else self._count(row)

    def _count(self, row: CrosstabRow) -> int:
        return row.mentions if self._options.unit == "mentions" else row.respondents
