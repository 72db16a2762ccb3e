"""Rows and layout make a survey that keeps every answer as it was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.nonresponse import NonResponses
from coder.domain.surveys.import_choices import ImportChoices
from coder.domain.surveys.survey_layout import ImportReport, QuestionCount, Role, SurveyColumn, SurveyLayout
from coder.errors import CancelledError, CoderError
from coder.formats.surveys.raw_tables import RawTable
from coder.formats.surveys.reading import build_survey, read_rows, understand

if TYPE_CHECKING:
    from coder.domain.responses import Survey

SAMPLE = Path(__file__).parents[3] / "data" / "pch-2023" / "responses.csv"
WIDE: dict[str, Role] = {"id": "id", "region": "attribute", "q1_1": "open", "q1_2": "open", "q2": "open"}
LONG: dict[str, Role] = {"who": "id", "question": "question", "text": "text", "region": "attribute"}


def table(names: dict[str, Role], rows: list[list[str]]) -> RawTable:
    """Make a table with these columns."""
    return RawTable(Path("survey.csv"), tuple(names), ("",) * len(names), rows, range(2, len(rows) + 2))


def layout_of(names: dict[str, Role], *, long: bool = False) -> SurveyLayout:
    """Return a layout with the columns in these parts."""
    columns = tuple(SurveyColumn(n, name, role, "test") for n, (name, role) in enumerate(names.items()))
    if not long:
        raw = table(names, [[*"abcde"]])
        columns = understand(
            raw, ImportChoices(id_column="id", open_columns=("q1*", "q2"), attributes=("region",))
        ).columns
    return SurveyLayout("long" if long else "wide", columns, 2)


def build_wide(rows: list[list[str]]) -> tuple[Survey, ImportReport]:
    """Build a survey of wide rows."""
    return build_survey(table(WIDE, rows), layout_of(WIDE), NonResponses())


def build_long(rows: list[list[str]], names: dict[str, Role] = LONG) -> tuple[Survey, ImportReport]:
    """Build a survey of long rows."""
    return build_survey(table(names, rows), layout_of(names, long=True), NonResponses())


def test_sample_counts() -> None:
    """The sample has 71 councils, 430 items with text and 413 answers."""
    raw = read_rows(SAMPLE)
    survey, report = build_survey(raw, understand(raw), NonResponses())
    assert (report.respondents, report.answers) == (71, 413)
    assert sum(bool(response.text.strip()) for response in survey.responses) == 430
    assert [(q.id, q.items) for q in survey.questions] == [("Q15", 3), ("Q16", 3), ("Q17", 3), ("Q18", 1)]
    assert len(report.attributes) == 9
    assert survey.responses[0].id == "C001.Q15.1"


def test_wide_responses_are_numbered_respondent_by_respondent() -> None:
    """Numbers run from 1 through each respondent's questions and items."""
    survey, _ = build_wide([["A", "N", "one", "two", "three"], ["B", "S", "four", "", "six"]])
    assert [r.number for r in survey.responses] == [1, 2, 3, 4, 5, 6]
    assert [r.id for r in survey.responses[:3]] == ["A.Q1.1", "A.Q1.2", "A.Q2.1"]
    assert [r.id for r in survey.respondents] == ["A", "B"]
    assert survey.respondents[1].attributes == {"region": "S"}


def test_non_responses_are_kept_and_counted() -> None:
    """Blank and listed texts stay as they are, marked as no answers; 0 is an answer."""
    survey, report = build_wide([["A", "N", " n/a ", "", "0"], ["B", "N", "N/A", "  ", "x-ray waits"]])
    assert [r.answered for r in survey.responses] == [False, False, True, False, False, True]
    assert survey.responses[0].text == " n/a "
    assert dict(report.non_responses) == {"": 2, "n/a": 1, "N/A": 1}
    assert list(report.questions) == [QuestionCount("Q1", "", 0, 4), QuestionCount("Q2", "", 2, 0)]
    assert report.answers == 2


def test_rows_without_id_column_are_numbered() -> None:
    """Without an id column the rows' order names the respondents."""
    names: dict[str, Role] = {"q1": "open"}
    raw = table(names, [["one"], ["two"]])
    survey, _ = build_survey(
        raw, SurveyLayout("wide", (SurveyColumn(0, "q1", "open", "test"),), 2), NonResponses()
    )
    assert [r.id for r in survey.responses] == ["R1.Q1.1", "R2.Q1.1"]


