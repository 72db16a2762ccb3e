"""Damage of each cell of what is known of answers is found."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from visit_study import visit_study

from coder.cli import main
from coder.store import checks
from coder.store.checks import FROM_COPY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Make a study of visits."""
    with closing(visit_study(tmp_path / "study")) as made:
        yield made


CELLS = {
    f"{table}.{column} = {cell}": (table, f"UPDATE {table} SET {column} = {cell} WHERE {row}")  # noqa: S608
    for table, columns, row in (
        ("answer_attribute", ("name", "position", "label"), "name = 'visit'"),
        ("answer_value", ("response", "attribute", "value"), "response = 2 AND attribute = 'mood'"),
    )
    for column in columns
    for cell in ("'visits'", "7", "-1", "x'ff00'", "CAST(x'ff00' AS TEXT)", "''", "1.5")
}


@pytest.mark.parametrize(("table", "statement"), CELLS.values(), ids=CELLS)
def test_a_changed_cell_is_found(study: Study, table: str, statement: str) -> None:
    """Whatever stands there instead, the table is named, and a copy is what mends it."""
    study.database.execute("PRAGMA foreign_keys = OFF")
    study.database.execute(statement)
    faults = checks.faults(study.database)
    assert any(f"of '{table}'" in fault.message for fault in faults)
    assert {fault.repair for fault in faults} == {FROM_COPY}


@pytest.mark.parametrize(
    ("statement", "missing"),
    [
        ("DELETE FROM answer_attribute WHERE name = 'mood'", "answer_attribute"),
        ("UPDATE answer_value SET response = 99 WHERE response = 2", "response"),
    ],
)
def test_what_refers_to_nothing_is_found(study: Study, statement: str, missing: str) -> None:
    """An answer or an attribute that is not there is told, in words."""
    study.database.execute("PRAGMA foreign_keys = OFF")
    study.database.execute(statement)
    messages = [fault.message for fault in checks.faults(study.database)]
    assert f"A row of 'answer_value' refers to something missing in '{missing}'." in messages


def test_to_repair_makes_up_nothing(study: Study, capsys: pytest.CaptureFixture[str]) -> None:
    """`--repair` works out what follows from the log; a value that was changed it leaves, and says so."""
    study.database.execute(
        "UPDATE answer_value SET value = 'merry' WHERE response = 2 AND attribute = 'mood'"
    )
    study.database.execute("DELETE FROM coding WHERE theme = 'money'")
    study.close()
    assert main(["check", str(study.folder), "--repair"]) != 0
    output = "".join(capsys.readouterr())
    assert "Row 2, mood of 'answer_value' is not what was imported." in output
