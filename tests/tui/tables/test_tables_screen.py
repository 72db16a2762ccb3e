"""The tables screen: the same numbers as the workflow, and the way to the answers behind them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from coding_study import press
from piloting import LARGE, SMALL, app_of, notices, pressing, settle, shown
from rich.table import Table
from tables_study import REGION, cells, on_table, open_tables, to_table
from textual.widgets import Static

from coder.domain.filters import Filter, Having
from coder.domain.study_settings import TableSetting
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.formats.tables.bars import LONGEST
from coder.store import codings, log
from coder.tui.coding.screen import CodingScreen
from coder.tui.coding.texts.status import list_title
from coder.tui.kit.windows.show import ShowWindow
from coder.tui.tables.screen import TablesScreen
from coder.workflows.coding.session import CodingSession
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from coder.domain.tables.printed import PrintedTable
    from coder.workflows.study.study import Study


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tables be made at one moment, so that they can be compared."""
    monkeypatch.setattr(log, "utc_now", lambda: "2026-11-21T09:00:00.000Z")


def made(study: Study, **asked: object) -> PrintedTable:
    """Make a table as the command line does."""
    (table,) = printed_tables(study, TableRequest(**asked))  # type: ignore[arg-type]
    return table


async def test_the_table_is_the_workflows(read_sample: Study) -> None:
    """The screen shows the workflow's table of the question being coded, note, base and what is missing."""
    async with app_of(read_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20")
        assert screen.desk.table == made(read_sample, number="20")
        assert "SYNTHETIC" in shown(pilot, "note")
        assert "Table 20 · 6 of 9 · base 53 councils" in shown(pilot, "status")
        assert shown(pilot, "heading").startswith("Table 20. ")
        assert shown(pilot, "detail").split("\n") == [
            "Joint working with the NHS and others",
            "councils: 22 · 41.5% of 53 · rank: 1 · mentions: 24",
        ]


async def test_enter_lists_the_answers_behind_a_row(read_sample: Study) -> None:
    """Enter goes back to the coding screen, which lists the answers coded with the row's theme."""
    async with app_of(read_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20", "down")
        row = screen.current_row()
        assert row is not None
        await press(pilot, "enter")
        coding = pilot.app.screen
        assert isinstance(coding, CodingScreen)
        assert coding.desk.listing.filter == Filter("Q15", theme_ids=(row.key,))
        assert len(coding.desk.listing.numbers) == row.mentions


async def test_escape_changes_nothing(coded_sample: Study) -> None:
    """Esc goes back to the same answers."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        await settle(pilot)
        coding = pilot.app.screen
        assert isinstance(coding, CodingScreen)
        before = (coding.desk.listing.filter, coding.desk.here.response)
        await press(pilot, "t", "escape")
        assert isinstance(pilot.app.screen, CodingScreen)
        assert (coding.desk.listing.filter, coding.desk.here.response) == before


async def test_brackets_go_round_the_tables(coded_sample: Study) -> None:
    """`]` goes through the report's tables in order, then the other questions; `[` goes back."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20")
        first = screen.desk.choices.position
        seen = []
        for _ in screen.desk.settings:
            await pilot.press("right_square_bracket")
            assert screen.desk.table is not None
            seen.append(screen.desk.table.number or screen.desk.table.subject)
        assert seen == ["21", "22", "Q18", "1", "2", "5", "11", "19", "20"]
        assert screen.desk.choices.position == first
        await pilot.press("left_square_bracket")
        assert screen.desk.choices.position == first - 1


async def test_themes_by_an_attribute(read_sample: Study) -> None:
    """`b` makes columns of an attribute, with bases; `%` shows their percentages; the marks are explained."""
    async with app_of(read_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "21", *REGION)
        assert screen.desk.table == made(read_sample, number="21", by="region")
        assert cells(screen) == [
            [f"{row.cells[place].value:,.0f}" for place in range(0, len(row.cells), 2)]
            for row in screen.desk.table.rows
        ]
        assert [column.heading[-1] for column in screen.rows.columns][:3] == ["8 [u]", "8 [u]", "6 [u]"]
        assert screen.rows.columns[-1].heading == ("Total", "51")
        await pilot.press("percent_sign")
        assert cells(screen)[0][0] == "25 [u]"
        assert "[u] of a base too small to rely on" in shown(pilot, "notes")
        await press(pilot, "b", "home", "enter")
        assert screen.desk.table == made(read_sample, number="21")


async def test_the_cursor_goes_to_every_column(read_sample: Study) -> None:
    """The arrows move from column to column, those out of view come into it, and labels stay."""
    async with app_of(read_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "21", *REGION, "left")
        rows = screen.rows
        assert (rows.column, rows.in_view) == (0, range(5))
        assert "columns 1-5 of 10 · 5 →" in rows.heading()
        for _ in range(12):
            await pilot.press("right")
            assert rows.column in rows.in_view
        assert (rows.column, rows.in_view) == (9, range(5, 10))
        assert "← 5 · columns 6-10 of 10" in rows.heading()
        assert shown(pilot, "detail").startswith(
            "Increased demand for services · Total\ncouncils: 23 · 45% of 51"
        )
        assert all("Increased demand for services" in rows.render_line(y).text for y in [rows.heading_height])
        await pilot.press(*["left"] * 9)
        assert rows.in_view == range(5)


async def test_enter_lists_the_answers_behind_a_cell(read_sample: Study) -> None:
    """Enter on a cell lists the answers to the question with the theme, of respondents with the value."""
    async with app_of(read_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "21", *REGION, "right", "down")
        row = screen.current_row()
        assert row is not None
        await press(pilot, "enter")
        coding = pilot.app.screen
        assert isinstance(coding, CodingScreen)
        assert coding.desk.listing.filter == Filter("Q16", theme_ids=(row.key,)).having(
            "region", "North West"
        )
        listed = codings.respondents_of(read_sample.database, coding.desk.listing.numbers)
        assert listed == row.cells[2].value == 3


async def test_a_cell_without_answers_says_so(read_sample: Study) -> None:
    """Enter on a zero stays on the table."""
    async with app_of(read_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "21", *REGION, *["down"] * 3, "enter")
        assert pilot.app.screen is screen
        assert "No answer stands behind this number." in notices(pilot)


async def test_only_some_are_counted(read_sample: Study) -> None:
    """`f` counts those with one value of an attribute; title and base say so; it goes with columns."""
    async with app_of(read_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "21", "f", *"unitary", "enter")
        where = (Having("council_type", ("Unitary",)),)
        assert screen.desk.table == made(read_sample, number="21", where=where)
        assert shown(pilot, "heading").endswith("of councils with “type of council” = Unitary")
        assert "base 25 councils" in shown(pilot, "status")
        await press(pilot, *REGION, "right", "right", "down", "enter")
        coding = pilot.app.screen
        assert isinstance(coding, CodingScreen)
        having = {each.attribute: each.any_of for each in coding.desk.listing.filter.attributes}
        assert having == {"council_type": ("Unitary",), "region": ("South West",)}


async def test_from_the_answers_one_goes_back_to_the_cell(read_sample: Study) -> None:
    """`t` goes back to the table one came from, as it was, until other answers are listed."""
    async with app_of(read_sample).run_test(size=SMALL) as pilot:
        keys = ("f", *"unitary", "enter", *REGION, "n", "percent_sign", "right", "right", "down", "down")
        screen = await open_tables(pilot, "21", *keys)
        row = screen.current_row()
        assert row is not None
        before = (screen.desk.table, cells(screen), row, "South West")
        await press(pilot, "enter", "t")
        again = pilot.app.screen
        assert isinstance(again, TablesScreen)
        assert again is not screen
        assert (again.desk.table, cells(again), again.current_row(), again.current_group()) == before
        await press(pilot, "escape", "escape", "t")
        assert shown(pilot, "heading").startswith("Table 21. ")


async def test_all_are_counted_again(coded_sample: Study) -> None:
    """The first choice of `f` takes the filter back; response rates cannot be of some."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20", "f", *"london", "enter")
        (having,) = screen.desk.choices.where
        assert (having.attribute, having.any_of) == ("council_type", ("London borough",))
        assert having.called == "type of council"
        await to_table(pilot, screen, "1")
        assert screen.desk.table is None
        assert "of all that were asked" in shown(pilot, "empty")
        await press(pilot, "f", "enter")
        assert screen.desk.table == made(coded_sample, number="1")


@pytest.mark.parametrize("number", ["1", "2", "5", "11", "19"])
async def test_closed_tables_open_onto_answers(coded_sample: Study, number: str) -> None:
    """Closed tables are shown as the workflow makes them; Enter lists the answers of those in the cell."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, number)
        assert screen.desk.table == made(coded_sample, number=number)
        assert not screen.query_one("#unsettled").display
        await press(pilot, "n")
        assert screen.desk.choices.options == TableOptions()
        await press(pilot, "enter")
        coding = pilot.app.screen
        assert isinstance(coding, CodingScreen)
        assert coding.desk.listing.filter.question_id == "Q15"
        assert coding.desk.listing.filter.attributes
        assert len(coding.desk.listing.numbers)


async def test_what_is_not_final_is_said_on_top(coded_sample: Study) -> None:
    """Answers not coded, codings to be recoded and flags are counted; where there are none, none are."""
    session = CodingSession(coded_sample, "jo")
    flagged = codings.matching(coded_sample.database, "jo", Filter("Q15"), limit=2)
    for number in flagged:
        session.toggle_flag(number)
    theme = session.standing(flagged[0]).theme_ids[0]
    with coded_sample.database.transaction():
        coded_sample.database.execute(
            "INSERT INTO mark VALUES (?, 'jo', 'recode', ?, 'Q15', ?)", (flagged[0], theme, theme)
        )
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        await open_tables(pilot, "20")
        read = "47 of 53 councils fully read: only they are counted (a: others)"
        not_final = "6 of 147 answers not yet read · 1 coding to be recoded · 2 flagged"
        assert shown(pilot, "unsettled") == f"{read} · {not_final}"
        await press(pilot, "right_square_bracket")
        assert shown(pilot, "unsettled").endswith("(a: others) · 7 of 143 answers not yet read")


async def test_while_answers_are_open_those_read_are_counted(coded_sample: Study) -> None:
    """The screen counts those all of whose answers are read, in pairs and lists too; `a` counts others."""
    options = TableOptions(base="read")
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20")
        assert screen.desk.table == made(coded_sample, number="20", options=options)
        assert "base 47 councils" in shown(pilot, "status")
        row = screen.current_row()
        assert row is not None
        await press(pilot, "enter")
        coding = pilot.app.screen
        assert isinstance(coding, CodingScreen)
        listed = coding.desk.listing.numbers
        assert codings.respondents_of(coded_sample.database, listed) == row.respondents
        assert "fully read" in list_title(coding.desk)
        await press(pilot, "t", "o")
        assert shown(pilot, "heading").endswith("of councils whose answers have all been read")
        await press(pilot, "escape", "a")
        assert screen.desk.table != made(coded_sample, number="20")
        again = pilot.app.screen
        assert isinstance(again, TablesScreen)
        assert again.desk.table == made(coded_sample, number="20")
        assert shown(pilot, "unsettled").startswith("Base: councils that answered Q15 (a: others) · 6 of 147")


async def test_mentions_nets_zeros_order_and_base(read_sample: Study) -> None:
    """`c` counts mentions, `n` adds nets, `z` zeros, `r` the codebook's order; `a` goes through the bases."""
    async with app_of(read_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20")
        plain = TableOptions()
        for key, options in (
            ("c", replace(plain, unit="mentions")),
            ("n", replace(plain, nets=True)),
            ("z", replace(plain, zeros=True)),
            ("r", replace(plain, order="codebook")),
        ):
            await pilot.press(key)
            assert screen.desk.table == made(read_sample, number="20", options=options)
            await pilot.press(key)
            assert screen.desk.table == made(read_sample, number="20")
        for base, size in (("asked", 71), ("coded", 53), ("read", 53), ("answered", 53)):
            await pilot.press("a")
            assert screen.desk.table is not None
            assert screen.desk.table.base is not None
            assert (screen.desk.table.base.kind, screen.desk.table.base.size) == (base, size)


async def test_names_come_before_bars(read_sample: Study) -> None:
    """In 80 columns a long label leaves no room for bars, short ones do; 200 columns have no endless ones."""
    for size, number, limit in ((SMALL, "20", ""), (SMALL, "21", "50%"), ((200, 50), "21", "50%")):
        async with app_of(read_sample).run_test(size=size) as pilot:
            screen = await open_tables(pilot, number)
            assert screen.rows.heading().rstrip().endswith(limit or "%")
            drawn = [screen.rows.render_line(line).text for line in range(1, 8)]
            assert any("▆" in line for line in drawn) == bool(limit)
            assert max(line.count("▆") for line in drawn) <= LONGEST


async def test_the_cursor_stays_on_its_cell(coded_sample: Study) -> None:
    """When the order changes the cursor stays on the theme and the column it was on."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20", *REGION, *["down"] * 3, "right", "right")
        row, group = screen.current_row(), screen.current_group()
        assert row is not None
        await pilot.press("n")
        after = screen.current_row()
        assert after is not None
        assert (after.key, screen.current_group()) == (row.key, group)


async def test_keys_reach_every_row(read_sample: Study) -> None:
    """End, Home, page keys and arrows move the cursor and stop at the ends."""
    async with app_of(read_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20", "end", "down")
        assert screen.desk.table is not None
        last = len(screen.desk.table.rows) - 1
        assert screen.rows.cursor == last
        assert screen.desk.table.rows[last].label in shown(pilot, "detail")
        await pilot.press("pageup")
        assert screen.rows.cursor == last - 10
        await pilot.press("home", "up")
        assert screen.rows.cursor == 0


async def test_a_click_shows_a_row_and_a_second_opens_it(read_sample: Study) -> None:
    """The first click puts the cursor on a row, the second lists its answers."""
    async with app_of(read_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20")
        await pilot.click("#rows", offset=(5, 4))
        await settle(pilot)
        assert screen.desk.table is not None
        assert screen.rows.cursor == 3
        assert screen.desk.table.rows[3].label in shown(pilot, "detail")
        await pilot.click("#rows", offset=(5, 4))
        await settle(pilot)
        assert isinstance(pilot.app.screen, CodingScreen)


async def test_a_click_puts_the_cursor_on_a_cell(read_sample: Study) -> None:
    """A click on another cell of the row moves the cursor there; the second opens it; headings do nothing."""
    async with app_of(read_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "21", *REGION)
        top = screen.rows.heading_height
        for x, group in ((44, "North West"), (36, "London"), (58, "Yorkshire and Humber")):
            await pilot.click("#rows", offset=(x, top))
            await settle(pilot)
            assert pilot.app.screen is screen
            assert (screen.rows.cursor, screen.current_group()) == (0, group)
        await pilot.click("#rows", offset=(36, top - 1))
        await settle(pilot)
        assert screen.current_group() == "Yorkshire and Humber"
        await pilot.click("#rows", offset=(58, top))
        await settle(pilot)
        assert isinstance(pilot.app.screen, CodingScreen)


async def test_suppressed_cells_are_marked_in_words(read_sample: Study) -> None:
    """What is kept back shows its mark, and says so at the cursor."""
    listed = TableSetting("Q16", by="region", suppress=5)
    read_sample.settings = replace(read_sample.settings, tables=(listed,))
    async with app_of(read_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "Q15")
        screen.desk.go_on(-screen.desk.choices.position)
        await press(pilot, "percent_sign", "percent_sign")
        screen.count_anew()
        assert cells(screen)[0][0] == "[c]"
        assert "councils: kept back · %: kept back" in shown(pilot, "detail")
        assert "[c] kept back, so that nobody can be recognised" in shown(pilot, "notes")


async def test_all_notes_are_a_key_away(coded_sample: Study) -> None:
    """What the notes below the table have no room for is shown by `i`, with where the numbers come from."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20")
        assert shown(pilot, "notes").endswith("i: all notes")
        await press(pilot, "i")
        assert isinstance(pilot.app.screen, ShowWindow)
        told = str(pilot.app.screen.query_one(Static).content)
        assert screen.desk.table is not None
        assert all(note in told for note in (*screen.desk.table.notes, str(screen.desk.table.provenance)))


async def test_help_names_every_key(coded_sample: Study) -> None:
    """`?` shows what every key of the screen does."""
    async with app_of(coded_sample).run_test(size=LARGE) as pilot:
        screen = await open_tables(pilot, "20", "question_mark")
        assert isinstance(pilot.app.screen, ShowWindow)
        table = pilot.app.screen.query_one(Static).content
        assert isinstance(table, Table)
        told = {str(cell) for cell in table.columns[1].cells}
        assert told >= {action.help for action in screen.ACTIONS}


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_picture_of_a_table(
    snap_compare: Callable[..., bool], read_sample: Study, size: tuple[int, int]
) -> None:
    """Table 20 of the coded sample."""
    assert snap_compare(app_of(read_sample), terminal_size=size, run_before=on_table("20", "down"))


def test_picture_of_an_interim_table(snap_compare: Callable[..., bool], coded_sample: Study) -> None:
    """While answers are open, who is counted is said on top."""
    assert snap_compare(app_of(coded_sample), terminal_size=SMALL, run_before=on_table("21"))


def test_picture_of_nets(snap_compare: Callable[..., bool], read_sample: Study) -> None:
    """Themes stand under their nets; a long label is whole at the cursor."""
    before = on_table("21", "n", "home", *["down"] * 3)
    assert snap_compare(app_of(read_sample), terminal_size=SMALL, run_before=before)


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_picture_of_columns(
    snap_compare: Callable[..., bool], read_sample: Study, size: tuple[int, int]
) -> None:
    """Table 21 by region in percentages, the cursor on a cell, columns out of view to the right."""
    before = on_table("21", *REGION, "percent_sign", "down", "right")
    assert snap_compare(app_of(read_sample), terminal_size=size, run_before=before)


def test_picture_in_light(snap_compare: Callable[..., bool], coded_sample: Study) -> None:
    """The cell at the cursor stands out on a light screen too."""
    before = on_table("5", "ctrl+t", "right")
    assert snap_compare(app_of(coded_sample), terminal_size=SMALL, run_before=before)


def test_picture_of_an_empty_table(snap_compare: Callable[..., bool], sample: Study) -> None:
    """A question without codings says so, and what to do."""
    assert snap_compare(app_of(sample), terminal_size=SMALL, run_before=pressing("t"))
