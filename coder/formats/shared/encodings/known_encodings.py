"""The encodings that survey files come in, and what people call them."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from coder.domain.near_names import nearest
from coder.errors import CoderError


@dataclass(frozen=True, slots=True)
class KnownEncoding:
    """An encoding that a file without mark may have."""

    name: str
    """Of Python's codec; what `--encoding` takes and messages say."""
    title: str
    """Where it comes from, in a few words."""
    weight: float
    """How rare it is, as a logarithm: 0 for the commonest."""
    latin: bool = True
    """Whether it is for languages in Latin letters."""
    several_bytes: bool = False
    """Whether a letter may take several bytes."""


KNOWN_ENCODINGS = (
    KnownEncoding("cp1252", "Windows, western Europe", 0.0),
    KnownEncoding("mac_roman", "Macintosh, western Europe", -1.5),
    KnownEncoding("cp1250", "Windows, central Europe", -1.0),
    KnownEncoding("cp1251", "Windows, Cyrillic", -1.0, latin=False),
    KnownEncoding("cp1253", "Windows, Greek", -1.0, latin=False),
    KnownEncoding("cp1254", "Windows, Turkish", -1.0),
    KnownEncoding("cp1255", "Windows, Hebrew", -2.0, latin=False),
    KnownEncoding("cp1256", "Windows, Arabic", -2.0, latin=False),
    KnownEncoding("cp1257", "Windows, Baltic", -1.5),
    KnownEncoding("cp874", "Windows, Thai", -2.0, latin=False),
    KnownEncoding("iso8859_2", "ISO, central Europe", -2.0),
    KnownEncoding("iso8859_5", "ISO, Cyrillic", -4.0, latin=False),
    KnownEncoding("iso8859_7", "ISO, Greek", -2.0, latin=False),
    KnownEncoding("iso8859_9", "ISO, Turkish", -2.0),
    KnownEncoding("iso8859_14", "ISO, Celtic", -5.0),
    KnownEncoding("iso8859_15", "ISO, western Europe with the euro", -2.0),
    KnownEncoding("iso8859_16", "ISO, Romanian", -5.0),
    KnownEncoding("koi8_r", "KOI8, Russian", -3.0, latin=False),
    KnownEncoding("koi8_u", "KOI8, Ukrainian", -4.0, latin=False),
    KnownEncoding("mac_cyrillic", "Macintosh, Cyrillic", -3.0, latin=False),
    KnownEncoding("mac_greek", "Macintosh, Greek", -4.0, latin=False),
    KnownEncoding("mac_latin2", "Macintosh, central Europe", -3.5),
    KnownEncoding("mac_turkish", "Macintosh, Turkish", -4.0),
    KnownEncoding("cp850", "DOS, western Europe", -3.0),
    KnownEncoding("cp437", "DOS, America", -3.5),
    KnownEncoding("cp852", "DOS, central Europe", -3.5),
    KnownEncoding("cp857", "DOS, Turkish", -4.5),
    KnownEncoding("cp866", "DOS, Cyrillic", -3.5, latin=False),
    KnownEncoding("cp737", "DOS, Greek", -5.0, latin=False),
    KnownEncoding("cp932", "Windows, Japanese (Shift JIS)", -2.0, several_bytes=True),
    KnownEncoding("gb18030", "Chinese, simplified", -2.0, several_bytes=True),
    KnownEncoding("big5", "Chinese, traditional", -2.5, several_bytes=True),
    KnownEncoding("cp949", "Windows, Korean", -2.0, several_bytes=True),
    KnownEncoding("euc_jp", "Japanese (EUC)", -3.5, several_bytes=True),
)

_NICKNAMES = {
    "ansi": "cp1252",
    "windows": "cp1252",
    "western": "cp1252",
    "excel": "cp1252",
    "mac": "mac_roman",
    "macintosh": "mac_roman",
    "macroman": "mac_roman",
    "applemacintosh": "mac_roman",
    "xmacroman": "mac_roman",
    "xmaccyrillic": "mac_cyrillic",
    "maccentraleurope": "mac_latin2",
    "xmacce": "mac_latin2",
    "dos": "cp850",
    "unicode": "utf-16",
}
"""What people call encodings, beside the names that Python knows."""
_AS_WINDOWS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
"""As browsers have it: what says it is the one is nearly always the other, which has all of its letters."""


def encoding_named(name: str) -> str:
    """Return the name of the codec that a person means.

    Raises:
        CoderError: No encoding of text goes by this name; the hint gives the nearest.
    """
    squeezed = "".join(filter(str.isalnum, name.casefold()))
    asked_for = _NICKNAMES.get(squeezed, name.strip())
    try:
        codec = codecs.lookup(asked_for)
        # Python has codecs that are no encodings of text, such as hex.
        "a".encode(codec.name).decode(codec.name)
    except (LookupError, ValueError, TypeError):
        names = [*(encoding.name for encoding in KNOWN_ENCODINGS), "utf-8", "utf-16", *_NICKNAMES]
        msg = f"There is no encoding '{name}'."
        hint = nearest(name, names) or "Usual ones: utf-8, utf-16, cp1252, mac_roman, cp1250, cp1251, cp850."
        raise CoderError(msg, hint) from None
    return _AS_WINDOWS.get(codec.name, codec.name)


def title_of(name: str) -> str:
    """Return where an encoding comes from, in a few words; empty if it is none of the known."""
    return next((known.title for known in KNOWN_ENCODINGS if known.name == name), "")
