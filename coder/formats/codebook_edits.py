"""Edit a codebook's text in place: only the lines of the edited field change."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codebook import Theme, nearest
from coder.errors import CoderError
from coder.formats.codebook_files import parse_codebook
from coder.formats.codebook_nodes import THEME_KEYS
from coder.formats.codebook_writing import Value, write_fields, write_theme
from coder.formats.utf8_files import read_utf8

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ruamel.yaml.nodes import Node


class _Stretch(NamedTuple):
    """The characters [start, end) of a key with its value, and the column of the key, from 0."""

    start: int
    end: int
    column: int


class CodebookFile:
    """A codebook's text and what it says; edits keep comments, order, quotes and line ends.

    Args:
        text: The YAML; the attribute `text` holds it as edited.
        name: The file's name, for messages.

    Raises:
        CoderError: The text has faults.
    """

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.text = text
        self.codebook = parse_codebook(text, name)

    @classmethod
    def read(cls, path: Path) -> CodebookFile:
        """Read a codebook file; raise CoderError if it cannot be read or has faults."""
        return cls(read_utf8(path), path.name)

    def set_field(self, theme_id: str, key: str, value: Value | None) -> None:
        """Change a field of a theme; None or an empty value takes its key out.

        Raises:
            CoderError: There is no such theme or key, the edit would bring faults in, or the file's
                layout leaves no room for it (a theme in braces).
                The text is then as it was.
        """
        if key not in THEME_KEYS[1:]:
            msg = f"'{key}' is no field of a theme that can be changed."
            raise CoderError(msg, nearest(key, THEME_KEYS[1:]))
        if theme_id not in self.codebook:
            msg = f"{self.name} has no theme '{theme_id}'."
            raise CoderError(msg, nearest(theme_id, self.codebook.by_id))
        stretches = self._stretches(theme_id)
        wanted = None
        if value is None or value in ("", (), []):
            text = self._without(stretches[key]) if key in stretches else self.text
        else:
            text = self._with_value(stretches, key, value)
            wanted = value if isinstance(value, (str, bool)) else tuple(value)
        codebook = parse_codebook(text, self.name)
        if wanted is not None and getattr(codebook.by_id.get(theme_id), key, None) != wanted:
            message = f"The layout of '{theme_id}' in {self.name} leaves no room to change '{key}'."
            raise CoderError(message, "Write each of its keys on a line of its own, or edit it by hand.")
        self.text, self.codebook = text, codebook

    def add(self, theme: Theme) -> None:
        """Append a theme; raise CoderError, and leave the text as it was, if that would bring faults in."""
        if not self.codebook.themes:
            self._begin(theme)
            return
        last = max(self._stretches(self.codebook.themes[-1].id).values())
        lines = textwrap.dedent(write_theme(theme, is_net=False))
        text = self._with_lines(last, "\n" + lines, last.column - 2)
        self.codebook = parse_codebook(text, self.name)
        self.text = text

    def _begin(self, theme: Theme) -> None:
        """Put the first theme into a codebook whose list of themes is still empty."""
        block = write_theme(theme, is_net=False)
        text = re.sub(
            r"^themes:[^\n]*", lambda _: f"themes:\n{block.rstrip()}", self.text, count=1, flags=re.MULTILINE
        )
        self.codebook = parse_codebook(text, self.name)
        self.text = text

    def _with_value(self, stretches: Mapping[str, _Stretch], key: str, value: Value) -> str:
        """Return the text with another value for a key, put where keys of its kind stand if it is new."""
        lines = write_fields({key: value})
        if key not in stretches:
            above = [stretches[k] for k in THEME_KEYS[: THEME_KEYS.index(key)] if k in stretches][-1]
            return self._with_lines(above, lines, above.column)
        start, end, column = stretches[key]
        return self.text[:start] + self._indented(lines, column).lstrip() + self.text[end:]

    def _stretches(self, theme_id: str) -> dict[str, _Stretch]:
        """Return where each key of a theme stands, in the file's order."""
        from ruamel.yaml import YAML

        root = YAML(typ="safe", pure=True).compose(self.text)
        themes = next(value for key, value in root.value if key.value == "themes")
        blocks = ({key.value: (key, value) for key, value in block.value} for block in themes.value)
        block = next(block for block in blocks if block["id"][1].value == theme_id)
        return {name: _stretch(self.text, *pair) for name, pair in block.items()}

    def _indented(self, lines: str, column: int) -> str:
        """Return lines moved right to a column, with the file's line ends."""
        moved = textwrap.indent(lines, " " * column)
        return moved.replace("\n", "\r\n") if "\r\n" in self.text else moved

    def _with_lines(self, after: _Stretch, lines: str, column: int) -> str:
        """Return the text with lines put in below the line on which a stretch ends."""
        end = self.text.find("\n", after.end) + 1 or len(self.text)
        head = self.text[:end] if self.text[:end].endswith("\n") else self.text[:end] + "\n"
        return head + self._indented(lines + "\n", column) + self.text[end:]

    def _without(self, stretch: _Stretch) -> str:
        """Return the text without the lines of a stretch."""
        start = self.text.rfind("\n", 0, stretch.start) + 1
        end = self.text.find("\n", stretch.end) + 1 or len(self.text)
        return self.text[:start] + self.text[end:]


def _stretch(text: str, key: Node, value: Node) -> _Stretch:
    """Return where a key and its value stand, without the blank lines and lesser comments below."""
    start, column = key.start_mark.index, key.start_mark.column
    lines = text[start : value.end_mark.index].split("\n")
    while len(lines) > 1 and _is_below(lines[-1], column):
        lines.pop()
    return _Stretch(start, start + len("\n".join(lines).rstrip()), column)


def _is_below(line: str, column: int) -> bool:
    """Tell whether a line is blank, or a comment that is not indented deeper than the column."""
    words = line.strip()
    return not words or (words.startswith("#") and line.index("#") <= column)
