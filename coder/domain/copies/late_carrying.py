"""What a version of the codebook does to codings that it does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.revising.revisions import Carried, Merge, Split

if TYPE_CHECKING:
    from coder.domain.copies.version_graph import MadeVersion, VersionGraph


def revision_of(version: MadeVersion, graph: VersionGraph) -> Carried:
    """Return what a version does to codings; one that takes another back undoes what that did."""
    undone = graph.by_name(version.undoes) if version.undoes else None
    if undone is None:
        return version.carried
    again = graph.by_name(undone.undoes) if undone.undoes else None
    if again is not None:
        return again.carried
    new = {theme.id for theme in undone.codebook}
    if undone.parent:
        new -= {theme.id for theme in graph.codebook_of(undone.parent)}
    merges = [
        Merge(tuple(part for part in split.parts if part in new), split.source)
        for split in undone.carried.splits
    ]
    splits = [Split(merge.target, merge.sources) for merge in undone.carried.merges if merge.target in new]
    return Carried(tuple(merge for merge in merges if merge.sources), tuple(splits))
