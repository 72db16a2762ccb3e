"""Boxes of one question are joined, different questions stay apart, and a closed column is no box."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coder.domain.surveys.import_choices import ImportChoices
from coder.errors import CoderError
from coder.formats.surveys.columns.wordings import shared_wording
from coder.formats.surveys.raw_tables import RawTable
from coder.formats.surveys.reading import understand

if TYPE_CHECKING:
    from coder.domain.surveys.survey_layout import SurveyLayout

WORDS = (
    "beds", "staff", "money", "police", "housing", "families", "managers", "panels", "waits", "agencies",
    "rotas", "grants",
)  # fmt: skip
IDS = [f"C{n:03}" for n in range(12)]


def texts(about: str) -> list[str]:
    """Return twelve different sentences."""
    return [f"we would like to see more {word} and better {about} next year" for word in WORDS]


def survey(columns: dict[str, list[str]], labels: dict[str, str] | None = None) -> RawTable:
    """Return a survey of an id and these columns, some with a wording beside the name."""
    columns = {"Response ID": IDS, **columns}
    rows = list(map(list, zip(*columns.values(), strict=True)))
    wordings = tuple((labels or {}).get(name, "") for name in columns)
    return RawTable(Path("survey.csv"), tuple(columns), wordings, rows, range(2, len(rows) + 2))


def of_texts(*names: str, labels: tuple[str, ...] = ()) -> RawTable:
    """Return a survey in which every column holds sentences."""
    wordings = dict(zip(names, labels, strict=True)) if labels else {}
    return survey({name: texts(f"thing {n}") for n, name in enumerate(names)}, wordings)


def questions(layout: SurveyLayout) -> list[list[str]]:
    """Return the names of each question's boxes."""
    groups: dict[str, list[str]] = {}
    for column in sorted(layout.of_role("open"), key=lambda column: (column.question_id, column.item)):
        groups.setdefault(column.question_id, []).append(column.name)
    return sorted(groups.values())


ASKED = "What are the main difficulties that you face?"
BOXES_BY_WORDING = {
    "Alchemer": [f"Difficulty #{n}:{ASKED}" for n in (1, 2, 3)],
    "Alchemer, names for boxes": [f"{box}:{ASKED}" for box in ("Staffing", "Money", "Anything bigger")],
    "LimeSurvey": [f"{ASKED} [{box}]" for box in ("First", "Second", "Third")],
    "LimeSurvey, code and text": [f"Q15[SQ00{n}]. {ASKED} [{n}]" for n in (1, 2, 3)],
    "Jisc": [f"{ASKED} - {box}" for box in ("First", "Second", "Third")],
    "Jisc, numbered": [f"3.{n}. {ASKED} - {box}" for n, box in enumerate(("First", "Second"), 1)],
    "SurveyMonkey": [f"{ASKED}: {n}" for n in (1, 2, 3)],
    "Qualtrics": ["Please describe - a typical day", "Please describe - your worst day"],
    "SmartSurvey": [f"{ASKED} ({n})" for n in (1, 2, 3)],
    "Forms": ["First challenge", "Second challenge", "Third challenge"],
    "Forms, numbered": ["Biggest challenge 1", "Biggest challenge 2", "Biggest challenge 3"],
    "Forms, sentences": [f"What is your {n} challenge?" for n in ("first", "second", "third")],
    "German": ["Größte Herausforderung: erste", "Größte Herausforderung: zweite"],
}


@pytest.mark.parametrize("platform", BOXES_BY_WORDING)
@pytest.mark.parametrize("is_label", [False, True])
def test_boxes_are_joined_by_wording(platform: str, is_label: bool) -> None:
    """Columns that share a question and differ in short labels or numbers are its boxes."""
    wordings = BOXES_BY_WORDING[platform]
    if is_label:
        names = [f"v{12 + n}" for n in range(len(wordings))]
        raw = of_texts(*names, labels=tuple(wordings))
    else:
        names = wordings
        raw = of_texts(*names)
    layout = understand(raw)
    assert questions(layout) == [names]
    assert not layout.doubts


DIFFERENT_QUESTIONS = {
    "begin alike": ["What are your main challenges?", "What are your main successes?"],
    "end alike": ["What works well in your area?", "What works badly in your area?"],
    "one word apart": ["What do you like about the service?", "What do you dislike about the service?"],
    "numbered": ["1. What went well for you?", "2. What went well for others?"],
    "comments on questions": ["Comments on question 1", "Comments on question 2"],
    "same section": ["Lunch: what did you like best?", "Lunch: what would you rather have?"],
    "asked behind a dash": ["Your last visit - what did you like", "Your last visit - what was not good"],
    "why": ["3. Please explain your answer", "5. Please explain your answer"],
}


