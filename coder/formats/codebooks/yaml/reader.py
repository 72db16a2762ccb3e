"""Read the text of a codebook into themes, remembering where each of their fields stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.codebook import Theme
from coder.domain.near_names import nearest
from coder.domain.theme_fields import THEME_FIELDS
from coder.domain.theme_ids import as_id
from coder.formats.codebooks.field_texts import meanings_of
from coder.formats.codebooks.placed_themes import CodebookFault, Place, PlacedTheme, with_nets_not_codable
from coder.formats.codebooks.yaml.aliases import alias_growth
from coder.formats.shared.conflict_marks import HOW_TO_MEND, conflict_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ruamel.yaml.nodes import Node

    from coder.domain.theme_fields import ThemeField

THEME_KEYS = tuple(field.name for field in THEME_FIELDS)
"""The keys of a theme, in the order they are written."""
TOP_KEYS = ("title", "note", "themes")

_SHAPES = {
    "themes": "themes:, then one theme a block, each starting with '- id: short-name'",
    **{field.name: field.sample for field in THEME_FIELDS},
}
_MOST_GROWTH = 100_000
"""Nodes that aliases may stand for; a list of fifty keywords in a thousand themes has half."""
_OF_IDS = ("id", "parent")
_FLAGS = {"true": True, "false": False}


class _Entry(NamedTuple):
    place: Place
    """Of the key."""
    node: Node


@dataclass(slots=True)
class CodebookReader:
    """Turns the text of a codebook into themes and gathers each fault of form on the way."""

    title: str = ""
    note: str = ""
    themes: list[PlacedTheme] = field(default_factory=list)
    faults: list[CodebookFault] = field(default_factory=list)

    def read(self, text: str) -> None:
        """Read a whole codebook; what cannot be understood becomes a fault and is left out."""
        if conflict := conflict_in(text):
            self._fault(Place(conflict.first_line, 1), conflict.message, HOW_TO_MEND)
            return
        root = _compose(text)
        if isinstance(root, CodebookFault):
            self.faults.append(root)
            return
        entries = self._entries(root, TOP_KEYS, "codebook", f"Write {_SHAPES['themes']}.")
        self.title = self._text(entries, "title")
        self.note = self._text(entries, "note")
        for block in self._items(entries, "themes"):
            self._theme(block)
        if "themes" not in entries and not self.faults:
            self._fault(Place(1, 1), "The codebook has no themes.", f"Write {_SHAPES['themes']}.")
        self.themes = with_nets_not_codable(self.themes)

    def _fault(self, place: Place, message: str, hint: str) -> None:
        self.faults.append(CodebookFault(place, message, hint))

    def _entries(self, node: Node, known: Sequence[str], what: str, shape: str) -> dict[str, _Entry]:
        """Return a mapping's values by key, without those that are unknown, repeated or left empty."""
        if _kind(node) != "mapping":
            self._fault(_place(node), f"A {what} cannot be a {_kind(node)}.", shape)
            return {}
        entries: dict[str, _Entry] = {}
        for key_node, value_node in node.value:
            key, place = str(key_node.value), _place(key_node)
            if key not in known:
                hint = nearest(key, known) or f"Its keys are {', '.join(known)}."
                self._fault(place, f"A {what} has no key '{key}'.", hint)
            elif key in entries:
                first_line = entries[key].place.line
                self._fault(
                    place, f"'{key}' is given twice.", f"Keep one; the first is on line {first_line}."
                )
            else:
                entries[key] = _Entry(place, value_node)
        return entries

    def _theme(self, node: Node) -> None:
        entries = self._entries(node, THEME_KEYS, "theme", "Write '- id: name', then 'label: Name'.")
        if not entries:
            return
        key_places = {"": _place(node)} | {key: entry.place for key, entry in entries.items()}
        theme = Theme(**{field.name: self._field(entries, field) for field in THEME_FIELDS})
        self.themes.append(PlacedTheme(theme, key_places))

    def _field(self, entries: Mapping[str, _Entry], field: ThemeField) -> Any:
        """Return what a theme's entries say of a field."""
        if field.is_list:
            return self._texts(entries, field.name)
        if field.kind in ("choice", "flag"):
            return self._choice(entries, field.name, meanings_of(field, _FLAGS))
        text = self._text(entries, field.name)
        return (as_id(text) if field.name in _OF_IDS else text) or field.default

    def _text(self, entries: Mapping[str, _Entry], key: str) -> str:
        """Return a scalar as it is written: `label: 2023` is the text "2023"."""
        entry = entries.get(key)
        if entry is None or _is_null(entry.node):
            return ""
        if _kind(entry.node) != "text":
            message = f"'{key}' must be a text, not a {_kind(entry.node)}."
            self._fault(entry.place, message, f"Write '{key}: some text', in quotes if it has brackets.")
            return ""
        return str(entry.node.value)

    def _items(self, entries: Mapping[str, _Entry], key: str) -> list[Node]:
        entry = entries.get(key)
        if entry is None or _is_null(entry.node):
            return []
        if _kind(entry.node) != "list":
            message = f"'{key}' must be a list, not a {_kind(entry.node)}."
            self._fault(entry.place, message, f"Write {_SHAPES[key]}.")
            return []
        return list(entry.node.value)

    def _texts(self, entries: Mapping[str, _Entry], key: str) -> tuple[str, ...]:
        texts = []
        for number, node in enumerate(self._items(entries, key), start=1):
            if _kind(node) != "text":
                message = f"Item {number} of '{key}' must be a text, not a {_kind(node)}."
                self._fault(_place(node), message, "Put it in quotes.")
            elif _is_null(node) or not node.value.strip():
                self._fault(
                    entries[key].place, f"Item {number} of '{key}' is empty.", "Write it or delete it."
                )
            else:
                texts.append(str(node.value))
        return tuple(texts)

    def _choice(self, entries: Mapping[str, _Entry], key: str, choices: Mapping[str, Any]) -> Any:
        word = self._text(entries, key)
        if word not in choices:
            hint = f"Write {' or '.join(f'{key}: {choice}' for choice in choices if choice)}."
            self._fault(entries[key].place, f"'{key}' cannot be '{word}'.", hint)
        return choices.get(word, choices[""])


