"""What became of themes: into which one each was merged, and into which parts it was split."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coder.domain.codebook import Codebook
    from coder.domain.revising.revisions import Carried


class Lineage(NamedTuple):
    """What became of the themes that are in use no longer, by their ids."""

    merged_into: Mapping[str, str]
    """The theme in use whose codings theirs became."""
    split_into: Mapping[str, tuple[str, ...]]
    """The parts among which a person has to choose."""


def lineage(codebook: Codebook, revisions: Iterable[Carried]) -> Lineage:
    """Work out what became of themes.

    A theme that is in use is nobody's source, whatever was done to it before it came back.

    Args:
        codebook: The codebook in use.
        revisions: What each revision that stands did to codings, oldest first.
    """
    merged: dict[str, str] = {}
    split: dict[str, tuple[str, ...]] = {}
    for carried in revisions:
        for merge in carried.merges:
            merged |= dict.fromkeys(merge.sources, merge.target)
            merged.pop(merge.target, None)
        for one_split in carried.splits:
            split[one_split.source] = one_split.parts
            merged.pop(one_split.source, None)
    for theme in codebook:
        if theme.status == "retired" and len(theme.became) == 1:
            merged[theme.id] = theme.became[0]
        elif theme.status == "retired" and theme.became:
            split[theme.id] = theme.became
    in_use = {theme.id for theme in codebook if theme.status == "active"}
    ends = {source: _end(source, merged, in_use) for source in merged if source not in in_use}
    return Lineage(
        {source: target for source, target in ends.items() if target in in_use},
        {source: parts for source, parts in split.items() if source not in in_use},
    )


def _end(theme_id: str, merged: Mapping[str, str], in_use: set[str]) -> str:
    """Return the theme to which merges lead; revisions that were undone may lead in a circle."""
    passed: set[str] = set()
    while theme_id in merged and theme_id not in in_use and theme_id not in passed:
        passed.add(theme_id)
        theme_id = merged[theme_id]
    return theme_id
