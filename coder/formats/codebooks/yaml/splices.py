"""Give keys of a codebook other values by splices of its text; no other line is touched."""

from __future__ import annotations

import textwrap
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from coder.formats.codebooks.yaml.layout import Stretch, line_end
from coder.formats.codebooks.yaml.yaml_text import Value, write_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ruamel.yaml.nodes import Node


class Splice(NamedTuple):
    """The characters [start, end) and what stands there instead."""

    start: int
    end: int
    text: str


def spliced(text: str, start: int, end: int, splices: Iterable[Splice]) -> str:
    """Return the characters [start, end) of a text with those of the splices that lie in them."""
    pieces = []
    for splice in sorted(splices, key=lambda splice: splice[:2]):
        if start <= splice.start and splice.end <= end:
            pieces += [text[start : splice.start], splice.text]
            start = splice.end
    return "".join([*pieces, text[start:end]])


def break_of(text: str) -> str:
    """Return what ends the lines of a text."""
    return "\r\n" if "\r\n" in text else "\n"


def indented(text: str, lines: str, column: int) -> str:
    """Return lines moved right to a column, with the line ends of a text."""
    return textwrap.indent(lines, " " * column).replace("\n", break_of(text))


def key_splices(
    text: str, keys: Mapping[str, Stretch], order: Sequence[str], changes: Mapping[str, Value | None]
) -> Iterator[Splice]:
    """Yield the splices that give keys other values; a key whose value is None is taken out.

    Args:
        text: The whole text.
        keys: Where the keys of one theme, or those at the top, stand.
        order: The keys in the order they are written, which places new ones.
        changes: The new values, in that order.
    """
    stay = {key: keys[key] for key in order if key in keys and changes.get(key, "") is not None}
    for key, new_value in changes.items():
        if new_value is None:
            if key in keys:
                yield _without(text, keys[key])
        elif key not in keys:
            above = [stay[above_key] for above_key in order[: order.index(key)] if above_key in stay]
            yield _put_in(text, write_fields({key: new_value}), above[-1:], stay)
        elif (items := _items(text, keys[key])) and not isinstance(new_value, (str, bool)):
            yield from _item_splices(text, items, new_value)
        else:
            yield with_lines(text, keys[key], write_fields({key: new_value}))


def with_lines(text: str, stretch: Stretch, lines: str) -> Splice:
    """Return the splice that puts lines in the place of a stretch; a comment behind it stays."""
    first_line, *further_lines = indented(text, lines, stretch.column).lstrip().split("\n")
    if not further_lines:
        return Splice(stretch.start, stretch.end, first_line)
    # Below the last line of a folded text the comment would be read as part of it.
    end = line_end(text, stretch.end)
    comment = text[stretch.end : end]
    return Splice(stretch.start, end, "\n".join([_before_break(first_line, comment), *further_lines]))


def _before_break(line: str, comment: str) -> str:
    content = line.rstrip("\r")
    return content + comment + line[len(content) :]


def _put_in(text: str, lines: str, above: Sequence[Stretch], keys: Mapping[str, Stretch]) -> Splice:
    """Return the splice that puts lines in below the stretch above, or on top of all keys."""
    if above:
        at = line_end(text, above[0].end)
        return Splice(at, at, break_of(text) + indented(text, lines, above[0].column))
    top = min(keys.values())
    at = top.start - top.column
    return Splice(at, at, indented(text, lines + "\n", top.column))


def _without(text: str, stretch: Stretch) -> Splice:
    """Return the splice that takes out the lines of a stretch."""
    end = line_end(text, stretch.end)
    if stretch.column:
        return Splice(_line_above(text, stretch.start), end, "")
    # A key at the top of the file has no line above it whose line end could go.
    return Splice(stretch.start, text.find("\n", end) + 1 or len(text), "")


def _line_above(text: str, position: int) -> int:
    """Return where the line above that of a position ends."""
    start = text.rfind("\n", 0, position)
    return start - 1 if start > 0 and text[start - 1] == "\r" else start


def _items(text: str, stretch: Stretch) -> list[Node]:
    """Return the items of a list if each stands behind a dash on a line of its own."""
    from ruamel.yaml.nodes import SequenceNode

    list_node = stretch.node
    if not isinstance(list_node, SequenceNode) or list_node.flow_style:
        return []
    starts = [item_node.start_mark.index for item_node in list_node.value]
    # An alias has the place of what it stands for, which is further up.
    is_plain = starts == sorted(set(starts)) and all(
        stretch.start < start < stretch.end and text[_line_above(text, start) : start].strip() == "-"
        for start in starts
    )
    return list(list_node.value) if is_plain else []


def _item_splices(text: str, item_nodes: Sequence[Node], values: Sequence[str]) -> Iterator[Splice]:
    """Yield the splices that turn the items of a list into others, keeping the lines of those that stay."""
    tops = [_line_above(text, item_node.start_mark.index) for item_node in item_nodes]
    ends = [line_end(text, _end(text, item_node)) for item_node in item_nodes]
    before_item = text[tops[0] : text.index("-", tops[0])]
    matcher = SequenceMatcher(
        None, [item_node.value for item_node in item_nodes], list(values), autojunk=False
    )
    for tag, old, old_stop, new, new_stop in matcher.get_opcodes():
        if tag == "equal":
            continue
        # `examples` is a list that is written as a block.
        _, *lines = write_fields({"examples": values[new:new_stop]}).split("\n")
        start = tops[old] if old < old_stop or not old else ends[old - 1]
        end = ends[old_stop - 1] if old < old_stop else start
        yield Splice(start, end, "".join(before_item + line.lstrip() for line in lines))


def _end(text: str, node: Node) -> int:
    """Return where an item ends, without the line ends that a block of text takes in."""
    start: int = node.start_mark.index
    return start + len(text[start : node.end_mark.index].rstrip())