def _compose(text: str) -> Node | CodebookFault:
    """Return the root of the YAML, or the fault for which there is none."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.reader import ReaderError

    try:
        root: Node | None = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        return _syntax_fault(error)
    except ReaderError as error:
        before = text[: error.position]
        place = Place(before.count("\n") + 1, error.position - before.rfind("\n"))
        return CodebookFault(
            place, f"The character {text[error.position]!r} cannot stand in YAML.", "Delete it."
        )
    except RecursionError:
        return CodebookFault(
            Place(1, 1), "Brackets are nested too deeply for a codebook.", "Is it the right file?"
        )
    if root is None:
        return CodebookFault(Place(1, 1), "The codebook is empty.", f"Write {_SHAPES['themes']}.")
    if alias_growth(root) > _MOST_GROWTH:
        message = "Its aliases (*name) stand for too much: written out, the codebook would be too large."
        return CodebookFault(_place(root), message, "Write out what they stand for, where it is needed.")
    return root


def _syntax_fault(error: Any) -> CodebookFault:
    mark = error.problem_mark or error.context_mark
    context = f" {error.context}" if error.context else ""
    hint = "Check indents, colons, quotes and brackets; text that holds ': ' or ' #' needs quotes."
    return CodebookFault(
        Place(mark.line + 1, mark.column + 1), f"This is not YAML{context}: {error.problem}.", hint
    )


def _kind(node: Node) -> str:
    from ruamel.yaml.nodes import ScalarNode, SequenceNode

    if isinstance(node, ScalarNode):
        return "text"
    return "list" if isinstance(node, SequenceNode) else "mapping"


def _is_null(node: Node) -> bool:
    return _kind(node) == "text" and str(node.tag).endswith(":null")


def _place(node: Node) -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)
