"""A database that is damaged while the coding screen is open, or before, is told of on it; no key ends it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from coding_study import coding
from making import small_study
from piloting import app_of, notices, settle

from coder.errors import CoderError
from coder.tui.app import CoderApp
from coder.tui.coding.greeting import greet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a study whose database is then damaged."""
    study = small_study(tmp_path / "study")
    yield study
    study.close()


def damage(study: Study, statement: str) -> None:
    """Change a study's database behind the program's back, its guards set aside."""
    with closing(sqlite3.connect(study.database.path, isolation_level=None)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(statement)
        for _, sql in guards:
            connection.execute(sql)


@pytest.mark.parametrize("cell", ["x'ff00'", "x'6162'", "CAST(x'fffe80' AS TEXT)"])
@pytest.mark.parametrize("column", ["text", "id"])
async def test_an_odd_cell_is_told_in_its_line_and_when_it_is_opened(
    study: Study, column: str, cell: str
) -> None:
    """Whatever stands in place of an answer, the list shows the others, and the screen stays."""
    async with coding(study) as (pilot, screen):
        number = screen.desk.listing.numbers[1]
        damage(study, f"UPDATE response SET {column} = {cell} WHERE number = {number}")  # noqa: S608
        screen.panes.list.forget_all()
        await settle(pilot)
        listed = screen.panes.list
        lines = ["".join(part.text for part in listed.draw_line(row)) for row in range(listed.line_count)]
        assert len(lines) > 2
        assert [" ○ R" in line for line in lines].count(False) == 1, lines
        for _ in range(4):
            await pilot.press("down")
            await settle(pilot)
        assert "coder check" in notices(pilot)
        assert not (study.folder / "coder-errors.log").exists()
        assert pilot.app.screen is screen


async def test_a_study_without_its_questions_ends_in_words(study: Study) -> None:
    """There is nothing to show: the program ends with what is wrong, before anything was drawn."""
    damage(study, "DELETE FROM question")
    app = app_of(study)
    with pytest.raises(CoderError, match=r"database is damaged\. It has no question"):
        async with app.run_test() as pilot:
            await settle(pilot)
    assert app.ended_by is not None
    assert app.return_code == 1


async def test_an_error_in_drawing_names_the_damage_that_led_to_it(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing catches an error, a damaged database is what is told; a whole one is not accused."""

    def fail(*_: object) -> None:
        raise TypeError

    for statement, ending in (("DELETE FROM mark", type(None)), ("DROP INDEX coding_by_theme", CoderError)):
        with monkeypatch.context() as patched:
            damage(study, statement)
            app = CoderApp(study, "jo", suggestions=False)
            patched.setattr("coder.tui.coding.listed.listing.Listing.start", fail)
            with pytest.raises(TypeError):
                async with app.run_test() as pilot:
                    await settle(pilot)
            assert isinstance(app.ended_by, ending)


async def test_answers_to_a_question_that_is_not_there_are_told_of(study: Study) -> None:
    """A question with another id shows an empty list; why it is empty is said when the study is opened."""
    damage(study, "UPDATE question SET id = 'Q9' WHERE id = 'Q1'")
    async with coding(study) as (pilot, screen):
        greet(screen)
        await settle(pilot)
        assert "The study's database is damaged." in notices(pilot)
        assert "'Q1'" in notices(pilot)
