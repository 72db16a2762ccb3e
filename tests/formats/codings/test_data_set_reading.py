"""Reading a coded data set: what is in it, and what is said when something is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coder.domain.codebook import Codebook, Theme
from coder.errors import CoderError
from coder.formats.codings.data_set_reading import read_data_set
from coder.formats.codings.data_set_writing import themes_csv

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "responses.csv": (
        "response_id,respondent_id,question_id,text\n"
        "r1,p1,Q1,Too few staff\nr2,p1,Q2,None\nr3,p2,Q1,The budget\nr4,p3,Q2,N/A\n"
    ),
    "codes.csv": "response_id,theme,coder\nr1,Staff,jo\nr1,staff,al\nr1,Money,al\nr3,Money,jo\nr4,Staff,al\n",
    "themes.csv": "theme,definition\nStaff,Who works\nMoney,What it costs\n",
}


def data_set(folder: Path, **changes: str) -> Path:
    """Write a data set, some of its files changed: `codes="..."`."""
    for name, text in (FILES | {f"{key}.csv": text for key, text in changes.items()}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_first_coder_is_learned_and_the_second_kept_beside(tmp_path: Path) -> None:
    """Themes go by label whatever the case; what only the second coder coded is left out."""
    data = read_data_set(data_set(tmp_path))
    by_id = {response.id: response for response in data.responses}
    assert data.coder_ids == ("jo", "al")
    assert list(by_id) == ["r1", "r2", "r3"]
    assert by_id["r1"].theme_ids == {"staff"}
    assert by_id["r1"].second == frozenset({"staff", "money"})
    assert (by_id["r2"].theme_ids, by_id["r2"].second) == (frozenset(), None)


def test_a_list_for_all_questions_is_one_task(tmp_path: Path) -> None:
    """Without question_id in themes.csv all answers are coded with one list."""
    (task,) = read_data_set(data_set(tmp_path)).tasks()
    assert (task.name, len(task.themes), len(task.responses)) == ("", 2, 3)


def test_questions_with_lists_of_their_own_are_tasks_of_their_own(tmp_path: Path) -> None:
    """Where themes.csv has question_id, the same label is another theme for each question."""
    themes = "question_id,theme\nQ1,Staff\nQ1,Money\nQ2,Staff\n"
    tasks = read_data_set(
        data_set(tmp_path, themes=themes, codes="response_id,theme\nr1,Staff\nr2,Staff\n")
    ).tasks()
    assert [(task.name, [theme.label for theme in task.themes]) for task in tasks] == [
        ("Q1", ["Staff", "Money"]),
        ("Q2", ["Staff"]),
    ]
    chosen = [theme_id for task in tasks for r in task.responses for theme_id in r.theme_ids]
    assert len(set(chosen)) == 2


def test_a_codebook_comes_back_from_its_table(tmp_path: Path) -> None:
    """What `themes.csv` is written from is what is read: labels, definitions, keywords, examples."""
    staff = Theme(
        "staff", "Staff", "Who works", examples=("Nobody stays", "Too few; far too few"), keywords=("agency",)
    )
    written = themes_csv(Codebook((staff, Theme("money", "Money"))), ["Q1"])
    data = read_data_set(data_set(tmp_path, themes=written))
    assert data.codebook.themes == (staff, Theme("money", "Money"))


def test_themes_used_but_not_listed_are_candidates_and_named(tmp_path: Path) -> None:
    """A theme that only codes.csv knows is offered like the others, and a note says so."""
    data = read_data_set(data_set(tmp_path, codes="response_id,theme\nr1,Leadership\nr3,leadership\n"))
    assert [theme.label for theme in data.tasks()[0].themes] == ["Staff", "Money", "Leadership"]
    assert data.notes[0] == "Themes used but not listed in themes.csv (1): Leadership."


def test_the_split_says_what_to_learn_from(tmp_path: Path) -> None:
    """`train` and `test` count; whatever else the column says leaves the response out of the split."""
    split = "response_id,split\nr1,train\nr2,test\nr3,excluded\n"
    data = read_data_set(data_set(tmp_path, split=split))
    assert [response.split for response in data.responses] == ["train", "test", ""]
    assert data.has_split


def test_non_responses_are_marked(tmp_path: Path) -> None:
    """A column is_placeholder says which texts are no answers; without it the usual list does."""
    assert [r.answered for r in read_data_set(data_set(tmp_path)).responses] == [True, False, True]
    responses = "response_id,respondent_id,text,is_placeholder\nr1,p1,Did not reply,1\nr3,p2,None,0\n"
    data = read_data_set(data_set(tmp_path, responses=responses, codes="response_id,theme\nr3,Money\n"))
    assert [response.answered for response in data.responses] == [False, True]


@pytest.mark.parametrize(
    ("changes", "message", "hint"),
    [
        ({"codes": "response_id,theme\nr11,Staff\n"}, "codes.csv, row 2: responses.csv has no", "r1"),
        ({"codes": "response_id,theme\nr1,\n"}, "codes.csv, row 2, column 'theme'", "no row means"),
        (
            {"responses": "response_id,respondent,text\n"},
            "row 1: There is no column 'respondent_id'",
            "'respondent'",
        ),
        ({"responses": FILES["responses.csv"] + "r1,p9,Q1,x\n"}, "row 6, column 'response_id'", "own"),
        ({"responses": FILES["responses.csv"] + "r9,p9,Q1,x,y\n"}, "row 6: 5 cells", "comma"),
        (
            {"codes": "respondent_id,question_id,theme\np1,Q1,Staff\n"},
            "column 'response_id'",
            "Name the response",
        ),
        ({"codes": "response_id,theme\nzz,Staff\n"}, "codes.csv, row 2", "Take the row out"),
        ({"codes": "response_id,theme,coder\nr1,Staff,jo\nr3,Staff,\n"}, "row 3, column 'coder'", "in none"),
        ({"responses": "response_id,respondent_id,text,text\n"}, "row 1: 2 columns are called 'text'", "out"),
        ({"split": "response_id,split\nr9,train\n"}, "split.csv, row 2", "r"),
        ({"split": "response_id,split\nr1,train\nr1,test\n"}, "split.csv, row 3", "out"),
        (
            {
                "themes": "question_id,theme\nQ1,Staff\n",
                "responses": "response_id,respondent_id,text\nr1,p1,Too few\n",
            },
            "does not say which question",
            "question_id",
        ),
    ],
)
def test_faults_name_file_and_row(tmp_path: Path, changes: dict[str, str], message: str, hint: str) -> None:
    """What is wrong is named with its file and row, and what to do next."""
    with pytest.raises(CoderError) as caught:
        read_data_set(data_set(tmp_path, **changes))
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_a_missing_file_says_how_to_make_a_data_set(tmp_path: Path) -> None:
    """An empty folder is answered with what belongs there."""
    with pytest.raises(CoderError) as caught:
        read_data_set(tmp_path)
    assert "coder codings export --format dataset" in caught.value.hint


def test_texts_such_as_none_are_answers_where_somebody_coded_them(tmp_path: Path) -> None:
    """The list of usual non-responses holds for uncoded texts alone; blank texts are never answers."""
    responses = FILES["responses.csv"] + "r5,p5,Q1,none\nr6,p6,Q1, \n"
    codes = "response_id,theme\nr1,Staff\nr2,Staff\nr6,Staff\n"
    data = read_data_set(data_set(tmp_path, responses=responses, codes=codes))
    assert [r.id for r in data.responses if r.answered] == ["r1", "r2", "r3"]
    assert data.notes == (
        "1 response without a coding: taken for answers in which no theme is.",
        "Left out of learning curve and keys: 3 responses without an answer, 1 of them coded: "
        "N/A, none, (blank).",
    )


def test_a_coder_who_coded_little_is_not_learned_and_the_notes_say_what_is_lost(tmp_path: Path) -> None:
    """Though first in the file; the answers and codings that are left out are counted."""
    rows = ["r4,Money,al", "r1,Staff,jo", "r3,Money,jo", "r2,Staff,jo", "r2,Money,kim"]
    data = read_data_set(data_set(tmp_path, codes="\n".join(["response_id,theme,coder", *rows])))
    assert data.coder_ids == ("jo", "al", "kim")
    assert [response.id for response in data.responses] == ["r1", "r2", "r3"]
    assert data.notes == (
        "Learned are the codings of jo; those of al are held against them.",
        "Left out: 1 response that others coded and jo did not.",
        "Left out: the codings of kim.",
    )


def test_questions_in_which_nothing_is_coded_are_left_out_with_a_note(tmp_path: Path) -> None:
    """Where themes go by question; a question without answers is named as well."""
    themes = "question_id,theme\nQ1,Staff\nQ2,Staff\nQ9,Money\n"
    data = read_data_set(data_set(tmp_path, themes=themes, codes="response_id,theme\nr1,Money\n"))
    assert [response.id for response in data.responses] == ["r1", "r3"]
    assert data.notes == (
        "Themes used but not listed in themes.csv (1): Money (Q1).",
        "Left out: 2 responses to questions in which nothing is coded: Q2.",
        "themes.csv lists themes for questions that no response is to: Q9.",
        "1 response without a coding: taken for answers in which no theme is.",
    )


def test_the_notes_say_what_is_odd_in_a_split(tmp_path: Path) -> None:
    """Responses in neither part and respondents in both are counted."""
    codes = "response_id,theme\nr1,Staff\nr2,Staff\nr3,Money\nr4,Staff\n"
    data = read_data_set(
        data_set(tmp_path, codes=codes, split="response_id,split\nr1,train\nr2,test\nr3,dev\n")
    )
    assert data.notes == (
        "split.csv puts 2 responses neither in train nor in test.",
        "split.csv has answers of one respondent both in train and in test (1 times).",
    )


def test_spaces_around_ids_make_no_other_person(tmp_path: Path) -> None:
    """Ids are taken without the white space around them, in every file."""
    responses = "response_id,respondent_id,question_id,text\nr1 ,p1,Q1,Too few\nr2, p1 ,Q1 ,Too many\n"
    data = read_data_set(
        data_set(tmp_path, responses=responses, codes="response_id,theme\n r1,Staff\nr2,Staff\n")
    )
    assert {(r.respondent_id, r.question_id, len(r.theme_ids)) for r in data.responses} == {("p1", "Q1", 1)}


def test_answers_that_are_examples_of_themes_are_noted(tmp_path: Path) -> None:
    """What the codebook quotes is no fair test of a ranking by the codebook alone."""
    codes = "response_id,theme\nr1,Staff\nr2,Staff\nr3,Money\nr4,Staff\n"
    themes = 'theme,examples\nStaff,"The rota\ntoo few  STAFF"\nMoney,\n'
    data = read_data_set(data_set(tmp_path, codes=codes, themes=themes))
    assert data.notes == ("1 response given as an example in themes.csv: zero-shot figures flatter.",)


def test_a_label_is_the_same_however_its_marks_are_written(tmp_path: Path) -> None:
    """One character or two for a letter with a mark: the theme is listed."""
    codes = "response_id,theme\nr1,Sta\u0308dte\nr2,St\u00e4dte\n"
    data = read_data_set(data_set(tmp_path, themes="theme\nSt\u00e4dte\n", codes=codes))
    assert len(data.codebook.themes) == 1
    assert sum(len(response.theme_ids) for response in data.responses) == 2


def test_a_question_may_be_called_question_in_every_file(tmp_path: Path) -> None:
    """`question` does where there is no `question_id`; two files may have it under two names."""
    responses = FILES["responses.csv"].replace("question_id", "question")
    themes = "theme,{}\nStaff,Q1\nMoney,Q1\nStaff,Q2\n"
    codes = "response_id,question,theme,coder\nr1,Q1,Staff,jo\nr3,Q1,Money,jo\nr2,Q2,Staff,jo\n"
    for name in ("question", "question_id"):
        read = read_data_set(data_set(tmp_path, responses=responses, themes=themes.format(name), codes=codes))
        assert [task.name for task in read.tasks()] == ["Q1", "Q2"]


def test_beside_an_id_question_is_the_wording(tmp_path: Path) -> None:
    """Of two columns the one counts that the themes go by; a file may have both."""
    responses = (
        "response_id,respondent_id,question,question_id,text\n"
        "r1,p1,Who works?,Q1,Too few staff\nr3,p2,Who works?,Q1,The budget\n"
    )
    codes = "response_id,question,question_id,theme\nr1,Who works?,Q1,Staff\nr3,Who works?,Q1,Money\n"
    for themes in (
        "theme,question,question_id\nStaff,Who works?,Q1\nMoney,Who works?,Q1\n",
        "theme,question_id\nStaff,Q1\nMoney,Q1\n",
        "theme,question\nStaff,Who works?\nMoney,Who works?\n",
    ):
        folder = data_set(tmp_path, responses=responses, codes=codes, themes=themes)
        (task,) = read_data_set(folder).tasks()
        assert [len(response.theme_ids) for response in task.responses] == [1, 1]


def test_a_theme_under_a_parent_of_its_own_name_is_that_net(tmp_path: Path) -> None:
    """As lists of categories and sub-categories have it where a category is its own sub-category."""
    themes = "theme,parent\nStaff,Staff\nManner,Staff\nMoney,money\n"
    read = read_data_set(data_set(tmp_path, themes=themes))
    staff, manner, money = read.codebook
    assert (staff.parent, manner.parent, money.parent) == (None, staff.id, None)
    assert all(theme.codable for theme in read.codebook)
    assert {"staff"} in [response.theme_ids for response in read.responses]
