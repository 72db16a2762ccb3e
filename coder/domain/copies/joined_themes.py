"""One codebook of several that were made from one, theme by theme and field by field."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from coder.domain.codebook import Codebook, Theme
from coder.domain.label_positions import LabelPositions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NAMES = tuple(field.name for field in fields(Theme) if field.name != "id")


class Clash(NamedTuple):
    """A field that several versions say in different ways."""

    theme_id: str
    """Empty for the title or note of the codebook itself."""
    field: str
    choices: tuple[tuple[str, Any], ...]
    """The names of the versions with what each says, in their order."""
    in_use: Any
    """What stands until somebody decides: what all of them were made from, if there is such."""


class Joined(NamedTuple):
    """A codebook of several, and what is otherwise than anybody wrote, so that it is a sound one."""

    codebook: Codebook
    repairs: tuple[Clash, ...] = ()


class JoinedFields(Protocol):
    """What versions wrote. A field is a theme's id with its name; no name: whether there is the theme."""

    def latest(self, key: tuple[str, str]) -> list[tuple[str, Any]]:
        """Return the names of the versions that wrote a field last, and what they wrote, in order."""

    def common(self, key: tuple[str, str]) -> Codebook | None:
        """Return the codebook that all who wrote a field last had; None if they had none in common."""

    def written_beside(self, theme_id: str) -> bool:
        """Tell whether somebody wrote a field of a theme without knowing that it was taken out."""


def joined_codebook(ends: Sequence[Codebook], written: JoinedFields) -> Joined:
    """Return the codebook that follows from several.

    Args:
        ends: The codebooks, in the order of their versions.
        written: Who wrote which field last.
    """
    title, note = (_field(written, "", name) for name in ("title", "note"))
    themes = [theme for theme_id in _order(ends) if (theme := _theme(ends, written, theme_id)) is not None]
    repairs: list[Clash] = []
    sound = list(_sound(themes, written, repairs))
    return Joined(Codebook(tuple(sound), title, note), tuple(repairs))


def _order(ends: Sequence[Codebook]) -> list[str]:
    """Return the ids of all themes: the last codebook's, and the others behind what they stood behind."""
    order = [theme.id for theme in ends[-1]]
    for codebook in reversed(ends[:-1]):
        place = 0
        listed = dict.fromkeys(order)
        for theme in codebook:
            if theme.id in listed:
                place = order.index(theme.id) + 1
            else:
                order.insert(place, theme.id)
                listed[theme.id] = None
                place += 1
    return order


def _theme(ends: Sequence[Codebook], written: JoinedFields, theme_id: str) -> Theme | None:
    having = [codebook.by_id[theme_id] for codebook in ends if theme_id in codebook]
    is_removed = False
    if len(having) < len(ends):
        exists = [exists for _, exists in written.latest((theme_id, ""))]
        is_removed = not all(exists)
        if is_removed and not any(exists) and not written.written_beside(theme_id):
            return None
    if len(having) == len(ends) and all(theme == having[0] for theme in having):
        return having[0]
    contents = {name: _field(written, theme_id, name) for name in _NAMES}
    theme = Theme(theme_id, **contents)
    return replace(theme, status="retired") if is_removed else theme


def _field(written: JoinedFields, theme_id: str, name: str) -> Any:
    """Return what a field holds: what was written last; of several what all of them began with."""
    contents = [content for _, content in written.latest((theme_id, name))]
    if all(content == contents[0] for content in contents):
        return contents[0]
    common = written.common((theme_id, name))
    holder: Any = common if not theme_id or common is None else common.by_id.get(theme_id)
    return contents[0] if holder is None else getattr(holder, name)


def _sound(themes: list[Theme], written: JoinedFields, repairs: list[Clash]) -> Iterator[Theme]:
    """Yield the themes as a codebook may have them: nets that are there and in use, labels and guids once."""
    by_id = {theme.id: theme for theme in themes}
    for theme in themes:
        if theme.parent is not None and (theme.parent not in by_id or _is_circle(theme, by_id)):
            by_id[theme.id] = _unplaced(theme, written, repairs)
    for theme in reversed(themes):
        # A net in which something is in use is in use, whoever retired it.
        current = by_id[theme.id]
        while current.status == "active" and current.parent is not None:
            above = by_id[current.parent]
            if above.status == "retired":
                repairs.append(
                    Clash(above.id, "status", tuple(written.latest((above.id, "status"))), "active")
                )
                by_id[above.id] = above = replace(above, status="active")
            current = above
    labels, guids = LabelPositions(), set[str]()
    for position, theme in enumerate(themes):
        named = _named_apart(by_id[theme.id], labels, written, repairs)
        if named.status == "active":
            labels.add(named.label, named.questions, position)
        is_new_guid = not named.guid or named.guid not in guids
        guids.add(named.guid)
        yield named if is_new_guid else replace(named, guid="")


def _is_circle(theme: Theme, by_id: dict[str, Theme]) -> bool:
    walked = {theme.id}
    above = by_id.get(theme.parent or "")
    while above is not None:
        if above.id in walked:
            return above.id == theme.id
        walked.add(above.id)
        above = by_id.get(above.parent or "")
    return False


def _unplaced(theme: Theme, written: JoinedFields, repairs: list[Clash]) -> Theme:
    """Return a theme under no net: the one it was put under is gone, or lies under it itself."""
    repairs.append(Clash(theme.id, "parent", tuple(written.latest((theme.id, "parent"))), None))
    return replace(theme, parent=None)


def _named_apart(theme: Theme, labels: LabelPositions, written: JoinedFields, repairs: list[Clash]) -> Theme:
    """Return a theme with a label that no other theme in use has for one of its questions."""
    if theme.status == "retired" or labels.beside(theme.label, theme.questions) is None:
        return theme
    number = 2
    while labels.beside(f"{theme.label} ({number})", theme.questions) is not None:
        number += 1
    label = f"{theme.label} ({number})"
    repairs.append(Clash(theme.id, "label", tuple(written.latest((theme.id, "label"))), label))
    return replace(theme, label=label)
