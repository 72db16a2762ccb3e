"""Whose an attribute is where respondents have several rows: told by hand for small files."""

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
    from coder.domain.surveys.import_choices import RowMeaning
    from coder.domain.surveys.survey_layout import ImportReport

HEADER = "pid,visit,mood,region,wt,comment"
ROWS = (
    "P1,1,glad,North,1.2,well paid staff and nice beds",
    "P1,2,sad,North,1.2,no beds and bad pay here",
    "P2,1,glad,South,0.9,beds are fine and nobody complains",
    "P2,2,glad,South,0.9,beds are fine and nobody complains",
    "P3,1,sad,South,1,never any money for the little things",
    "P3,2,sad,,1,still no money for anything in here",
    "P4,1,,North,1,pay is far too low for what we do",
    "P4,2,glad,north,1,pay is better than it was of old",
)


def imported(
    folder: Path, meaning: RowMeaning, *about: str, rows: tuple[str, ...] = ROWS, weight: str | None = None
) -> tuple[Survey, ImportReport]:
    """Import rows of visits; by default nothing is said about columns."""
    path = folder / "survey.csv"
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    choices = ImportChoices(
        id_column="pid", open_columns=("comment",), row_meaning=meaning, about=about, weight=weight
    )
    raw = read_rows(path, choices)
    return build_survey(raw, understand(raw, choices), NonResponses())


def values(survey: Survey, name: str) -> dict[str, str]:
    """Return an attribute of answers by the answers' ids."""
    ids = {response.number: response.id for response in survey.responses}
    return {ids[number]: cell for number, cell in survey.answer_values[name].items()}


def test_what_differs_within_a_respondent_is_of_the_answer_in_its_row(tmp_path: Path) -> None:
    """Of parts of what somebody said, a blank takes nothing from what another row says; capitals are told."""
    survey, report = imported(tmp_path, "part")
    assert [(a.name, a.of) for a in survey.attributes] == [("region", "respondent"), ("wt", "respondent")]
    assert [r.attributes["region"] for r in survey.respondents] == ["North", "South", "South", "North"]
    assert [(a.name, a.of) for a in survey.answer_attributes] == [("visit", "answer"), ("mood", "answer")]
    assert values(survey, "mood") == {
        "P1.comment.1": "glad", "P1.comment.2": "sad", "P2.comment.1": "glad", "P2.comment.2": "glad",
        "P3.comment.1": "sad", "P3.comment.2": "sad", "P4.comment.2": "glad",
    }  # fmt: skip
    assert report.answer_attributes["mood"] == (
        "differs within 1 of 4 respondents with several rows: P1 has 'glad' (row 2) and 'sad' (row 3)"
    )
    assert report.warnings[0] == (
        "region differs by capitals alone within 1 respondent (P4 has 'North' (row 8) and 'north' (row 9)): "
        "the first is kept"
    )


def test_in_a_long_file_a_blank_is_a_value_of_its_own(tmp_path: Path) -> None:
    """Each row is an answer, and of an answer without a region none is known."""
    survey, report = imported(tmp_path, "answer")
    assert [a.name for a in survey.attributes] == ["wt"]
    assert list(report.answer_attributes) == ["mood", "region"]
    assert report.answer_attributes["region"].endswith("P3 has 'South' (row 6) and none (row 7)")


def test_words_said_again_at_another_visit_are_an_answer_of_their_own(tmp_path: Path) -> None:
    """P2 says at the second visit what they said at the first; a row that is sent twice adds nothing."""
    survey, report = imported(tmp_path, "part", rows=(*ROWS, ROWS[0]))
    assert values(survey, "visit")["P2.comment.2"] == "2"
    assert len(survey.responses) == 8
    assert report.warnings[-1] == (
        "1 row (5) says word for word what an earlier row of the respondent says, with another visit or "
        "mood: it is an answer of its own"
    )


def test_texts_that_a_file_repeats_in_most_rows_are_no_further_answers(tmp_path: Path) -> None:
    """As where a table of people was joined to one of their visits."""
    rows = tuple(
        f"P{who},{visit},glad,North,1,{'all is well and good' if who else 'we wait for so long'} {who}"
        for who in range(5)
        for visit in (1, 2, 3)
    )
    survey, report = imported(tmp_path, "part", rows=rows)
    assert len(survey.responses) == 5
    assert values(survey, "visit") == dict.fromkeys(values(survey, "visit"), "1")
    (warning,) = report.warnings
    assert warning.startswith("10 rows (3, 4, 6, 7, 9 and 5 more) say word for word")
    assert "no answer is added" in warning


