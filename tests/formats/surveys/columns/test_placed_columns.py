"""The columns around a column may say what it holds: text beside a choice, notes beside the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.formats.surveys.reading import RawTable, understand

ROWS = 40


def survey(**columns: list[str]) -> RawTable:
    """Return a survey of sentences and these columns; `__` in a name stands for a space."""
    cells = {"Why did you come?": [f"my friend {n} told me of the place and of you" for n in range(ROWS)]}
    cells |= {
        name.replace("__", " "): [*given, *[""] * (ROWS - len(given))] for name, given in columns.items()
    }
    rows = list(map(list, zip(*cells.values(), strict=True)))
    return RawTable(Path("survey.csv"), tuple(cells), ("",) * len(cells), rows, range(2, len(rows) + 2))


def open_names(raw: RawTable) -> list[str]:
    """Return the names of the open columns."""
    return [column.name for column in understand(raw).of_role("open")]


def test_text_behind_ticks_is_what_was_written_beside_them() -> None:
    """Short names of things are answers there, though they look like names."""
    words = ("Botany", "Optics", "Music", "Law", "Ethics", "Physics", "Poetry", "Logic")
    fields = [f"Applied {word}" for word in words]
    raw = survey(Field=["Maths"] * 9, Column2=["History"] * 8, Column3=fields * 2)
    assert open_names(raw) == ["Why did you come?", "Column3"]


def test_cells_beside_the_table_are_no_question() -> None:
    """A note that somebody left in a column without a name is left out, and that is told."""
    raw = survey(Region=["North", "South"] * 20, column__4=["Spoke to this lady again on Monday"])
    assert open_names(raw) == ["Why did you come?"]
    assert understand(raw).columns[-1].reason == "has no name, and 1 cell filled"


def test_columns_without_names_may_be_full_of_answers() -> None:
    """A made-up name says nothing against a column."""
    raw = survey(
        Region=["North", "South"] * 20, column__4=[f"we liked this {n} a great lot" for n in range(30)]
    )
    assert open_names(raw) == ["Why did you come?", "column 4"]


@pytest.mark.parametrize("name", ["causeoth", "cause_other", "Cause.autre", "cause_otro"])
def test_text_named_after_a_choice_is_what_was_written_beside_it(name: str) -> None:
    """Forms name it so; its answers may repeat."""
    raw = survey(cause=["1", "2", "3 4"] * 10, **{name: ["no vet", "no vet", "no money", "no vet"] * 5})
    assert open_names(raw) == ["Why did you come?", name]


def test_choice_named_alike_stays_closed() -> None:
    """`cause_other` is a tick as well; and without a column `cause` the name says nothing."""
    assert open_names(survey(cause=["1", "2"] * 10, cause_other=["0", "1"] * 10)) == ["Why did you come?"]
    assert open_names(survey(brother=["near by", "far off"] * 10)) == ["Why did you come?"]
