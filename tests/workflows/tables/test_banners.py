"""Columns by several attributes, crossed ones, a theme, and the themes of a question: counted by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from making import CODEBOOK, small_study

from coder.domain.responses import Attribute, Question, Respondent, Response, Survey
from coder.domain.study_settings import AttributeSetting, Settings, TableSetting
from coder.domain.tables.requests import TableRequest
from coder.errors import CoderError
from coder.formats.codebooks.yaml.yaml_text import write_codebook
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import create_study
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from pathlib import Path

    from coder.domain.tables.printed import PrintedTable
    from coder.workflows.study.study import Study

TEXTS = [["pay"], ["beds"], ["pay and beds"], ["money"], ["nothing"], [""]]
"""Of R1 to R6, odd ones in the North, even ones in the South."""
CHOSEN = {1: ("pay",), 2: ("beds",), 3: ("pay", "beds"), 4: ("money",)}


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """Make a study of six; R5 answered and mentions nothing, R6 did not answer."""
    made = small_study(tmp_path / "study", texts=TEXTS)
    session = CodingSession(made, "jo")
    for number, themes in CHOSEN.items():
        for theme in themes:
            session.toggle(number, theme)
    return made


def counts(table: PrintedTable) -> dict[str, list[float | None]]:
    """Return, by heading of a group with its base, the counts of Pay, Beds and Money."""
    rows = {row.label: row for row in table.rows}
    by_group = {}
    for group, columns in groupby(enumerate(table.columns), key=lambda pair: pair[1].group):
        (count, _), (_, percent) = columns
        by_group[f"{group} {percent.base}"] = [
            rows[label].cells[count].value for label in ("Pay", "Beds", "Money")
        ]
    return by_group


def table(study: Study, by: str) -> PrintedTable:
    """Return the table of Q1 by something."""
    (made,) = printed_tables(study, TableRequest(subjects=("Q1",), by=by))
    return made


def test_a_theme_as_columns(study: Study) -> None:
    """Who mentions Beds and who does not, of those who answered; nobody else answered."""
    by_theme = table(study, "Q1:beds")
    assert counts(by_theme) == {
        "mention Beds 2": [1, 2, 0],
        "do not mention Beds 3": [1, 0, 1],
        "Total 5": [2, 2, 1],
    }
    assert by_theme.title.endswith("by Beds (Q1)")
    assert counts(table(study, "Beds")) == counts(by_theme)


def test_notes_on_few_say_of_which_attribute(tmp_path: Path) -> None:
    """Two attributes with the same values, and one of nobody: each note names its own, nobody's has none."""
    people = [
        Respondent(f"R{n}", {"grew": "North", "lives": "North" if n % 3 else "South"}) for n in range(1, 13)
    ]
    responses = [Response(n, f"{r.id}.Q1", r.id, "Q1", 1, "pay", True) for n, r in enumerate(people, 1)]
    attributes = [Attribute("grew"), Attribute("lives")]
    order = AttributeSetting("grew", order=("North", "West"))
    survey = Survey([Question("Q1")], attributes, people, responses)
    settings = Settings("S", respondents="people", attributes=(order,))
    study = create_study(tmp_path / "study", settings, survey, write_codebook(CODEBOOK), "jo")
    CodingSession(study, "jo").toggle(1, "pay")
    notes = [note for note in table(study, "grew,lives").notes if note.startswith("Low numbers")]
    assert len(notes) == 1
    assert "the percentages of lives: North (8), South (4) are" in notes[0]


def test_themes_of_a_question_are_columns(study: Study) -> None:
    """Of the same question: how often two are mentioned together; the total is of all who answered."""
    together = table(study, "Q1")
    assert counts(together) == {
        "Q1: Pay 2": [2, 1, 0],
        "Q1: Beds 2": [1, 2, 0],
        "Q1: Money 1": [0, 0, 1],
        "Total 5": [2, 2, 1],
    }
    assert "who mentions several is in several columns" in together.notes[-1]


def test_side_by_side(study: Study) -> None:
    """Each attribute's columns stand under its name; one total is of all."""
    banner = table(study, "region,beds")
    assert counts(banner) == {
        "region: North 3": [2, 1, 0],
        "region: South 2": [0, 1, 1],
        "Beds (Q1): mention Beds 2": [1, 2, 0],
        "Beds (Q1): do not mention Beds 3": [1, 0, 1],
        "Total 5": [2, 2, 1],
    }
    assert banner.title.endswith("by region and Beds (Q1)")
    assert banner.by == "region, Beds (Q1)"


def test_what_says_nothing_stands_last_where_attributes_are_crossed(tmp_path: Path) -> None:
    """`Other` is behind `Web` in columns crossed, as it is alone."""
    channels = ("Web", "Other", "Post", "Other")
    people = [Respondent(f"R{n}", {"channel": c, "sex": "F"}) for n, c in enumerate(channels, 1)]
    responses = [Response(n, f"{r.id}.Q1", r.id, "Q1", 1, "pay", True) for n, r in enumerate(people, 1)]
    survey = Survey([Question("Q1")], [Attribute("channel"), Attribute("sex")], people, responses)
    study = create_study(tmp_path / "study", Settings("S"), survey, write_codebook(CODEBOOK), "jo")
    CodingSession(study, "jo").toggle(1, "pay")
    groups = dict.fromkeys(column.group for column in table(study, "channel:sex").columns)
    assert list(groups) == ["Post · F", "Web · F", "Other · F", "Total"]
    study.close()


