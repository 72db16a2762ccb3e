"""What a revision does to the codebook and to every coder's codings, forwards and back."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coder.domain.revising.carrying import RevisedCodings
from coder.domain.revising.revision_text import field_name
from coder.domain.revising.revisions import Carried, Merge, Revision, Split, read_carried
from coder.domain.revising.version_differences import Conflict, compare, take_back
from coder.domain.team.rounds import is_apart
from coder.errors import CoderError
from coder.store import codebook_versions, codings, log
from coder.store.steps.reversing import reversal
from coder.store.team.seeing import layers_seen
from coder.store.team.workers import layers_with_codings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coder.domain.codebook import Codebook
    from coder.domain.codings import Change
    from coder.store.codebook_versions import CodebookVersion
    from coder.store.database import Database


_SENTENCE = 70
"""Characters that a revision may take of a message."""


@dataclass(frozen=True, slots=True)
class RevisionEffect:
    """A revision with what it does to codings."""

    revision: Revision
    changes: Mapping[str, list[Change]]
    """For each coder whose codings it concerns."""
    decided_since: tuple[int, ...] = ()
    """Responses that stay as somebody decided since."""


def effect_of(database: Database, revision: Revision) -> RevisionEffect:
    """Work out what a revision does to codings, also to those that are set apart."""
    with layers_seen(database):
        return _effect_of(database, revision)


def _effect_of(database: Database, revision: Revision) -> RevisionEffect:
    changes = {}
    for coder_id in layers_with_codings(database):
        codings_now = _codings_of(database, coder_id, revision.carried.themes())
        codings_now.carry(revision.carried)
        codings_now.choose_among(revision.new)
        if codings_now.changes:
            changes[coder_id] = codings_now.changes
    return RevisionEffect(revision, changes)


def effect_of_taking_back(database: Database, number: int) -> RevisionEffect:
    """Work out what takes back the revision that made a version of the codebook.

    Codings it carried go back, but for those somebody has decided on since. Codings made since with a
    part of a split are codings of the whole again; those made since with a theme that a merge brought
    go into the queue, to be told apart.

    Raises:
        CoderError: There is no such revision, it is taken back already, or something later stands on it.
    """
    version, previous = _version_with_its_past(database, number)
    latest = codebook_versions.latest_version(database) or version
    reverted, conflicts = take_back(latest.codebook, previous.codebook, version.codebook)
    _refuse_conflicts(database, version, latest.codebook, conflicts)
    # Taking back the taking back does the first revision anew, also to what was coded in between.
    redone = codebook_versions.version(database, version.undoes) if version.undoes else None
    carried = read_carried(redone.carried) if redone else _returning(version, previous)
    vanishing = [theme.id for theme in version.codebook if theme.id not in reverted]
    with layers_seen(database):
        changes, decided_since, staying = _taken_back(database, version, carried, reverted, vanishing)
    # Codings go back to themes that were retired already, and may have been taken out without any since.
    lost = [Conflict(theme_id, "status") for theme_id in staying if theme_id not in latest.codebook]
    _refuse_conflicts(database, version, latest.codebook, lost)
    for theme_id in staying:
        _refuse_coded(database, version, theme_id, carried)
        retired = replace(latest.codebook.by_id[theme_id], status="retired", parent=None)
        reverted = replace(reverted, themes=(*reverted.themes, retired))
    return RevisionEffect(Revision(latest.codebook, reverted, carried), changes, tuple(decided_since))


def _taken_back(
    database: Database, version: CodebookVersion, carried: Carried, reverted: Codebook, vanishing: list[str]
) -> tuple[dict[str, list[Change]], list[int], list[str]]:
    """Return every coder's changes, the responses decided on since, and vanishing themes still coded."""
    reversals: dict[str, list[list[Change]]] = {}
    for step in log.revision_steps(database, version.number):
        reversals.setdefault(step.coder_id, []).append(reversal(database, step))
    concerned = {change.theme_id for steps in reversals.values() for step in steps for change in step}
    concerned |= carried.themes() | set(vanishing)
    changes: dict[str, list[Change]] = {}
    decided_since: list[int] = []
    staying: dict[str, None] = {}
    for coder_id in sorted({*layers_with_codings(database), *reversals}):
        codings_now = _codings_of(database, coder_id, concerned)
        stays = [response for step in reversals.get(coder_id, []) for response in codings_now.take_back(step)]
        codings_now.carry(carried)
        changed = {change.response for change in codings_now.changes}
        if not is_apart(coder_id):
            decided_since += [response for response in stays if response not in changed]
        codings_now.choose_among(reverted)
        staying |= dict.fromkeys(theme_id for theme_id in vanishing if codings_now.coded(theme_id))
        if codings_now.changes:
            changes[coder_id] = codings_now.changes
    return changes, decided_since, list(staying)


