"""What screens and windows say of a theme, and a theme that is yet to be made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from coder.text.inert import inert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.codebook import Codebook, Theme


@dataclass(frozen=True, slots=True)
class NewTheme:
    """A theme to be made of what was typed."""

    label: str
    question_id: str | None
    """None: for every question."""


def theme_summary(theme: Theme) -> str:
    """Return a theme's definition and notes in a few lines."""
    lines = [theme.definition]
    lines += [f"Include: {theme.include}"] if theme.include else []
    lines += [f"Leave out: {theme.exclude}"] if theme.exclude else []
    lines += [f"“{example}”" for example in theme.examples[:2]]
    return "\n".join(line for line in lines if line)


def theme_details(theme: Theme, codebook: Codebook, counts: str, changes: Sequence[Content] = ()) -> Content:
    """Return all that the codebook says of a theme, after what a revision changed."""
    parts: list[Content | str | tuple[str, str]] = [(inert(theme.label), "bold"), "\n"]
    net = f" · in the net {codebook.label(theme.parent)}" if theme.parent else ""
    parts.append((inert(f"{theme.id}{net} · {counts}\n"), "dim"))
    for change in changes:
        parts += ["\n", change, "\n"]
    sections = (
        ("What it is", theme.definition),
        ("Include", theme.include),
        ("Leave out", theme.exclude),
        ("Examples", "\n".join(f"“{example}”" for example in theme.examples)),
        ("Keywords", ", ".join(theme.keywords)),
    )
    for name, text in sections:
        if text:
            parts += ["\n", (name, "bold $text-accent"), "\n", inert(text), "\n"]
    return Content.assemble(*parts)
