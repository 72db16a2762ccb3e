"""What a revision does to the codebook and to every coder's codings, forwards and back."""

from __future__ import annotations

import textwrap
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from coder.domain.revising.carrying import RevisedCodings
from coder.domain.revising.revision_text import field_name
from coder.domain.revising.revisions import Carried, Merge, Revision, Split
from coder.domain.revising.version_differences import compare, take_back
from coder.errors import CoderError
from coder.store import codebook_versions, codings, log

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coder.domain.codebook import Codebook
    from coder.domain.codings import Change
    from coder.domain.revising.version_differences import Conflict
    from coder.store.codebook_versions import CodebookVersion
    from coder.store.database import Database


_SENTENCE = 70
"""Characters that a revision may take of a message."""


@dataclass(frozen=True, slots=True)
class Work:
    """A revision with what it does to codings."""

    revision: Revision
    changes: Mapping[str, list[Change]]
    """For each coder whose codings it concerns."""
    left: tuple[int, ...] = ()
    """Responses that stay as somebody decided since."""


def forward(database: Database, revision: Revision) -> Work:
    """Work out what a revision does to codings."""
    changes = {}
    for coder_id in codings.coders(database):
        standing = _standing(database, coder_id, revision.carried.themes())
        standing.carry(revision.carried)
        standing.choose_among(revision.after)
        if standing.changes:
            changes[coder_id] = standing.changes
    return Work(revision, changes)


def backward(database: Database, number: int) -> Work:
    """Work out what takes back the revision that made a version of the codebook.

    Codings it carried go back, but for those somebody has decided on since. Codings made since with a
    part of a split are codings of the whole again; those made since with a theme that a merge brought
    go into the queue, to be told apart.

    Raises:
        CoderError: There is no such revision, it is taken back already, or something later stands on it.
    """
    version, before = _version_with_its_past(database, number)
    latest = codebook_versions.latest_version(database) or version
    after, conflicts = take_back(latest.codebook, before.codebook, version.codebook)
    _refuse_conflicts(database, version, latest.codebook, conflicts)
    # Taking back the taking back does the first revision anew, also to what was coded in between.
    redone = codebook_versions.version(database, version.undoes) if version.undoes else None
    carried = read_carried(redone.carried) if redone else _returning(version, before)
    vanishing = [theme.id for theme in version.codebook if theme.id not in after]
    changes, left, staying = _taken_back(database, version, carried, after, vanishing)
    for theme_id in staying:
        _refuse_coded(database, version, theme_id, carried)
        retired = replace(latest.codebook.by_id[theme_id], status="retired", parent=None)
        after = replace(after, themes=(*after.themes, retired))
    return Work(Revision(latest.codebook, after, carried), changes, tuple(left))


def _taken_back(
    database: Database, version: CodebookVersion, carried: Carried, after: Codebook, vanishing: list[str]
) -> tuple[dict[str, list[Change]], list[int], list[str]]:
    """Return every coder's changes, the responses decided on since, and vanishing themes still coded."""
    reversals: dict[str, list[list[Change]]] = {}
    for step in log.revision_steps(database, version.number):
        reversals.setdefault(step.coder_id, []).append(log.reversal(database, step))
    concerned = {change.theme_id for own in reversals.values() for step in own for change in step}
    concerned |= carried.themes() | set(vanishing)
    changes: dict[str, list[Change]] = {}
    left: list[int] = []
    staying: dict[str, None] = {}
    for coder_id in sorted({*codings.coders(database), *reversals}):
        standing = _standing(database, coder_id, concerned)
        decided = [each for reversal in reversals.get(coder_id, []) for each in standing.take_back(reversal)]
        standing.carry(carried)
        changed = {change.response for change in standing.changes}
        left += [response for response in decided if response not in changed]
        standing.choose_among(after)
        staying |= dict.fromkeys(theme_id for theme_id in vanishing if standing.coded(theme_id))
        if standing.changes:
            changes[coder_id] = standing.changes
    return changes, left, list(staying)


