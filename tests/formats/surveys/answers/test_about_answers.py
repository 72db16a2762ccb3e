"""What a person says that columns of a wide file are about: questions, boxes, respondents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coder.domain.nonresponse import NonResponses
from coder.domain.surveys.import_choices import ImportChoices
from coder.errors import CoderError
from coder.formats.surveys.reading import build_survey, read_rows, understand

if TYPE_CHECKING:
    from pathlib import Path

    from coder.domain.responses import Survey
    from coder.domain.surveys.survey_layout import ImportReport, SurveyLayout

HEADER = "id,region,q15_1,q15_1_date,q15_2,q15_sentiment,q16,Sentiment q16,sentiment"
ROWS = (
    "A,North,more beds please,2026-01-02,more staff,sad,all is well,glad,mild",
    "B,South,longer hours,2026-02-03,,sad,n/a,glad,mild",
    "C,South,shorter waits,,better pay,,a kind word,GLAD,wild",
)


def imported(folder: Path, *about: str, header: str = HEADER) -> tuple[SurveyLayout, Survey, ImportReport]:
    """Import three people, two questions, of which one has two boxes."""
    path = folder / "survey.csv"
    path.write_text("\n".join([header, *ROWS, ""]), encoding="utf-8")
    choices = ImportChoices(id_column="id", open_columns=("q15_1", "q15_2", "q16"), about=about)
    raw = read_rows(path, choices)
    layout = understand(raw, choices)
    return (layout, *build_survey(raw, layout, NonResponses()))


def values(survey: Survey, name: str) -> dict[str, str]:
    """Return an attribute of answers by the answers' ids."""
    ids = {response.number: response.id for response in survey.responses}
    return {ids[number]: cell for number, cell in survey.answer_values[name].items()}


def test_nothing_is_of_answers_unless_a_person_says_so(tmp_path: Path) -> None:
    """What names make likely is offered, with the option that does it."""
    layout, survey, _ = imported(tmp_path)
    assert list(survey.answer_attributes) == []
    assert [(offer.column, offer.option) for offer in layout.offers] == [
        ("q15_1_date", "--about q15_1=q15_1_date"),
        ("q15_sentiment", "--about Q15=q15_sentiment"),
        ("Sentiment q16", "--about 'q16=Sentiment q16'"),
    ]


def test_columns_about_several_questions_are_one_attribute(tmp_path: Path) -> None:
    """It is called what remains of the names; a box has its own, a question's is that of all its boxes."""
    header = HEADER.replace(",sentiment", ",manner")
    layout, survey, report = imported(
        tmp_path, "Q15=q15_sentiment", "q16=Sentiment q16", "q15_1=q15_1_date", header=header
    )
    assert [(a.name, a.of) for a in survey.answer_attributes] == [("date", "answer"), ("sentiment", "answer")]
    assert values(survey, "date") == {"A.Q15.1": "2026-01-02", "B.Q15.1": "2026-02-03"}
    assert values(survey, "sentiment") == {
        "A.Q15.1": "sad", "A.Q15.2": "sad", "A.Q16.1": "glad", "B.Q15.1": "sad", "B.Q15.2": "sad",
        "B.Q16.1": "glad", "C.Q16.1": "GLAD",
    }  # fmt: skip
    assert report.attributes == ["region", "manner"]
    assert report.answer_attributes["date"] == "q15_1_date: of the answers to Q15, box 1, as date"
    assert layout.offers == ()


def test_a_name_that_something_else_has_is_not_taken(tmp_path: Path) -> None:
    """The respondents' `sentiment` stays theirs: the columns keep their whole names."""
    _, survey, report = imported(tmp_path, "Q15=q15_sentiment", "Q16=Sentiment q16")
    assert [a.name for a in survey.answer_attributes] == ["q15_sentiment", "Sentiment q16"]
    assert "sentiment" in report.attributes
    _, survey, _ = imported(tmp_path, "Q15=q15_sentiment,q15_1_date,region", header=HEADER)
    assert [a.name for a in survey.answer_attributes] == ["region", "date", "q15_sentiment"]


def test_two_columns_about_one_answer_are_two_attributes(tmp_path: Path) -> None:
    """Although the same remains of their names."""
    header = HEADER.replace("region", "mood Q15").replace("q15_sentiment", "q15_mood")
    _, survey, _ = imported(tmp_path, "Q15=mood Q15,q15_mood", header=header)
    assert [a.name for a in survey.answer_attributes] == ["mood Q15", "q15_mood"]
    assert values(survey, "mood Q15")["A.Q15.2"] == "North"
    assert values(survey, "q15_mood")["A.Q15.2"] == "sad"


@pytest.mark.parametrize(
    ("about", "message", "hint"),
    [
        ("q15_sentiment", "does not say which columns", "--about Q15=q15_sentiment"),
        ("Q17=region", "there is no open question of that name", "Q15"),
        ("region=q15_sentiment", "'region' is no open question", "Q15"),
        ("answers=region", "each row has answers to every question", "--about Q15=COLUMN"),
        ("Q15=nowhere", "has no column 'nowhere'", ""),
        ("Q15=q16", "'q16', which holds answers to an open question", ""),
        ("Q15=id", "'id', which says who answered", ""),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, about: str, message: str, hint: str) -> None:
    """With what it should be."""
    with pytest.raises(CoderError) as caught:
        imported(tmp_path, about)
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_a_column_is_about_one_thing(tmp_path: Path) -> None:
    """Said twice it is the same; said otherwise it is refused."""
    imported(tmp_path, "Q15=q15_sentiment", "q15=q15_sentiment")
    with pytest.raises(CoderError, match="cannot be about Q15 and about Q16"):
        imported(tmp_path, "Q15=q15_sentiment", "Q16=q15_sentiment")


def test_a_column_left_out_is_kept_if_it_is_named(tmp_path: Path) -> None:
    """So the date that a platform added is kept by one option, of each the day, and nothing else changes."""
    people = [
        f"R{n},EMail{n}@example.org,2026-0{n % 3 + 1}-1{n} 10:2{n}:03,we want {n} more" for n in range(10)
    ]
    path = tmp_path / "survey.csv"
    path.write_text("\n".join(["id,e-mail,EndTime,What else?", *people, ""]), encoding="utf-8")
    choices = ImportChoices(id_column="id")
    raw = read_rows(path, choices)
    layout = understand(raw, choices)
    assert [column.role for column in layout.columns] == ["id", "ignore", "ignore", "open"]
    (offer,) = layout.offers
    assert offer.option == "--about respondents=EndTime"
    layout = understand(raw, ImportChoices(id_column="id", about=("respondents=EndTime",)))
    survey, _ = build_survey(raw, layout, NonResponses())
    assert [r.attributes for r in survey.respondents[:2]] == [
        {"EndTime": "2026-01-10"},
        {"EndTime": "2026-02-11"},
    ]
    assert layout.offers == ()
