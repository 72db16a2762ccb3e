"""The languages of the answers to each question, as they were found, and which encoders read them last."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.languages.answer_languages import AnswerLanguages, LanguageShare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.store.database import Database

_MOST_CHANGED = 0.1
_FOUND, _ENCODERS = "languages.found", "languages.encoders"


class NotedLanguages(NamedTuple):
    """What was found of a question's answers."""

    languages: AnswerLanguages
    answers: int
    """How many there were then."""

    def hold_for(self, answers: int) -> bool:
        """Tell whether they still hold for so many answers: no more than a tenth came or went."""
        return abs(answers - self.answers) <= _MOST_CHANGED * self.answers


def noted_languages(database: Database) -> dict[str, NotedLanguages]:
    """Return what was found, by question; what makes no sense is left out, and so is found anew."""
    noted = {}
    for question_id, written in _read(database, _FOUND).items():
        try:
            shares = tuple(LanguageShare(str(code), float(share)) for code, share in written["shares"])
            languages = AnswerLanguages(shares, float(written["others"]))
            noted[question_id] = NotedLanguages(languages, int(written["answers"]))
        except (KeyError, TypeError, ValueError):
            continue
    return noted


def note_languages(database: Database, noted: Mapping[str, NotedLanguages]) -> None:
    """Note what was found, beside what is noted of other questions; call it inside a transaction."""
    written = {
        question_id: {
            "shares": note.languages.shares,
            "others": note.languages.others,
            "answers": note.answers,
        }
        for question_id, note in (noted_languages(database) | dict(noted)).items()
    }
    database.set_setting(_FOUND, json.dumps(written))


def noted_encoders(database: Database) -> dict[str, tuple[str, ...]]:
    """Return the names of the encoders that ranked themes last, by question; none where words did."""
    return {
        question_id: tuple(map(str, names))
        for question_id, names in _read(database, _ENCODERS).items()
        if isinstance(names, list)
    }


def note_encoders(database: Database, read_by: Mapping[str, Sequence[str]]) -> None:
    """Note which encoders rank the themes of some questions now; call it inside a transaction.

    Args:
        database: The study's.
        read_by: Question id to their names; none where words alone rank.
    """
    encoders = noted_encoders(database) | {
        question_id: tuple(names) for question_id, names in read_by.items()
    }
    database.set_setting(_ENCODERS, json.dumps(encoders))


def _read(database: Database, key: str) -> dict[str, Any]:
    try:
        content = json.loads(database.setting(key) or "{}")
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}
