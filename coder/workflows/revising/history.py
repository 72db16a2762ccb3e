"""What became of a study's codebook: every version with its revision, and any two side by side."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.revising.revision_text import VersionChange, version_changes
from coder.domain.revising.revisions import Carried, read_carried
from coder.errors import CoderError
from coder.store import codebook_versions, recode_queues
from coder.store.team.team_rows import team
from coder.workflows.revising.plan_json import differences_as_data
from coder.workflows.study.codebook_file import in_use, parsed_codebook, read_source
from coder.workflows.study.moments import version_named, version_number
from coder.workflows.study.naming_damage import names_damage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from coder.domain.codebook import Codebook
    from coder.store.database import Database
    from coder.workflows.study.study import Study

FILE = "file"
"""The name of codebook.yaml as it is, beside the numbers of versions."""


class Recoded(NamedTuple):
    """How far the codings that a revision put before people have come."""

    done: int
    total: int


class HistoryEntry(NamedTuple):
    """A version of the codebook, and the revision that made it."""

    number: int
    at: str
    """In UTC, as the log writes moments."""
    coder_id: str
    label: str
    """What the revision did; empty for the first version."""
    reason: str
    undoes: int | None
    """The version whose revision it takes back."""
    undone: bool
    """Whether it is taken back itself."""
    recoded: Mapping[str, Recoded]
    """For each coder who had codings to look at; of what was taken back, nobody has."""


@names_damage
def history(study: Study) -> list[HistoryEntry]:
    """Return every version of the study's codebook, the latest first."""
    queues: dict[int, dict[str, Recoded]] = defaultdict(dict)
    people = team(study.database)
    people = team(study.database)
    for queue in recode_queues.queues(study.database):
        queues[queue.version][people.name_of(queue.coder_id)] = Recoded(
            queue.total - queue.waiting, queue.total
        )
    entries = [
        HistoryEntry(
            version.number,
            version.at,
            version.made_by,
            version.label,
            version.reason,
            version.undoes,
            version.undone,
            {} if version.undone else queues.get(version.number, {}),
        )
        for version in codebook_versions.versions_after(study.database)
    ]
    return entries[::-1]


class Side(NamedTuple):
    """A codebook to compare."""

    name: str
    """`version 3`, or the name of its file."""
    codebook: Codebook


class Comparison(NamedTuple):
    """Two codebooks side by side."""

    old: Side
    new: Side
    carried: Carried
    """What happened to codings from the one to the other."""

    @property
    def changes(self) -> list[VersionChange]:
        """What differs, in words."""
        return version_changes(self.old.codebook, self.new.codebook, self.carried)

    def as_data(self) -> dict[str, Any]:
        """Return what differs as values that JSON can hold."""
        old, new = self.old.codebook, self.new.codebook
        return {
            "before": self.old.name,
            "after": self.new.name,
            "differences": differences_as_data(old, new),
        }


@names_damage
def compare_versions(study: Study, old: str | None = None, new: str | None = None) -> Comparison:
    """Put two versions of a study's codebook side by side.

    Args:
        study: The study.
        old: A version (`3`, `v3`), or `file` for codebook.yaml as it is; by default the one before the
            latest, or for `file` the latest.
        new: The same; by default the latest.

    Raises:
        CoderError: There is no such version, or the file has faults.
    """
    latest = in_use(study).number
    if old == FILE and new is None:
        old, new = str(latest), FILE
    if old is None and latest == 1:
        msg = "The codebook was never revised: there is nothing to compare."
        raise CoderError(msg, "Compare it with codebook.yaml as it is: coder codebook diff 1 file")
    old_name, new_name = old or str(latest - 1), new or str(latest)
    carried = Carried()
    if FILE not in (old_name, new_name):
        carried = _carried_between(study.database, _number(old_name), _number(new_name))
    return Comparison(_side(study, old_name), _side(study, new_name), carried)


def compare_files(old_path: Path, new_path: Path) -> Comparison:
    """Put two codebook files side by side; raise CoderError if one cannot be read."""
    from coder.formats.codebooks.reading import read_any_codebook

    old, new = (Side(str(path), read_any_codebook(path)) for path in (old_path, new_path))
    return Comparison(old, new, Carried())


def _number(name: str) -> int:
    number = version_number(name)
    if number is None:
        msg = f"'{name}' is no version of the codebook."
        raise CoderError(msg, "Write a number, or 'file' for codebook.yaml. See: coder codebook history")
    return number


def _side(study: Study, name: str) -> Side:
    if name == FILE:
        return Side(study.codebook_path.name, parsed_codebook(study, read_source(study)))
    version = version_named(study.database, _number(name))
    return Side(f"version {version.number}", version.codebook)


def _carried_between(database: Database, old: int, new: int) -> Carried:
    """Return the merges and splits that led from one version to a later one, but those taken back."""
    versions = [v for v in codebook_versions.versions_after(database, old) if v.number <= new]
    undone = {version.undoes for version in versions}
    operations = [read_carried(version.carried) for version in versions if version.number not in undone]
    return Carried(
        tuple(merge for carried in operations for merge in carried.merges),
        tuple(split for carried in operations for split in carried.splits),
    )
