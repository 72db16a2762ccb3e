"""The columns of a survey file are understood without help, and anybody may overrule it."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.domain.surveys.import_choices import ImportChoices
from coder.errors import CoderError
from coder.formats.surveys.columns.column_names import box_of, question_id
from coder.formats.surveys.raw_tables import RawTable
from coder.formats.surveys.reading import read_rows, understand

SAMPLE = Path(__file__).parents[3] / "data" / "pch-2023" / "responses.csv"
WORDS = (
    "beds", "staff", "money", "police", "housing", "families", "managers", "panels", "waits", "agencies",
    "rotas", "grants",
)  # fmt: skip


def texts(about: str) -> list[str]:
    """Return twelve different sentences."""
    return [f"we would like to see more {word} and better {about} next year" for word in WORDS]


def table(**columns: list[str]) -> RawTable:
    """Make a table of these columns; `__` in a name stands for a space."""
    names = tuple(name.replace("__", " ") for name in columns)
    rows = list(map(list, zip(*columns.values(), strict=True)))
    return RawTable(Path("survey.csv"), names, ("",) * len(names), rows, range(2, len(rows) + 2))


def labelled(raw: RawTable, *labels: str) -> RawTable:
    """Return the table with a wording for each column."""
    return RawTable(raw.path, raw.names, labels, raw.rows, raw.numbers)


def roles(raw: RawTable, **chosen: tuple[str, ...]) -> dict[str, str]:
    """Return each column's part."""
    layout = understand(
        raw, ImportChoices(open_columns=chosen.get("open"), attributes=chosen.get("attributes"))
    )
    return {column.name: column.role for column in layout.columns}


IDS = [f"C{n:03}" for n in range(12)]
REGIONS = ["North", "South", "East"] * 4


def wide() -> RawTable:
    """Return a small wide survey."""
    return table(
        code=IDS,
        region=REGIONS,
        q15_1=texts("pay"),
        q15_2=texts("work"),
        q15_3=["Cake", *[""] * 11],
        q18=texts("x"),
    )


def test_sample_is_understood() -> None:
    """The sample's id, nine attributes and four questions are found without a flag."""
    layout = understand(read_rows(SAMPLE))
    assert layout.shape == "wide"
    assert [c.name for c in layout.of_role("id")] == ["respondent_id"]
    assert len(layout.of_role("attribute")) == 9
    assert [(c.question_id, c.item) for c in layout.of_role("open")] == [
        *((question, item) for question in ("Q15", "Q16", "Q17") for item in (1, 2, 3)), ("Q18", 1),
    ]  # fmt: skip
    assert all(column.reason for column in layout.columns)


def test_nearly_empty_box_belongs_to_its_question() -> None:
    """A box that one person filled in is open like its siblings."""
    columns = {column.name: column for column in understand(wide()).columns}
    assert columns["q15_3"].role == "open"
    assert (columns["q15_3"].question_id, columns["q15_3"].item) == ("Q15", 3)
    assert columns["q15_3"].reason == "another box of the question of q15_1"
    assert columns["code"].role == "id"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("q15_1", "q15_2"), [("Q15", 1), ("Q15", 2)]),
        (("Q15.1", "Q15.2"), [("Q15", 1), ("Q15", 2)]),
        (("Q15__a", "Q15__b"), [("Q15", 1), ("Q15", 2)]),
        (("q15a", "q15b"), [("Q15", 1), ("Q15", 2)]),
        (("Q15[SQ001]", "Q15[SQ002]"), [("Q15", 1), ("Q15", 2)]),
        (("Q15_4_TEXT", "Q15_6_TEXT"), [("Q15", 1), ("Q15", 2)]),
        (("q15_2", "q16_1"), [("Q15", 2), ("Q16", 1)]),
        (("q11a", "q12"), [("Q11A", 1), ("Q12", 1)]),
        (("challenge1", "challenge2"), [("challenge", 1), ("challenge", 2)]),
        (("challenge1", "Best__thing"), [("challenge1", 1), ("Best_thing", 1)]),
        (("What__is__in__your__way?__[1]", "What__is__in__your__way?__[2]"), [("Q1", 1), ("Q1", 2)]),
        (("15.__What__works__well?", "What__does__not__work__at__all?"), [("Q15", 1), ("Q1", 1)]),
    ],
)
def test_names_tell_question_and_item(names: tuple[str, str], expected: list[tuple[str, int]]) -> None:
    """Every usual way to name the boxes of a question is read."""
    raw = table(code=IDS, **{names[0]: texts("pay"), names[1]: texts("work")})
    assert [(c.question_id, c.item) for c in understand(raw).of_role("open")] == expected


