"""Pictures of the queue to be recoded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import press
from piloting import LARGE, SMALL, app_of, settle, unsay
from recode_study import joint_working, recruitment

from coder.store import log
from coder.tui.coding.screen import CodingScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from coder.workflows.study.study import Study

    Before = Callable[[Pilot[None]], Awaitable[None]]
    Compare = Callable[..., bool]


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing in the pictures depend on the time."""
    monkeypatch.setattr(log, "utc_now", lambda: "2026-11-21T09:00:00.000Z")
    monkeypatch.setattr("coder.tui.coding.screen.greet", lambda _: None)


def doing(*keys: str) -> Before:
    """Return what is done before a picture is taken."""

    async def before(pilot: Pilot[None]) -> None:
        await settle(pilot)
        assert isinstance(pilot.app.screen, CodingScreen)
        pilot.app.screen.list_anew(pilot.app.screen.desk.here.number)
        await press(pilot, *keys)
        unsay(pilot)
        await settle(pilot)

    return before


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_picture_of_a_split_to_decide(
    snap_compare: Compare, coded_sample: Study, size: tuple[int, int]
) -> None:
    """One answer is recoded, the next one asks which part it is: the parts first, then the old theme."""
    joint_working(coded_sample)
    assert snap_compare(app_of(coded_sample), terminal_size=size, run_before=doing("w", "1", "enter"))


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_picture_of_a_redefined_theme(
    snap_compare: Compare, coded_sample: Study, size: tuple[int, int]
) -> None:
    """The coding asks whether it is still right; what changed stands word by word in the why-panel."""
    recruitment(coded_sample)
    assert snap_compare(app_of(coded_sample), terminal_size=size, run_before=doing("w"))


def test_picture_of_what_changed(snap_compare: Compare, coded_sample: Study) -> None:
    """The theme's details begin with who changed it, why and how."""
    recruitment(coded_sample)
    assert snap_compare(app_of(coded_sample), terminal_size=SMALL, run_before=doing("w", "d"))
