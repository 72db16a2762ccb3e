"""What `study.toml` says of attributes, each a block `[[attribute]]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coder.domain.study_settings import AttributeSetting
from coder.errors import CoderError
from coder.formats.study.study_tables import checked, refuse_unknown, toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_KEYS = ("name", "label", "values", "other", "other_text", "options", "option_columns")
_FIELDS = ("name", "label", "order", "other", "other_text", "options", "option_columns")
"""The same as fields of `AttributeSetting`."""


def write_attributes(attributes: Iterable[AttributeSetting]) -> str:
    """Return the blocks of a study's attributes; what is not set has no line."""
    return "".join(map(_block, attributes))


def _block(attribute: AttributeSetting) -> str:
    settings = zip(_KEYS, (getattr(attribute, name) for name in _FIELDS), strict=True)
    lines = [f"{key} = {toml(setting)}\n" for key, setting in settings if setting or key == "name"]
    return f"\n[[attribute]]\n{''.join(lines)}"


def read_attributes(path: Path, blocks: Any) -> tuple[AttributeSetting, ...]:
    """Return the attributes of a `study.toml`, in order.

    Raises:
        CoderError: A block without a name or with one that another has, an unknown key, a wrong type, or a
            value that stands twice; the message says in which block.
    """
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        msg = f"{path}: attribute is {blocks!r}."
        raise CoderError(msg, "Each attribute is a block of lines that begins with [[attribute]].")
    attributes = tuple(
        _attribute(f"{path}: [[attribute]] block {number}", block) for number, block in enumerate(blocks, 1)
    )
    names = [attribute.name for attribute in attributes]
    for name in names:
        if names.count(name) > 1:
            msg = f"{path}: there are {names.count(name)} blocks [[attribute]] of {name}."
            raise CoderError(msg, "Make one of them.")
    return attributes


def _attribute(where: str, block: Mapping[str, Any]) -> AttributeSetting:
    refuse_unknown(where, block, _KEYS)
    if "name" not in block:
        msg = f"{where} does not say which attribute it is about."
        raise CoderError(msg, 'Add a line such as name = "region".')
    order = checked(where, "values", block.get("values", []), ())
    for attribute_value in order:
        if order.count(attribute_value) > 1:
            msg = f"{where}: values has '{attribute_value}' {order.count(attribute_value)} times."
            raise CoderError(msg, "Name it once.")
    setting = AttributeSetting(
        checked(where, "name", block["name"], ""),
        checked(where, "label", block.get("label", ""), ""),
        order,
        checked(where, "other", block.get("other", []), ()),
        checked(where, "other_text", block.get("other_text", ""), ""),
        _texts_by_text(where, "options", block),
        _texts_by_text(where, "option_columns", block),
    )
    _refuse_half(where, setting)
    return setting


def _texts_by_text(where: str, key: str, block: Mapping[str, Any]) -> dict[str, str]:
    pairs = block.get(key, {})
    if isinstance(pairs, dict) and all(isinstance(text, str) for text in pairs.values()):
        return pairs
    msg = f"{where}: {key} is {pairs!r}."
    raise CoderError(msg, 'It must be themes with options, as in { "Website" = "Online" }.')


def _refuse_half(where: str, setting: AttributeSetting) -> None:
    """Raise CoderError if a block says half of how texts are coded back: it would do nothing."""
    has_options = bool(setting.other or setting.options or setting.option_columns)
    if has_options and not setting.other_text:
        msg = f"{where} does not say which open question has the texts."
        raise CoderError(msg, 'Add a line such as other_text = "Q2_other".')
    if setting.other_text and not (setting.other or setting.option_columns):
        msg = f"{where} does not say which value the answers to {setting.other_text} explain."
        raise CoderError(msg, 'Add a line such as other = ["Other (please specify)"].')
    if setting.option_columns and (setting.other or setting.options):
        msg = f"{where} has option_columns, which go without other and options."
        raise CoderError(msg, "Take the one or the others out.")
