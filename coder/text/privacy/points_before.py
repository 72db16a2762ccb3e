"""What the words before a word say about its being a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.text.privacy.vocabulary import COMMON, Sort
from coder.text.privacy.word_lists import naming_words, place_endings
from coder.text.privacy.worded import WordForm

if TYPE_CHECKING:
    from coder.text.privacy.word_in_answer import WordInAnswer

_SURE_TITLES = frozenset(("mr", "mrs", "ms"))
"""Whatever follows these is a name, even in small letters: "mrs gill"."""
_SURELY = 7.0
_BETWEEN = " (\"',\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
_UNSURE = (Sort.RARE, Sort.MISSPELT, Sort.ORDINARY, Sort.LISTED)


def points_from_before(word: WordInAnswer) -> float:
    """Return what speaks for a word being a name, given the words before it."""
    before = word.neighbour(-1)
    if before is None or (word.word.opens and word.word.gap.strip(_BETWEEN)):
        return 0.0
    if word.folded in naming_words()["never"]:
        return 0.0
    if word.form is WordForm.SMALL:
        if _follows_title_in_small_letters(word):
            return _SURELY
        if word.sort in (*COMMON, Sort.RARE, Sort.BOTH):
            return 0.0
    points = _after_title(word) + _after_article(word) if "," not in word.word.gap else 0.0
    if before.form is WordForm.INITIAL and before.text not in ("I", "A") and word.sort not in COMMON:
        points += 1.5
    if word.sort not in _UNSURE and _stands_apart(word):
        points += 0.8
    if word.beside(-1) in naming_words()["role"]:
        points += 1.2
    return points + _after_what_is_asked(word)


def _follows_title_in_small_letters(word: WordInAnswer) -> bool:
    before = word.neighbour(-1)
    if before is None or "," in word.word.gap:
        return False
    if word.beside(-1) in _SURE_TITLES:
        return before.form is not WordForm.CAPITALS
    return word.beside(-1) in naming_words()["formal"] and word.vocabulary.is_last_name(word.folded)


def _after_title(word: WordInAnswer) -> float:
    """Return what a title right before a word says, or another name with it."""
    naming, before = naming_words(), word.neighbour(-1)
    if word.beside(-1) in ("st", "saint"):
        return -5.0
    if before is not None and word.beside(-1) in naming["formal"]:
        # "MS Teams" is a program.
        return 0.0 if before.form is WordForm.CAPITALS and word.form is WordForm.CAPITAL else 4.0
    return 1.5 if word.beside(-1) in naming["title"] else 0.0


def _after_article(word: WordInAnswer) -> float:
    """Return what an article or a preposition right before says: it is a thing or a place, as a rule."""
    naming, beside, before = naming_words(), word.beside(-1), word.neighbour(-1)
    if before is None or beside in naming["formal"]:
        return 0.0
    if beside == "the" and word.vocabulary.is_family(word.folded):
        return 1.0
    points = 0.0
    if beside in naming["never_before"] and before.text.isascii() and not before.text.endswith("."):
        points -= 2.0 if beside in naming["article"] else 1.0
    elif beside in naming["place_before"]:
        points -= 0.8 if word.sort is Sort.FIRST else 2.0
    if beside in ("to", "from", "of", "at", "in", "on") and word.folded.endswith(place_endings()):
        points -= 0.0 if word.beside(-2) in naming["asking"] else 2.0
    if word.folded in naming["place_after"] and before.form is not WordForm.SMALL:
        points -= 3.0
    return points


def _after_what_is_asked(word: WordInAnswer) -> float:
    """Return what "called", "her name is", "ask", "thanks to" and the like before a word say."""
    naming, beside, earlier = naming_words(), word.beside(-1), word.beside(-2)
    if beside in naming["called"] or (beside in ("is", "name's") and _speaks_of_a_name(word)):
        return -2.0 if earlier in naming["things"] else 2.5
    if word.sort in COMMON:
        return 0.0
    is_sent = (beside in naming["sending"] or beside == "you") and earlier in naming["asking"]
    return 1.2 if beside in naming["asking"] or is_sent else 0.0


def _stands_apart(word: WordInAnswer) -> bool:
    """Tell whether a word stands between commas or in brackets: "my keyworker, Oluwaseun, and"."""
    if word.form is not WordForm.CAPITAL or word.neighbour(1) is None:
        return False
    return (word.word.gap.strip(), word.gap_behind().strip()[:1]) in ((",", ","), ("(", ")"))


def _speaks_of_a_name(word: WordInAnswer) -> bool:
    return any(word.beside(-distance) in ("name", "names", "name's") for distance in (1, 2, 3))
