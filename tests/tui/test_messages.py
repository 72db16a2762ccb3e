"""Messages at the corner of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from making import small_study
from piloting import SMALL, app_of, settle
from textual.widgets._toast import Toast

if TYPE_CHECKING:
    from pathlib import Path

ABOVE_THE_KEYS = 1


@pytest.mark.parametrize("length", [36, 37, 38, 74, 75])
async def test_no_line_of_a_message_is_lost(tmp_path: Path, length: int) -> None:
    """A message that just fills its lines, or is one character longer, has room for all of them."""
    study = small_study(tmp_path / "study")
    async with app_of(study).run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        pilot.app.notify("m" * length)
        await settle(pilot)
        message = pilot.app.screen.query_one(Toast)
        assert message.size.height == -(-length // message.size.width)
        assert message.region.bottom == pilot.app.size.height - ABOVE_THE_KEYS
    study.close()
