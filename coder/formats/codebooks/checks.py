"""What must hold between the themes of a codebook, wherever they were read from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coder.domain.codebook import Theme, nearest
from coder.formats.codebooks.guids import canonical
from coder.formats.codebooks.yaml.reader import Fault, PlacedTheme, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ID = re.compile(r"[\w.-]+")
"""The form of an id."""


def check_themes(themes: Sequence[PlacedTheme], unit: str = "line") -> list[Fault]:
    """Return the faults of ids, labels, parents and guids, in the order of the file.

    Args:
        themes: The themes in the file's order.
        unit: What the first number of a place counts: `line`, or `row` for a table.
    """
    faults = [
        *_id_faults(themes, unit),
        *_label_faults(themes, unit),
        *_parent_faults(themes),
        *_circle_faults(themes),
        *_guid_faults(themes, unit),
    ]
    return sorted(faults, key=lambda fault: (fault.line, fault.column))


def _id_faults(themes: Sequence[PlacedTheme], unit: str) -> Iterator[Fault]:
    first: dict[str, PlacedTheme] = {}
    for placed in themes:
        name = placed.theme.id
        if not name.strip():
            yield placed.fault("id", "The theme has no id.", f"Write id: {slug(placed.theme.label)}.")
        elif not ID.fullmatch(name):
            message = f"The id '{name}' has characters other than letters, digits, '-', '_' and '.'."
            yield placed.fault("id", message, f"Write id: {slug(name)}.")
        elif (other := first.setdefault(name.casefold(), placed)) is not placed:
            where = other.places[""].line
            as_here = f" as '{other.theme.id}'" if other.theme.id != name else ""
            hint = "Give one of the two another id; upper and lower case count as the same."
            yield placed.fault("id", f"The id '{name}' is already on {unit} {where}{as_here}.", hint)


def _label_faults(themes: Sequence[PlacedTheme], unit: str) -> Iterator[Fault]:
    seen: dict[str, list[PlacedTheme]] = {}
    for placed in themes:
        theme = placed.theme
        if not theme.label.strip():
            name = f" '{theme.id}'" if theme.id else ""
            yield placed.fault(
                "label", f"The theme{name} has no label.", "Write label: and its name in tables."
            )
            continue
        # What was merged into a theme may have had its label.
        if theme.status == "retired":
            continue
        namesakes = seen.setdefault(fold_label(theme.label), [])
        for other in namesakes:
            if share_a_question(theme, other.theme):
                where = f"{unit} {other.places[''].line} ({other.theme.id})"
                message = f"The label '{theme.label}' is already on {where} for the same question."
                yield placed.fault("label", message, "Change a label, or the questions it is for.")
                break
        namesakes.append(placed)


def fold_label(label: str) -> str:
    """Return what two labels have in common that count as the same."""
    return " ".join(label.casefold().split())


def share_a_question(one: Theme, other: Theme) -> bool:
    """Tell whether two themes are offered side by side for some question."""
    return not one.questions or not other.questions or not set(one.questions).isdisjoint(other.questions)


def _parent_faults(themes: Sequence[PlacedTheme]) -> Iterator[Fault]:
    by_id = {placed.theme.id: placed.theme for placed in themes}
    for placed in themes:
        theme = placed.theme
        if theme.parent is None:
            continue
        parent = by_id.get(theme.parent)
        if parent is None:
            hint = nearest(theme.parent, by_id) or "Add a theme with this id, or delete the line."
            yield placed.fault("parent", f"The parent '{theme.parent}' is no theme's id.", hint)
        elif parent.status == "retired" and theme.status == "active":
            message = f"The parent '{parent.id}' is retired, '{theme.id}' under it is not."
            yield placed.fault("parent", message, "Move the theme to another parent, or retire it too.")


def _circle_faults(themes: Sequence[PlacedTheme]) -> Iterator[Fault]:
    """Report each circle once, at its first theme."""
    parents = {placed.theme.id: placed.theme.parent for placed in themes}
    reported: set[str] = set()
    for placed in themes:
        circle = _circle(placed.theme.id, parents)
        if circle and reported.isdisjoint(circle):
            reported.update(circle)
            way = " > ".join([*circle, circle[0]])
            yield placed.fault(
                "parent", f"The parents go round in a circle: {way}.", "Take one of these parents out."
            )


def _circle(theme_id: str, parents: Mapping[str, str | None]) -> list[str]:
    """Return the way from a theme up to itself, or nothing if it does not lead back."""
    way = [theme_id]
    while (above := parents.get(way[-1])) is not None and above not in way:
        way.append(above)
    return way if above == theme_id else []


def _guid_faults(themes: Sequence[PlacedTheme], unit: str) -> Iterator[Fault]:
    first: dict[str, PlacedTheme] = {}
    for placed in themes:
        guid = placed.theme.guid
        if not guid:
            continue
        if canonical(guid) != guid:
            message = f"'{guid}' is no guid: 8-4-4-4-12 digits and letters a to f, in lower case."
            yield placed.fault("guid", message, _guid_hint(guid))
        elif (other := first.setdefault(guid, placed)) is not placed:
            message = f"The guid {guid} is already on {unit} {other.places[''].line} ('{other.theme.id}')."
            yield placed.fault("guid", message, "Delete the line on the theme that was copied.")


def _guid_hint(guid: str) -> str:
    if meant := canonical(guid):
        return f"Write guid: {meant}."
    return "Copy it anew from the other program's file, or delete the line."
