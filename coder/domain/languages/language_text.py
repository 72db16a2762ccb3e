"""The languages of answers in plain words, short enough for a terminal of 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import listed
from coder.domain.languages.language_names import language_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.languages.answer_languages import AnswerLanguages

NOT_SURE_TEXT = "not sure which language"
_SHORT_NAMES = {"USE-multilingual-v3": "the light encoder", "all-MiniLM-L6-v2": "MiniLM"}
"""What the program's own encoders are called where there is little room."""
_NAMED = 3
"""Languages that are named; of the others it is said that there are some."""


def languages_text(languages: AnswerLanguages) -> str:
    """Return the languages with their shares: `English`, or `English 70%, Welsh 30%`."""
    names = [(language_name(code), share) for code, share in languages.shares]
    if not names:
        return NOT_SURE_TEXT
    if len(names) == 1:
        few = ", a few others" if languages.others else ""
        return f"{names[0][0]}{few}"
    more = ["others"] if len(names) > _NAMED or languages.others else []
    return ", ".join([*(f"{name} {share:.0%}" for name, share in names[:_NAMED]), *more])


def encoders_text(names: Sequence[str]) -> str:
    """Return what ranks, from the names of encoders: `the light encoder and MiniLM`, or `words alone`."""
    return listed([_short_name(name) for name in names]) or "words alone"


def reading_title(languages: AnswerLanguages, names: Sequence[str]) -> str:
    """Return languages and what ranks, as short as titles are: `English · light + MiniLM`."""
    encoders = " + ".join(_short_name(name).removeprefix("the ").removesuffix(" encoder") for name in names)
    return f"{languages_text(languages)} · {encoders or 'words alone'}"


def _short_name(name: str) -> str:
    plain = name.partition("@")[0]
    return _SHORT_NAMES.get(plain, plain)
