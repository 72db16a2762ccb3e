"""What columns tell something about, on the screen that reviews an import: seen, and said with a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from piloting import SMALL, app_of, settle, shown

from coder.domain.surveys.import_choices import ImportChoices
from coder.tui.coding.screen import CodingScreen
from coder.tui.importing.review import ImportRequest
from coder.tui.importing.screen import ImportScreen

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

WIDE = "id,region,q15_1,q15_2,q15_sentiment\n" + "".join(
    f"R{n},{'North' if n % 2 else 'South'},we want number {n} of it,and also {n} of those,{'gsm'[n % 3]}\n"
    for n in range(1, 13)
)
VISITS = "pid,visit,region,comment\n" + "".join(
    f"P{n},{visit},{'NS'[n % 2]},the beds of visit {visit} were number {n}\n"
    for n in range(1, 7)
    for visit in (1, 2)
)


def request(folder: Path, text: str, choices: ImportChoices) -> ImportRequest:
    """Write a survey; return that it is to be imported."""
    file = folder / "survey.csv"
    file.write_text(text, encoding="utf-8")
    return ImportRequest(file, choices=choices)


def screen_of(pilot: Pilot[None]) -> ImportScreen:
    """Return the import screen, which is on top."""
    screen = pilot.app.screen
    assert isinstance(screen, ImportScreen)
    return screen


def role_of(screen: ImportScreen, name: str) -> str:
    """Return the role of a column as the screen calls it."""
    assert screen.review.plan is not None
    columns = {column.name: column for column in screen.review.plan.layout.columns}
    return screen.columns.role_text(columns[name])


async def test_a_key_says_that_a_column_is_about_a_question(work: Path) -> None:
    """It is offered above; T and a part of the question say it, A takes it back; Enter keeps it so."""
    choices = ImportChoices(id_column="id", boxes=("Q15=q15_1,q15_2",))
    async with app_of(survey=request(work, WIDE, choices)).run_test(size=SMALL) as pilot:
        await settle(pilot)
        screen = screen_of(pilot)
        assert "seems to tell something about the answers to Q15 (key t on it)" in " ".join(
            shown(pilot, "understood").split()
        )
        screen.columns.go_to(4)
        await pilot.press("t", *"to q15", "enter")
        await settle(pilot)
        assert role_of(screen, "q15_sentiment") == "of answers"
        assert "Known of each answer: sentiment" in shown(pilot, "effect")
        assert "of the answers to Q15" in shown(pilot, "detail")
        assert "seems to tell" not in shown(pilot, "understood")
        await pilot.press("a")
        await settle(pilot)
        assert role_of(screen, "q15_sentiment") == "attribute"
        await pilot.press("t", *"box 2", "enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, CodingScreen)
        cells = pilot.app.screen.desk.study.database.rows(
            "SELECT r.item, v.attribute FROM answer_value v JOIN response r ON r.number = v.response"
        )
        assert cells == [(2, "sentiment")] * 12


async def test_what_differs_within_a_respondent_is_seen(work: Path) -> None:
    """With the rows that show it; a person may say that it is of respondents, which is refused with rows."""
    choices = ImportChoices(id_column="pid", row_meaning="part")
    async with app_of(survey=request(work, VISITS, choices)).run_test(size=SMALL) as pilot:
        await settle(pilot)
        screen = screen_of(pilot)
        assert (role_of(screen, "visit"), role_of(screen, "region")) == ("of answers", "attribute")
        screen.columns.go_to(1)
        screen.show_all()
        assert "P1 has '1' (row 2) and '2' (row 3)" in " ".join(shown(pilot, "detail").split())
        await pilot.press("t", *"more of the rows", "enter")
        await settle(pilot)
        assert "nothing says which value counts" in " ".join(shown(pilot, "effect").split())
        assert "key t" in shown(pilot, "effect")
        await pilot.press("t", *"as its values", "enter")
        await settle(pilot)
        assert role_of(screen, "visit") == "of answers"


async def test_what_cannot_be_is_told_and_changes_nothing(work: Path) -> None:
    """A question that somebody spoke of stays one; what is no attribute is about nothing."""
    choices = ImportChoices(id_column="id", boxes=("Q15=q15_1,q15_2",), about=("Q15=q15_sentiment",))
    async with app_of(survey=request(work, WIDE, choices)).run_test(size=SMALL) as pilot:
        await settle(pilot)
        screen = screen_of(pilot)
        screen.columns.go_to(2)
        await pilot.press("t")
        await settle(pilot)
        assert "'q15_1' is no attribute" in shown(pilot, "effect")
        await pilot.press("x")
        await settle(pilot)
        assert role_of(screen, "q15_sentiment") == "of answers"
        await pilot.press("o")
        await settle(pilot)
        screen.columns.go_to(4)
        await pilot.press("x")
        await settle(pilot)
        assert role_of(screen, "q15_sentiment") == "left out"
