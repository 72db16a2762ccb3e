"""What a codebook's readers see of a theme, whatever the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.codebook import Theme


def theme_heading(theme: Theme) -> str:
    """Return a theme's label, and whether it is retired."""
    return f"{theme.label} (retired)" if theme.status == "retired" else theme.label


def theme_texts(theme: Theme) -> Iterator[tuple[str, str]]:
    """Yield what defines a theme, a paragraph each, with the label that stands before it or nothing."""
    for label, text in (("", theme.definition), ("Include: ", theme.include), ("Exclude: ", theme.exclude)):
        yield from labelled(label, text)


def labelled(label: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs of a text, the first with a label."""
    for part in filter(None, re.split(r"\n\s*\n", text.strip())):
        yield label, part
        label = ""
