"""Columns of categories, in the order in which tables show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from coder.domain.tables.matrices import MatrixAttribute


def attribute_column(attribute: MatrixAttribute, places: Sequence[int]) -> Any:
    """Return what is known of respondents: survey weights as numbers, anything else as categories.

    Args:
        attribute: Of all respondents.
        places: Which of them, by their places among all.
    """
    import pandas as pd

    if attribute.numbers:
        return pd.array([attribute.numbers[place] for place in places], dtype="Float64")
    cells = [attribute.cells[place] for place in places]
    return categorical(cells, attribute.order, blank_is_missing=True)


def categorical(
    cells: Sequence[str | None], order: Iterable[str] | None = None, *, blank_is_missing: bool = False
) -> pd.Categorical:
    """Return a column of categories.

    Args:
        cells: What stands in it; None where nothing does.
        order: The categories in their order; those that it does not name follow as they come.
        blank_is_missing: Whether an empty text stands for nothing.
    """
    import pandas as pd

    known = [None if blank_is_missing and not cell else cell for cell in cells]
    categories = dict.fromkeys((*(order or ()), *(cell for cell in known if cell is not None)))
    return pd.Categorical(known, categories=list(categories))
