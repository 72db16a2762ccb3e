"""What stands over a table's columns, who is counted, and how, chosen by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coding_study import press
from piloting import SMALL, app_of, notices
from tables_study import open_tables

from coder.store import codings
from coder.tui.coding.screen import CodingScreen
from coder.tui.coding.texts.status import list_title
from coder.tui.kit.windows.pick import PickWindow
from coder.tui.tables.column_picker import ColumnFinder
from coder.workflows.tables.column_choices import column_choices
from coder.workflows.tables.tables_typed import TypedOptions, tables_typed

if TYPE_CHECKING:
    from coder.tui.tables.screen import TablesScreen
    from coder.workflows.study.study import Study


def groups(screen: TablesScreen) -> list[str]:
    """Return the headings over the columns, each once."""
    assert screen.desk.table is not None, screen.desk.error
    return list(dict.fromkeys(column.group for column in screen.desk.table.columns))


async def test_two_attributes_side_by_side(coded_sample: Study) -> None:
    """`b`, `reg,type`, Enter: each region, then each type of council, as `--by region,council_type`."""
    (table,) = tables_typed(
        coded_sample, TypedOptions(question=("Q15",), by="region,council_type", base="answered")
    )
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20", "b", *"reg,type", "enter")
        assert groups(screen) == list(dict.fromkeys(column.group for column in table.columns))


async def test_what_the_table_has_is_gone_on_from(coded_sample: Study) -> None:
    """`b` `region`, then `b` `:type`: the regions crossed with what is typed; b again says so."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20", "b", *"region", "enter", "b", *":type of", "enter")
        assert screen.desk.request.by == "region:council_type"
        assert "London · London borough" in groups(screen)
        await press(pilot, "b", *",impact")
        window = pilot.app.screen
        assert isinstance(window, PickWindow)
        finder = ColumnFinder(list(column_choices(coded_sample, of_themes=True)), screen.desk.request.by)
        (choice,) = finder.fitting(",impact of")
        assert choice.title == "region crossed with type of council, beside it impact of the programme"


async def test_from_a_theme_over_columns_to_the_answers(coded_sample: Study) -> None:
    """`b`, a theme's name, Enter; Enter on a number: so many councils, and the list's title says which."""
    theme = next(theme for theme in coded_sample.codebook if theme.serves("Q16") and theme.codable)
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20", "b", *f"{theme.label.lower()} (q16)", "enter", "a")
        assert screen.desk.request.by == f"Q16:{theme.id}"
        table = screen.desk.table
        assert table is not None
        number, row = next((n, row) for n, row in enumerate(table.rows) if row.cells[0].value)
        await press(pilot, "home", *["down"] * number, "enter")
        coding = pilot.app.screen
        assert isinstance(coding, CodingScreen)
        listed = list(coding.desk.listing.numbers)
        assert codings.respondents_of(coded_sample.database, listed) == row.cells[0].value
        title = list_title(coding.desk)
        assert f"{title} · t goes back to the table" in notices(pilot)
        assert row.label in title
        assert f"mention {theme.label}" in title


async def test_conditions_hold_together_and_are_taken_back(coded_sample: Study) -> None:
    """`f` once more adds a condition; `!` turns one round; "any" of an attribute takes its condition back."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20", "f", *"unitary", "enter", "f", *"!region london", "enter")
        assert screen.desk.table is not None
        assert screen.desk.table.title.endswith(
            "of councils with “type of council” = Unitary and with region other than London"
        )
        await press(pilot, "f", *"region: any", "enter")
        assert [condition.of_what for condition in screen.desk.choices.where] == ["Unitary"]


async def test_further_choices(coded_sample: Study) -> None:
    """`m`, `under 3`, Enter keeps small counts back; `m`, `fewer than 5`, Enter joins rare themes."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20", "m", *"under 3", "enter")
        assert screen.desk.table is not None
        marks = {cell.mark for row in screen.desk.table.rows for cell in row.cells}
        assert "suppressed" in marks
        await press(pilot, "m", *"fewer than 5 m", "enter")
        assert screen.desk.choices.options.other == 5
        assert any(row.kind == "other" for row in screen.desk.table.rows)


def test_everything_offered_makes_a_table(coded_sample: Study) -> None:
    """Each choice is something that `--by` takes, alone, side by side and crossed."""
    choices = list(column_choices(coded_sample, of_themes=True))
    finder = ColumnFinder(choices, "")
    alone = [choice for choice in choices if choice.kind != "theme"]
    together = [finder.fitting(typed)[0] for typed in ("type,region", "region:type", "q15,recruitment:reg")]
    for choice in (*alone, *finder.fitting("recruitment")[:2], *together):
        (table,) = tables_typed(coded_sample, TypedOptions(question=("Q16",), by=choice.by, order="codebook"))
        assert table.columns
        assert finder.called(choice.by) == choice.title
