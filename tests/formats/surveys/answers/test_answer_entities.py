"""Entities of HTML in answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coder.domain.surveys.import_choices import NO_CHOICES, ImportChoices
from coder.formats.surveys.reading import read_rows, understand

if TYPE_CHECKING:
    from pathlib import Path

    from coder.domain.surveys.survey_layout import SurveyLayout
    from coder.formats.surveys.raw_tables import RawTable

SURVEY = """id,q1
A1,"More staff &amp; more beds, and it&#39;s urgent"
A2,"The waits are far too long, we can&#39;t plan"
A3,"AT&T; R&D; this & that; &x; &nosuchthing; &region; &copy2; were all fine to me"
A4,"&lt;b&gt;nothing at all&lt;/b&gt; was done about the noise"
"""


def read(folder: Path, text: str, choices: ImportChoices = NO_CHOICES) -> tuple[RawTable, SurveyLayout]:
    """Return a survey's rows, and how it is understood."""
    path = folder / "survey.csv"
    path.write_text(text, encoding="utf-8")
    raw = read_rows(path, choices)
    return raw, understand(raw, choices)


def test_entities_are_told_with_their_number_and_stay(tmp_path: Path) -> None:
    """Answers stay as they are; how many hold entities, and which, is a doubt with its option."""
    raw, layout = read(tmp_path, SURVEY)
    (doubt,) = layout.doubts
    assert doubt.message.startswith("3 answers hold entities of HTML (")
    assert "&#39; 2x" in doubt.message
    assert "--decode-entities" in doubt.remedy
    assert raw.rows[0][1] == "More staff &amp; more beds, and it&#39;s urgent"


def test_entities_are_decoded_if_a_person_says_so(tmp_path: Path) -> None:
    """Signs come in place of entities, once over; what is none stays."""
    raw, layout = read(tmp_path, SURVEY, ImportChoices(decode_entities=True))
    assert layout.doubts == ()
    assert [row[1] for row in raw.rows] == [
        "More staff & more beds, and it's urgent",
        "The waits are far too long, we can't plan",
        "AT&T; R&D; this & that; &x; &nosuchthing; &region; &copy2; were all fine to me",
        "<b>nothing at all</b> was done about the noise",
    ]


@pytest.mark.parametrize("answer", ["Fish & chips", "AT&T; and more", "R&D; Q&A; B&B;", "no sign at all"])
def test_an_ampersand_is_no_entity(tmp_path: Path, answer: str) -> None:
    """Ordinary text with the sign is not doubted."""
    text = "id,q1\n" + "".join(f"A{n},{answer} said person number {n}\n" for n in range(5))
    assert read(tmp_path, text)[1].doubts == ()
