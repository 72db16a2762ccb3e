"""What the database refuses by itself, whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.domain.exposures import Exposure
from coder.errors import CoderError
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from pathlib import Path

FORBIDDEN = {
    "another text": ("UPDATE response SET text = ''", "immutable"),
    "another hash": ("UPDATE response SET hash = x'00'", "immutable"),
    "another respondent": ("UPDATE response SET respondent = 2", "immutable"),
    "another id": ("UPDATE response SET id = id || 'x'", "immutable"),
    "no response": ("DELETE FROM response WHERE number = 9", "responses are kept"),
    "another past": ("UPDATE change SET after = NULL", "the log is final"),
    "another time": ("UPDATE step SET at = ''", "the log is final"),
    "another person": ("UPDATE step SET coder = 'sam'", "the log is final"),
    "no past": ("DELETE FROM change", "the log is kept"),
    "another suggestion": ("UPDATE exposure SET theme = 'beds'", "the log is final"),
    "no suggestions": ("DELETE FROM exposure", "the log is kept"),
    "no steps": ("DELETE FROM step", "kept|FOREIGN KEY"),
    "an aspect there is not": ("INSERT INTO mark VALUES (1, 'jo', 'star', '', 'Q1', '1')", "CHECK"),
    "a coding of nothing": (
        "INSERT INTO coding VALUES (99, 'pay', 'jo', 'Q1', 1, '', 'hand', '')",
        "FOREIGN KEY",
    ),
    "a coding twice": ("INSERT INTO coding VALUES (1, 'pay', 'jo', 'Q1', 1, '', 'hand', '')", "UNIQUE"),
}


@pytest.mark.parametrize(("statement", "reason"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_the_database_refuses(tmp_path: Path, statement: str, reason: str) -> None:
    """Responses never change, the log is only added to, and references hold."""
    study = small_study(tmp_path / "study")
    CodingSession(study, "jo").toggle(1, "pay", exposure=Exposure(1, "file", (("pay", 0.5),)))
    tables = ("response", "step", "change", "coding", "mark", "exposure")
    before = {table: study.database.rows(f"SELECT * FROM {table}") for table in tables}  # noqa: S608 - as above
    with pytest.raises(CoderError, match=reason), study.database.transaction():
        study.database.execute(statement)
    assert {table: study.database.rows(f"SELECT * FROM {table}") for table in tables} == before  # noqa: S608
    study.close()
