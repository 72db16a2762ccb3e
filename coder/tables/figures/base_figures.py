"""The bases of weighted percentages: unweighted and effective, with the design effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow
from coder.tables.figures.cell_figures import KEPT_BACK, NO_FIGURE, NONE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from coder.domain.tables.weights import WeightedSize
    from coder.tables.figures.cell_figures import FigureStyle
    from coder.tables.keeping_back.withheld import Withheld

UNWEIGHTED, EFFECTIVE, DESIGN_EFFECT = "Unweighted base", "Effective base", "Design effect"
_BASE_PLACES, _EFFECT_PLACES = 1, 2


def base_rows(
    sizes: Sequence[tuple[int, WeightedSize]],
    style: FigureStyle,
    withheld: Withheld,
    *,
    further: int = 0,
    unweighted: bool = True,
) -> tuple[PrintedRow, ...]:
    """Return the rows with the bases of columns, each under the counts of its group.

    Args:
        sizes: For each group its base, unweighted and weighted.
        style: Which figures stand in a group.
        withheld: What is not printed.
        further: How many columns follow those of the groups.
        unweighted: Whether there is a row for unweighted bases.
    """
    beside = (NO_FIGURE,) * (style.width - 1)
    figures = {
        UNWEIGHTED: _shown(
            [Cell(base, decimals=0) for base, _ in sizes] if unweighted else [], withheld.bases
        ),
        EFFECTIVE: _shown([_effective(size) for _, size in sizes], withheld.columns),
        DESIGN_EFFECT: _shown([_design_effect(size) for _, size in sizes], withheld.columns),
    }
    return tuple(
        PrintedRow(
            label, "base", (*(figure for cell in cells for figure in (cell, *beside)), *[NO_FIGURE] * further)
        )
        for label, cells in figures.items()
        if cells
    )


def _shown(cells: Sequence[Cell], hidden: Collection[int]) -> list[Cell]:
    """Return cells, those of some groups kept back."""
    return [KEPT_BACK if group in hidden else cell for group, cell in enumerate(cells)]


def base_columns() -> tuple[PrintedColumn, ...]:
    """Return the columns with the bases of rows."""
    return (
        PrintedColumn(EFFECTIVE, "number", decimals=_BASE_PLACES),
        PrintedColumn(DESIGN_EFFECT, "number", decimals=_EFFECT_PLACES),
    )


def base_cells(size: WeightedSize) -> tuple[Cell, ...]:
    """Return what stands in these columns."""
    return _effective(size), _design_effect(size)


def base_note(sizes: Sequence[tuple[str, WeightedSize]]) -> str:
    """Return a note with the bases of columns, where no row or column has them."""
    if not sizes:
        return ""
    texts = [
        f"{name} {size.effective:,.{_BASE_PLACES}f} ({_effect_text(size)})".strip() for name, size in sizes
    ]
    return f"{EFFECTIVE}{'s' * (len(sizes) > 1)} (in brackets the design effect): {', '.join(texts)}."


def _effective(size: WeightedSize) -> Cell:
    return Cell(size.effective, decimals=_BASE_PLACES)


def _design_effect(size: WeightedSize) -> Cell:
    effect = size.design_effect
    return NONE if effect is None else Cell(effect, decimals=_EFFECT_PLACES)


def _effect_text(size: WeightedSize) -> str:
    effect = size.design_effect
    return "none" if effect is None else f"{effect:.{_EFFECT_PLACES}f}"
