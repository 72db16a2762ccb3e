"""Every version of a codebook comes back as it was kept."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from making import CODEBOOK, small_study

from coder.domain.codebook import Codebook, Theme
from coder.store import codebook_versions
from coder.store.database import Database
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from pathlib import Path

FULL = Codebook(
    (
        Theme("net", "Net", codable=False),
        Theme(
            "a",
            "Ä “a”",
            "What\nit is",
            "this",
            "that",
            ("one", "two"),
            ("k*",),
            "net",
            ("Q1", "Q2"),
            "retired",
        ),
    ),
    title="T",
    note="N",
)


def test_the_latest_version_comes_back_whole(tmp_path: Path) -> None:
    """Every field of every theme is kept; versions count from 1."""
    with closing(Database.create(tmp_path / "study.db")) as database:
        assert codebook_versions.latest_version(database) is None
        for number, book in enumerate((FULL, replace(FULL, title="U"), FULL), start=1):
            with database.transaction():
                origin = codebook_versions.VersionOrigin("2026", "jo")
                assert codebook_versions.add_version(database, book, f"source {number}", origin) == number
            latest = codebook_versions.latest_version(database)
            assert latest is not None
            assert latest.codebook == book
            assert (latest.number, latest.at, latest.coder_id) == (number, "2026", "jo")
            assert latest.hash == codebook_versions.source_hash(f"source {number}")


def test_themes_in_use_are_those_that_stand(tmp_path: Path) -> None:
    """A coding that was taken back does not count as use."""
    with closing(small_study(tmp_path / "study", codebook=CODEBOOK)) as study:
        session = CodingSession(study, "jo")
        session.code_many([1, 2], "pay")
        session.toggle(1, "beds")
        session.undo()
        assert codebook_versions.themes_in_use(study.database) == {"pay": 2}
