"""Merges of one theme into different targets, made without knowing of each other.

Whether a coding of the theme is one of the first target or of the second, the program cannot know: it is on
one of them, and waits for its coder, with both to choose from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codings import Change, write_choices
from coder.domain.copies.late_carrying import revision_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from coder.domain.codings import Aspect
    from coder.domain.copies.logged_steps import CellContent
    from coder.domain.copies.version_graph import MadeVersion, VersionGraph


class RivalMerge(NamedTuple):
    """A theme that two revisions merged into different targets."""

    source: str
    versions: tuple[str, str]
    """The names of both, in their order."""
    targets: tuple[str, str]


def rival_merges(
    version: MadeVersion, others: Iterable[MadeVersion], graph: VersionGraph
) -> Iterator[RivalMerge]:
    """Yield the themes that a version merges elsewhere than others, neither knowing of the other."""
    own = _targets(version, graph)
    for other in others if own else ():
        if graph.knows(version.name, other.name) or graph.knows(other.name, version.name):
            continue
        theirs = _targets(other, graph)
        for source in sorted(own.keys() & theirs.keys()):
            if own[source] != theirs[source]:
                yield RivalMerge(source, (other.name, version.name), (theirs[source], own[source]))


def _targets(version: MadeVersion, graph: VersionGraph) -> dict[str, str]:
    carried = revision_of(version, graph)
    return {source: merge.target for merge in carried.merges for source in merge.sources}


def asked_between(
    rival: RivalMerge, response: int, cells: Mapping[tuple[Aspect, str], CellContent]
) -> Iterator[Change]:
    """Yield what puts a coding that two merges carry to different themes before its coder."""
    choices = write_choices(sorted(rival.targets))
    for target in sorted(rival.targets):
        waiting = cells.get(("recode", target))
        stood = waiting.text if waiting else None
        if ("theme", target) in cells and stood != choices:
            yield Change(response, "recode", stood, choices, target, "merge")
