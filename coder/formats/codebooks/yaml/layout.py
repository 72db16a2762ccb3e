"""Find where the title, the note, the themes and their keys stand in the text of a codebook."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.theme_ids import as_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ruamel.yaml.nodes import MappingNode, Node

_COMMENTS = re.compile(r"(?:^[ \t]*#.*\n)*\Z", re.MULTILINE)
"""The comment lines with which a part of a text ends."""
_ALIAS = re.compile(r"\*[^\s,\[\]{}]+")


class Stretch(NamedTuple):
    """The characters [start, end) of a key with its value."""

    start: int
    end: int
    column: int
    """Of the key, from 0."""
    node: Node
    """The value."""


@dataclass(frozen=True, slots=True)
class Block:
    """The characters [start, end) of a theme's lines, without the last line end, and where its keys stand.

    The lines begin with the comments directly above the theme's dash, and end with those directly
    below its last key that are indented as its keys are.
    """

    start: int
    end: int
    dash: int
    """The column of its dash, from 0."""
    braces: Stretch | None
    """The whole theme, if it is written as `{id: a, label: A}`."""
    keys: Mapping[str, Stretch]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a codebook stand in its text."""

    keys: Mapping[str, Stretch]
    """Title, note and themes, where there are any."""
    head: int
    """The end of the line after which the themes begin."""
    blocks: Mapping[str, Block]
    """By the theme's id, in the file's order."""
    has_brackets: bool
    """Whether the codebook, or a list of themes that is not empty, is written in brackets."""


def locate(text: str) -> Layout:
    """Return where the parts of a codebook without faults stand."""
    from ruamel.yaml import YAML
    from ruamel.yaml.nodes import SequenceNode

    root: MappingNode = YAML(typ="safe", pure=True).compose(text)
    keys = {key.value: _stretch(text, key, value) for key, value in root.value}
    themes = keys["themes"].node
    nodes = themes.value if isinstance(themes, SequenceNode) else []
    has_brackets = bool(root.flow_style or (isinstance(themes, SequenceNode) and nodes and themes.flow_style))
    head = line_end(text, keys["themes"].start if nodes else keys["themes"].end)
    blocks: dict[str, Block] = {}
    floor = head
    for node in [] if has_brackets else nodes:
        block = _block(text, node, themes.start_mark.column, floor)
        blocks[as_id(next(value.value for key, value in node.value if key.value == "id"))] = block
        floor = block.end
    return Layout(keys, head, blocks, has_brackets)


def line_end(text: str, position: int) -> int:
    """Return where the line of a position ends, before its line end."""
    end = text.find("\n", position)
    if end == -1:
        return len(text)
    return end - 1 if end > position and text[end - 1] == "\r" else end


def _block(text: str, node: MappingNode, dash: int, floor: int) -> Block:
    """Return the lines of a theme.

    Args:
        text: The whole text.
        node: The theme.
        dash: The column of its dash.
        floor: Where the last line that belongs to something else ends.
    """
    column = node.start_mark.column
    keys = {key.value: _stretch(text, key, value) for key, value in node.value}
    start, stop = node.start_mark.index, node.end_mark.index
    braces = Stretch(start, stop, column, node) if node.flow_style else None
    end = line_end(text, stop if braces else max(stretch.end for stretch in keys.values()))
    comments_below = re.compile(rf"(?:\r?\n {{{column},}}#[^\r\n]*)*").finditer(text, end)
    *_, top = re.compile(rf"^ {{{dash}}}-(?=\s)", re.MULTILINE).finditer(text, floor, start)
    above = _COMMENTS.finditer(text, floor, top.start())
    return Block(next(above).start(), next(comments_below).end(), dash, braces, keys)


def _stretch(text: str, key: Node, value_node: Node) -> Stretch:
    """Return where a key and its value stand, without the blank lines and lesser comments below."""
    start, column = key.start_mark.index, key.start_mark.column
    if value_node.start_mark.index < start:
        # An alias is read as the value it stands for, which has its place further up.
        alias = _ALIAS.search(text, key.end_mark.index)
        return Stretch(start, alias.end() if alias else key.end_mark.index, column, value_node)
    if value_node.start_mark.index == value_node.end_mark.index:
        return Stretch(start, text.index(":", key.end_mark.index) + 1, column, value_node)
    lines = text[start : value_node.end_mark.index].split("\n")
    while len(lines) > 1 and _is_below(lines[-1], column):
        lines.pop()
    return Stretch(start, start + len("\n".join(lines).rstrip()), column, value_node)


def _is_below(line: str, column: int) -> bool:
    """Tell whether a line is blank, or a comment that is not indented deeper than the column."""
    content = line.strip()
    return not content or (content.startswith("#") and line.index("#") <= column)
