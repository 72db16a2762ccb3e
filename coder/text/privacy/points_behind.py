"""What the words behind a word say about its being a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coder.text.privacy.vocabulary import COMMON, Sort
from coder.text.privacy.word_lists import naming_words
from coder.text.privacy.worded import Style, WordForm

if TYPE_CHECKING:
    from coder.text.privacy.word_in_answer import WordInAnswer

_AGE = re.compile(r"(?:,\s?|\s?\()(?:aged?\s)?\d{1,2}[,)]")
_LIKELY = (Sort.FIRST, Sort.LAST, Sort.UNKNOWN, Sort.NEARLY, Sort.BOTH, Sort.LISTED_NAME)
_GODS = frozenset(("goodness", "heaven", "lord", "god"))
_LONG = 5
_A_FEW = range(2, 7)


def points_from_behind(word: WordInAnswer) -> float:
    """Return what speaks for a word being a name, given the words behind it."""
    if word.sort not in COMMON and _AGE.match(word.gap_behind()):
        return 2.5
    behind = word.neighbour(1)
    if behind is None or word.gap_behind().strip(" ()") not in ("", "&"):
        return 0.0
    if behind.folded in naming_words()["place_after"]:
        if behind.form is not WordForm.SMALL:
            return -3.5
        return 0.0 if word.word.is_possessive else -1.5
    if word.answer.style is not Style.CAPITALS and behind.form is not WordForm.SMALL:
        return _before_a_capital(word)
    return 0.0 if word.sort in COMMON else _before_small_letters(word)


def _before_a_capital(word: WordInAnswer) -> float:
    """Return what a word with a capital right behind says: an initial, a last name, or a place."""
    behind = word.neighbour(1)
    if behind is None:
        return 0.0
    if behind.form is WordForm.INITIAL and len(behind.text.rstrip(".")) == 1 and behind.text != "I":
        return 1.0
    if behind.gap != " ":
        return 0.0
    if word.beside(2) in naming_words()["place_after"]:
        return -3.0
    if word.vocabulary.sort_of(behind.folded) not in _LIKELY or word.sort in COMMON:
        return 0.0
    return {Sort.BOTH: 2.0, Sort.FIRST: 1.5, Sort.LISTED_NAME: 1.5}.get(word.sort, 0.3)


def _before_small_letters(word: WordInAnswer) -> float:
    """Return what words in small letters right behind say: whose somebody is, where, and what they do."""
    naming, behind, later = naming_words(), word.beside(1), word.beside(2)
    if behind == "of" or (behind == "knows" and word.folded in _GODS):
        return -2.0
    if behind == "next" and later == "door":
        return 2.5
    if behind in ("family", "household") or (behind == "and" and later == "i"):
        return 2.5
    if behind in naming["kinship"] and later in naming["role"]:
        return 2.5
    if behind in ("from", "at", "on", "in"):
        return _before_a_place(word)
    return _before_a_verb(word)


def _before_a_place(word: WordInAnswer) -> float:
    """Return what a preposition behind a word says: "May at reception was", "kieran on 07700 900003"."""
    if word.beside(1) in ("on", "at") and word.gap_behind(1).strip(" :(+")[:1].isdigit():
        return 2.5
    if word.form is WordForm.SMALL:
        return 0.0
    if word.beside(1) == "from":
        return 2.0
    return 2.1 if _somebody_does(word) else 0.5


def _before_a_verb(word: WordInAnswer) -> float:
    """Return what a verb behind a word says."""
    naming, behind, later = naming_words(), word.beside(1), word.beside(2)
    if behind in naming["being"] or behind in naming["often"]:
        return _before_being(word)
    if behind in naming["doing"]:
        return 2.0
    if behind.endswith("ed"):
        if later in naming["object"]:
            return 2.0
        return 1.2 if len(behind) > _LONG and not (word.sort is Sort.BOTH and word.word.opens) else 0.0
    return 0.0


def _before_being(word: WordInAnswer) -> float:
    """Return what "is", "has been" or "never" behind a word says, by what follows."""
    naming, behind, later = naming_words(), word.beside(1), word.beside(2)
    if behind in naming["often"] and later in naming["done"]:
        return 2.0
    if later == "been" and word.beside(3) in naming["undergone"]:
        return 2.2
    if behind in naming["being"]:
        said = word.beside(3) if later == "been" else later
        if said in naming["praised"] or word.beside(3) == "name":
            return 2.2
        return 0.3 if word.sort in (Sort.BOTH, Sort.LISTED_NAME) and word.word.opens else 1.2
    return 2.0 if behind in naming["doing"] else 0.0


def _somebody_does(word: WordInAnswer) -> bool:
    """Tell whether a few words on, in the same sentence, stands what people do."""
    for distance in _A_FEW:
        later = word.neighbour(distance)
        if later is None or later.opens or "," in later.gap:
            return False
        if later.folded in naming_words()["doing"] and later.folded not in ("and", "who"):
            return True
    return False
