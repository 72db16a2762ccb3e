"""What must hold between the themes of a codebook: ids, labels, nets and guids."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.label_positions import LabelPositions
from coder.domain.near_names import fold_case, nearest
from coder.domain.theme_guids import canonical
from coder.domain.theme_ids import ID, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from coder.domain.codebook import Theme

PlaceName = Callable[[int], str]
"""Says where the theme of a position, from 0, stands: `line 12`."""

_MOST_NETS = 250


class BrokenRule(NamedTuple):
    """A rule that a theme breaks."""

    position: int
    """Of the theme, from 0."""
    field: str
    """The name of the field that is wrong."""
    message: str
    hint: str


def numbered(position: int) -> str:
    """Return where a theme stands that was read from no file: `theme 3`."""
    return f"theme {position + 1}"


def broken_rules(themes: Sequence[Theme], place_name: PlaceName = numbered) -> list[BrokenRule]:
    """Return what is wrong with the ids, labels, parents and guids of themes.

    Args:
        themes: The themes in the order of the file.
        place_name: How a message names the place of another theme.
    """
    return [
        *_ids(themes, place_name),
        *_labels(themes, place_name),
        *_parents(themes),
        *_circles(themes),
        *_depths(themes),
        *_guids(themes, place_name),
    ]


def _ids(themes: Sequence[Theme], place_name: PlaceName) -> Iterator[BrokenRule]:
    positions: dict[str, int] = {}
    for position, theme in enumerate(themes):
        if not theme.id.strip():
            yield BrokenRule(position, "id", "The theme has no id.", f"Write id: {slug(theme.label)}.")
        elif not ID.fullmatch(theme.id):
            message = f"The id '{theme.id}' has characters other than letters, digits, '-', '_' and '.'."
            yield BrokenRule(position, "id", message, f"Write id: {slug(theme.id)}.")
        elif (earlier := positions.setdefault(fold_case(theme.id), position)) != position:
            as_there = f" as '{themes[earlier].id}'" if themes[earlier].id != theme.id else ""
            message = f"The id '{theme.id}' is already on {place_name(earlier)}{as_there}."
            hint = "Give one of the two another id; upper and lower case count as the same."
            yield BrokenRule(position, "id", message, hint)


def _labels(themes: Sequence[Theme], place_name: PlaceName) -> Iterator[BrokenRule]:
    positions = LabelPositions()
    for position, theme in enumerate(themes):
        if not theme.label.strip():
            name = f" '{theme.id}'" if theme.id else ""
            hint = "Write label: and its name in tables."
            yield BrokenRule(position, "label", f"The theme{name} has no label.", hint)
            continue
        # What was merged into a theme may have had its label.
        if theme.status == "retired":
            continue
        beside = positions.beside(theme.label, theme.questions)
        if beside is not None:
            where = f"{place_name(beside)} ({themes[beside].id})"
            message = f"The label '{theme.label}' is already on {where} for the same question."
            yield BrokenRule(position, "label", message, "Change a label, or the questions it is for.")
        positions.add(theme.label, theme.questions, position)


def _parents(themes: Sequence[Theme]) -> Iterator[BrokenRule]:
    by_id = {theme.id: theme for theme in themes}
    for position, theme in enumerate(themes):
        if theme.parent is None:
            continue
        parent = by_id.get(theme.parent)
        if parent is None:
            hint = nearest(theme.parent, by_id) or "Add a theme with this id, or delete the line."
            yield BrokenRule(position, "parent", f"The parent '{theme.parent}' is no theme's id.", hint)
        elif parent.status == "retired" and theme.status == "active":
            message = f"The parent '{parent.id}' is retired, '{theme.id}' under it is not."
            hint = "Move the theme to another parent, or retire it too."
            yield BrokenRule(position, "parent", message, hint)


def _circles(themes: Sequence[Theme]) -> Iterator[BrokenRule]:
    """Yield each circle once, at its first theme."""
    parents = {theme.id: theme.parent for theme in themes}
    positions = {theme.id: position for position, theme in reversed(list(enumerate(themes)))}
    circles = sorted(_circle_ids(parents), key=lambda ids: min(positions[theme_id] for theme_id in ids))
    for ids in circles:
        position = min(positions[theme_id] for theme_id in ids)
        start = ids.index(themes[position].id)
        circle = [*ids[start:], *ids[:start]]
        message = f"The parents go round in a circle: {' > '.join([*circle, circle[0]])}."
        yield BrokenRule(position, "parent", message, "Take one of these parents out.")


def _circle_ids(parents: Mapping[str, str | None]) -> Iterator[list[str]]:
    """Yield the ids of each circle, each followed by its parent's; looks at each theme once."""
    visited: set[str] = set()
    for start in parents:
        # In the order of the walk.
        walked: dict[str, None] = {}
        theme_id: str | None = start
        while theme_id is not None and theme_id in parents and theme_id not in visited:
            visited.add(theme_id)
            walked[theme_id] = None
            theme_id = parents[theme_id]
        if theme_id is not None and theme_id in walked:
            ids = list(walked)
            yield ids[ids.index(theme_id) :]


def _depths(themes: Sequence[Theme]) -> Iterator[BrokenRule]:
    """Yield the first theme with more nets above it than any codebook has."""
    parents = {theme.id: theme.parent for theme in themes}
    # How many nets are above a theme; themes whose parents go round in a circle count as having none.
    depths: dict[str | None, int] = {None: -1}
    for position, theme in enumerate(themes):
        walked: dict[str | None, None] = {}
        theme_id: str | None = theme.id
        while theme_id not in depths and theme_id not in walked:
            walked[theme_id] = None
            theme_id = None if theme_id is None else parents.get(theme_id)
        if theme_id in walked:
            depths |= dict.fromkeys(walked, 0)
        else:
            above = depths[theme_id]
            depths |= {walked_id: above + number for number, walked_id in enumerate(reversed(walked), 1)}
        if depths[theme.id] > _MOST_NETS:
            message = f"'{theme.id}' has more than {_MOST_NETS} nets above it."
            yield BrokenRule(position, "parent", message, "No codebook is that deep: give it another parent.")
            return


def _guids(themes: Sequence[Theme], place_name: PlaceName) -> Iterator[BrokenRule]:
    positions: dict[str, int] = {}
    for position, theme in enumerate(themes):
        guid = theme.guid
        if not guid:
            continue
        if canonical(guid) != guid:
            message = f"'{guid}' is no guid: 8-4-4-4-12 digits and letters a to f, in lower case."
            yield BrokenRule(position, "guid", message, _guid_hint(guid))
        elif (earlier := positions.setdefault(guid, position)) != position:
            message = f"The guid {guid} is already on {place_name(earlier)} ('{themes[earlier].id}')."
            yield BrokenRule(position, "guid", message, "Delete the line on the theme that was copied.")


def _guid_hint(guid: str) -> str:
    if meant := canonical(guid):
        return f"Write guid: {meant}."
    return "Copy it anew from the other program's file, or delete the line."
