"""A codebook as lines for a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.codebook import Codebook, Theme

_WIDTH = 100


def codebook_lines(codebook: Codebook) -> Iterator[str]:
    """Yield a codebook's themes with their definitions, each under its net."""
    yield from filter(None, (codebook.title, codebook.note))
    for theme in codebook:
        if theme.parent is None:
            yield from _theme_lines(codebook, theme, 0)


def _theme_lines(codebook: Codebook, theme: Theme, level: int) -> Iterator[str]:
    indent = "  " * level
    facts = [theme.id, *theme.questions]
    facts += ["net"] * codebook.is_net(theme.id) + ["retired"] * (theme.status == "retired")
    yield ""
    yield f"{indent}{theme.label} [{', '.join(facts)}]"
    yield from textwrap.wrap(
        theme.definition, _WIDTH, initial_indent=indent + "  ", subsequent_indent=indent + "  "
    )
    for child in codebook.children(theme.id):
        yield from _theme_lines(codebook, child, level + 1)
