"""Survey weights on the screen that reviews an import: a key names their column, and faults are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from piloting import SMALL, app_of, settle, shown

from coder.tui.coding.screen import CodingScreen
from coder.tui.importing.review import ImportRequest
from coder.tui.importing.screen import ImportScreen

if TYPE_CHECKING:
    from pathlib import Path

SURVEY = "id,region,wt,q1\n" + "".join(
    f"R{number},{'North' if number % 2 else 'South'},{'n/a' if number == 5 else 1 + number / 8},"
    f"They went on and on about the money {number}\n"
    for number in range(1, 13)
)


async def test_a_key_names_the_column_of_weights(work: Path) -> None:
    """W names it, tells the row of a fault, and takes it back; Enter makes a study that is weighted by it."""
    file = work / "survey.csv"
    file.write_text(SURVEY, encoding="utf-8")
    async with app_of(survey=ImportRequest(file)).run_test(size=SMALL) as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, ImportScreen)
        assert screen.review.plan is not None
        names = [column.name for column in screen.review.plan.layout.columns]
        screen.columns.go_to(names.index("wt"))
        assert not screen.review.doubts
        await pilot.press("w")
        await settle(pilot)
        assert screen.review.plan.layout.weight == "wt"
        assert [doubt.examples for doubt in screen.review.doubts] == [("row 6: 'n/a'",)]
        assert "1 of 12 respondents has no weight in wt" in " ".join(shown(pilot, "doubts").split())
        await pilot.press("w")
        await settle(pilot)
        assert not screen.review.plan.layout.weight
        assert not screen.review.doubts
        await pilot.press("w")
        await settle(pilot)
        for doubt in screen.review.doubts:
            screen.review.agree(doubt)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, CodingScreen)
        assert pilot.app.screen.desk.study.settings.weight == "wt"


async def test_a_column_without_weights_is_told_in_place(work: Path) -> None:
    """It stays what it is."""
    file = work / "survey.csv"
    file.write_text(SURVEY, encoding="utf-8")
    async with app_of(survey=ImportRequest(file)).run_test(size=SMALL) as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, ImportScreen)
        assert screen.review.plan is not None
        names = [column.name for column in screen.review.plan.layout.columns]
        screen.columns.go_to(names.index("region"))
        await pilot.press("w")
        await settle(pilot)
        assert screen.review.plan.layout.weight == ""
        assert screen.review.fault is not None
        assert "no row has a number above nought" in screen.review.fault.message