def _version_with_its_past(database: Database, number: int) -> tuple[CodebookVersion, CodebookVersion]:
    version, before = (
        codebook_versions.version(database, number),
        codebook_versions.version(database, number - 1),
    )
    if version is None or before is None:
        latest = codebook_versions.latest_version(database)
        msg = f"No revision made version {number} of the codebook."
        last = latest.number if latest else 1
        hint = f"Revisions are numbered 2 to {last}." if last > 1 else "It was never revised."
        raise CoderError(msg, f"{hint} See: coder codebook history")
    if version.undone:
        msg = f"Revision {number} ({_short(version)}) is taken back already."
        raise CoderError(msg, "To do it again, take back the revision that took it back.")
    return version, before


def _returning(version: CodebookVersion, before: CodebookVersion) -> Carried:
    """Return what happens to codings made since with themes that go with a revision."""
    carried = read_carried(version.carried)
    new = {theme.id for theme in version.codebook} - {theme.id for theme in before.codebook}
    splits = (Merge(tuple(p for p in split.parts if p in new), split.source) for split in carried.splits)
    merges = (Split(merge.target, merge.sources) for merge in carried.merges if merge.target in new)
    return Carried(merges=tuple(merge for merge in splits if merge.sources), splits=tuple(merges))


def _refuse_coded(database: Database, version: CodebookVersion, theme_id: str, carried: Carried) -> None:
    """Raise CoderError if a theme that would go has codings that cannot be told apart by anybody."""
    if theme_id not in {split.source for split in carried.splits}:
        times = codebook_versions.themes_in_use(database)[theme_id]
        label = version.codebook.label(theme_id)
        msg = f"Revision {version.number} brought the theme '{label}', and {times} codings stand on it."
        raise CoderError(msg, f"Merge it into another theme, or retire it: --retire {theme_id}")


def _refuse_conflicts(
    database: Database, version: CodebookVersion, now: Codebook, conflicts: list[Conflict]
) -> None:
    """Raise CoderError if something later stands on a revision; say what."""
    if not conflicts:
        return
    concerned = {conflict.theme_id for conflict in conflicts}
    first = conflicts[0]
    label, field = version.codebook.label(first.theme_id), first.field and field_name(first.field)
    msg = f"Revision {version.number} ({_short(version)}) cannot be taken back: "
    if first.field and first.theme_id not in now:
        msg += f"'{label}' was taken out since."
    else:
        msg += f"the {field} of '{label}' was changed since." if field else f"'{label}' is in the way."
    before = version.codebook
    hint = "Change it back first."
    for later in codebook_versions.versions_after(database, version.number):
        changed = {difference.theme_id for difference in compare(before, later.codebook)}
        before = later.codebook
        if changed & concerned and not later.undone:
            name = f"revision {later.number} ({_short(later)}; {later.coder_id}, {later.at[:10]})"
            hint = f"Take back {name} first: coder codebook undo {later.number}"
    raise CoderError(msg, hint)


def _short(version: CodebookVersion) -> str:
    """Return what a revision did, short enough for a sentence."""
    if version.undoes is not None:
        return f"take back revision {version.undoes}"
    return textwrap.shorten(version.label, _SENTENCE, placeholder=" …")


def _standing(database: Database, coder_id: str, theme_ids: Iterable[str]) -> RevisedCodings:
    return RevisedCodings(
        codings.spans_of(database, coder_id, sorted(theme_ids)),
        codings.theme_marks(database, coder_id, "memo"),
        codings.theme_marks(database, coder_id, "recode"),
    )


def write_carried(carried: Carried) -> dict[str, Any]:
    """Return what a revision does to codings as values that JSON can hold."""
    return asdict(carried) if carried != Carried() else {}


def read_carried(kept: Mapping[str, Any]) -> Carried:
    """Read what `write_carried` wrote."""
    return Carried(
        tuple(Merge(tuple(each["sources"]), each["target"]) for each in kept.get("merges", ())),
        tuple(Split(each["source"], tuple(each["parts"])) for each in kept.get("splits", ())),
        tuple(kept.get("look_again", ())),
    )
