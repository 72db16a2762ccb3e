"""Wordings as a person reads them: without the HTML that a survey platform keeps them in."""

from __future__ import annotations

import re
from html import unescape
from unicodedata import normalize

_TAGS = (
    "a|abbr|b|bdi|big|blockquote|body|br|button|caption|center|cite|code|col|colgroup|dd|del|div|dl|dt|em|"
    "figure|font|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|label|li|link|meta|o:p|ol|p|pre|q|s|"
    "section|small|span|strike|strong|sub|sup|svg|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|video"
)
_TAG = re.compile(rf"</?({_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_UNREAD = re.compile(r"<(style|script)\b[^<>]*>.*?</\1>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
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
        text = _TAG.sub(lambda tag: "" if tag[1].casefold() in _INLINE else " ", _UNREAD.sub(" ", text))
    for _ in range(_ENCODED):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
    return normalize("NFC", " ".join(text.split()))
