"""Which themes are too rare for rows of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coder.domain.codebook import Codebook, Theme
    from coder.domain.tables.requests import Counts


@dataclass(frozen=True, slots=True)
class Joined:
    """Themes that few respondents mention, counted together as a union."""

    members: Mapping[str, tuple[str, ...]]
    """The net they stand under ("" for none) to their ids."""
    nets: frozenset[str] = frozenset()
    """Nets that few mention: they have no row, and their themes are joined under the net above them."""
    counts: Counts | None = None
    """What was counted for the themes under each net, once it was."""

    @property
    def theme_ids(self) -> frozenset[str]:
        """All themes that are joined."""
        return frozenset(theme_id for ids in self.members.values() for theme_id in ids)


NOBODY = Joined({})


def rare_themes(
    codebook: Codebook, themes: Iterable[Theme], counts: Counts, net_counts: Counts, fewer_than: int
) -> Joined:
    """Return the themes that fewer than so many respondents mention, by the net they stand under.

    Args:
        codebook: The study's themes.
        themes: Those of the table.
        counts: What was counted for each theme; the others were not mentioned and are not joined.
        net_counts: What was counted for each net that has a row.
        fewer_than: The respondents that a theme needs for a row of its own.
    """
    nets = frozenset(net for net, (respondents, _) in net_counts.items() if respondents < fewer_than)
    members: dict[str, list[str]] = {}
    for theme in themes:
        if theme.id in counts and counts[theme.id][0] < fewer_than:
            above = (net for net in (theme.id, *codebook.ancestors(theme.id)) if net in net_counts)
            members.setdefault(next((net for net in above if net not in nets), ""), []).append(theme.id)
    return Joined({net: tuple(ids) for net, ids in members.items()}, nets)