def _version_with_its_past(database: Database, number: int) -> tuple[CodebookVersion, CodebookVersion]:
    version = codebook_versions.version(database, number)
    previous = codebook_versions.parent_of(database, version) if version else None
    if version is None or previous is None:
        latest = codebook_versions.latest_version(database)
        msg = f"No revision made version {number} of the codebook."
        last_number = latest.number if latest else 1
        hint = f"Revisions are numbered 2 to {last_number}." if last_number > 1 else "It was never revised."
        raise CoderError(msg, f"{hint} See: coder codebook history")
    if version.undone:
        msg = f"Revision {number} ({_short(version)}) is taken back already."
        raise CoderError(msg, "To do it again, take back the revision that took it back.")
    return version, previous


def _returning(version: CodebookVersion, previous: CodebookVersion) -> Carried:
    """Return what is to happen to codings made since with themes that go as a revision is taken back."""
    carried = read_carried(version.carried)
    new = {theme.id for theme in version.codebook} - {theme.id for theme in previous.codebook}
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
    database: Database, version: CodebookVersion, current: Codebook, conflicts: list[Conflict]
) -> None:
    """Raise CoderError if something later stands on a revision; say what."""
    if not conflicts:
        return
    concerned = {conflict.theme_id for conflict in conflicts}
    theme_id, field = conflicts[0]
    label = version.codebook.label(theme_id)
    msg = f"Revision {version.number} ({_short(version)}) cannot be taken back: "
    if field and theme_id not in current:
        msg += f"'{label}' was taken out since."
    elif field:
        msg += f"the {field_name(field)} of '{label}' was changed since."
    else:
        msg += f"'{label}' is in the way."
    codebook = version.codebook
    hint = "Change it back first."
    for later in codebook_versions.versions_after(database, version.number):
        changed_ids = {difference.theme_id for difference in compare(codebook, later.codebook)}
        codebook = later.codebook
        if changed_ids & concerned and not later.undone:
            name = f"revision {later.number} ({_short(later)}; {later.made_by}, {later.at[:10]})"
            hint = f"Take back {name} first: coder codebook undo {later.number}"
    raise CoderError(msg, hint)


def _short(version: CodebookVersion) -> str:
    """Return what a revision did, short enough for a sentence."""
    if version.undoes is not None:
        return f"take back revision {version.undoes}"
    return textwrap.shorten(version.label, _SENTENCE, placeholder=" …")


def _codings_of(database: Database, coder_id: str, theme_ids: Iterable[str]) -> RevisedCodings:
    recode = codings.theme_marks(database, coder_id, "recode")
    # Also of those that wait: one that stands no longer waits for nothing.
    read_ids = {*theme_ids, *(theme_id for _, theme_id in recode)}
    words = codings.words_coded(database, coder_id, sorted(read_ids))
    return RevisedCodings(
        {key: spans for key, (spans, _) in words.items()},
        codings.theme_marks(database, coder_id, "memo"),
        recode,
        {key: words_by for key, (_, words_by) in words.items()},
    )
