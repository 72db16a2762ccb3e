"""Coders of a study by name, and who codes where nobody is named."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING
from unicodedata import normalize

from coder.domain.near_names import nearest
from coder.errors import CoderError
from coder.store import codings

if TYPE_CHECKING:
    from coder.store.database import Database


def default_coder() -> str:
    """Return who codes when nobody is named: the name one is logged in with."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        # Nothing names anybody: Python then asks a list of users that Windows has not.
        return "coder"


def coder_called(database: Database, name: str) -> str:
    """Return the coder of a name, in whichever Unicode form; a new one is called so in NFC."""
    people = codings.people(database)
    if name in people:
        return name
    composed = normalize("NFC", name)
    return next((person for person in people if normalize("NFC", person) == composed), composed)


def coder_meant(database: Database, coder_id: str | None) -> str:
    """Return the coder of a name, or without a name the only one there is, else whoever is logged in.

    Raises:
        CoderError: Nobody of that name has worked on the study, or it is not clear who is meant.
    """
    people = codings.people(database)
    if coder_id is None:
        coder_id = people[0] if len(people) == 1 else default_coder()
    coder_id = coder_called(database, coder_id)
    if coder_id not in people:
        msg = f"'{coder_id}' has not worked on this study."
        hint = f"Who has: {', '.join(people)} (--coder NAME)." if people else "Nobody has yet."
        raise CoderError(msg, nearest(coder_id, people) or hint)
    return coder_id


def refuse_unknown_coder(database: Database, coder_id: str) -> None:
    """Raise CoderError if no coding of this coder stands; the hint gives the nearest name."""
    coder_ids = codings.coders(database)
    if coder_id not in coder_ids:
        msg = f"'{coder_id}' has coded nothing in this study."
        hint = nearest(coder_id, coder_ids) or f"Who has coded: {', '.join(coder_ids) or 'nobody yet'}."
        raise CoderError(msg, hint)
