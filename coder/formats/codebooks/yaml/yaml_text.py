"""Write themes as YAML that reads well and differs by the lines that changed."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from coder.domain.theme_fields import THEME_FIELDS, fields_to_write

if TYPE_CHECKING:
    from ruamel.yaml.comments import CommentedSeq

    from coder.domain.codebook import Codebook, Theme

Value = str | bool | Sequence[str]
"""What a key of a theme can hold."""

_WIDTH = 100
_UNBROKEN = 2**20
_FOLDED = {"note", *(field.name for field in THEME_FIELDS if field.kind == "paragraph")}
_FLOWING = {field.name for field in THEME_FIELDS if field.kind == "words"}
"""Lists of short words, written on one line."""


def write_codebook(codebook: Codebook) -> str:
    """Return a codebook as YAML, one theme a block; `parse_codebook` gives an equal codebook back."""
    head = {key: text for key, text in (("title", codebook.title), ("note", codebook.note)) if text}
    blocks = [write_theme(theme, is_net=codebook.is_net(theme.id)) for theme in codebook]
    return "\n".join([*([write_fields(head)] if head else []), "themes:", "\n\n".join(blocks)]) + "\n"


def write_theme(theme: Theme, *, is_net: bool) -> str:
    """Return a theme as an item of the list of themes, indented by two, without a last line end.

    Args:
        theme: The theme; fields at their defaults are left out.
        is_net: Whether other themes name it as their parent; it then says whether it is codable.
    """
    fields = {field.name: field.of(theme) for field in fields_to_write(theme, is_net=is_net)}
    return "  - " + textwrap.indent(write_fields(fields), "    ").lstrip()


def write_fields(fields: Mapping[str, Value]) -> str:
    """Return keys and values as lines of YAML, without a last line end."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = _UNBROKEN
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump({key: _node(key, content) for key, content in fields.items()}, out)
    return out.getvalue().rstrip("\n")


def _node(key: str, content: Value) -> object:
    """Return a value in the style its key is written in."""
    if isinstance(content, bool):
        return content
    if isinstance(content, str):
        return _scalar(content, fold=key in _FOLDED)
    return _sequence([_scalar(item, fold=False) for item in content], flowing=key in _FLOWING)


def _sequence(nodes: Sequence[object], *, flowing: bool) -> CommentedSeq:
    from ruamel.yaml.comments import CommentedSeq

    sequence = CommentedSeq(nodes)
    if flowing:
        sequence.fa.set_flow_style()
    return sequence


def _scalar(text: str, *, fold: bool) -> object:
    """Return a text in the style in which it survives: folded if long and plain, quoted if odd."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString

    # Within brackets ruamel leaves ": x" without quotes, which then reads as a mapping.
    if text.startswith((":", "?")) or not text.isprintable():
        return DoubleQuotedScalarString(text)
    if not fold or len(text) <= _WIDTH or text != " ".join(text.split()):
        return text
    folded = FoldedScalarString(text)
    lines = textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
    position = -1
    folded.fold_pos = [position := position + len(line) + 1 for line in lines[:-1]]
    return folded
