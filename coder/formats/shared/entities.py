"""Entities of HTML in texts: `&amp;`, `&#39;`. Only whole ones that are known: `&region;` is none."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_LOST = "\ufffd"


def entities_in(text: str) -> list[str]:
    """Return the entities of a text, each as often as it occurs."""
    return [entity for entity in _ENTITY.findall(text) if _sign(entity) != entity]


def decoded_entities(text: str) -> str:
    """Return a text with the signs that its entities stand for in their place, once over."""
    return _ENTITY.sub(lambda entity: _sign(entity[0]), text)


def _sign(entity: str) -> str:
    """Return the sign that an entity stands for; what looks like one and is none as it is."""
    if entity[1] != "#":
        # html.unescape takes `&region;` for `&reg` with letters behind it.
        return html5.get(entity[1:], entity)
    sign = unescape(entity)
    return entity if not sign or sign == _LOST else sign
