"""Guids in the versions of a codebook that a study keeps."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

from coder.domain.codebook import Codebook, Theme
from coder.store import codebook_versions
from coder.store.database import Database

if TYPE_CHECKING:
    from pathlib import Path

CODEBOOK = Codebook((Theme("a", "A", guid="211f1010-b36e-44ab-ab07-4b2a53018d84"), Theme("b", "B")))


def latest(database: Database) -> Codebook:
    """Return the codebook in use."""
    version = codebook_versions.latest_version(database)
    assert version is not None
    return version.codebook


def test_a_guid_comes_back(tmp_path: Path) -> None:
    """A version keeps the guids of its themes."""
    with closing(Database.create(tmp_path / "study.db")) as database:
        with database.transaction():
            codebook_versions.add_version(
                database, CODEBOOK, "source", codebook_versions.VersionOrigin("2026", "jo")
            )
        assert latest(database) == CODEBOOK


def test_a_version_from_before_guids_comes_back(tmp_path: Path) -> None:
    """A version kept by a program that knew no guids has none."""
    with closing(Database.create(tmp_path / "study.db")) as database, database.transaction():
        codebook_versions.add_version(
            database, CODEBOOK, "source", codebook_versions.VersionOrigin("2026", "jo")
        )
        kept = json.loads(database.value("SELECT themes FROM codebook_version"))
        for theme in kept["themes"]:
            del theme["guid"]
        database.execute("UPDATE codebook_version SET themes = ?", (json.dumps(kept),))
        assert latest(database) == Codebook((Theme("a", "A"), Theme("b", "B")))
