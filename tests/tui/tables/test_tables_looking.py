"""What the tables screen leads to: themes that go together, new themes, files."""

from __future__ import annotations

import csv
import json
from itertools import combinations
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from coding_study import press
from hypothesis import given
from hypothesis import strategies as st
from piloting import LARGE, SMALL, app_of, notices, settle, shown, type_line
from tables_study import REGION, on_table, open_tables

from coder.domain.filters import Filter
from coder.store import codings
from coder.store.saturation import Arrival, Saturation, saturation
from coder.store.scope import Scope
from coder.tui.coding.screen import CodingScreen
from coder.tui.kit.windows.ask import AskWindow
from coder.tui.tables.saturation import IMPORTED, SaturationScreen, in_a_sentence
from coder.tui.tables.step_chart import chart_lines
from coder.tui.tables.together import TogetherScreen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coder.workflows.study.study import Study


async def test_themes_that_go_together(read_sample: Study) -> None:
    """`o` lists the pairs that the same respondents mention, the most frequent first; Enter their answers."""
    mentions: dict[str, set[str]] = {}
    for coding in codings.all_codings(read_sample.database):
        sql = "SELECT question, respondent FROM response WHERE number = ?"
        question, respondent = read_sample.database.row(sql, (coding.response,))
        if question == "Q16":
            mentions.setdefault(coding.theme_id, set()).add(respondent)
    both = [len(mentions[a] & mentions[b]) for a, b in combinations(mentions, 2)]
    async with app_of(read_sample).run_test(size=SMALL) as pilot:
        await open_tables(pilot, "21", "o")
        screen = pilot.app.screen
        assert isinstance(screen, TogetherScreen)
        assert [pair.both for pair in screen.pairs] == sorted(filter(None, both), reverse=True)
        pair = screen.pairs[0]
        assert f"councils with both: {pair.both}" in shown(pilot, "detail")
        await press(pilot, "enter")
        coding_screen = pilot.app.screen
        assert isinstance(coding_screen, CodingScreen)
        chosen = Filter("Q16", theme_ids=pair.theme_ids, together="respondent")
        assert coding_screen.desk.listing.filter == chosen
        listed = coding_screen.desk.listing.numbers
        assert codings.respondents_of(read_sample.database, listed) == pair.both


async def test_themes_on_the_same_answers(read_sample: Study) -> None:
    """`c` counts answers; Enter lists those with both; a click opens the second time; Esc goes back."""
    async with app_of(read_sample).run_test(size=SMALL) as pilot:
        tables = await open_tables(pilot, "20", "o", "c")
        screen = pilot.app.screen
        assert isinstance(screen, TogetherScreen)
        assert screen.pairs
        assert shown(pilot, "heading") == "Q15. Answers with both themes"
        await pilot.press("end", "down")
        assert screen.rows.cursor == len(screen.pairs) - 1
        await press(pilot, "escape")
        assert pilot.app.screen is tables
        await press(pilot, "o", "c")
        await pilot.click("#rows", offset=(5, 1))
        await settle(pilot)
        coding = pilot.app.screen
        assert isinstance(coding, CodingScreen)
        assert len(coding.desk.listing.numbers) == screen.pairs[0].both


async def test_pairs_of_some_and_none(coded_sample: Study) -> None:
    """The filter of the table holds for its pairs; where there are none, that is said."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        await open_tables(pilot, "21", "f", *"eastern", "enter", "o")
        screen = pilot.app.screen
        assert isinstance(screen, TogetherScreen)
        assert shown(pilot, "heading").endswith("of councils with region = Eastern")
        assert screen.pairs[0].both <= 2
        await press(pilot, "enter")
        coding = pilot.app.screen
        assert isinstance(coding, CodingScreen)
        assert (
            coding.desk.listing.filter.attributes
            == Filter().having("region", "Eastern", title="region").attributes
        )


async def test_a_study_without_codings(sample: Study) -> None:
    """Nothing goes together, no theme came, and Enter does nothing."""
    async with app_of(sample).run_test(size=SMALL) as pilot:
        await open_tables(pilot, "20", "o", "enter")
        assert isinstance(pilot.app.screen, TogetherScreen)
        assert shown(pilot, "detail") == "No two themes go together yet."
        await press(pilot, "escape", "s", "enter")
        assert isinstance(pilot.app.screen, SaturationScreen)
        assert shown(pilot, "heading") == "No theme stands yet: nothing to tell."
        assert "147 of 147 answers not yet read" in shown(pilot, "unsettled")


async def test_new_themes(coded_sample: Study) -> None:
    """`s` says when the last new theme came and lists the themes, the latest first; Enter its answers."""
    found = saturation(coded_sample.database, Scope(["Q15"]))
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        await open_tables(pilot, "20", "s")
        screen = pilot.app.screen
        assert isinstance(screen, SaturationScreen)
        assert shown(pilot, "heading") == in_a_sentence(found)
        places = [row.answer for row in screen.rows._rows]
        assert places == sorted((each.place for each in found.arrivals), reverse=True)
        last = found.arrivals[-1]
        assert screen.rows._rows[0].label == coded_sample.codebook.label(last.theme_id)
        await press(pilot, "down", "up", "enter")
        coding = pilot.app.screen
        assert isinstance(coding, CodingScreen)
        assert coding.desk.listing.filter == Filter("Q15", theme_ids=(last.theme_id,))


async def test_closed_tables_have_neither(coded_sample: Study) -> None:
    """Pairs and new themes are of open questions."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "19", "o")
        assert pilot.app.screen is screen
        assert "tables of themes" in notices(pilot)
        await press(pilot, "s")
        assert pilot.app.screen is screen


