"""What knows the text that an answer first had, once words are taken out of it.

A digest of removed words could be guessed, unless it has a salt that nobody has. Copies of a study share a
secret, from which each answer has a salt; the digest of its text with this salt stands in what they send.
When words are taken out of an answer, its digest is kept and its salt destroyed: another copy, which still
has both, names the text that it knows, and it is recognised.
"""

from __future__ import annotations

from hmac import digest as hmac_digest
from typing import TYPE_CHECKING

from coder.store.schema import TEXTS_SECRET

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coder.store.database import Database

_SALT_BYTES = 16


def first_text_digests(database: Database, response_ids: Iterable[str]) -> dict[str, str]:
    """Map answers to what names the text that each first had; lacking are those of which nothing can tell."""
    secret = _secret(database)
    digests: dict[str, str] = {}
    numbers = {str(response_id) for response_id in response_ids}
    kept = {
        response_id: (salt, digest)
        for response_id, salt, digest in database.rows(
            "SELECT r.id, s.salt, s.digest FROM text_salt s JOIN response r ON r.number = s.response"
        )
        if response_id in numbers
    }
    for response_id, text in _texts(database, numbers):
        salt, digest = kept.get(response_id, (b"", b""))
        salt = salt or (_salt_from(secret, response_id) if secret and not digest else b"")
        if digest or salt:
            digests[response_id] = (digest or _digest_of(salt, text)).hex()
    return digests


def forget_salts(database: Database, texts: Mapping[int, tuple[str, str]]) -> None:
    """Keep what names the texts of answers, and destroy what it could be guessed with; inside a transaction.

    Args:
        database: The study's.
        texts: The numbers of answers that words are about to be taken out of, with id and text of each.
    """
    keep_salts(database)
    salts = dict(database.rows("SELECT response, salt FROM text_salt WHERE digest = x''"))
    database.execute_many(
        "UPDATE text_salt SET salt = x'', digest = ? WHERE response = ?",
        [
            (_digest_of(salts[number], text), number)
            for number, (_, text) in texts.items()
            if salts.get(number)
        ],
    )


def keep_salts(database: Database) -> None:
    """Write down the salt of each answer, and destroy the secret from which all follow; in a transaction."""
    secret = _secret(database)
    if secret:
        # From the secret each salt follows: so each of the others gets its own, and the secret goes.
        rows = database.rows(
            "SELECT number, id FROM response WHERE number NOT IN (SELECT response FROM text_salt)"
        )
        database.execute_many(
            "INSERT INTO text_salt (response, salt, digest) VALUES (?, ?, x'')",
            [(number, _salt_from(secret, response_id)) for number, response_id in rows],
        )
        database.execute("DELETE FROM setting WHERE key = ?", (TEXTS_SECRET,))


def _secret(database: Database) -> bytes:
    return bytes.fromhex(database.setting(TEXTS_SECRET) or "")


def _salt_from(secret: bytes, response_id: str) -> bytes:
    return hmac_digest(secret, response_id.encode("utf-8", "surrogatepass"), "sha256")[:_SALT_BYTES]


def _digest_of(salt: bytes, text: str) -> bytes:
    return hmac_digest(salt, text.encode("utf-8", "surrogatepass"), "sha256")[:_SALT_BYTES]


def _texts(database: Database, response_ids: set[str]) -> list[tuple[str, str]]:
    return [
        (response_id, text)
        for response_id, text in database.rows("SELECT id, text FROM response")
        if response_id in response_ids
    ]
