"""Blind means of screens: whatever the first coder chose, all that the second one sees is the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coding_study import press
from piloting import LARGE, settle
from rounds_at_work import ANNA, BEDS, BUDGETS, JO, LOST, PAY, SAM, STAYS, begin, code, study_with_people

from coder.tui.app import CoderApp
from coder.tui.coding.screen import CodingScreen

if TYPE_CHECKING:
    from pathlib import Path

VISITS = (
    ("t",),
    ("t", "o"),
    ("t", "s"),
    ("b",),
    ("b", "down", "enter"),
    ("T",),
    ("r",),
    ("S",),
    ("d",),
    ("J",),
    ("h",),
    ("v",),
    ("v", *"theme", "enter"),
    ("g", *"R2"),
    ("slash",),
    ("l",),
    ("O",),
)
"""Keys pressed from the coding screen, each list from a screen that was just opened."""
CHOSEN: tuple[dict[int, tuple[str, ...]], ...] = (
    {LOST: ("staff",), PAY: ("pay",), BEDS: ("beds",)},
    {LOST: ("money", "pay"), PAY: (), BEDS: ("beds", "staff"), BUDGETS: ("money",)},
)
"""Two ways in which the first coder may have coded the same five answers."""


async def seen_by(folder: Path, coder_id: str, chosen: dict[int, tuple[str, ...]]) -> list[str]:
    """Return what stands on the screens of somebody, the first coder having coded so."""
    study = study_with_people(folder)
    begin(study)
    for number in (LOST, PAY, BEDS, BUDGETS, STAYS):
        code(study, JO, number, *chosen.get(number, ()))
    code(study, SAM, LOST, "pay")
    screens = []
    for keys in VISITS:
        async with CoderApp(study, coder_id, suggestions=False).run_test(size=LARGE) as pilot:
            await settle(pilot)
            coding = pilot.app.screen
            assert isinstance(coding, CodingScreen)
            coding.after_first_frame()
            await settle(pilot)
            await press(pilot, *keys)
            texts = re.findall(r"<text[^>]*>(.*?)</text>", pilot.app.export_screenshot())
            screens.append(f"{keys}\n" + re.sub(r"\d\d:\d\d(:\d\d)?", "(time)", "\n".join(texts)))
    study.close()
    return screens


async def test_the_screens_of_the_second_coder_do_not_depend_on_the_first(tmp_path: Path) -> None:
    """Tables, what goes together, themes that came up, codebook, team, respondent, filters, windows."""
    one, other = [await seen_by(tmp_path / str(n), SAM, chosen) for n, chosen in enumerate(CHOSEN)]
    assert one == other


async def test_the_law_of_screens_can_fail(tmp_path: Path) -> None:
    """For the lead, who is in no round, some of these screens differ."""
    one, other = [await seen_by(tmp_path / str(n), ANNA, chosen) for n, chosen in enumerate(CHOSEN)]
    differing = {first.split("\n")[0] for first, second in zip(one, other, strict=True) if first != second}
    assert {"('t',)", "('b',)", "('r',)"} <= differing