@pytest.mark.parametrize("kind", DIFFERENT_QUESTIONS)
def test_different_questions_stay_apart(kind: str) -> None:
    """Two wordings that merely begin or end alike are two questions; nothing is in doubt."""
    wordings = DIFFERENT_QUESTIONS[kind]
    layout = understand(of_texts(*wordings))
    assert questions(layout) == sorted([wording] for wording in wordings)
    assert not layout.doubts


@pytest.mark.parametrize("names", [("Q1.2", "Q1.3"), ("S2_1", "S2_2"), ("v12", "v15"), ("Q7_1", "Q7_2")])
@pytest.mark.parametrize("kind", DIFFERENT_QUESTIONS)
def test_wording_goes_before_names(names: tuple[str, str], kind: str) -> None:
    """Names that look like boxes do not join what is worded differently."""
    if kind == "asked behind a dash":
        pytest.skip("names that say so make these the boxes of one form")
    layout = understand(of_texts(*names, labels=tuple(DIFFERENT_QUESTIONS[kind])))
    assert questions(layout) == sorted([name] for name in names)


def test_boxes_of_a_form_are_joined_by_name_and_wording() -> None:
    """Boxes whose names agree may have longer labels, and share the wording in front of these."""
    layout = understand(
        of_texts("Q7_1", "Q7_2", labels=("Please describe - a day", "Please describe - what went wrong"))
    )
    assert questions(layout) == [["Q7_1", "Q7_2"]]


@pytest.mark.parametrize(
    "names",
    [
        ("q1", "q2", "q3"), ("F1", "F2"), ("v12", "v15"), ("item1", "item2", "item3"), ("S1", "S2"),
        ("Frage 1", "Frage 2"), ("Questão 9", "Questão 10"), ("Otázka 1", "Otázka 2"),
        ("Question 1", "Question 2"), ("VAR00002", "VAR00003"), ("V_1", "V_2"),
        ("Unnamed: 3", "Unnamed: 4"), ("Column33", "Column38"), ("column 4", "column 6"), ("p1", "p2"),
        ("field_1", "field_2"), ("2019", "2020"), ("ae1", "ae2"), ("vob7", "vob14"),
        ("budget2019", "budget2024"), ("Pregunta 1", "Pregunta 2"),
    ],
)  # fmt: skip
def test_numbers_of_questions_are_no_boxes(names: tuple[str, ...]) -> None:
    """A number behind a word for any question, variable or column counts questions: nothing is in doubt."""
    layout = understand(of_texts(*names))
    assert questions(layout) == sorted([name] for name in names)
    assert not layout.doubts


@pytest.mark.parametrize(
    "names",
    [
        ("q15_1", "q15_2", "q15_3"), ("Q15[1]", "Q15[2]"), ("Q15[SQ001]", "Q15[SQ002]"),
        ("challenge1", "challenge2", "challenge3"), ("barrier_1", "barrier_2"), ("F3_1", "F3_2"),
    ],
)  # fmt: skip
def test_numbers_of_boxes_are_known_without_wording(names: tuple[str, ...]) -> None:
    """A number behind a question's number, or behind what is listed, counts boxes: nothing is in doubt."""
    layout = understand(of_texts(*names))
    assert questions(layout) == [list(names)]
    assert not layout.doubts


@pytest.mark.parametrize(
    ("names", "joined"),
    [
        (("q15a", "q15b"), True), (("Q15.1", "Q15.2"), True), (("Q1.2", "Q1.3", "Q2.1"), False),
        (("S2_1", "S2_2"), False), (("comment1", "comment2"), False), (("open_1", "open_2"), False),
        (("challenge2", "challenge3"), False), (("Comment 1", "Comment 2"), False),
    ],
)  # fmt: skip
def test_numbers_that_may_count_either_are_in_doubt(names: tuple[str, ...], joined: bool) -> None:
    """Where neither wording nor habit says it, a person is asked, and told how to say it."""
    raw = of_texts(*names)
    layout = understand(raw)
    assert (len(questions(layout)) == 1) is joined
    [doubt] = layout.doubts
    assert "24 answers" in doubt.message
    assert "--boxes" in doubt.remedy
    assert "--apart" in doubt.remedy
    pair = names[:2]
    said = understand(raw, ImportChoices(boxes=(f"Q9={','.join(pair)}",)))
    assert list(pair) in questions(said)
    assert not said.doubts
    parted = understand(raw, ImportChoices(apart=pair))
    assert questions(parted) == sorted([name] for name in names)
    assert not parted.doubts


