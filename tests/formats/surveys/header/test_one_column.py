"""The first row of a list of texts is its question, the first answer, or in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coder.domain.surveys.import_choices import NO_CHOICES, ImportChoices
from coder.formats.surveys.reading import read_rows

if TYPE_CHECKING:
    from pathlib import Path

    from coder.formats.surveys.raw_tables import RawTable

ANSWERS = (
    "The staff were friendly and helped me",
    "I would like more seats, and tea",
    "Longer hours on Sundays",
    "Is there no lift at all?",
    "Nothing, it was all fine.",
)


def read(folder: Path, *lines: str, choices: ImportChoices = NO_CHOICES) -> RawTable:
    """Read a file of such lines."""
    path = folder / "answers.txt"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return read_rows(path, choices)


@pytest.mark.parametrize(
    "question",
    [
        "What would you change, if anything?",
        "Overall, how was it?",
        "Comments",
        "Q15",
        "Any other comments",
        "What would you change",
        "Please describe your visit, in your own words",
        "Welche Anregungen haben Sie für uns",
        "Commentaires sur la visite",
        "Comments about my visit:",
        "Satisfaction",
        "In one sentence, tell us about your stay",
    ],
)
def test_a_question_above_its_answers_is_the_header(tmp_path: Path, question: str) -> None:
    """Wordings and names need no question, whatever commas stand in them."""
    raw = read(tmp_path, question, *ANSWERS)
    assert (raw.names, len(raw.rows), raw.doubts) == ((question.rstrip(),), 5, ())


@pytest.mark.parametrize(
    "first",
    [
        "I think the library needs more seats, more light and a better café.",
        "The queue was too long for us",
        "Please open on Sundays as well",
        "What I liked was the quiet room on the first floor",
        "Longer hours on Sundays",
        "Was too crowded to enjoy anything",
        "The staff, who were lovely, made the day",
        "What a lovely place",
        "How nice the staff were",
    ],
)
def test_a_first_answer_is_no_question_silently(tmp_path: Path, first: str) -> None:
    """It is counted as an answer and told; `--header` says what it is."""
    raw = read(tmp_path, first, *ANSWERS)
    (doubt,) = raw.doubts
    assert (raw.rows[0][0], len(raw.rows)) == (first, 6)
    assert "--header 1" in doubt.remedy
    assert "--header none" in doubt.remedy
    for header, rows in (("1", 5), ("none", 6)):
        settled = read(tmp_path, first, *ANSWERS, choices=ImportChoices(header=header))
        assert (len(settled.rows), settled.doubts) == (rows, ())


def test_a_word_above_words_may_be_either(tmp_path: Path) -> None:
    """Nothing says whether `Cook` above trades is one of them: it stays the question, and is doubted."""
    raw = read(tmp_path, "Cook", "Baker", "Mason", "Night nurse", "Driver")
    assert (raw.names, len(raw.doubts)) == (("Cook",), 1)
    assert not read(tmp_path, "Trade", *("Baker", "Mason", "Cook", "Driver") * 2).doubts
    assert not read(tmp_path, "Answer", "Baker", "Mason", "Night nurse", "Driver").doubts
