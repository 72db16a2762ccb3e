"""Places in answers that a study remembers, a setting an answer: where, of what kind, and what of them."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from coder.domain.privacy.noted_places import places_with_cuts, read_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from coder.domain.privacy.noted_places import NotedPlace
    from coder.domain.privacy.text_cuts import TextCut
    from coder.store.database import Database

_PLACES = "privacy.places."
_AFTER_PLACES = "privacy.places/"
"""What comes after all keys that begin so, in the order of SQLite."""
_REVIEWED = "privacy.reviewed"


def noted_places(database: Database) -> dict[int, tuple[NotedPlace, ...]]:
    """Return the places that are noted, by the numbers of answers."""
    rows = database.rows("SELECT key, value FROM setting WHERE key > ? AND key < ?", (_PLACES, _AFTER_PLACES))
    by_answer = {}
    for key, text in rows:
        with suppress(ValueError, TypeError):
            by_answer[int(key.removeprefix(_PLACES))] = read_places(json.loads(text))
    return by_answer


def note_places(database: Database, places: Mapping[int, Iterable[NotedPlace]]) -> None:
    """Note the places of some answers in place of those noted before; call it in a transaction."""
    for number, of_answer in places.items():
        key, listed = f"{_PLACES}{number}", [list(place) for place in of_answer]
        if listed:
            database.set_setting(key, json.dumps(listed))
        else:
            database.execute("DELETE FROM setting WHERE key = ?", (key,))


def move_places(
    database: Database, answers: Iterable[tuple[int, Sequence[TextCut], Sequence[TextCut]]]
) -> None:
    """Move noted places along as words are cut out of answers; call it in that transaction.

    Args:
        database: The study's.
        answers: For each answer its number, what was cut out of it before, and all that is now; joined.
    """
    noted = noted_places(database)
    note_places(
        database,
        {
            number: places_with_cuts(noted[number], made, cuts)
            for number, made, cuts in answers
            if number in noted
        },
    )


def clean_replacements(database: Database, cleaned: Callable[[str], str]) -> None:
    """Take words out of what somebody wants to stand in places; call it in the transaction that does it.

    Args:
        database: The study's.
        cleaned: Returns a text without the words.
    """
    note_places(
        database,
        {
            number: [place._replace(replacement=cleaned(place.replacement)) for place in places]
            for number, places in noted_places(database).items()
            if any(place.replacement for place in places)
        },
    )


def forget_places(database: Database, numbers: Iterable[int]) -> None:
    """Forget what is noted of answers that are deleted; call it in that transaction."""
    note_places(database, dict.fromkeys(numbers, ()))


def note_reviewed(database: Database, moment: str) -> None:
    """Note that somebody has decided on all that was found; call it in a transaction."""
    database.set_setting(_REVIEWED, moment)


def reviewed(database: Database) -> str:
    """Return when somebody had last decided on all that was found; empty: nobody ever has."""
    return database.setting(_REVIEWED) or ""
