"""What differs between two versions of a codebook, and taking a difference back."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal

from coder.domain.codebook import Codebook, Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELDS = tuple(field.name for field in fields(Theme) if field.name != "id")

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a theme that differs, or a whole theme that was added or removed."""

    theme_id: str
    kind: Kind
    field: str = ""
    before: Any = None
    """What the field held; for a removed theme, the theme."""
    after: Any = None
    """What the field holds; for an added theme, the theme."""


def compare(before: Codebook, after: Codebook) -> list[Difference]:
    """Return what differs, theme by theme in the order of the later codebook, removed ones last."""
    found = []
    for theme in after:
        old = before.by_id.get(theme.id)
        found += [Difference(theme.id, "added", after=theme)] if old is None else list(_fields(old, theme))
    gone = (theme for theme in before if theme.id not in after)
    return found + [Difference(theme.id, "removed", before=theme) for theme in gone]


def _fields(old: Theme, new: Theme) -> Iterator[Difference]:
    for name in FIELDS:
        one, other = getattr(old, name), getattr(new, name)
        if one != other:
            yield Difference(new.id, "changed", name, one, other)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A difference that cannot be taken back, because something later stands on it."""

    theme_id: str
    field: str
    """Empty if the theme itself is in the way."""


def take_back(current: Codebook, before: Codebook, after: Codebook) -> tuple[Codebook, list[Conflict]]:
    """Return a codebook without what led from one version to the next, and what stands against it.

    What later versions changed elsewhere stays. Of a theme that was added, later labels and definitions
    do not count: they go with it.
    """
    conflicts: list[Conflict] = []
    result = current
    for difference in compare(before, after):
        theme_id = difference.theme_id
        theme = result.by_id.get(theme_id)
        if difference.kind == "added":
            result, against = _without(result, difference.after)
        elif difference.kind == "removed":
            against = [] if theme is None else [Conflict(theme_id, "")]
            result = result if against else put_back(result, difference.before, before)
        elif theme is None or getattr(theme, difference.field) != difference.after:
            against = [Conflict(theme_id, difference.field)]
        else:
            against = []
            result = _replaced(result, replace(theme, **{difference.field: difference.before}))
        conflicts += against
    conflicts += [
        Conflict(theme.id, "parent") for theme in result if theme.parent and theme.parent not in result
    ]
    title = before.title if current.title == after.title else current.title
    note = before.note if current.note == after.note else current.note
    return Codebook(result.themes, title, note), conflicts


def _without(codebook: Codebook, added: Theme) -> tuple[Codebook, list[Conflict]]:
    theme = codebook.by_id.get(added.id)
    if theme is None or theme.status != added.status:
        return codebook, [Conflict(added.id, "status")]
    return replace(codebook, themes=tuple(each for each in codebook if each.id != added.id)), []


def put_back(codebook: Codebook, theme: Theme, order: Codebook) -> Codebook:
    """Return a codebook with a theme it lacks, after the nearest that stands before it in another."""
    places = {each.id: place for place, each in enumerate(order)}
    earlier = [i for i, each in enumerate(codebook) if places.get(each.id, len(places)) < places[theme.id]]
    place = earlier[-1] + 1 if earlier else 0
    return replace(codebook, themes=(*codebook.themes[:place], theme, *codebook.themes[place:]))


def _replaced(codebook: Codebook, theme: Theme) -> Codebook:
    return replace(codebook, themes=tuple(theme if each.id == theme.id else each for each in codebook))


Words = tuple[Literal["same", "out", "in"], str]
"""Words that both texts have, that are taken out, or that come in."""


def word_changes(before: str, after: str) -> tuple[Words, ...]:
    """Return how one text becomes another, word by word."""
    old, new = before.split(), after.split()
    changes: list[Words] = []
    for tag, start, end, new_start, new_end in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        if tag == "equal":
            changes.append(("same", " ".join(old[start:end])))
            continue
        if end > start:
            changes.append(("out", " ".join(old[start:end])))
        if new_end > new_start:
            changes.append(("in", " ".join(new[new_start:new_end])))
    return tuple(changes)
