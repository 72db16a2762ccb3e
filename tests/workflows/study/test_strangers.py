"""Databases with triggers, views, tables or a format that no version of the program makes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.cli import FAULTS_FOUND, main
from coder.errors import CoderError, NotSavedError
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.checking import check_study
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from pathlib import Path

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
STRANGERS = {
    "a trigger that deletes": (
        "trigger 'away'",
        "CREATE TRIGGER away AFTER INSERT ON coding BEGIN DELETE FROM coding; END",
    ),
    "a trigger under a name of ours": (
        "trigger 'step_is_kept'",
        """DROP TRIGGER step_is_kept;
        CREATE TRIGGER step_is_kept AFTER INSERT ON step BEGIN DELETE FROM mark; END""",
    ),
    "a view that never ends": (
        "view 'coding'",
        f"""DROP TABLE coding; CREATE VIEW coding AS {ENDLESS} SELECT i AS response, 'pay' AS theme,
        'jo' AS coder, 'Q1' AS question, i AS respondent, '' AS spans, 'hand' AS origin FROM n""",  # noqa: S608
    ),
    "a view beside the tables": ("view 'more'", f"CREATE VIEW more AS {ENDLESS} SELECT * FROM n"),  # noqa: S608
    "a table beside the tables": ("table 'more'", "CREATE TABLE more (x)"),
    "a table under a name of SQLite's": (
        "table 'sqlite_more'",
        """CREATE TABLE more (x); PRAGMA writable_schema = ON;
        UPDATE sqlite_master SET name = 'sqlite_more', tbl_name = 'sqlite_more',
        sql = 'CREATE TABLE sqlite_more (x)' WHERE name = 'more'""",
    ),
    "a virtual table": ("table 'found'", "CREATE VIRTUAL TABLE found USING fts5 (text)"),
    "a table that ignores what is put in": (
        "table 'mark'",
        """DROP TABLE mark; CREATE TABLE mark (response INTEGER NOT NULL ON CONFLICT IGNORE, coder TEXT,
        aspect TEXT, theme TEXT, question TEXT, value TEXT)""",
    ),
    "an index that allows one coding": ("index 'one'", "CREATE UNIQUE INDEX one ON coding (origin)"),
}


def closed_study(folder: Path) -> Path:
    """Make a study with a coding; return the path of its database."""
    with closing(small_study(folder)) as study:
        CodingSession(study, "jo").toggle(1, "pay")
    return folder / "study.db"


def change(path: Path, script: str) -> None:
    """Run statements on a database as a stranger."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)


@pytest.mark.parametrize(("name", "script"), STRANGERS.values(), ids=STRANGERS)
def test_what_the_program_does_not_make_is_refused(tmp_path: Path, name: str, script: str) -> None:
    """It is named, nothing is written, and the check tells it without running anything of it."""
    path = closed_study(tmp_path / "study")
    change(path, script)
    before = path.read_bytes()
    with pytest.raises(CoderError, match=name) as caught:
        open_study(tmp_path / "study")
    assert "coder check" in caught.value.hint
    assert any(name in fault.message for fault in check_study(tmp_path / "study"))
    assert path.read_bytes() == before


def test_the_check_tells_the_rest_as_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A view does not keep other damage from being found."""
    path = closed_study(tmp_path / "study")
    triggers = "DROP TRIGGER response_is_immutable; UPDATE response SET text = 'Fine' WHERE number = 3;"
    change(path, triggers + STRANGERS["a view that never ends"][1])
    assert main(["check", str(tmp_path / "study")]) == FAULTS_FOUND
    out = capsys.readouterr().out
    for part in ("view 'coding'", "lacks 'response_is_immutable'", "The text of response R2.Q1.1"):
        assert part in out


@pytest.mark.parametrize("version", [0, -1, -(2**31)])
def test_a_format_that_there_is_not(tmp_path: Path, version: int) -> None:
    """A number that fits no format is said to be one, at opening and in the check."""
    path = closed_study(tmp_path / "study")
    change(path, f"PRAGMA user_version = {version}")
    with pytest.raises(CoderError, match=f"format {version}, which no version of coder makes"):
        open_study(tmp_path / "study")
    assert f"format {version}" in check_study(tmp_path / "study")[0].message


def test_a_trigger_made_meanwhile_keeps_changes_from_being_saved(tmp_path: Path) -> None:
    """While the study is open as well: the change is refused, and stands nowhere."""
    path = closed_study(tmp_path / "study")
    with closing(open_study(tmp_path / "study")) as study:
        session = CodingSession(study, "jo")
        change(path, STRANGERS["a trigger that deletes"][1])
        with pytest.raises(NotSavedError, match="trigger 'away'"):
            session.toggle(2, "pay")
        change(path, "DROP TRIGGER away")
        session.toggle(2, "pay")
        assert session.standing(2).theme_ids == ("pay",)


def test_what_sqlite_itself_makes_is_in_order(tmp_path: Path) -> None:
    """Statistics, and a file that was packed, are no strangers."""
    path = closed_study(tmp_path / "study")
    change(path, "ANALYZE; VACUUM")
    assert check_study(tmp_path / "study") == []
    open_study(tmp_path / "study").close()
