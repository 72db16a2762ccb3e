"""The number that texts of the same words share, and how SQL works it out."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from coder.domain.texts.equal_words import words_key_in_utf8

if TYPE_CHECKING:
    from coder.store.row_hashes import SqlValue

WORDS_NUMBER = "words_number(CAST(text AS BLOB))"
"""How SQL works out `response.same_words` anew."""


def words_number(text: str) -> int | None:
    """Return the number of 64 bits that texts of the same words share; None for one that is equal to nothing.

    That two others share one has a chance of one in a hundred million among 600,000 different answers.
    """
    key = words_key_in_utf8(text)
    if not key:
        return None
    return int.from_bytes(blake2b(key, digest_size=8).digest(), signed=True)


def words_number_of(text: SqlValue) -> int | None:
    """Return the number of a text in UTF-8; a damaged one may be none."""
    return words_number(text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text or ""))