def test_crossed(study: Study) -> None:
    """Only combinations that occur; those without one of the two are not stated, and in the total."""
    crossed = table(study, "region:Q1:beds")
    assert counts(crossed) == {
        "North · mention Beds 1": [1, 1, 0],
        "North · do not mention Beds 2": [1, 0, 0],
        "South · mention Beds 1": [0, 1, 0],
        "South · do not mention Beds 1": [0, 0, 1],
        "Total 5": [2, 2, 1],
    }


def test_closed_questions_side_by_side(study: Study) -> None:
    """The total is of all who answered the closed question."""
    (banner,) = printed_tables(study, TableRequest(subjects=("region",), by="beds,Q1:pay"))
    total = [column.group for column in banner.columns].index("Total")
    assert [(row.label, row.cells[0].value, row.cells[total].value) for row in banner.rows] == [
        ("North", 1, 3),
        ("South", 1, 3),
        ("Total", 2, 6),
    ]


def test_nothing_is_left_behind(study: Study) -> None:
    """The study has the attributes it had, and a plain table is what it was."""
    before = table(study, "region")
    table(study, "region,beds")
    assert [(c.group, c.base) for c in table(study, "region").columns] == [
        (c.group, c.base) for c in before.columns
    ]
    assert study.database.rows("SELECT name FROM attribute") == [("region",)]
    assert study.database.rows("SELECT name FROM temp.sqlite_master WHERE name LIKE 'attribute%'") == []


@pytest.mark.parametrize(
    ("by", "message"),
    [
        ("regoin", "no attribute 'regoin'|no attribute, open question or theme 'regoin'"),
        ("region,Q1:bets", "no theme 'bets' for Q1"),
        ("region:Q2", "'Q2'"),
    ],
)
def test_what_is_not_there_is_refused(study: Study, by: str, message: str) -> None:
    """With the nearest name."""
    with pytest.raises(CoderError, match=message):
        table(study, by)


def test_a_column_of_few_keeps_back_how_many_they_are(study: Study) -> None:
    """Its base, the other column's, which would tell it, and all percentages of both; the total stays."""
    plain, kept = (
        printed_tables(study, TableRequest(subjects=("region",), by="Q1:beds", suppress=limit))[0]
        for limit in (None, 3)
    )
    bases = {column.group: column.base for column in plain.columns if column.kind == "percent"}
    assert bases == {"mention Beds": 2, "do not mention Beds": 3, "Total": 5}
    kept_bases = {column.group: column.base for column in kept.columns if column.kind == "percent"}
    assert kept_bases == {"mention Beds": None, "do not mention Beds": None, "Total": 5}
    percents = [place for place, column in enumerate(kept.columns) if column.kind == "percent"]
    marks = {row.cells[place].mark for row in kept.rows for place in percents[:2]}
    assert marks == {"suppressed"}
    everybody = kept.rows[-1]
    assert [cell.mark for cell in everybody.cells] == ["suppressed"] * 4 + ["", "low"]
    assert any(note.startswith("Of some columns it is kept back how many they are") for note in kept.notes)


def test_columns_of_a_question_tell_nothing_by_their_order(study: Study) -> None:
    """Where counts are kept back they stand as in the codebook, else the most mentioned first."""
    headings = []
    for limit in (0, 1):
        tables = (TableSetting("region", by="Q1"), TableSetting("region", suppress=limit))
        by_themes, _ = printed_tables(replace(study, settings=replace(study.settings, tables=tables)))
        headings.append(list(dict.fromkeys(column.group for column in by_themes.columns)))
    assert headings == [
        ["Q1: Pay", "Q1: Beds", "Q1: Money", "Total"],
        ["Q1: Pay", "Q1: Money", "Q1: Beds", "Total"],
    ]


def test_one_theme_may_be_columns_of_two_tables(study: Study) -> None:
    """By a theme, and as one of the themes of its question, in one call."""
    tables = (TableSetting("Q1", by="Q1:beds"), TableSetting("Q1", by="Q1"))
    beside = replace(study, settings=replace(study.settings, tables=tables))
    made = printed_tables(beside)
    assert [list(dict.fromkeys(column.group for column in each.columns)) for each in made] == [
        ["mention Beds", "do not mention Beds", "Total"],
        ["Q1: Pay", "Q1: Beds", "Q1: Money", "Total"],
    ]


@pytest.mark.parametrize("by", ["region,beds", "Q1"])
def test_letters_are_of_one_attribute(study: Study, by: str) -> None:
    """Columns of themes have none, those side by side one each; intervals stand in any columns."""
    request = TableRequest(subjects=("Q1",), by=by, letters=True)
    if by == "Q1":
        with pytest.raises(CoderError, match="Letters compare"):
            printed_tables(study, request)
    else:
        (lettered,) = printed_tables(study, request)
        letters = {column.group: column.letter for column in lettered.columns if column.letter}
        assert len(set(letters.values())) == len(letters)
    (made,) = printed_tables(study, TableRequest(subjects=("Q1",), by=by, intervals=True))
    assert len(made.columns) == len(made.rows[0].cells)
    assert len({column.group for column in made.columns}) == {"region,beds": 5, "Q1": 4}[by]
