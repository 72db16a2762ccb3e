"""Acts: what people do to a study, named so that every copy of the study knows them again.

An act is a step of the log, a version of the codebook or an event of the team. Its name is the random id of
its writer (one for each opening of a study by a program) and its number among that writer's acts. Acts are
ordered by a logical clock, then by name: an order in which nothing stands before what it knew of.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, Literal, NamedTuple

ActKind = Literal["step", "version", "event"]

WRITER = re.compile(r"[0-9a-f]{16}")
"""What a writer's id looks like."""
_DERIVED = re.compile(r"=[0-9a-f]{32}")


class ActName(NamedTuple):
    """What an act is called on every copy."""

    writer: str
    number: int
    """From 1."""

    def __str__(self) -> str:
        return f"{self.writer}:{self.number}"


class ActPlace(NamedTuple):
    """Where an act stands among all others: places are compared as they are."""

    clock: int
    writer: str
    number: int

    @property
    def name(self) -> ActName:
        """What the act is called."""
        return ActName(self.writer, self.number)


def read_act_name(text: str) -> ActName | None:
    """Return the name of an act as `str` writes it; None if the text is none."""
    writer, _, number = text.partition(":")
    if not WRITER.fullmatch(writer) or not re.fullmatch(r"[1-9][0-9]{0,11}", number):
        return None
    return ActName(writer, int(number))


def is_version_name(text: str) -> bool:
    """Tell whether a text can name a version of the codebook: an act, or one worked out by the program."""
    return bool(_DERIVED.fullmatch(text)) or read_act_name(text) is not None


def derived_name(parents: frozenset[str], kept: frozenset[str]) -> str:
    """Return the name of a version of the codebook that follows from others.

    Args:
        parents: The names of the versions it joins.
        kept: The ids of themes that it keeps for codings, although the codebook would lack them.
    """
    content = canonical([sorted(parents), sorted(kept)])
    return f"={hashlib.sha256(content).hexdigest()[:32]}"


def canonical(content: Any) -> bytes:
    """Return values that JSON can hold as the bytes that a digest covers."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "surrogatepass")


def digest_of(salt: bytes, content: bytes) -> bytes:
    """Return the 32 bytes that stand for an act's content, and without the salt tell nothing of it."""
    return hashlib.sha256(len(salt).to_bytes(1, "big") + salt + content).digest()


def blank_digest(name: ActName) -> bytes:
    """Return what stands in the place of a digest that could be guessed; on every copy the same."""
    return digest_of(b"", canonical(["altered", str(name)]))


def link_of(earlier: bytes, kind: ActKind, place: ActPlace, digest: bytes) -> bytes:
    """Return the 32 bytes that join an act to its writer's act before it.

    Args:
        earlier: The link of that one; empty for the writer's first.
        kind: What the act is.
        place: Its place.
        digest: As `digest_of` returns it: so the content may be deleted, and the chain be checked still.
    """
    named = f"{kind} {place.writer} {place.number} {place.clock} ".encode()
    return hashlib.sha256(named + earlier + digest).digest()
