"""The survey platforms that are known: every module in `platforms`."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from coder.formats.surveys import platforms
from coder.formats.surveys.cell_values import squeeze

if TYPE_CHECKING:
    from coder.formats.surveys.platform import Heading, Platform, Rows

PLATFORMS: tuple[Platform, ...] = tuple(
    import_module(f"{platforms.__name__}.{module.name}").PLATFORM
    for module in iter_modules(platforms.__path__)
)


def read_heading(rows: Rows) -> Heading | None:
    """Return the heading of a known platform's export; None if the header rows are no platform's."""
    for platform in PLATFORMS:
        heading = platform.read_heading(rows)
        if heading:
            note = f"{platform.name} export: {heading.note}"
            return replace(heading, note=note, platform=platform.name)
    return None


def platform_of(heading: Heading) -> Platform | None:
    """Return whose export a file is, by its header or the names of its columns; None if nothing tells."""
    if heading.platform:
        return next(platform for platform in PLATFORMS if platform.name == heading.platform)
    spellings = [{squeeze(name), name.strip().casefold()} for name in heading.names]

    def hits(platform: Platform) -> tuple[int, int]:
        own = sum(bool(spelling & platform.own_columns) for spelling in spellings)
        ordinary = platform.ordinary_columns | platform.personal_columns | {*platform.respondent_columns}
        return own, own + sum(bool(spelling & ordinary - platform.own_columns) for spelling in spellings)

    def is_export(platform: Platform) -> bool:
        own, columns = hits(platform)
        return own > 0 and columns >= platform.fewest

    return max(filter(is_export, PLATFORMS), key=hits, default=None)


def is_own_column(squeezed: str) -> bool:
    """Tell whether a platform adds the column of this name by itself."""
    return any(squeezed in platform.own_columns for platform in PLATFORMS)


def respondent_columns() -> tuple[str, ...]:
    """Return what the platforms call the column that says who answered."""
    return tuple(name for platform in PLATFORMS for name in platform.respondent_columns)


def box_marks() -> tuple[str, ...]:
    """Return what stands before the number of a box in the platforms' names of columns."""
    return tuple(platform.box_mark for platform in PLATFORMS if platform.box_mark)


def text_suffixes() -> tuple[str, ...]:
    """Return how the platforms end the name of the text beside an option."""
    return tuple(platform.text_suffix for platform in PLATFORMS if platform.text_suffix)
