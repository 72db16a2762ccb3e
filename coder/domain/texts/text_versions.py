"""Which text of an answer was coded, and of which survey: what files of codings say of it.

White space and Unicode form do not count: spreadsheet programs change them, and the words stay the same.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable

_AS_IMPORTED = "v1"
"""Names the text that an answer came with. Later versions of it, as after a redaction, have names of their
own, so that an earlier one can be recognised by name once its digest is deleted."""
_SURVEY = "s1"
_DIGITS = 32
"""Hexadecimal digits of a digest: 128 bits. What stands before them keeps spreadsheets from taking one for a
number."""


def same_text(text: str) -> str:
    """Return a text with single blanks and in NFC: texts that are equal then count as the same."""
    single = " ".join(text.split())
    return single if single.isascii() else normalize("NFC", single)


def text_version(text: str) -> str:
    """Return what names the text of an answer: its version, and a digest of SHA-256 over `same_text`."""
    return f"{_AS_IMPORTED}:{_digest(same_text(text))}"


def is_text_version(name: str) -> bool:
    """Tell whether something could be what `text_version` returns, of this or a later version."""
    version, _, digest = name.partition(":")
    return version.startswith("v") and len(digest) == _DIGITS and digest.isalnum()


def survey_fingerprint(answers: Iterable[tuple[str, str]]) -> str:
    """Return what names a survey by its answers, whatever their order.

    Args:
        answers: The id of each response with the version of its text.
    """
    return f"{_SURVEY}:{_digest(chr(10).join(f'{name}={version}' for name, version in sorted(answers)))}"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
