"""The order of a codebook, where a file's own order is that of its tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.domain.codebook import Codebook, Theme


class _Placed(Protocol):
    @property
    def theme(self) -> Theme: ...


PlacedT = TypeVar("PlacedT", bound=_Placed)


def is_in_tree_order(codebook: Codebook) -> bool:
    """Tell whether each net is followed by all that lies under it."""
    return all(theme is in_file for (theme, _), in_file in zip(codebook.tree(), codebook, strict=True))


def in_order(themes: Iterable[PlacedT], order: Sequence[str]) -> list[PlacedT]:
    """Return themes in an order of ids; a theme that is not among them stays behind the one before it."""
    ranks = {theme_id: rank for rank, theme_id in enumerate(order)}
    keyed, last_rank = [], -1
    for placed in themes:
        last_rank = ranks.get(placed.theme.id, last_rank)
        keyed.append((last_rank, placed))
    return [placed for _, placed in sorted(keyed, key=lambda pair: pair[0])]
