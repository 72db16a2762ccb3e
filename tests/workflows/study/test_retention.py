"""The last day until which answers may be kept: where it is told, and from when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder import cli
from coder.domain.study_settings import Settings, retention_text
from coder.errors import CoderError
from coder.formats.study.study_file import read_settings

if TYPE_CHECKING:
    from pathlib import Path

LAST_DAY = date(2030, 12, 31)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a small study."""
    small_study(tmp_path / "study").close()
    return tmp_path / "study"


def keep_until(folder: Path, day: str) -> None:
    """Write the last day to a study's settings, as TOML has it."""
    path = folder / "study.toml"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("retain_until")]
    # Before the first [[table]], to which it would belong otherwise.
    path.write_text("\n".join([f"retain_until = {day}", *lines, ""]), "utf-8")


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (LAST_DAY - timedelta(31), ""),
        (LAST_DAY - timedelta(30), "that is in 30 days."),
        (LAST_DAY - timedelta(1), "that is in 1 day."),
        (LAST_DAY, "that is today."),
        (LAST_DAY + timedelta(1), "that has passed. What to delete: coder privacy"),
        (LAST_DAY + timedelta(3_000), "that has passed. What to delete: coder privacy"),
    ],
)
def test_it_is_told_from_a_month_before(today: date, told: str) -> None:
    """The day itself is one on which the answers may still be there."""
    text = retention_text(Settings("Study", retain_until="2030-12-31"), today)
    assert text.endswith(told)
    assert bool(text) == bool(told)
    assert not text or text.startswith("The answers may be kept until 31 December 2030")


def test_without_a_day_nothing_is_told() -> None:
    """Most studies have none."""
    assert retention_text(Settings("Study"), LAST_DAY) == ""


@pytest.mark.parametrize("written", ['"2030-12-31"', "2030-12-31"])
def test_a_day_may_stand_without_quotes(folder: Path, written: str) -> None:
    """TOML has days of its own."""
    keep_until(folder, written)
    assert read_settings(folder / "study.toml").retain_until == "2030-12-31"


@pytest.mark.parametrize(
    "written",
    ['"2030-02-30"', '"31.12.2030"', '"20301231"', '"2030-W01-1"', "2030", "2030-12-31T10:00:00", "true"],
)
def test_what_is_no_day_is_refused(folder: Path, written: str) -> None:
    """The message names the setting; nothing is taken for another day."""
    keep_until(folder, written)
    with pytest.raises(CoderError, match="retain_until is "):
        read_settings(folder / "study.toml")


def test_check_and_commands_tell_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A study is whole also after that day: what is to be done is a person's to decide."""
    keep_until(folder, '"2020-12-31"')
    for command in (["check", str(folder)], ["tables", str(folder)]):
        assert cli.main(command) == cli.DONE
        assert "kept until 31 December 2020 (retain_until in study.toml): that has passed." in (
            capsys.readouterr().err
        )
