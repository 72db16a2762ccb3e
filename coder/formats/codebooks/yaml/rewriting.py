"""Rewrite the text of a codebook so that it says another: fields in place, themes in their order."""

from __future__ import annotations

import re
import textwrap
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from coder.domain.theme_fields import THEME_FIELDS, fields_to_write
from coder.errors import CoderError
from coder.formats.codebooks.yaml.layout import Block, Layout, locate
from coder.formats.codebooks.yaml.reader import THEME_KEYS, TOP_KEYS
from coder.formats.codebooks.yaml.splices import Splice, break_of, indented, key_splices, spliced, with_lines
from coder.formats.codebooks.yaml.yaml_text import Value, write_theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.codebook import Codebook, Theme

_INDENT = 2
_ODD_LINE_END = re.compile(r"\r(?!\n)|[\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\A(?:[ \t]*\r?\n)+")


def rewrite(text: str, name: str, old: Codebook, new: Codebook) -> str:
    """Return the text of one codebook edited to say another; what both say stays as it is written.

    Args:
        text: The text that says `old`.
        name: The file's name, for messages.
        old: What the text says.
        new: What it has to say. Parse the result to see whether it does: odd layouts prevent it.

    Raises:
        CoderError: The themes stand in brackets, or a line ends as neither Unix's nor Windows' do.
    """
    if odd := _ODD_LINE_END.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        msg = f"{name}:{line}: The character {odd[0]!a} ends a line as no text editor does today."
        raise CoderError(msg, "Save the file with line ends of Unix or Windows; delete those that are left.")
    layout = locate(text)
    if layout.has_brackets:
        msg = f"The themes of {name} stand in brackets, which leave no room for changes."
        raise CoderError(msg, "Write each theme below '- id: name', each of its keys on a line of its own.")
    return _Rewriting(text, layout, old, new).text()


class _Rewriting:
    """Puts a text together from the parts of another that stay, those that change, and new ones.

    A theme that stays in its place keeps the lines between it and the theme above. One that goes takes
    them away if they are blank, and leaves them if comments stand in them.
    """

    def __init__(self, text: str, layout: Layout, old: Codebook, new: Codebook) -> None:
        self._text = text
        self._layout = layout
        self._old = old
        self._new = new

    def text(self) -> str:
        """Return the whole text."""
        head, blocks, themes = self._layout.head, self._layout.blocks, self._new.themes
        gaps, leftover = self._gaps()
        separator = self._separator()
        opening = leftover or break_of(self._text)
        if gaps:
            first_id = next(iter(gaps))
            opening, gaps[first_id] = gaps[first_id], separator
        splices = list(self._top_splices())
        pieces = [spliced(self._text, 0, head, splices)]
        for number, theme in enumerate(themes):
            pieces += [gaps.get(theme.id, separator) if number else opening, self._lines(theme)]
        if gaps or not themes:
            pieces.append(leftover.rstrip())
        floor = max((block.end for block in blocks.values()), default=head)
        return "".join([*pieces, spliced(self._text, floor, len(self._text), splices)])

    def _gaps(self) -> tuple[dict[str, str], str]:
        """Return what stands above each theme that stays in its place, and what is left below the last."""
        stay = _in_both([theme.id for theme in self._old], [theme.id for theme in self._new])
        gaps: dict[str, str] = {}
        leftover, floor = "", self._layout.head
        for theme_id, block in self._layout.blocks.items():
            gap = self._text[floor : block.start]
            if leftover:
                gap = leftover + _BLANK_LINES.sub("", gap)
            leftover, floor = "", block.end
            if theme_id in stay:
                gaps[theme_id] = gap
            elif not gaps or "#" in gap:
                leftover = gap
        return gaps, leftover

    def _separator(self) -> str:
        """Return the line end above a new theme, and a blank line if there are any between themes."""
        blocks = self._layout.blocks.values()
        gaps = [self._text[above.end : below.start] for above, below in pairwise(blocks)]
        is_spaced = not gaps or any(gap.count("\n") > 1 for gap in gaps)
        return break_of(self._text) * (2 if is_spaced else 1)

    def _lines(self, theme: Theme) -> str:
        """Return the lines of a theme, without the last line end."""
        block = self._layout.blocks.get(theme.id)
        if block:
            return spliced(self._text, block.start, block.end, self._theme_splices(block, theme))
        dashes = [other_block.dash for other_block in self._layout.blocks.values()]
        dash = dashes[0] if dashes else self._layout.keys["themes"].column + _INDENT
        return indented(self._text, self._written(theme), dash)

    def _written(self, theme: Theme) -> str:
        return textwrap.dedent(write_theme(theme, is_net=self._new.is_net(theme.id)))

    def _top_splices(self) -> Sequence[Splice]:
        """Return the edits of what is no theme."""
        keys = self._layout.keys
        changes = {
            key: getattr(self._new, key) or None
            for key in TOP_KEYS[:-1]
            if getattr(self._new, key) != getattr(self._old, key)
        }
        splices = list(key_splices(self._text, keys, TOP_KEYS, changes))
        if self._new.themes and not self._layout.blocks:
            splices.append(Splice(keys["themes"].start, keys["themes"].end, "themes:"))
        return splices

    def _theme_splices(self, block: Block, theme: Theme) -> Sequence[Splice]:
        """Return the edits of a theme that both codebooks have."""
        changes = self._changes(block, theme)
        if not changes or block.braces is None:
            return list(key_splices(self._text, block.keys, THEME_KEYS, changes))
        if "\n" in self._text[block.braces.start : block.braces.end]:
            return []
        keys = self._written(theme).removeprefix("- ").replace("\n" + " " * _INDENT, "\n")
        return [with_lines(self._text, block.braces, keys)]

    def _changes(self, block: Block, theme: Theme) -> dict[str, Value | None]:
        """Return the keys of a theme to write, and with None those to take out."""
        is_net = self._new.is_net(theme.id)
        said = {field.name: field.of(self._old.by_id[theme.id]) for field in THEME_FIELDS}
        if "codable" not in block.keys:
            # A net that does not say so is not codable; any other theme is.
            said["codable"] = not is_net
        needed = fields_to_write(theme, is_net=is_net)
        return {
            field.name: field.of(theme) if field in needed else None
            for field in THEME_FIELDS
            if field.of(theme) != said[field.name]
        }


def _in_both(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Return the ids that stand in both lists in the same order."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {theme_id for block in blocks for theme_id in old[block.a : block.a + block.size]}
