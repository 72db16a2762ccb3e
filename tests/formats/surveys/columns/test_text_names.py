"""What the name of a column says of its text: short words beside a choice are answers, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.formats.surveys.reading import RawTable, understand

OTHERS = ("nurse", "clerk", "ward manager", "porter", "cook", "student nurse", "none")
JOBS = ("Nurse", "Cook", "Porter", "Other")
ROWS = 40
THINGS = ("water", "rail", "light", "stone", "paper", "music", "field", "north", "glass", "trade")


def survey(name: str, cells: list[str], label: str = "") -> RawTable:
    """Return a survey of an id, sentences, a closed question and one column more."""
    columns = {
        "Response ID": [f"C{n:03}" for n in range(ROWS)],
        "What would you change?": [
            f"more time for the people on ward {n} and their families" for n in range(ROWS)
        ],
        "What is your job?": [JOBS[n % len(JOBS)] for n in range(ROWS)],
        name: cells + [""] * (ROWS - len(cells)),
    }
    rows = list(map(list, zip(*columns.values(), strict=True)))
    return RawTable(Path("survey.csv"), tuple(columns), ("", "", "", label), rows, range(2, len(rows) + 2))


@pytest.mark.parametrize(
    "name",
    [
        "Other",
        "Other (2nd)",
        "What is your job? - Other (please specify)",
        "Other (specify) [What is your job?]",
        "Other - Write In:What is your job?",
        "Other word(s)::What is your job?",
        "Q7[other]",
        "Was sind Sie? [Sonstiges]",
        "Quel est votre métier ? [Autre]",
        "¿Cuál es su trabajo? Otro, especifique",
        "Position-Other",
        "open_answer",
    ],
)
def test_what_was_written_beside_a_choice_is_an_open_question(name: str) -> None:
    """A few words in a few rows are answers where the name says so; the choice beside it stays closed."""
    layout = understand(survey(name, list(OTHERS)))
    assert [column.name for column in layout.of_role("open")] == ["What would you change?", name]
    assert [column.name for column in layout.of_role("attribute")] == ["What is your job?"]


def test_wording_beside_a_code_says_it_too() -> None:
    """`Q7_T` is known by its wording."""
    layout = understand(survey("Q7x", list(OTHERS), "Other (please specify)"))
    assert [column.name for column in layout.of_role("open")][-1] == "Q7x"


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("Other", ["Other"] * 15),
        ("Q7[other]", ["Yes", "No"] * 15),
        ("Other (please specify)", [str(n) for n in range(30)]),
        ("Mother", ["works here", "lives here"] * 15),
        ("Become a mentor21", ["Become a mentor"]),
        ("Q8_5", ["More than fifty times"]),
        ("Any other training [First aid]", ["not yet", "last year"] * 15),
    ],
)
def test_ticks_and_figures_under_such_a_name_stay_closed(name: str, cells: list[str]) -> None:
    """A ticked box may be called `Other` as well."""
    layout = understand(survey(name, cells, f"How often? - {cells[0]}" if name == "Q8_5" else ""))
    assert [column.name for column in layout.of_role("open")] == ["What would you change?"]


def test_a_scale_that_few_have_filled_is_no_boxes() -> None:
    """Ratings by few people differ as much as short texts do, but their values recur in every box."""
    columns = {
        "Response ID": [f"C{n:03}" for n in range(ROWS)],
        "What would you change?": [
            f"more time for the people on ward {n} and their families" for n in range(ROWS)
        ],
    }
    for box in range(1, 6):
        columns[f"Rate this feature {box}"] = ["very good", "fair", "poor"] + [""] * (ROWS - 3)
    rows = list(map(list, zip(*columns.values(), strict=True)))
    raw = RawTable(Path("survey.csv"), tuple(columns), ("",) * len(columns), rows, range(2, len(rows) + 2))
    assert [column.name for column in understand(raw).of_role("open")] == ["What would you change?"]


@pytest.mark.parametrize(
    "name",
    [
        "Other (please specify)",
        "Which do you use? - Other (please specify)",
        "Was nutzen Sie? [Sonstiges, bitte angeben]",
        "Autre, précisez",
        "Otro (especifique)",
    ],
)
def test_answers_that_repeat_are_answers_where_one_was_to_specify(name: str) -> None:
    """Twenty people write three things beside a choice: that is no list of options."""
    layout = understand(survey(name, ["taxi", "bike", "horse", "taxi"] * 5))
    assert [column.name for column in layout.of_role("open")] == ["What would you change?", name]


@pytest.mark.parametrize("cells", [["Yes", "No"] * 5, ["Other (please specify)"] * 10, ["Checked"] * 9])
def test_ticks_beside_specify_stay_closed(cells: list[str]) -> None:
    """The option itself has the same words as the box beside it."""
    layout = understand(survey("Which do you use? - Other (please specify)", cells))
    assert [column.name for column in layout.of_role("open")] == ["What would you change?"]


@pytest.mark.parametrize(
    "name",
    [
        "Any other comments?",
        "Comments",
        "Is there anything else you would like to tell us?",
        "Weitere Anmerkungen",
        "Avez-vous d'autres remarques ?",
        "¿Algún otro comentario?",
        "Altri commenti o suggerimenti",
        "Overige opmerkingen",
        "Inne uwagi",
        "Unrhyw sylwadau eraill?",
    ],
)
def test_few_short_answers_are_open_where_the_wording_asks_for_text(name: str) -> None:
    """One word of a few people is what they had to say."""
    layout = understand(survey(name, ["No", "None", "Thanks", "", "Cheers", "Thanks"]))
    assert [column.name for column in layout.of_role("open")] == ["What would you change?", name]


def test_yes_and_no_to_comments_are_closed() -> None:
    """Whether somebody has comments is no comment."""
    layout = understand(survey("Do you have any other comments?", ["Yes", "No", "Yes"]))
    assert [column.name for column in layout.of_role("open")] == ["What would you change?"]


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("Council", "Borough of {} and Sands"),
        ("Job title", "Senior {} officer"),
        ("Which course?", "Advanced {} studies"),
        ("What is your job title?", "senior {} officer"),
        ("Beruf", "Leitung {} und technik"),
        ("Quel est votre métier ?", "agent de {}"),
        ("organisation_name", "the {} society of the north"),
    ],
)
def test_what_something_is_called_is_no_answer(name: str, thing: str) -> None:
    """Names of councils, jobs and courses differ and have several words, and are nothing to code."""
    layout = understand(survey(name, [thing.format(word) for word in THINGS]))
    assert [column.name for column in layout.of_role("open")] == ["What would you change?"]


@pytest.mark.parametrize(
    "name", ["What do you like about your school?", "Problems at school", "About the course"]
)
def test_short_answers_about_something_are_open(name: str) -> None:
    """A question that ends in what things are called asks about it."""
    layout = understand(survey(name, [f"bad {word} rooms everywhere" for word in THINGS]))
    assert [column.name for column in layout.of_role("open")] == ["What would you change?", name]