def test_the_sentence_is_plain() -> None:
    """It counts themes and answers, says how long none came, and what imports do to the order."""
    came = [Arrival("a", 1, 1), Arrival("b", 97, 98)]
    said = "2 themes. The last new theme came with answer 97 of 146 read; none in the 49 since."
    assert in_a_sentence(Saturation(146, came, imported=False)) == said
    assert in_a_sentence(Saturation(146, came, imported=True)) == f"{said} {IMPORTED}"
    latest = "1 theme. The last new theme came with answer 1 of 1 read, the latest."
    assert in_a_sentence(Saturation(1, came[:1], imported=False)) == latest


@given(
    places=st.lists(st.integers(1, 300), min_size=1, max_size=60).map(sorted),
    size=st.tuples(st.integers(1, 120), st.integers(1, 30)),
)
def test_the_chart_only_grows(places: list[int], size: tuple[int, int]) -> None:
    """Each column is as high as the one before it or higher; the last one is full."""
    width, height = size
    lines = chart_lines(places, max(places), "answers read", width, height)
    assert len(lines) == max(height, 2)
    cells = max(width - len(str(len(places))) - 2, 1)
    drawn = [line.partition("│")[2].ljust(cells) for line in lines[:-1]]
    heights = [sum(" ▁▂▃▄▅▆▇█".index(line[cell]) for line in drawn) for cell in range(cells)]
    assert heights == sorted(heights)
    assert heights[-1] == 8 * len(drawn)


async def test_export_writes_the_table(coded_sample: Study, work: Path) -> None:
    """`e` writes the table on screen as CSV under the name it offers."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20", "e", "enter")
        assert "Written" in notices(pilot)
        with (work / "table-20.csv").open(encoding="utf-8", newline="") as file:
            written = [(row["theme"], int(row["count"])) for row in csv.DictReader(file)]
        assert screen.desk.table is not None
        assert written == [(row.label, row.cells[0].value) for row in screen.desk.table.rows]


async def test_what_is_on_screen_is_exported(coded_sample: Study, work: Path) -> None:
    """Columns and filter are in the file and in the name that is offered."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        await open_tables(pilot, "21", *REGION, "f", *"unitary", "enter", "e", "enter")
        with (work / "q16-by-region-unitary.csv").open(encoding="utf-8", newline="") as file:
            groups = {row["group"] for row in csv.DictReader(file)}
        assert {"London", "South West", "Total"} <= groups


@pytest.mark.parametrize("kind", ["md", "html", "tex", "docx", "xlsx", "svg", "png"])
async def test_every_format_is_there(coded_sample: Study, work: Path, kind: str) -> None:
    """The name's end says how the table, or its chart, is written."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        await open_tables(pilot, "21", *REGION, "e")
        await type_line(pilot, f"mine.{kind}")
        data = (work / f"mine.{kind}").read_bytes()
        if kind in {"docx", "xlsx"}:
            with ZipFile(work / f"mine.{kind}") as package:
                assert package.testzip() is None
        elif kind == "png":
            assert data.startswith(b"\x89PNG")
        else:
            assert b"Recruitment" in data


async def test_export_asks_before_it_replaces(coded_sample: Study, work: Path) -> None:
    """A file that exists is kept unless its name is confirmed; its suffix says the format."""
    there = work / "mine.json"
    there.write_text("mine", encoding="utf-8")
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        await open_tables(pilot, "20", "e")
        await type_line(pilot, "mine.json")
        assert isinstance(pilot.app.screen, AskWindow)
        await press(pilot, "escape")
        assert there.read_text(encoding="utf-8") == "mine"
        await press(pilot, "e")
        await type_line(pilot, "mine.json")
        await press(pilot, "enter")
        assert json.loads(there.read_text(encoding="utf-8"))[0]["rows"]


async def test_a_file_that_cannot_be_is_told(coded_sample: Study, work: Path) -> None:
    """A name that says no format, or is in no folder, writes nothing, and the screen goes on."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20", "e")
        await type_line(pilot, "table.pdf")
        assert pilot.app.screen is screen
        assert "does not say which format" in notices(pilot)
        assert "--format" not in notices(pilot)
        await press(pilot, "e")
        await type_line(pilot, "nowhere/table.docx")
        assert pilot.app.screen is screen
        assert "cannot be written" in notices(pilot)
        assert sorted(path.name for path in work.iterdir()) == ["sample"]


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_picture_of_pairs(
    snap_compare: Callable[..., bool], read_sample: Study, size: tuple[int, int]
) -> None:
    """Pairs of themes with how many mention both, and their share of those who mention either."""
    assert snap_compare(app_of(read_sample), terminal_size=size, run_before=on_table("21", "o", "down"))


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_picture_of_new_themes(
    snap_compare: Callable[..., bool], coded_sample: Study, size: tuple[int, int]
) -> None:
    """How many themes there were after each answer, in a sentence, a chart and a list."""
    assert snap_compare(app_of(coded_sample), terminal_size=size, run_before=on_table("21", "s"))
