"""How a table lies on pages: upright or on their side, in which size of type, in how many pieces.

Widths are measured, so that no word is broken. Where a table has no room even on its side, its columns are
divided among several pieces, each with all labels.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from coder.formats.shared.type_widths import width_in_type
from coder.formats.tables.cells import STRONG, Group, heading_groups, row_texts, tied, tied_base

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.tables.printed import PrintedTable

_LABEL_SHARE = 0.3
"""Of a page's width, what labels have at least where they need it."""
_LONGEST_WORD = 0.45
"""Of a page's width, what one word may ask for; a longer one is broken."""
_HEAD_POINTS = 90.0
"""A heading is broken into lines from this width on, even where there is room."""


class Paper(NamedTuple):
    """What a page has room for."""

    upright: float
    """Points from margin to margin."""
    on_side: float
    """The same of a page that lies on its side."""
    sizes: tuple[float, ...]
    """Of type, in points, the first if there is room."""
    padding: float
    """Points on both sides of a column together."""
    indent: float
    """Points that a label stands further right for each net above it."""


class TablePiece(NamedTuple):
    """Columns that stand beside one another."""

    columns: tuple[int, ...]
    label_width: float
    widths: tuple[float, ...]
    """Of the columns, in points; with the labels' they are as wide as the page."""


class PagePlan(NamedTuple):
    """How a table lies on pages."""

    on_side: bool
    size: float
    """Of type, in points."""
    pieces: tuple[TablePiece, ...]


@dataclass(frozen=True, slots=True)
class _Needs:
    """What a table needs at a size of type, in points."""

    label_least: float
    """For the longest word among the labels."""
    label_most: float
    """For the longest label."""
    least: Sequence[float]
    """For each column: its cells, and the longest word of its headings."""
    most: Sequence[float]
    """For each column: its cells, and its headings on a few lines."""
    groups: Sequence[tuple[int, ...]]
    """Columns that are kept together."""


def page_plan(table: PrintedTable, paper: Paper) -> PagePlan:
    """Return how a table lies on pages so that all of it can be read."""
    whole = tuple(range(len(table.columns)))
    for on_side in (False, True):
        width = paper.on_side if on_side else paper.upright
        for size in paper.sizes:
            needs = _needs(table, paper, size, width)
            if _fits(needs, whole, width):
                return PagePlan(on_side, size, (_piece(needs, whole, width),))
    size = paper.sizes[-1]
    needs = _needs(table, paper, size, paper.on_side)
    pieces = _divided(needs, paper.on_side)
    return PagePlan(True, size, tuple(_piece(needs, piece, paper.on_side) for piece in pieces))


def _fits(needs: _Needs, columns: Sequence[int], width: float) -> bool:
    label = max(needs.label_least, min(needs.label_most, _LABEL_SHARE * width))
    return label + sum(needs.least[column] for column in columns) <= width


def _divided(needs: _Needs, width: float) -> Iterator[tuple[int, ...]]:
    """Yield the columns of each piece: as many groups as fit, or of a group that is wider as many columns."""
    piece: tuple[int, ...] = ()
    units = [
        unit
        for group in needs.groups
        for unit in ([group] if _fits(needs, group, width) else [(column,) for column in group])
    ]
    for unit in units:
        if piece and not _fits(needs, (*piece, *unit), width):
            yield piece
            piece = ()
        piece += unit
    yield piece


def _piece(needs: _Needs, columns: tuple[int, ...], width: float) -> TablePiece:
    """Give columns what they need, then labels, then columns more; what is left is the labels'."""
    label = max(needs.label_least, min(needs.label_most, _LABEL_SHARE * width))
    least, most = ([numbers[column] for column in columns] for numbers in (needs.least, needs.most))
    spare = max(width - label - sum(least), 0)
    wanted = [more - less for less, more in zip(least, most, strict=True)]
    for_labels = min(needs.label_most - label, max(spare - sum(wanted), spare / 2), spare)
    spare -= max(for_labels, 0)
    share = min(1.0, spare / sum(wanted)) if sum(wanted) else 0.0
    widths = tuple(less + share * more for less, more in zip(least, wanted, strict=True))
    return TablePiece(columns, max(width - sum(widths), needs.label_least), widths)


def _needs(table: PrintedTable, paper: Paper, size: float, width: float) -> _Needs:
    longest = _LONGEST_WORD * width

    def words(text: str, *, bold: bool) -> float:
        return min(
            max((width_in_type(word, size, bold=bold) for word in text.split(" ")), default=0.0), longest
        )

    labels = [(row.label, row.kind in STRONG, paper.indent * row.level) for row in table.rows]
    labels.append((table.stub, True, 0))
    cells = list(zip(*row_texts(table), strict=True)) or [()] * len(table.columns)
    groups = [Group(tied_base(g.heading), tuple(map(tied_base, g.columns))) for g in heading_groups(table)]
    heads = [head for group in groups for head in group.columns]
    # A number and its mark stay on one line.
    in_cells = [max((words(tied(text), bold=True) for text in column), default=0) for column in cells]
    least = [max(cell, words(head, bold=True)) for cell, head in zip(in_cells, heads, strict=True)]
    most = [
        max(less, min(width_in_type(head, size, bold=True), _HEAD_POINTS))
        for less, head in zip(least, heads, strict=True)
    ]
    together = [
        tuple(column for column, _ in members)
        for _, members in groupby(enumerate(table.columns), key=lambda pair: pair[1].group or pair[0])
    ]
    for group, columns in zip(groups, _columns_of(groups), strict=True):
        # What the longest word of a group's heading needs beyond its columns is shared among them.
        lacking = words(group.heading, bold=True) - sum(least[column] for column in columns)
        for column in columns:
            least[column] += max(lacking, 0) / len(columns)
            most[column] = max(most[column], least[column])
    return _Needs(
        paper.padding + max(indent + words(text, bold=bold) for text, bold, indent in labels),
        paper.padding + max(indent + width_in_type(text, size, bold=bold) for text, bold, indent in labels),
        [paper.padding + number for number in least],
        [paper.padding + number for number in most],
        together,
    )


def _columns_of(groups: Sequence[Group]) -> Iterator[range]:
    start = 0
    for group in groups:
        end = start + len(group.columns)
        yield range(start, end)
        start = end
