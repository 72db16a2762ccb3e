"""What the readers of a report see of a theme, whatever the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.theme_fields import THEME_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.codebook import Theme

_UNLABELLED = "definition"
"""The field that needs no label."""


class PrintedField(NamedTuple):
    """A field of a theme: either paragraphs or a list of texts."""

    label: str
    """Empty for the definition."""
    paragraphs: tuple[str, ...]
    texts: tuple[str, ...]


def theme_heading(theme: Theme) -> str:
    """Return a theme's label, and whether it is retired."""
    return f"{theme.label} (retired)" if theme.status == "retired" else theme.label


def printed_fields(theme: Theme) -> Iterator[PrintedField]:
    """Yield the fields of a theme that are printed and hold something."""
    for field in THEME_FIELDS:
        content = field.of(theme)
        if not field.is_printed or not content:
            continue
        label = "" if field.name == _UNLABELLED else field.label
        if field.kind == "texts":
            yield PrintedField(label, (), content)
        else:
            yield PrintedField(label, paragraphs_of(", ".join(content) if field.is_list else content), ())


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text, which blank lines part."""
    return tuple(filter(None, re.split(r"\n\s*\n", text.strip())))