def test_few_short_answers_in_boxes_are_open() -> None:
    """In a file of three rows a box with different answers of some words is an open question."""
    raw = table(
        code=["A", "B", "C"], q1_1=["Good beds here", "Section 117 register", ""], q1_2=["Pay", "", ""]
    )
    assert roles(raw) == {"code": "id", "q1_1": "open", "q1_2": "open"}


def test_different_wordings_are_different_questions() -> None:
    """`Q1.1` and `Q1.2` with wordings of their own are two questions; a shared wording makes them one."""
    raw = table(code=IDS, **{"Q1.1": texts("pay"), "Q1.2": texts("work")})
    apart = understand(labelled(raw, "", "What do you like?", "Who should pay for it?"))
    assert [c.question_id for c in apart.of_role("open")] == ["Q1_1", "Q1_2"]
    alike = understand(labelled(raw, "", "Three challenges: first", "Three challenges: second"))
    assert [c.question_id for c in alike.of_role("open")] == ["Q1", "Q1"]


@pytest.mark.parametrize(
    ("name", "values", "reason"),
    [
        ("Email", ["a@b.org"] * 12, "may identify a person; left out"),
        ("contact", [f"p{n}@b.org" for n in range(12)], "may identify a person; left out"),
        ("LastName", ["Ash", "Elm"] * 6, "may identify a person; left out"),
        ("IPAddress", [f"10.0.0.{n}" for n in range(12)], "may identify a person; left out"),
        ("Duration (in seconds)", [str(n * 37) for n in range(12)], "added by the survey platform"),
        ("wave", ["2"] * 12, "the same value in every row"),
        ("unused", [""] * 12, "empty"),
        ("manager", [f"Anna {word.title()}" for word in WORDS], "short, and nearly every value differs"),
    ],
)
def test_columns_left_out(name: str, values: list[str], reason: str) -> None:
    """What may identify a person, and what says nothing, is left out with the reason."""
    column = understand(table(code=IDS, q1=texts("pay"), **{name: values})).columns[-1]
    assert column.role == "ignore"
    assert column.reason.startswith(reason)


@pytest.mark.parametrize(
    "values",
    [
        ["Close working, no formal agreement of any kind", "Most staff are seconded to the trust itself"] * 6,
        [f"{n % 5}" for n in range(12)],
        ["1", "0", "0"] * 4,
        [f"2023-09-{n // 2 + 1:02}" for n in range(12)],
        ["Phone", "", ""] * 4,
        ["Help with rent;Help with debts", "Help with debts;A place to meet;Help with rent"] * 6,
    ],
)
def test_closed_answers_are_attributes(values: list[str]) -> None:
    """Long options, ratings, tick boxes, dates and joined options are no open questions."""
    assert roles(table(code=IDS, q1=texts("pay"), q2=values))["q2"] == "attribute"


def test_without_id_rows_are_numbered() -> None:
    """A file without an id column says that it numbers its respondents."""
    layout = understand(table(region=REGIONS, q1=texts("pay")))
    assert not layout.of_role("id")
    assert "no id column: respondents are numbered by row, R1, R2 ..." in layout.remarks


def test_open_columns_may_be_chosen() -> None:
    """Names, patterns and stems choose the open columns; the others are left out."""
    every = {"q15_1": "open", "q15_2": "open", "q15_3": "open"}
    for chosen in (("q15_1", "q15_2", "Q15_3"), ("q15_1,q15_2, Q15_3",), ("q15*",), ("Q15",)):
        found = roles(wide(), open=chosen)
        assert {name: role for name, role in found.items() if name.startswith("q15")} == every
        assert found["q18"] == "ignore"


def test_attributes_may_be_chosen() -> None:
    """A chosen attribute comes in although it was left out, and the others stay away."""
    raw = table(code=IDS, region=REGIONS, Name=["Ash", "Elm"] * 6, q1=texts("pay"))
    found = roles(raw, attributes=("name",))
    assert found["Name"] == "attribute"
    assert found["region"] == "ignore"