def test_a_person_says_that_it_is_of_respondents(tmp_path: Path) -> None:
    """What more of the rows say is kept, and told; where as many say otherwise, nothing is guessed."""
    rows = (*ROWS, "P1,3,sad,North,1.2,one more remark about the beds")
    survey, report = imported(tmp_path, "part", "respondents=mood", rows=rows)
    assert [r.attributes["mood"] for r in survey.respondents] == ["sad", "glad", "sad", "glad"]
    assert report.warnings[0] == (
        "mood differs within 1 respondent (P1 has 'glad' (row 2) and 'sad' (row 3)): kept of this one is "
        "what more of the rows say"
    )
    with pytest.raises(CoderError) as caught:
        imported(tmp_path, "part", "respondents=mood")
    assert "P1 has 'glad' (row 2) and 'sad' (row 3)" in caught.value.message
    assert "--about answers=mood" in caught.value.hint


def test_a_person_says_that_it_is_of_answers(tmp_path: Path) -> None:
    """Though it is the same in all rows of each respondent."""
    survey, report = imported(tmp_path, "part", "answers=region")
    assert "region" not in report.attributes
    assert values(survey, "region")["P1.comment.2"] == "North"
    assert "P3.comment.2" not in values(survey, "region")
    assert report.answer_attributes["region"] == "of the answers of its row, as you said"


def test_one_respondent_of_many_may_differ_by_a_slip(tmp_path: Path) -> None:
    """The rows are told, and what settles it; of a column that differs within many nothing is."""
    rows = tuple(
        f"P{who},{visit},glad,{'South' if (who, visit) == (3, 2) else 'North'},1,words of {who} at {visit}"
        for who in range(12)
        for visit in (1, 2)
    )
    _, report = imported(tmp_path, "part", rows=rows)
    (warning,) = report.warnings
    assert "(P3 has 'North' (row 8) and 'South' (row 9))" in warning
    assert warning.endswith("--about respondents=region")


@pytest.mark.parametrize("meaning", ["part", "answer"])
def test_a_weight_is_of_a_respondent(tmp_path: Path, meaning: RowMeaning) -> None:
    """One that differs within somebody is refused, with the rows; a blank in one of them is none."""
    survey, _ = imported(tmp_path, meaning, weight="wt", rows=(*ROWS[:7], "P4,2,glad,North,,better pay now"))
    assert survey.respondents[3].attributes["wt"] == "1"
    with pytest.raises(CoderError) as caught:
        imported(tmp_path, meaning, weight="wt", rows=(*ROWS[:7], "P4,2,glad,North,2,better pay now"))
    assert caught.value.message == (
        "The weights in 'wt' differ within 1 respondent: P4 has '1' (row 8) and '2' (row 9)."
    )
    with pytest.raises(CoderError, match="holds the weights, which are of respondents"):
        imported(tmp_path, meaning, "answers=wt", weight="wt")


def test_day_and_month_that_are_exchanged_are_told(tmp_path: Path) -> None:
    """As in a public file, of which a program had read some dates in the American way."""
    dates = [("03/10/2021", "10/03/2021"), ("04/10/2021", "04/11/2021"), ("13/10/2021", "3/10/2021")]
    rows = tuple(
        f"P{who},{date},glad,North,1,words of {who} on {n}"
        for who, pair in enumerate(dates)
        for n, date in enumerate(pair)
    )
    _, report = imported(tmp_path, "part", rows=rows)
    (warning,) = report.warnings
    assert warning.startswith(
        "visit has day and month exchanged within 1 respondent (P0 has '03/10/2021' (row 2) and '10/03/2021' "
    )


def test_what_may_identify_people_is_left_out_of_answers_too(tmp_path: Path) -> None:
    """An address of each visit tells who it was, as one of each respondent does."""
    rows = [
        f"P{n},{v},a{n}.{v}@example.org,what we say of {n} at visit {v}" for n in range(6) for v in (1, 2)
    ]
    path = tmp_path / "survey.csv"
    path.write_text("\n".join(["pid,visit,written_by,comment", *rows, ""]), encoding="utf-8")
    for meaning in ("part", "answer"):
        choices = ImportChoices(id_column="pid", open_columns=("comment",), row_meaning=meaning)
        raw = read_rows(path, choices)
        survey, report = build_survey(raw, understand(raw, choices), NonResponses())
        assert "written_by" in report.ignored
        assert "written_by" not in survey.answer_values
