"""Where a study lies, and second versions of its files, are told when it is opened: once."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from coding_study import coding
from making import small_study
from piloting import SMALL, notices, settle

from coder.tui.app import CoderApp
from coder.tui.coding import screen as coding_screen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from coder.workflows.study.study import Study

COPY = "study (1).db"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    """Make a small study, on a machine without a past."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with closing(small_study(tmp_path / "study")) as small:
        yield small


async def said(pilot: Pilot[None], text: str) -> None:
    """Wait until a notice says something."""
    for _ in range(100):
        if text in notices(pilot):
            return
        await pilot.pause(0.05)
    pytest.fail(notices(pilot))


async def test_what_lies_around_a_study_is_told_once(study: Study, tmp_path: Path) -> None:
    """The next time nothing is said, until something has changed."""
    (tmp_path / ".stfolder").mkdir()
    async with coding(study) as (pilot, _):
        await said(pilot, "Syncthing synchronises the folder of this study")
        assert "coder check" in notices(pilot)
    async with coding(study) as (pilot, _):
        await pilot.pause(0.3)
        assert notices(pilot) == ""
    shutil.copy(study.folder / "study.db", study.folder / COPY)
    async with coding(study) as (pilot, _):
        await said(pilot, COPY)
        assert "Syncthing" not in notices(pilot)


async def test_of_several_things_the_gravest_is_told(study: Study, tmp_path: Path) -> None:
    """One line, and how many more there are: nothing is to lie over the answer for long."""
    (tmp_path / ".stfolder").mkdir()
    shutil.copy(study.folder / "study.toml", study.folder / "study 2.toml")
    (study.folder / "codebook 2.yaml").write_text("themes: []\n")
    (study.folder / "study (1).db").write_text("nonsense")
    async with coding(study) as (pilot, _):
        await said(pilot, "codebook 2.yaml, a second version of codebook.yaml, differs from it.")
        assert "That and 3 more: coder check" in notices(pilot)
    async with coding(study) as (pilot, _):
        await pilot.pause(0.3)
        assert notices(pilot) == ""


async def test_nothing_is_told_of_an_ordinary_study(study: Study, tmp_path: Path) -> None:
    """A file of another name beside it is nobody's concern, and nothing is kept."""
    (study.folder / "notes 2.db").touch()
    async with coding(study) as (pilot, _):
        await pilot.pause(0.3)
        assert notices(pilot) == ""
    assert not (tmp_path / "state").exists()


async def test_it_waits_until_the_greeting_was_read(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is said of other coders, or of what waits, comes first."""
    monkeypatch.setattr(coding_screen, "GREETING_SECONDS", 0.5)
    (tmp_path / ".stfolder").mkdir()
    study.edits_wait = True
    async with CoderApp(study, "jo", suggestions=False).run_test(size=SMALL) as pilot:
        await settle(pilot)
        await said(pilot, "codebook.yaml has edits")
        assert "Syncthing" not in notices(pilot)
        await said(pilot, "Syncthing")


async def test_what_an_import_left_out_is_told(study: Study) -> None:
    """Somebody who withdrew before, say: the import screen has gone by then."""
    study.import_remarks = ("C031 is left out: withdrawn from another study.",)
    async with coding(study) as (pilot, _):
        await said(pilot, "C031 is left out")
        assert "withdrawn from another study" in notices(pilot)


async def test_a_study_kept_too_long_says_so_each_time(study: Study) -> None:
    """It is not a matter of being told once."""
    study.settings = replace(study.settings, retain_until="2020-12-31")
    for _ in range(2):
        async with coding(study) as (pilot, _):
            await said(pilot, "kept until 31 December 2020")
