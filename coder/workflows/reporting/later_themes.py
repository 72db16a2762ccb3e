"""Themes that came into the codebook when answers had been read already, and how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.domain.revising.revisions import read_carried
from coder.store.codebook_versions import versions_after
from coder.store.readings.reading_versions import read_by_version

if TYPE_CHECKING:
    from coder.domain.codebook import Theme
    from coder.workflows.study.study import Study


class LaterTheme(NamedTuple):
    """A theme that some answers were not looked at for."""

    theme: Theme
    version: int
    """The version of the codebook that it came with."""
    answers: int
    """Those to its questions that were read before, and not looked at since."""


def later_themes(study: Study) -> list[LaterTheme]:
    """Return the themes in use that came after answers had been read, those of most answers first.

    Parts of a theme that was split, and what themes were merged into, stand for what was there before.
    """
    born: dict[str, int] = {}
    carried_on: set[str] = set()
    for version in versions_after(study.database):
        carried = read_carried(version.carried)
        carried_on |= {part for split in carried.splits for part in split.parts}
        carried_on |= {merge.target for merge in carried.merges}
        for theme in version.codebook:
            born.setdefault(theme.id, version.number)
    read = read_by_version(study.database)
    later = []
    for theme in study.codebook:
        if theme.status != "active" or not theme.codable or theme.id in carried_on:
            continue
        since = born.get(theme.id, 0)
        answers = sum(
            times for question, version, times in read if version < since and theme.serves(question)
        )
        if answers:
            later.append(LaterTheme(theme, since, answers))
    return sorted(later, key=lambda later_theme: (-later_theme.answers, later_theme.theme.id))