def test_repeated_id_names_both_rows() -> None:
    """An id that stands twice in a wide file is an error with both rows."""
    with pytest.raises(CoderError, match="rows 2 and 4: both have 'A' in the id column 'id'"):
        build_wide([["A", "", "x", "", ""], ["B", "", "y", "", ""], ["A ", "", "z", "", ""]])


def test_rows_without_an_id_are_called_after_their_place() -> None:
    """A row whose id is blank is a respondent of its own."""
    survey, _ = build_wide([["A", "", "x", "", ""], [" ", "", "y", "", ""]])
    assert [respondent.id for respondent in survey.respondents] == ["A", "row 3"]


def test_no_open_question_is_an_error() -> None:
    """A survey without open questions cannot be coded."""
    names: dict[str, Role] = {"id": "id", "region": "attribute"}
    layout = SurveyLayout(
        "wide", (SurveyColumn(0, "id", "id", "test"), SurveyColumn(1, "region", "attribute", "test")), 2
    )
    with pytest.raises(CoderError, match="no open question"):
        build_survey(table(names, [["A", "N"]]), layout, NonResponses())


def test_column_opened_on_screen_becomes_a_question() -> None:
    """A column that a person made open by hand gets a question of its own."""
    survey, _ = build_survey(
        table(WIDE, [["A", "N", "one", "two", "three"]]), layout_of(WIDE).with_role(1, "open"), NonResponses()
    )
    assert [q.id for q in survey.questions] == ["region", "Q1", "Q2"]


def test_box_opened_on_screen_joins_its_question() -> None:
    """A box that a person made open by hand is an item beside the others of its question."""
    raw = table(WIDE, [["A", "N", "one", "two", "three"]])
    layout = understand(raw, ImportChoices(id_column="id", open_columns=("q1_1", "q2"))).with_role(3, "open")
    survey, _ = build_survey(raw, layout, NonResponses())
    assert [r.id for r in survey.responses] == ["A.Q1.1", "A.Q1.2", "A.Q2.1"]


def test_long_rows_are_ordered_by_respondent_and_question() -> None:
    """Rows in any order give responses respondent by respondent; repeats are items."""
    rows = [["B", "good", "1", "N"], ["A", "bad", "2", "S"], ["B", "bad", "3", "N"], ["B", "good", "4", "N"]]
    survey, _ = build_long(rows)
    assert [(r.id, r.text) for r in survey.responses] == [
        ("B.good.1", "1"), ("B.good.2", "4"), ("B.bad.1", "3"), ("A.bad.1", "2"),
    ]  # fmt: skip
    assert [(q.id, q.items) for q in survey.questions] == [("good", 2), ("bad", 1)]
    assert [r.id for r in survey.respondents] == ["B", "A"]


def test_long_question_wordings_get_short_ids() -> None:
    """A wording in the question column becomes the label of Q1, Q2 ..."""
    rows = [["A", "What do you like about it?", "x", ""], ["A", "15. What else is there?", "y", ""]]
    survey, _ = build_long(rows)
    assert [(q.id, q.label) for q in survey.questions] == [
        ("Q1", "What do you like about it?"), ("Q15", "15. What else is there?"),
    ]  # fmt: skip


def test_long_id_and_wording_columns() -> None:
    """With two question columns the short one names and the long one words the question."""
    names: dict[str, Role] = {"who": "id", "wording": "question", "qid": "question", "text": "text"}
    wordings = ["What do you like?", "What did you like?", "What did you like?"]
    rows = [[f"C{n}", wording, "like", "x"] for n, wording in enumerate(wordings)]
    survey, report = build_long(rows, names)
    assert [(q.id, q.label) for q in survey.questions] == [("like", "What did you like?")]
    assert list(report.warnings) == ["like has 2 wordings; kept: 'What did you like?'"]


def test_long_file_of_one_question() -> None:
    """Respondent and text alone make the question Q1."""
    survey, _ = build_long([["A", "x"], ["B", "y"]], {"who": "id", "text": "text"})
    assert [r.id for r in survey.responses] == ["A.Q1.1", "B.Q1.1"]


