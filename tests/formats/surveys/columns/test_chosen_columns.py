"""Choices about columns have effect, or are refused with what to say instead."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coder.domain.surveys.import_choices import NO_CHOICES, ImportChoices
from coder.errors import CoderError
from coder.formats.surveys.raw_tables import RawTable
from coder.formats.surveys.reading import understand

WORDS = ("beds", "staff", "money", "police", "housing", "families", "managers", "panels", "waits", "agencies")


def survey() -> RawTable:
    """Make a table of an id, two attributes, two boxes and a comment."""
    names = ("code", "region", "age", "q1_1", "q1_2", "comment")
    rows = [
        [
            f"C{n}",
            "North" if n % 2 else "South",
            f"{20 + n % 4}",
            f"We wait far too long for {word}",
            f"More of the {word} is what we need",
            f"Nobody tells us anything about {word}",
        ]
        for n, word in enumerate(WORDS)
    ]
    return RawTable(Path("survey.csv"), names, ("",) * 6, rows, range(2, 12))


def roles(choices: ImportChoices) -> dict[str, str]:
    """Return the role of each column."""
    return {column.name: column.role for column in understand(survey(), choices).columns}


@pytest.mark.parametrize(
    ("choices", "message", "hint"),
    [
        (
            ImportChoices(id_column="q1*"),
            "--id takes one column; 'q1*' stands for 2: 'q1_1', 'q1_2'",
            "whole name",
        ),
        (
            ImportChoices(id_column="code", open_columns=("code",)),
            "'code' is named by --id and --open",
            "Leave",
        ),
        (
            ImportChoices(id_column="code", attributes=("code",)),
            "'code' is named by --id and --attributes",
            "Leave",
        ),
        (
            ImportChoices(open_columns=("age,comment",), attributes=("region,age",)),
            "'age' is named by --open and --attributes",
            "Leave",
        ),
        (
            ImportChoices(boxes=("G=q1_1,comment",), apart=("comment",)),
            "'comment' is named by --boxes and",
            "Leave",
        ),
        (
            ImportChoices(boxes=("G=q1_1,comment",), apart=("G",)),
            "'q1_1' is named by --boxes and --apart",
            "Leave",
        ),
        (
            ImportChoices(boxes=("G=q1_1,code",), id_column="code"),
            "'code' is named by --id and --boxes",
            "Leave",
        ),
        (ImportChoices(apart=("region",)), "--apart 'region': 'region' is no open question", "--open region"),
        (ImportChoices(id_column="code", apart=("code",)), "'code' is no open question", "--open code"),
        (
            ImportChoices(id_column="none", row_meaning="part"),
            "--id none says that there are no ids",
            "Leave one",
        ),
    ],
)
def test_choices_that_contradict_are_refused(choices: ImportChoices, message: str, hint: str) -> None:
    """A column has one use: who names it for two is told so, with the way out."""
    with pytest.raises(CoderError) as refused:
        understand(survey(), choices)
    assert message in str(refused.value)
    assert hint in (refused.value.hint or "")


def test_gathering_without_an_id_is_refused() -> None:
    """`--row-is part` in a file of nobody's rows says that the id is missing."""
    raw = survey()
    rows = [[row[1], *row[1:]] for row in raw.rows]
    with pytest.raises(CoderError, match="no column says who answered"):
        understand(replace(raw, rows=rows), ImportChoices(row_meaning="part"))


def test_a_name_goes_before_what_would_be_worked_out() -> None:
    """An open question named as an attribute is one, a found id named as open is read."""
    assert roles(NO_CHOICES)["comment"] == "open"
    assert roles(ImportChoices(attributes=("comment",)))["comment"] == "attribute"
    chosen = roles(ImportChoices(open_columns=("code", "comment")))
    assert (chosen["code"], chosen["comment"], chosen["q1_1"]) == ("open", "open", "ignore")


def test_a_name_goes_before_a_pattern() -> None:
    """Of a column that one option names and another meets by a pattern, the name counts; so are ids kept."""
    chosen = roles(ImportChoices(open_columns=("q1*", "comment"), attributes=("*",)))
    assert chosen == dict.fromkeys(("q1_1", "q1_2", "comment"), "open") | {
        "code": "id",
        "region": "attribute",
        "age": "attribute",
    }
    assert roles(ImportChoices(open_columns=("q1_1",), attributes=("q1*",)))["q1_2"] != "open"
