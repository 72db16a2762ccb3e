"""What screens and windows say of a theme, and a theme that is yet to be made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.theme_fields import THEME_FIELDS
from coder.text.inert import inert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.codebook import Codebook, Theme
    from coder.domain.theme_fields import ThemeField
    from coder.tui.kit.windows.window_values import StyledText

_FEW = 2
"""Texts of a list, such as examples, that a summary quotes."""


@dataclass(frozen=True, slots=True)
class NewTheme:
    """A theme to be made of what was typed."""

    label: str
    question_id: str | None
    """None: for every question."""


def theme_summary(theme: Theme) -> str:
    """Return a theme's definition and notes in a few lines."""
    lines: list[str] = []
    for field in THEME_FIELDS:
        content = field.of(theme)
        if field.is_printed and field.kind == "texts":
            lines += [f"“{text}”" for text in content[:_FEW]]
        elif field.is_printed and content:
            lines.append(content if field.name == "definition" else f"{field.heading}: {_text(field, theme)}")
    return "\n".join(lines)


def theme_details(
    theme: Theme, codebook: Codebook, counts: str, changes: Sequence[StyledText] = ()
) -> StyledText:
    """Return all that the codebook says of a theme, after what a revision changed."""
    pieces: list[str | tuple[str, str]] = [(inert(theme.label), "bold"), "\n"]
    net = f" · in the net {codebook.label(theme.parent)}" if theme.parent else ""
    pieces.append((inert(f"{theme.id}{net} · {counts}\n"), "dim"))
    for change in changes:
        pieces += ["\n", *change, "\n"]
    for field in THEME_FIELDS:
        if field.is_meaning and (text := _text(field, theme)):
            pieces += ["\n", (field.heading, "bold $text-accent"), "\n", inert(text), "\n"]
    return tuple(pieces)


def _text(field: ThemeField, theme: Theme) -> str:
    content = field.of(theme)
    if field.kind == "texts":
        return "\n".join(f"“{text}”" for text in content)
    return ", ".join(content) if field.is_list else str(content)
