"""What differs between two versions of a codebook, and taking a difference back."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from coder.domain.codebook import Codebook, Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIELDS = tuple(field.name for field in fields(Theme) if field.name != "id")

DifferenceKind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a theme that differs, or a whole theme that was added or removed."""

    theme_id: str
    kind: DifferenceKind
    field: str = ""
    """The name of the field; empty for a whole theme."""
    old: Any = None
    """What the field held; for a removed theme, the theme."""
    new: Any = None
    """What the field holds; for an added theme, the theme."""


def compare(old: Codebook, new: Codebook) -> list[Difference]:
    """Return what differs, theme by theme in the order of the later codebook, removed ones last."""
    differences: list[Difference] = []
    for theme in new:
        if theme.id in old:
            differences += _of(old.by_id[theme.id], theme)
        else:
            differences.append(Difference(theme.id, "added", new=theme))
    removed = (theme for theme in old if theme.id not in new)
    return differences + [Difference(theme.id, "removed", old=theme) for theme in removed]


def compare_texts(old: Codebook, new: Codebook) -> Iterator[tuple[str, str, str]]:
    """Yield which texts of the codebook itself differ: `title` or `note`, the earlier text, the later."""
    for name, old_text, new_text in (("title", old.title, new.title), ("note", old.note, new.note)):
        if old_text != new_text:
            yield name, old_text, new_text


def _of(old: Theme, new: Theme) -> Iterator[Difference]:
    for name in _FIELDS:
        if getattr(old, name) != getattr(new, name):
            yield Difference(new.id, "changed", name, getattr(old, name), getattr(new, name))


class Conflict(NamedTuple):
    """A difference that cannot be taken back, because something later stands on it."""

    theme_id: str
    field: str
    """Empty if the theme itself is in the way."""


def take_back(current: Codebook, old: Codebook, new: Codebook) -> tuple[Codebook, list[Conflict]]:
    """Undo, in the current codebook, what led from an old version to a new one.

    Returns:
        The codebook without it; and the differences that could not be taken back.

    What later versions changed elsewhere stays. Of a theme that was added, later labels and definitions
    do not count: they go with it.
    """
    conflicts: list[Conflict] = []
    reverted = current
    for difference in compare(old, new):
        theme_id = difference.theme_id
        theme = reverted.by_id.get(theme_id)
        if difference.kind == "added":
            reverted, against = _without(reverted, difference.new)
        elif difference.kind == "removed":
            against = [] if theme is None else [Conflict(theme_id, "")]
            reverted = reverted if against else put_back(reverted, difference.old, old)
        elif theme is None or getattr(theme, difference.field) != difference.new:
            against = [Conflict(theme_id, difference.field)]
        else:
            against = []
            reverted = _replaced(reverted, replace(theme, **{difference.field: difference.old}))
        conflicts += against
    conflicts += [
        Conflict(theme.id, "parent") for theme in reverted if theme.parent and theme.parent not in reverted
    ]
    title = old.title if current.title == new.title else current.title
    note = old.note if current.note == new.note else current.note
    return Codebook(reverted.themes, title, note), conflicts


def _without(codebook: Codebook, added: Theme) -> tuple[Codebook, list[Conflict]]:
    theme = codebook.by_id.get(added.id)
    if theme is None or theme.status != added.status:
        return codebook, [Conflict(added.id, "status")]
    return replace(codebook, themes=tuple(theme for theme in codebook if theme.id != added.id)), []


def put_back(codebook: Codebook, theme: Theme, order: Codebook) -> Codebook:
    """Return a codebook with a theme put back, below the nearest theme above it in another codebook."""
    ranks = {ordered.id: rank for rank, ordered in enumerate(order)}
    earlier = [i for i, t in enumerate(codebook) if ranks.get(t.id, len(ranks)) < ranks[theme.id]]
    position = earlier[-1] + 1 if earlier else 0
    return replace(codebook, themes=(*codebook.themes[:position], theme, *codebook.themes[position:]))


def _replaced(codebook: Codebook, theme: Theme) -> Codebook:
    return replace(codebook, themes=tuple(theme if t.id == theme.id else t for t in codebook))


WordChange = tuple[Literal["same", "out", "in"], str]
"""Words that both texts have, that are taken out, or that come in."""


def word_changes(old_text: str, new_text: str) -> tuple[WordChange, ...]:
    """Return how one text becomes another, word by word."""
    old, new = old_text.split(), new_text.split()
    changes: list[WordChange] = []
    for tag, start, end, new_start, new_end in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        if tag == "equal":
            changes.append(("same", " ".join(old[start:end])))
            continue
        if end > start:
            changes.append(("out", " ".join(old[start:end])))
        if new_end > new_start:
            changes.append(("in", " ".join(new[new_start:new_end])))
    return tuple(changes)
