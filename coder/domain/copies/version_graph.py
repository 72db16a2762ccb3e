"""Versions of a codebook that several copies made, and the one codebook that follows from all of them.

A version names the one it was made from. Where several have none after them, the codebook in use is worked
out: for each field of each theme from the latest writes, those that no later version wrote over.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.codebook import Codebook, Theme
from coder.domain.copies.acts import derived_name
from coder.domain.copies.joined_themes import Clash, Joined, JoinedFields, joined_codebook
from coder.domain.revising.revisions import Carried

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from coder.domain.copies.acts import ActPlace

_THEME_FIELDS = tuple(field.name for field in fields(Theme) if field.name != "id")
NOTHING_CARRIED = Carried()
EXISTS = ""
"""In the place of a field: whether there is such a theme."""

FieldKey = tuple[str, str]
"""The id of a theme, or nothing for the codebook itself; and the name of a field."""


@dataclass(frozen=True, slots=True)
class MadeVersion:
    """A version of the codebook that somebody made."""

    name: str
    parent: str
    """The version that it was made from; empty for a first one."""
    place: ActPlace
    codebook: Codebook
    carried: Carried = NOTHING_CARRIED
    """What it does to codings."""
    undoes: str = ""
    """The version whose revision it takes back."""
    decided: frozenset[FieldKey] = frozenset()
    """Fields that it settles, also where it leaves them as they were."""


class Derived(NamedTuple):
    """A version that the program works out."""

    parents: frozenset[str]
    """The ends that it joins: versions that people made."""
    kept: frozenset[str] = frozenset()
    """Themes that it keeps, retired, as codings have them."""

    @property
    def name(self) -> str:
        """What it is called on every copy."""
        return derived_name(self.parents, self.kept)


class VersionGraph:
    """All versions of a codebook.

    Args:
        made: Those that people made; the parent of each is among them, or worked out from some of them.
        derived: Those that the program worked out, and that something refers to.
    """

    def __init__(self, made: Iterable[MadeVersion], derived: Iterable[Derived] = ()) -> None:
        self.made: Sequence[MadeVersion] = sorted(made, key=lambda version: version.place)
        self._number = {version.name: number for number, version in enumerate(self.made)}
        self._derived = {version.name: version for version in derived}
        self._masks: list[int] = []
        """For each version a bit for each version that it knows, itself among them."""
        self._joined: dict[int, Joined] = {}
        self._writes: dict[FieldKey, list[tuple[int, Any]]] = {}
        """Each field to the versions that wrote it, in order, with what they wrote."""
        for number, version in enumerate(self.made):
            # What it was made from is made of earlier ones alone: their writes are known by now.
            parent = self.codebook_of(version.parent) if version.parent else None
            for key, written in written_fields(version, parent):
                self._writes.setdefault(key, []).append((number, written))
            self._masks.append(self._mask(version.parent) | 1 << number)

    def __contains__(self, name: str) -> bool:
        return name in self._number or name in self._derived

    def by_name(self, name: str) -> MadeVersion | None:
        """Return a version that somebody made."""
        return self.made[self._number[name]] if name in self._number else None

    def knows(self, name: str, earlier: str) -> bool:
        """Tell whether whoever worked with a version had another one, made by somebody."""
        return bool(self._mask(name) >> self._number[earlier] & 1)

    def knowledge(self, name: str) -> int:
        """Return how many versions that somebody made whoever worked with a version had."""
        return self._mask(name).bit_count()

    def ends(self) -> frozenset[str]:
        """Return the versions that no other was made from."""
        return frozenset(self.made[number].name for number in self._ends_of(self._all))

    def in_use(self, coded: Iterable[str] = ()) -> Derived | str:
        """Return the version in use: the name of one that somebody made, or what is to be worked out.

        Args:
            coded: The themes that codings have: none of them may be missing.
        """
        ends = self.ends()
        codebook = self._joined_of(self._all).codebook
        known = {theme.id for version in self.made for theme in version.codebook}
        kept = frozenset(theme_id for theme_id in coded if theme_id not in codebook and theme_id in known)
        # What was kept once is kept: somebody has worked with it.
        kept = kept.union(*(version.kept for version in self._derived.values() if version.parents == ends))
        return next(iter(ends)) if len(ends) == 1 and not kept else Derived(ends, kept)

    def codebook_of(self, version: Derived | str) -> Codebook:
        """Return the codebook of a version."""
        if isinstance(version, str):
            if version in self._number:
                return self.made[self._number[version]].codebook
            version = self._derived[version]
        mask = 0
        for parent in version.parents:
            mask |= self._mask(parent)
        codebook = self._joined_of(mask).codebook
        return self._with_kept(codebook, version.kept)

    def codebook_until(self, place: ActPlace) -> Codebook:
        """Return the codebook that follows from the versions up to a place."""
        mask = 0
        for number, version in enumerate(self.made):
            mask |= (version.place <= place) << number
        return self._joined_of(mask).codebook

    def version_until(self, place: ActPlace) -> str:
        """Return the last version that somebody made up to a place, of which there is one."""
        return [version.name for version in self.made if version.place <= place][-1]

    def clashes(self) -> list[Clash]:
        """Return what was said in different ways, and waits for somebody to decide."""
        joined, written = self._joined_of(self._all), self._fields(self._all)
        codebook, waiting = joined.codebook, list(joined.repairs)
        for theme_id, name in self._writes:
            holder: Any = codebook.by_id.get(theme_id) if theme_id else codebook
            choices = written.latest((theme_id, name))
            is_one = all(content == choices[0][1] for _, content in choices)
            if holder is not None and name != EXISTS and not is_one:
                waiting.append(Clash(theme_id, name, tuple(choices), getattr(holder, name)))
        return waiting

    @cached_property
    def _all(self) -> int:
        return (1 << len(self.made)) - 1

    def _mask(self, name: str) -> int:
        if not name:
            return 0
        if name in self._number:
            return self._masks[self._number[name]]
        mask = 0
        for parent in self._derived[name].parents:
            mask |= self._masks[self._number[parent]]
        return mask

    def _ends_of(self, mask: int) -> list[int]:
        members = _members(mask)
        above = 0
        for number in members:
            above |= self._masks[number] & ~(1 << number)
        return [number for number in members if not above >> number & 1]

    def _joined_of(self, mask: int) -> Joined:
        if mask not in self._joined:
            ends = self._ends_of(mask)
            if len(ends) == 1:
                self._joined[mask] = Joined(self.made[ends[0]].codebook)
            else:
                in_order = [self.made[number].codebook for number in ends]
                self._joined[mask] = joined_codebook(in_order, self._fields(mask))
        return self._joined[mask]

    def _fields(self, mask: int) -> _Fields:
        return _Fields(self.made, self._writes, self._masks, mask, self._joined_of)

    def _with_kept(self, codebook: Codebook, kept: frozenset[str]) -> Codebook:
        wordings = {theme.id: theme for version in self.made for theme in version.codebook}
        themes = [
            replace(wordings[theme_id], status="retired", parent=None, guid="")
            for theme_id in sorted(kept)
            if theme_id not in codebook
        ]
        return Codebook((*codebook.themes, *themes), codebook.title, codebook.note)


class _Fields(JoinedFields):
    """The latest writes of each field, among some versions.

    Args:
        made: All versions.
        writes: The writes of each field.
        masks: For each version those that it knows.
        members: The versions, a bit for each.
        joined: Returns the codebook of some versions.
    """

    def __init__(
        self,
        made: Sequence[MadeVersion],
        writes: Mapping[FieldKey, Sequence[tuple[int, Any]]],
        masks: Sequence[int],
        members: int,
        joined: Callable[[int], Joined],
    ) -> None:
        self._made, self._writes, self._masks = made, writes, masks
        self._members, self._joined = members, joined

    def latest(self, key: FieldKey) -> list[tuple[str, Any]]:
        return [(self._made[number].name, written) for number, written in self._latest(key)]

    def common(self, key: FieldKey) -> Codebook | None:
        known = self._members
        for number, _ in self._latest(key):
            known &= self._masks[number]
        return self._joined(known).codebook if known else None

    def written_beside(self, theme_id: str) -> bool:
        removers = [number for number, exists in self._latest((theme_id, EXISTS)) if not exists]
        writers = [number for name in _THEME_FIELDS for number, _ in self._latest((theme_id, name))]
        return any(not self._masks[remover] >> writer & 1 for remover in removers for writer in writers)

    def _latest(self, key: FieldKey) -> list[tuple[int, Any]]:
        """Return the writes of a field that none of the other versions that wrote it knew."""
        writes = [write for write in self._writes.get(key, ()) if self._members >> write[0] & 1]
        return [
            (number, written)
            for number, written in writes
            if not any(later != number and self._masks[later] >> number & 1 for later, _ in writes)
        ]


def written_fields(version: MadeVersion, parent: Codebook | None) -> Iterator[tuple[FieldKey, Any]]:
    """Yield what a version says otherwise than the one it was made from, field by field.

    That a theme is merged into, or is a part of a split, says that it is in use.
    """
    codebook = version.codebook
    for name in ("title", "note"):
        is_said = ("", name) in version.decided
        if parent is None or getattr(parent, name) != getattr(codebook, name) or is_said:
            yield ("", name), getattr(codebook, name)
    earlier: Mapping[str, Theme] = parent.by_id if parent else {}
    needed = {merge.target for merge in version.carried.merges}
    needed |= {part for split in version.carried.splits for part in split.parts}
    for theme in codebook:
        before = earlier.get(theme.id)
        if before is None:
            yield (theme.id, EXISTS), True
        for name in _THEME_FIELDS:
            is_said = (theme.id, name) in version.decided or (name == "status" and theme.id in needed)
            if before is None or getattr(before, name) != getattr(theme, name) or is_said:
                yield (theme.id, name), getattr(theme, name)
    for theme_id in earlier:
        if theme_id not in codebook:
            yield (theme_id, EXISTS), False


def _members(mask: int) -> list[int]:
    return [number for number in range(mask.bit_length()) if mask >> number & 1]
