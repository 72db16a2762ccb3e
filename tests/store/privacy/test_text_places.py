"""What takes words out knows every place where they can stand."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from making import small_study

from coder.domain.copies.received_acts import check_content
from coder.store import log
from coder.store.privacy.text_places import COLUMNS, MEMBERS
from coder.store.team.copies.act_contents import contents
from coder.workflows.team.asking_team import ask_team

if TYPE_CHECKING:
    from pathlib import Path

NUMBERS = {"INTEGER", "REAL"}


def test_every_column_of_texts_is_known(tmp_path: Path) -> None:
    """Of each column that can hold a text or bytes it is said what stands in it, and of no other."""
    with closing(small_study(tmp_path / "study")) as study:
        tables = [
            name
            for (name,) in study.database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("sqlite_")
        ]
        columns = {
            table: {
                row[1] for row in study.database.rows(f"PRAGMA table_info({table})") if row[2] not in NUMBERS
            }
            for table in tables
        }
    known = {table: set(names) for table, names in COLUMNS.items()}
    assert {table: names for table, names in columns.items() if names} == known


def test_every_member_of_an_act_is_known(tmp_path: Path) -> None:
    """Of each member of a step, a version and an event it is said what stands in it, and of no other."""
    with closing(small_study(tmp_path / "study")) as study:
        ask_team(study, "jo", "why?", theme_id="pay")
        with study.database.transaction():
            log.append(study.database, "jo", "nothing", ())
        for kind in MEMBERS:
            locals_ = [
                local for (local,) in study.database.rows("SELECT local FROM act WHERE kind = ?", (kind,))
            ]
            _, content = next(contents(study.database, kind, locals_))
            assert check_content(kind, content).keys() == MEMBERS[kind].keys()
