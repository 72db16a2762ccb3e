"""What `study.toml` says of attributes, each a block `[[attribute]]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coder.domain.study_settings import AttributeSetting
from coder.errors import CoderError
from coder.formats.study.study_tables import checked, refuse_unknown, toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_KEYS = ("name", "label", "values")


def write_attributes(attributes: Iterable[AttributeSetting]) -> str:
    """Return the blocks of a study's attributes; what is not set has no line."""
    return "".join(map(_block, attributes))


def _block(attribute: AttributeSetting) -> str:
    settings = zip(_KEYS, (attribute.name, attribute.label, attribute.order), strict=True)
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
    return AttributeSetting(
        checked(where, "name", block["name"], ""), checked(where, "label", block.get("label", ""), ""), order
    )