def test_other_questions_with_plain_numbers_settle_a_full_stop() -> None:
    """`q15.1` beside `q14` and `q16` is a box of Q15: the file's own numbers say so."""
    layout = understand(of_texts("q14", "q15.1", "q15.2", "q16"))
    assert questions(layout) == [["q14"], ["q15.1", "q15.2"], ["q16"]]
    assert not layout.doubts


CHOICES = ["County", "District", "Unitary"] * 4
YES_NO = ["Yes", "No", "Yes", "Yes"] * 3
AGREE = ["Agree", "Disagree", "Strongly agree"] * 4


@pytest.mark.parametrize(
    ("names", "labels"),
    [
        (("Q1_1", "Q1_2"), ("Which council type?", "Which council type? - Other (please specify)")),
        (("Q1_1", "Q1_2"), ("", "")),
        (("Q5", "Q5_6_TEXT"), ("Which type?", "Which type? - Other - Text")),
        (("Q5", "Q5[other]"), ("", "")),
        (("Q5", "Q5[comment]"), ("", "")),
        (("Which type? [Choice]", "Which type? [Other]"), ("", "")),
        (("Which type?", "Other - Write In:Which type?"), ("", "")),
        (("Which type? - Response", "Which type? - Please explain"), ("", "")),
        (("Type 1", "Type 2"), ("", "")),
    ],
)
@pytest.mark.parametrize("closed", [CHOICES, YES_NO, AGREE])
def test_closed_column_is_no_box_of_its_text(
    names: tuple[str, str], labels: tuple[str, str], closed: list[str]
) -> None:
    """The closed one is an attribute, the text beside it an open question of its own."""
    raw = survey({names[0]: closed, names[1]: texts("pay")}, dict(zip(names, labels, strict=True)))
    roles = {column.name: column.role for column in understand(raw).columns}
    assert (roles[names[0]], roles[names[1]]) == ("attribute", "open")


@pytest.mark.parametrize("rows", [3, 4, 6])
def test_closed_column_is_no_box_in_few_rows(rows: int) -> None:
    """Yes and no are closed answers in a file of three rows, too."""
    columns = {"q1_1": ["Yes", "No", "Yes", "No", "No", "Yes"][:rows], "q1_2": texts("pay")[:rows]}
    names = ("id", *columns)
    rows_of = [[identifier, *cells] for identifier, *cells in zip(IDS, *columns.values(), strict=False)]
    raw = RawTable(Path("few.csv"), names, ("",) * 3, rows_of, range(2, rows + 2))
    roles = {column.name: column.role for column in understand(raw).columns}
    assert (roles["q1_1"], roles["q1_2"]) == ("attribute", "open")


@pytest.mark.parametrize(
    "follow_up",
    ["Please explain your answer", "Why?", "If other, please specify",
     "Q3.a. If you selected Other, please specify:",
     "Bitte begründen", "¿Por qué?", "Pourquoi ?", "Other (please specify)", "Comments"],
)  # fmt: skip
def test_text_behind_a_closed_question_is_labelled_with_both(follow_up: str) -> None:
    """What completes a closed question says nothing by itself: its label begins with the question's."""
    raw = survey(
        {"Do you agree with the plan?": AGREE, follow_up: texts("pay"), "Anything else?": texts("x")}
    )
    columns = {column.name: column for column in understand(raw).columns}
    assert columns[follow_up].label == f"Do you agree with the plan? - {follow_up}"
    assert columns["Anything else?"].label in ("", "Anything else?")


def test_comments_at_the_end_are_on_the_whole_survey() -> None:
    """What stands in front of the last box of a survey is not what it asks about."""
    raw = survey(
        {"Why did you come?": texts("x"), "How many hours do you read?": AGREE, "Comments": texts("y")}
    )
    assert understand(raw).columns[-1].label == ""


def test_text_that_has_its_question_already_gets_no_other_box_of_it() -> None:
    """Beside the ticks of a question the text says which question it is of, and is not the last tick's."""
    labels = {name: f"Which do you use? - {box}" for name, box in
              (("Q1_1", "Bus"), ("Q1_2", "Train"), ("Q1_3", "Other (please specify)"))}  # fmt: skip
    ticks = {"Q1_1": ["Bus", ""] * 6, "Q1_2": ["", "Train"] * 6}
    raw = survey({**ticks, "Q1_3": texts("z"), "Q2": texts("y")}, labels)
    assert {column.name: column.label for column in understand(raw).columns}["Q1_3"] == labels["Q1_3"]


