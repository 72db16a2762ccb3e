"""Which names say that a file is a second version of one of the study's."""

from __future__ import annotations

import pytest

from coder.workflows.study.surroundings.copy_names import conflicted_copies

STUDY = {"study.db", "codebook.yaml", "study.toml"}


def names(*others: str, synchronised_by: str = "") -> list[tuple[str, str]]:
    """Return which of some files beside a study's are second versions, and of what."""
    return [(copy.name, copy.original) for copy in conflicted_copies(STUDY | set(others), synchronised_by)]


@pytest.mark.parametrize(
    "between",
    [
        " (Jo's conflicted copy 2026-11-01)",
        " (Jo's conflicted copy 2026-11-01 (1))".replace(" (1)", " 1"),
        " (Jos Konflikt-Kopie 2026-11-01)",
        " (copie en conflit de Jo 2026-11-01)",
        " (conflicted copy 2026-11-01 120000)",
        " (SFConflict jo@example.org 2026-11-01)",
        "_conflict-20261101-120000",
        " [conflicted]",
        ".sync-conflict-20261101-120000-ABCDEFG",
        " 2",
        " 12",
        " (1)",
        "(2)",
        "-LAPTOP7",
        "-DESKTOP-A1B2C3D",
        "-LAPTOP7-2",
    ],
)
def test_names_of_second_versions(between: str) -> None:
    """Each program that synchronises folders is known by the names it gives, for each file of a study."""
    for original in sorted(STUDY):
        stem, ending = original.split(".")
        name = f"{stem}{between}.{ending}"
        assert names(name) == [(name, original)]
    log = f"study{between}.db-wal"
    assert names(log) == [(log, "study.db-wal")]
    assert names(log, f"study{between}.db") == [(f"study{between}.db", "study.db")]


@pytest.mark.parametrize(
    "name",
    [
        "study-before-repair.db",
        "study-before-format-3.db",
        "study.db-wal",
        "study.db-shm",
        "codebook-FINAL.yaml",
        "codebook-v2.yaml",
        "codebook conflict.yaml",
        "codebook 1.yaml",
        "codebook 2026.yaml",
        "codebook about conflicts (draft).yaml",
        "study (old).db",
        "answers 2.csv",
        "report (1).docx",
        "studying 2.db",
        "study 2.txt",
    ],
)
def test_names_that_people_give(name: str) -> None:
    """What people, or this program, call their files is no second version."""
    assert names(name) == []


def test_a_copy_needs_an_original() -> None:
    """`study 2.db` where no study.db is may be anything."""
    assert conflicted_copies({"study 2.db", "codebook (1).yaml"}) == []


def test_in_onedrive_any_machine_may_have_named_a_copy() -> None:
    """There the names of machines count that elsewhere are words."""
    assert names("study-Jos-MacBook.db") == []
    assert names("study-Jos-MacBook.db", "codebook-LAPTOP.yaml", synchronised_by="OneDrive") == [
        ("codebook-LAPTOP.yaml", "codebook.yaml"),
        ("study-Jos-MacBook.db", "study.db"),
    ]
    assert names("codebook-old.yaml", "study-before-repair.db", synchronised_by="OneDrive") == []
