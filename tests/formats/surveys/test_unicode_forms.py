"""Cells of which nothing can be seen, and names and values in either form of their accents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from unicodedata import normalize

import pytest

from coder.domain.nonresponse import NonResponses
from coder.formats.surveys.reading import build_survey, read_rows, understand

if TYPE_CHECKING:
    from pathlib import Path

    from coder.domain.responses import Survey
    from coder.domain.surveys.survey_layout import ImportReport

Form = Literal["NFC", "NFD"]

ROWS = (
    ["respondent", "région", "Q1: à améliorer ?"],
    ["Zoé", "Québec", "les étés sont trop chauds pour les élèves"],
    ["Élise", "Liège", "il manque des médecins à la campagne"],
    ["André", "Québec", "la forêt brûle, personne n'éteint le feu"],
    ["Aimée", "\u200b", "\u200b\u200b"],
    ["Benoît", "\ufeffLiège", "des vélos à côté de la gare, ça aide"],
)


def imported(path: Path, rows: tuple[list[str], ...]) -> tuple[Survey, ImportReport]:
    """Write rows as CSV and read them."""
    path.write_text("\n".join(";".join(row) for row in rows) + "\n", encoding="utf-8")
    raw = read_rows(path)
    return build_survey(raw, understand(raw), NonResponses(["néant"]))


def test_zero_width_spaces_are_no_answer(tmp_path: Path) -> None:
    """Answers of zero-width spaces alone are blank, and are kept as they are."""
    rows = (["id", "q1"], ["a1", "there are too few buses in the evening"], ["a2", "\u200b"],
            ["a3", "no dentist takes new patients now"], ["a4", "\u200b\u200c\ufeff"],
            ["a5", "the park is dark at night"])  # fmt: skip
    survey, report = imported(tmp_path / "zwsp.csv", rows)
    assert report.answers == 3
    assert sum(count for _, count in report.non_responses) == 2
    assert [response.text for response in survey.responses] == [row[1] for row in rows[1:]]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_and_values_have_one_form(tmp_path: Path, form: Form) -> None:
    """Ids, attributes and wordings are kept in NFC whatever the file has; answers stay as they are."""
    written = tuple([normalize(form, cell) for cell in row] for row in ROWS)
    survey, report = imported(tmp_path / "accents.csv", written)
    assert [attribute.name for attribute in survey.attributes] == ["région"]
    assert [respondent.attributes["région"] for respondent in survey.respondents] == [
        "Québec", "Liège", "Québec", "", "Liège",
    ]  # fmt: skip
    assert report.answers == 4
    assert {question.label for question in survey.questions} <= {"Q1: à améliorer ?", "à améliorer ?"}
    assert [response.text for response in survey.responses] == [row[2] for row in written[1:]]


def test_ids_in_two_forms_are_one_respondent(tmp_path: Path) -> None:
    """An id that stands there composed and decomposed is a repeat: the rows are gathered."""
    rows = (
        ["respondent", "q1"],
        *(
            [normalize(form, f"Zoé{n}"), f"a sentence that is told apart {form} {n}"]
            for n in range(1, 7)
            for form in ("NFC", "NFD")
        ),
    )
    survey, report = imported(tmp_path / "ids.csv", rows)
    assert report.respondents == 6
    assert report.answers == 12
    assert [question.items for question in survey.questions] == [2]
