"""Which themes a coder could choose when they read an answer: those of the codebook of that moment."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.revising.revisions import read_carried
from coder.store import codebook_versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.domain.codebook import Codebook
    from coder.domain.revising.revisions import Carried
    from coder.store.database import Database
    from coder.store.readings.shared_readings import SharedReading


class _Offered(NamedTuple):
    """What could be chosen under a version of the codebook, as the themes of today."""

    theme_ids: frozenset[str]
    undecided: Mapping[str, frozenset[str]]
    """A theme that was split since to its parts: whoever chose it has not said yet which of them."""


class ThemesOffered:
    """The themes that were offered for a question under each version of the codebook.

    A theme that came later was not passed over by those who read before, nor one that was retired by those
    who read since. One that was merged into another stands for that one, as its codings do; whoever did not
    choose a theme that was split since chose none of its parts. What a coder chose was offered to them; what
    a file of codings brought, to all who read under that version. A net that nobody chose was no question to
    anybody: agreement not to choose it would be none.

    Args:
        database: The study.
        question_id: The question.
        readings: All that is compared.
    """

    def __init__(self, database: Database, question_id: str, readings: Iterable[SharedReading]) -> None:
        from_files: dict[int, set[str]] = defaultdict(set)
        chosen: set[str] = set()
        for reading in readings:
            chosen |= reading.theme_ids
            from_files[reading.version] |= reading.theme_ids if reading.from_file else set()
        versions = list(codebook_versions.versions_after(database))
        books = {version.number: version.codebook for version in versions}
        latest = versions[-1].number if versions else 0
        carried = {
            version.number: read_carried(version.carried)
            for version in versions
            if version.undoes is None and not version.undone
        }
        self._offered = {
            number: _offered(
                books.get(number or latest),
                question_id,
                theme_ids,
                chosen,
                [carried[later] for later in sorted(carried) if number and later > number],
            )
            for number, theme_ids in from_files.items()
        }
        self._memo: dict[tuple[int, frozenset[str]], frozenset[str]] = {}

    def to(self, reading: SharedReading) -> frozenset[str]:
        """Return what a coder could choose when they read an answer."""
        offered = self._offered[reading.version]
        waiting = reading.theme_ids.intersection(offered.undecided)
        if not waiting and reading.theme_ids <= offered.theme_ids:
            return offered.theme_ids
        key = reading.version, reading.theme_ids
        if key not in self._memo:
            parts = frozenset[str]().union(*(offered.undecided[theme_id] for theme_id in waiting))
            self._memo[key] = offered.theme_ids - parts | reading.theme_ids
        return self._memo[key]


def _offered(
    codebook: Codebook | None,
    question_id: str,
    from_files: set[str],
    chosen: set[str],
    since: Sequence[Carried],
) -> _Offered:
    """Return what could be chosen under a version of the codebook.

    Args:
        codebook: The version.
        question_id: For which question.
        from_files: What files of codings brought under that version.
        chosen: What anybody chose, under whichever version.
        since: What later versions did to codings, in their order.
    """
    theme_ids = from_files | {
        theme.id
        for theme in (codebook.offered(question_id) if codebook else ())
        if theme.id in chosen or not (codebook and codebook.is_net(theme.id))
    }
    undecided: dict[str, frozenset[str]] = {}
    for carried in since:
        for merge in carried.merges:
            if not theme_ids.isdisjoint(merge.sources):
                theme_ids = theme_ids - set(merge.sources) | {merge.target}
        for split in carried.splits:
            if split.source in theme_ids:
                theme_ids = theme_ids | set(split.parts)
                undecided[split.source] = frozenset(split.parts) - {split.source}
    return _Offered(frozenset(theme_ids), undecided)
