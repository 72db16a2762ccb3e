"""Which themes are too rare for rows of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coder.domain.codebook import Codebook, Theme


@dataclass(frozen=True, slots=True)
class RareThemes:
    """Themes that few respondents mention, counted together as a union."""

    members: Mapping[str, tuple[str, ...]]
    """The net they stand under ("" for none) to their ids."""
    nets: frozenset[str] = frozenset()
    """Nets that few mention: they have no row, and their themes are joined under the net above them."""

    @property
    def theme_ids(self) -> frozenset[str]:
        """All of them."""
        return frozenset(theme_id for theme_ids in self.members.values() for theme_id in theme_ids)


NO_RARE_THEMES = RareThemes({})


def rare_themes(
    codebook: Codebook,
    themes: Iterable[Theme],
    respondents: Mapping[str, int],
    net_respondents: Mapping[str, int],
    fewest: float,
) -> RareThemes:
    """Return the themes that fewer than so many respondents mention, by the net they stand under.

    Args:
        codebook: The study's themes.
        themes: Those of the table.
        respondents: How many mention each theme; the others were not mentioned and are not joined.
        net_respondents: How many mention each net that has a row.
        fewest: The respondents that a theme needs for a row of its own; 0: each has one.
    """
    nets = frozenset(net for net, number in net_respondents.items() if number < fewest)
    members: dict[str, list[str]] = {}
    for theme in themes:
        if theme.id in respondents and respondents[theme.id] < fewest:
            above = (net for net in (theme.id, *codebook.ancestors(theme.id)) if net in net_respondents)
            members.setdefault(next((net for net in above if net not in nets), ""), []).append(theme.id)
    return RareThemes({net: tuple(theme_ids) for net, theme_ids in members.items()}, nets)