def test_ordinal_before_the_question_is_the_box() -> None:
    """`1st thing:Name three things you like` asks to name three things."""
    names = [f"{n} thing:Name three things you like" for n in ("1st", "2nd", "3rd")]
    layout = understand(of_texts(*names))
    assert questions(layout) == [names]
    assert shared_wording(names) == "Name three things you like"


def test_same_words_behind_questions_get_ids_of_one_kind() -> None:
    """`Q1`, and not `Why_It_is_clean` for the one whose question is short."""
    raw = survey({
        "The library is easy to use": YES_NO, "Why? [The library is easy to use]": texts("a"),
        "It is clean": AGREE, "Why? [It is clean]": texts("b"),
    })  # fmt: skip
    assert [column.question_id for column in understand(raw).of_role("open")] == ["Q1", "Q2"]


def test_same_follow_up_of_two_questions_is_two_questions() -> None:
    """What is to be explained behind one closed question is no box of the one behind another."""
    raw = survey({
        "Is it safe here?": YES_NO, "Please explain 1": texts("a"),
        "Is it clean here?": YES_NO, "Please explain 2": texts("b"),
    })  # fmt: skip
    assert questions(understand(raw)) == [["Please explain 1"], ["Please explain 2"]]


def test_short_boxes_of_a_numbered_question_are_open() -> None:
    """Words in boxes #1, #2 and #3 of one question are answers, though none reads like free text."""
    trades = [
        "Law",
        "Steel",
        "Health",
        "Schools",
        "Banking",
        "Farming",
        "Media",
        "Retail",
        "Art",
        "Coal",
        "",
        "",
    ]
    turned = [trades[n:] + trades[:n] for n in (0, 3, 5)]
    raw = survey(
        {f"Trade #{n}:What trades does your work support?": cells for n, cells in enumerate(turned, 1)}
    )
    assert [len(boxes) for boxes in questions(understand(raw))] == [3]


@pytest.mark.parametrize(
    "name",
    ["Which type? [Other]", "P21[other]", "Which type? - Other (please specify)", "Other word(s)::Which?",
     "Q5_6_TEXT", "Otro (especifique)", "type_other", "Please tell us which"],
)  # fmt: skip
def test_short_words_beside_other_are_open(name: str) -> None:
    """What people wrote beside "Other" is text of theirs, be it a word each, with capitals or without."""
    written = [
        "Parish",
        "Joint Board",
        "Parents",
        "Bash",
        "OCaml",
        "Lua for all",
        "Fish",
        "Co-op",
        "",
        "",
        "",
        "",
    ]
    roles = {c.name: c.role for c in understand(survey({"Which?": CHOICES, name: written})).columns}
    assert roles[name] == "open"


@pytest.mark.parametrize(
    "names",
    [
        ("Comments", "Comments (2nd)"),
        ("Please explain", "Please explain (2nd)"),
        ("Why so?", "Why so?.1", "Why so?.2"),
    ],
)
def test_names_told_apart_are_no_boxes(names: tuple[str, ...]) -> None:
    """Equal names that were told apart by a number, here or by pandas, are questions of their own."""
    texts_of = {name: texts(f"x{n}") for n, name in enumerate(names)}
    closed = {f"Is part {n} of it safe?": YES_NO for n in range(len(names))}
    columns = {
        name: cells for pair in zip(closed.items(), texts_of.items(), strict=True) for name, cells in pair
    }
    layout = understand(survey(columns))
    assert questions(layout) == sorted([name] for name in names)
    assert not layout.doubts
    beside = understand(survey(texts_of))
    assert questions(beside) == sorted([name] for name in names)
    assert len(beside.doubts) == 1


def test_boxes_without_labels_are_joined() -> None:
    """LimeSurvey shows boxes that have no label with empty brackets."""
    asked = "Which features has a good test?"
    names = (f"{asked} [A good test is ...]", f"{asked} []", f"{asked} [] (2nd)", f"{asked} [] (3rd)")
    assert [len(boxes) for boxes in questions(understand(of_texts(*names)))] == [4]


@pytest.mark.parametrize("between", [" ", ": "])
def test_items_of_a_matrix_are_boxes_in_doubt(between: str) -> None:
    """Labels in brackets may be boxes, or a question each; numbers in them are boxes."""
    names = tuple(f"How could we improve{between}[{item}]" for item in ("Teaching", "Food", "Sport"))
    for layout in (
        understand(of_texts(*names)),
        understand(of_texts("Q3[SQ001]", "Q3[SQ002]", "Q3[SQ003]", labels=names)),
    ):
        assert [len(boxes) for boxes in questions(layout)] == [3]
        (doubt,) = layout.doubts
        assert "--apart" in doubt.remedy
    assert not understand(of_texts(*(f"What would help you [{n}. idea]" for n in (1, 2)))).doubts
    assert not understand(of_texts(names[0], "Anything else?")).doubts