def test_id_may_be_chosen() -> None:
    """A chosen id column takes the place of the one found."""
    layout = understand(wide(), ImportChoices(id_column="region"))
    assert [c.name for c in layout.of_role("id")] == ["region"]
    assert layout.columns[0].role != "id"


def test_unknown_column_gets_the_nearest_name() -> None:
    """A misspelt column is answered with the one that was meant."""
    with pytest.raises(CoderError, match="no column 'regoin'") as caught:
        understand(wide(), ImportChoices(attributes=("regoin",)))
    assert "'region'" in caught.value.hint


def test_long_file_is_known_by_names() -> None:
    """Respondent, question and text columns make a file long."""
    answers = [f"r{n}" for n in range(12)]
    raw = table(response_id=answers, respondent_id=IDS, question=["Q1", "Q2"] * 6, text=texts("x"))
    layout = understand(raw)
    assert layout.shape == "long"
    assert [c.role for c in layout.columns] == ["response", "id", "question", "text"]


def test_long_file_is_known_by_shape() -> None:
    """Respondents who repeat, one column of free text and one of questions make a file long."""
    raw = table(id=[f"C{n // 2}" for n in range(12)], prompt=["good", "bad"] * 6, said=texts("x"))
    layout = understand(raw)
    assert layout.shape == "long"
    assert [c.role for c in layout.columns] == ["id", "question", "text"]


def test_respondent_and_text_are_enough_for_a_long_file() -> None:
    """A file of one question needs no column for it."""
    assert understand(table(respondent_id=IDS, text=texts("x"))).shape == "long"


def test_text_column_among_other_open_ones_is_wide() -> None:
    """A column named `text` makes no long file if each respondent has one row and answers elsewhere too."""
    raw = table(respondent_id=IDS, text=texts("x"), comments=texts("y"))
    assert [c.name for c in understand(raw).of_role("open")] == ["text", "comments"]


def test_long_looking_file_with_several_open_columns_is_wide() -> None:
    """Choosing several open columns says that the file is wide."""
    raw = table(respondent_id=IDS, question=texts("a"), text=texts("b"))
    assert understand(raw, ImportChoices(open_columns=("question", "text"))).shape == "wide"


def test_boxes_and_ids_of_names() -> None:
    """Numbers that belong to the question are not taken for boxes, and ids stay unique."""
    assert box_of("q15").number == 0
    assert box_of("Question 3").number == 0
    assert question_id("Question 3", "", ()) == "Q3"
    assert question_id("q11a", "", ()) == "Q11A"
    assert question_id("A wording of more than four words", "", {"Q1"}) == "Q2"
    assert question_id("same", "", {"same"}) == "same_1"


def test_short_answers_to_a_question_are_open() -> None:
    """Under a question's wording short answers that nearly all differ are no names of people."""
    short = [f"broken {word}" if n % 3 else f"{word} too far" for n, word in enumerate(WORDS)]
    assert (
        roles(table(code=IDS, **{"Name one thing you would change": short}))[
            "Name one thing you would change"
        ]
        == "open"
    )
    people = [f"Ann {word.title()}" for word in WORDS]
    assert (
        roles(table(code=IDS, q1=texts("x"), **{"Who helped you most of all?": people}))[
            "Who helped you most of all?"
        ]
        == "ignore"
    )


def test_several_ticked_options_are_an_attribute() -> None:
    """Combinations of the same few options are closed, also where nearly every row has another one."""
    options = ["Library", "Swimming pool", "Gym", "Park", "Canteen", "Bus"]
    ticked = [";".join(options[n % 6 : n % 6 + 1 + n % 4] + options[: n // 6]) for n in range(12)]
    assert roles(table(code=IDS, q1=texts("x"), used=ticked))["used"] == "attribute"


def test_a_path_of_codes_is_a_name_and_no_wording() -> None:
    """Forms of groups within groups have long paths: the last part names the question."""
    path = "grp_consent/antibiotics_use/antibiotics_stop_reasons_text"
    layout = understand(table(code=IDS, **{path: texts("x")}))
    assert [(c.question_id, c.label) for c in layout.of_role("open")] == [("antibiotics_stop_reasons", "")]
