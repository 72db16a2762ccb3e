"""Wordings as a person reads them: without the HTML that a survey platform keeps them in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from coder.formats.shared.entities import decoded_entities

if TYPE_CHECKING:
    from collections.abc import Collection

_TAGS = (
    "a|abbr|b|bdi|big|blockquote|body|br|button|caption|center|cite|code|col|colgroup|dd|del|div|dl|dt|em|"
    "figure|font|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|label|li|link|meta|o:p|ol|p|pre|q|s|"
    "section|small|span|strike|strong|sub|sup|svg|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|video"
)
_TAG = re.compile(rf"<(/?)({_TAGS})(\s[^<>]*=[^<>]*)?\s*/?>(?=(\S?))", re.IGNORECASE)
_UNREAD = re.compile(r"<(style|script)\b[^<>]*>.*?</\1>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "big", "cite", "code", "del", "em", "font", "i", "ins", "label", "o:p", "q", "s",
    "small", "span", "strike", "strong", "sub", "sup", "tt", "u",
})  # fmt: skip
"""Tags in the midst of a word or a line; any other one parts words."""
_ENCODED = 3
"""So many times over an entity may be encoded: `&amp;amp;nbsp;`."""


def plain(wording: str) -> str:
    """Return a wording or a name without tags, entities and needless blanks, in one Unicode form (NFC)."""
    text = wording.replace("\ufeff", "")
    if "<" in text:
        text = _UNREAD.sub(" ", text)
        closed = {tag[2].casefold() for tag in _TAG.finditer(text) if tag[1]}
        text = _TAG.sub(lambda tag: _in_place_of(tag, closed), text)
    for _ in range(_ENCODED):
        if "&" not in text:
            break
        text = decoded_entities(text)
    return normalize("NFC", " ".join(text.split()))


def _in_place_of(tag: re.Match[str], closed: Collection[str]) -> str:
    """Return what stands in place of a tag; it stays where it is text: `pick <s> or <q>`."""
    closing, name, attributes, next_letter = tag.groups()
    if name.casefold() not in _INLINE:
        return " "
    # A wording that was cut off does not close its tags, but these stand at the text they are for.
    return "" if closing or attributes or name.casefold() in closed or next_letter else tag[0]
