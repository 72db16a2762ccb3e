"""Frequency tables: which themes have rows, in which order, with what percentage."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.codebook import Codebook, Theme
from coder.domain.tables.requests import OTHER, Counts, RowKind, TableBase, TableOptions, TableRow
from coder.tables.rare_themes import NOBODY, Joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NOTHING = (0, 0)


def counted_themes(codebook: Codebook, question_id: str, counts: Counts) -> list[Theme]:
    """Return the themes a table of a question has rows for, in the codebook's order.

    Those a coder may choose, and any other that has codings: retired, meant for another question,
    or no longer in the codebook (then its id is its label).
    """
    offered = {theme.id for theme in codebook.offered(question_id)}
    known = [theme for theme in codebook if theme.id in offered or theme.id in counts]
    return [*known, *(Theme(theme_id, theme_id) for theme_id in counts if theme_id not in codebook)]


def nets_of(codebook: Codebook, themes: Iterable[Theme]) -> dict[str, tuple[str, ...]]:
    """Map each net above these themes to the ids of the themes whose codings it counts."""
    found = dict.fromkeys(net for theme in themes for net in codebook.ancestors(theme.id) if net in codebook)
    return {net: tuple(codebook.members(net)) for net in found}


class FrequencyRows:
    """Builds a table's rows.

    Args:
        codebook: The study's themes, in the order that settles ties.
        counts: What was counted for each theme.
        net_counts: What was counted for each net, as a union.
        base: Whom percentages are of.
        options: What to count and show.
        joined: The themes without rows of their own, as they were counted together.
    """

    def __init__(
        self,
        codebook: Codebook,
        counts: Counts,
        net_counts: Counts,
        base: TableBase,
        options: TableOptions,
        joined: Joined = NOBODY,
    ) -> None:
        self._codebook = codebook
        self._counts = counts
        self._net_counts = {net: count for net, count in net_counts.items() if net not in joined.nets}
        self._base = base.size
        self._options = options
        self._joined = joined
        self._places = {theme.id: place for place, theme in enumerate(codebook)}

    def flat(self, themes: Iterable[Theme]) -> tuple[TableRow, ...]:
        """Return one row a theme, the most mentioned first, ties in the codebook's order."""
        rows = self._ordered(self._theme_row(theme) for theme in self._own(themes))
        return _ranked([*rows, *self._other_rows("")])

    def nested(self, themes: Iterable[Theme]) -> tuple[TableRow, ...]:
        """Return the same with nets: each net's row is followed by the rows under it, ordered as well."""
        under: dict[str, list[TableRow]] = {"": []}
        for theme in self._own(themes):
            row = self._theme_row(theme)
            above = self._nets_above(theme)
            if theme.id in self._net_counts:
                above = [theme.id, *above]
                row = replace(row, label=f"{theme.label} (itself)")
            under.setdefault(above[0] if above else "", []).append(row)
        self._add_nets(under)
        return _ranked(self._unfolded(under, "", 0))

    def _own(self, themes: Iterable[Theme]) -> Iterable[Theme]:
        joined = self._joined.theme_ids
        return (theme for theme in themes if theme.id not in joined)

    def _add_nets(self, under: dict[str, list[TableRow]]) -> None:
        for net in self._net_counts:
            above = self._nets_above(self._codebook.by_id[net])
            under.setdefault(above[0] if above else "", []).append(self._net_row(net))

    def _unfolded(self, under: Mapping[str, list[TableRow]], net: str, level: int) -> list[TableRow]:
        rows: list[TableRow] = []
        for row in (*self._ordered(under.get(net, ())), *self._other_rows(net)):
            rows.append(replace(row, level=level))
            if row.kind == "net":
                rows.extend(self._unfolded(under, row.theme_id, level + 1))
        return rows

    def _nets_above(self, theme: Theme) -> list[str]:
        return [net for net in self._codebook.ancestors(theme.id) if net in self._net_counts]

    def _other_rows(self, net: str) -> Iterable[TableRow]:
        members = self._joined.members.get(net)
        if members and self._joined.counts is not None:
            yield self._row(Theme("", OTHER), "other", members, self._joined.counts[net])

    def _theme_row(self, theme: Theme) -> TableRow:
        return self._row(theme, "theme", (theme.id,), self._counts.get(theme.id, NOTHING))

    def _net_row(self, net: str) -> TableRow:
        members = tuple(self._codebook.members(net))
        return self._row(self._codebook.by_id[net], "net", members, self._net_counts[net])

    def _row(
        self, theme: Theme, kind: RowKind, theme_ids: tuple[str, ...], counted: tuple[int, int]
    ) -> TableRow:
        respondents, mentions = counted
        of_respondents = self._options.what == "respondents"
        return TableRow(
            theme_id=theme.id,
            label=theme.label,
            kind=kind,
            level=0,
            theme_ids=theme_ids,
            count=respondents if of_respondents else mentions,
            respondents=respondents,
            mentions=mentions,
            percent=100 * respondents / self._base if of_respondents and self._base else None,
        )

    def _ordered(self, rows: Iterable[TableRow]) -> list[TableRow]:
        by_count = self._options.order == "count"
        shown = (row for row in rows if row.count or self._options.zeros)
        last = len(self._places)
        return sorted(shown, key=lambda row: (-row.count * by_count, self._places.get(row.theme_id, last)))


def _ranked(rows: Iterable[TableRow]) -> tuple[TableRow, ...]:
    """Return the rows with their ranks: a theme's is one more than there are themes with higher counts."""
    found = list(rows)
    counts = sorted((row.count for row in found if row.kind == "theme"), reverse=True)
    return tuple(
        replace(row, rank=1 + counts.index(row.count)) if row.kind == "theme" else row for row in found
    )
