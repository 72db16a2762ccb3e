"""Codes that stand for no answer among texts are told, and a person decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.formats.surveys.reading import RawTable, understand

ROWS = 20


def survey(code: str, times: int) -> RawTable:
    """Return a survey of sentences, with a code in the place of some of them."""
    texts = [f"we waited {n} hours for somebody to come and help us" for n in range(ROWS - times)]
    rows = [[f"C{n:03}", text] for n, text in enumerate([*texts, *[code] * times])]
    return RawTable(Path("survey.csv"), ("id", "comment"), ("", ""), rows, range(2, ROWS + 2))


@pytest.mark.parametrize("code", ["99", "999", "77"])
def test_number_that_many_gave_is_in_doubt(code: str) -> None:
    """It would be counted as what they had to say."""
    (doubt,) = understand(survey(code, 4)).doubts
    assert (
        doubt.message
        == f"4 answers among texts are a number that often stands for none ({code} 4x in 'comment')."
    )
    assert "--yes" in doubt.remedy


@pytest.mark.parametrize(("code", "times"), [("99", 1), ("12", 4), ("-99", 4)])
def test_other_numbers_are_answers(code: str, times: int) -> None:
    """One 99 is somebody's answer; -99 is none anywhere, which needs no question."""
    assert understand(survey(code, times)).doubts == ()