def test_boxes_of_two_questions_may_take_turns() -> None:
    """Like, dislike, like, dislike: two questions with two boxes each, also if a letter ends the wording."""
    names = tuple(f"What do you {verb} most about X? ({n})" for n in (1, 2) for verb in ("like", "dislike"))
    layout = understand(of_texts(*names))
    assert questions(layout) == [[names[1], names[3]], [names[0], names[2]]]
    assert not layout.doubts


def test_numbered_boxes_of_two_kinds_are_in_doubt() -> None:
    """`Good #1`, `Bad #1`, `Good #2`, `Bad #2` of one question may be two questions."""
    names = tuple(f"{kind} #{n}:Tell us about your visit" for n in (1, 2) for kind in ("Good", "Bad"))
    assert len(understand(of_texts(*names)).doubts) == 1
    assert not understand(of_texts(*names[::2])).doubts


def test_matrix_of_closed_items_stays_closed() -> None:
    """A matrix whose wordings share a question holds no boxes."""
    raw = survey(
        {f"Rate us: [{row}]": AGREE for row in ("Food", "Rooms", "Staff")} | {"Anything else?": texts("x")}
    )
    assert questions(understand(raw)) == [["Anything else?"]]


def test_texts_in_a_section_with_closed_items_are_questions() -> None:
    """A wording that closed columns begin with, too, is a heading and no question of boxes."""
    raw = survey({
        "Your last visit: food": AGREE, "Your last visit: rooms": YES_NO,
        "Your last visit: strong sides": texts("a"), "Your last visit: weak sides": texts("b"),
    })  # fmt: skip
    assert len(questions(understand(raw))) == 2


def test_same_wording_side_by_side_is_in_doubt() -> None:
    """Columns beside each other with one wording and no number may be boxes; a person says."""
    layout = understand(of_texts("v12", "v15", labels=("What would you change?", "What would you change?")))
    assert questions(layout) == [["v12"], ["v15"]]
    assert len(layout.doubts) == 1


def test_boxes_may_be_chosen() -> None:
    """`--boxes` joins what it names in that order, under that name, closed columns included."""
    raw = survey({"a, b": texts("a"), 'c "d"': CHOICES, "e=f": texts("b"), "g": texts("c")})
    layout = understand(raw, ImportChoices(boxes=('mine="e=f","c ""d""","a, b"',)))
    boxes = {column.item: column.name for column in layout.columns if column.question_id == "mine"}
    assert boxes == {1: "e=f", 2: 'c "d"', 3: "a, b"}
    again = understand(raw, ImportChoices(boxes=("mine=a, b", "mine=e=f")))
    assert [c.name for c in again.columns if c.question_id == "mine"] == ["a, b", "e=f"]


def test_a_question_may_be_parted() -> None:
    """`--apart` takes a question's id or a column; boxes that were short stay open."""
    raw = survey({"q15_1": texts("a"), "q15_2": texts("b"), "q15_3": ["Cake", *[""] * 11]})
    assert questions(understand(raw)) == [["q15_1", "q15_2", "q15_3"]]
    parted = understand(raw, ImportChoices(apart=("Q15",)))
    assert questions(parted) == [["q15_1"], ["q15_2"], ["q15_3"]]
    one = understand(raw, ImportChoices(apart=("q15_2",)))
    assert questions(one) == [["q15_1", "q15_3"], ["q15_2"]]


@pytest.mark.parametrize(
    ("choices", "fault"),
    [
        (ImportChoices(boxes=("q15_1,q15_2",)), "does not say which columns"),
        (ImportChoices(boxes=("A=q15_1", "B=q15_1")), "twice"),
        (ImportChoices(boxes=("A=q15_9",)), "no column 'q15_9'"),
        (ImportChoices(apart=("Q99",)), "no column 'Q99'"),
        (ImportChoices(boxes=("A=q15_1",), attributes=("q15_1",)), "named by"),
    ],
)
def test_faulty_boxes_are_refused(choices: ImportChoices, fault: str) -> None:
    """What names no column, or one twice, is said."""
    with pytest.raises(CoderError, match=fault):
        understand(of_texts("q15_1", "q15_2"), choices)
