"""Where notes quote words that were taken out of answers."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from coder.domain.privacy.placeholders import Placeholders
from coder.domain.privacy.quoting_words import QuotedWords

QUOTING = {
    "as it is": ("Priya", "ask Priya there", "ask X there"),
    "in capitals": ("Priya", "ASK PRIYA THERE", "ASK X THERE"),
    "a possessive": ("Priya's", "that was Priya’s idea and Priya knew", "that was X’s idea and X knew"),
    "not within a word": ("Ann", "Annual; Joann; Ann-Marie; Ann", "Annual; Joann; X-Marie; X"),
    "no auxiliary verb": ("Will", "will Will say? WILL will", "will X say? X will"),
    "small letters as they were typed": ("priya", "priya and Priya", "X and X"),
    "several words over lines": ("Priya Shah", "Priya\n  Shah, priya shah", "X, X"),
    "an accent, composed": ("José", "ask " + normalize("NFD", "José") + ".", "ask X."),
    "an accent, apart": (normalize("NFD", "José"), "ask José.", "ask X."),
    "not another letter": ("Jose", "ask " + normalize("NFD", "José"), "ask " + normalize("NFD", "José")),
    "an apostrophe": ("O'Brien", "O’Brien, O'BRIEN", "X, X"),
    "an address, whatever the case": ("Kit@Example.org", "kit@example.org?", "X?"),
    "a number": ("07700 900003", "on 07700  900003", "on X"),
    "no short number": ("12", "12 answers", "12 answers"),
    "no initial": ("J", "J said", "J said"),
    "a letter with another small form": ("İpek", "İPEK", "X"),
    "no capitals there": ("李明", "问李明吧", "问李明吧"),
}


@pytest.mark.parametrize(("words", "note", "expected"), QUOTING.values(), ids=QUOTING)
def test_quoted_words_are_found(words: str, note: str, expected: str) -> None:
    """Whole words are found as people write them, and nothing else."""
    assert QuotedWords({words: "X"}).cleaned(note) == expected


def test_small_letters_in_one_answer_are_enough() -> None:
    """Words that stand in answers with and without a capital are found in both ways, in whichever order."""
    for answers in (("Agency", "agency"), ("agency", "Agency")):
        assert QuotedWords(dict.fromkeys(answers, "X")).cleaned("agency and Agency") == "X and X"


def test_the_same_words_have_the_same_number() -> None:
    """Case and possessive make no difference; numbers that stand already are not given again."""
    placeholders = Placeholders(["ask [name 3] on [phone 1]"])
    assert placeholders.of("name", "Priya's") == "[name 4]"
    assert placeholders.of("name", "PRIYA") == "[name 4]"
    assert placeholders.of("place", "Priya") == "[place 1]"
    assert placeholders.of("phone", "07700 900003") == "[phone 2]"