def test_attribute_that_varies_is_of_the_answers() -> None:
    """In a long file an attribute that differs within a respondent is kept of each answer."""
    survey, report = build_long([["A", "good", "x", "N"], ["A", "bad", "y", "S"]])
    assert list(survey.attributes) == []
    assert survey.respondents[0].attributes == {}
    assert [(attribute.name, attribute.of) for attribute in survey.answer_attributes] == [
        ("region", "answer")
    ]
    answers = {response.number: response.text for response in survey.responses}
    assert {answers[n]: cell for n, cell in survey.answer_values["region"].items()} == {"x": "N", "y": "S"}
    assert list(report.ignored) == []


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["r1", "A", "1", "x"], ["r1", "B", "1", "y"]], "rows 2 and 3: both have the same rid ('r1')"),
        ([["r1", "A", "1", "x"], ["", "B", "1", "y"]], "row 3: 'rid' is blank"),
        ([["r1", "A", "1", "x"], ["r2", "A", "1", "y"]], "rows 2 and 3: both are the same answer ('A, Q1,"),
        ([["r1", "A", "first", "x"]], "row 2, column 'item': 'first' is no item number"),
    ],
)
def test_faults_of_long_files(rows: list[list[str]], words: str) -> None:
    """Each fault of a long file names its rows."""
    with pytest.raises(CoderError) as caught:
        build_long(rows, {"rid": "response", "who": "id", "item": "item", "text": "text"})
    assert words in caught.value.message


@pytest.mark.parametrize("cells", ["it0 it1", "0 1", "good bad", "1 2"])
def test_items_that_do_not_count_from_one_are_counted(cells: str) -> None:
    """A column called `item` may hold names or numbers from 0: boxes are counted in the order of rows."""
    names: dict[str, Role] = {"respondent": "id", "question": "question", "item": "item", "text": "text"}
    rows = [[f"R{n}", "Q1", cell, f"We wait {cell} {n}"] for n in range(6) for cell in cells.split()]
    raw = table(names, rows)
    survey, _ = build_survey(raw, understand(raw), NonResponses())
    assert [(question.id, question.items) for question in survey.questions] == [("Q1", 2)]
    assert [response.item for response in survey.responses] == [1, 2] * 6


def test_blank_question_names_its_row() -> None:
    """An answer to no question is an error."""
    with pytest.raises(CoderError, match="row 2: the question is blank"):
        build_long([["A", "", "x", ""]])


def test_progress_may_cancel() -> None:
    """What progress raises ends the building of a wide and of a long survey."""

    def cancel(_done: int, _total: int | None) -> None:
        raise CancelledError

    wide = table(WIDE, [[str(n), "", "x", "", ""] for n in range(1_000)])
    with pytest.raises(CancelledError):
        build_survey(wide, layout_of(WIDE), NonResponses(), cancel)
    long = table(LONG, [[str(n), "Q1", "x", ""] for n in range(1_000)])
    with pytest.raises(CancelledError):
        build_survey(long, layout_of(LONG, long=True), NonResponses(), cancel)


@given(st.lists(st.tuples(st.text(), st.text(), st.text()), min_size=1, max_size=20))
def test_every_text_is_kept_once(answers: list[tuple[str, str, str]]) -> None:
    """A wide survey has one response for each respondent and box, verbatim, and the counts add up."""
    survey, report = build_wide([[f"A{n}", "N", *texts] for n, texts in enumerate(answers)])
    assert [r.text for r in survey.responses] == [text for texts in answers for text in texts]
    assert len({r.id for r in survey.responses}) == len(survey.responses)
    assert report.answers + sum(count for _, count in report.non_responses) == len(survey.responses)


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(["Q1", "Q2"]), st.text()), min_size=1))
def test_long_rows_are_kept_once(answers: list[tuple[str, str, str]]) -> None:
    """A long survey has one response for each row, numbered without gaps."""
    survey, _ = build_long([[*answer, ""] for answer in answers])
    assert sorted(r.text for r in survey.responses) == sorted(text for *_, text in answers)
    assert [r.number for r in survey.responses] == list(range(1, len(answers) + 1))
    assert len({r.id for r in survey.responses}) == len(answers)
