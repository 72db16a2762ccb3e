"""A format of tables or charts is its writer and a line of a registry; whatever offers formats follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from making import small_study
from piloting import SMALL, app_of, type_line
from tables_study import open_tables
from textual.widgets import Static

from coder import cli
from coder.formats.charts.registry import CHART_FORMATS
from coder.formats.tables.registry import TABLE_FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coder.domain.tables.printed import PrintedTable
    from coder.workflows.study.study import Study

pytestmark = pytest.mark.usefixtures("wiki")


def wiki_text(tables: Sequence[PrintedTable]) -> str:
    """Return tables in a made-up format."""
    return "".join(f"== {table.heading} ==\n" for table in tables)


@pytest.fixture
def wiki(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add the made-up format: this is all that adding one takes."""
    monkeypatch.setitem(TABLE_FORMATS, "wiki", wiki_text)


def test_the_command_line_offers_and_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--format` has it among its choices and in its help, `--out` knows its ending, messages name it."""
    with pytest.raises(SystemExit):
        cli.main(["tables", "--help"])
    assert "{csv,json,md,xlsx,docx,html,tex,pptx,wiki}" in "".join(capsys.readouterr().out.split())
    small_study(tmp_path / "study").close()
    study = str(tmp_path / "study")
    assert cli.main(["tables", study, "--format", "wiki"]) == cli.DONE
    written = capsys.readouterr().out
    assert written == "== Q1. What is hardest? ==\n"
    file = tmp_path / "table.wiki"
    assert cli.main(["tables", study, "--out", str(file)]) == cli.DONE
    assert file.read_text(encoding="utf-8") == written
    assert cli.main(["tables", study, "--out", str(tmp_path / "table.pdf")]) == cli.FAILED
    assert ".pptx, .wiki" in capsys.readouterr().err


async def test_the_tables_screen_offers_and_writes_it(coded_sample: Study, work: Path) -> None:
    """The window that asks for a file's name lists it, and a name that ends in it is written so."""
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20", "e")
        assert ".pptx, .wiki, .svg, .png" in str(pilot.app.screen.query_one(Static).content)
        await type_line(pilot, "mine.wiki")
        assert screen.desk.table is not None
        assert (work / "mine.wiki").read_text(encoding="utf-8") == wiki_text([screen.desk.table])


async def test_the_tables_screen_offers_and_writes_a_chart_format(
    coded_sample: Study, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chart format is listed behind those of tables, and a name that ends in it is written so."""
    monkeypatch.setitem(CHART_FORMATS, "dots", lambda table: "." * len(table.rows))
    async with app_of(coded_sample).run_test(size=SMALL) as pilot:
        screen = await open_tables(pilot, "20", "e")
        assert ".svg, .png, .dots" in str(pilot.app.screen.query_one(Static).content)
        await type_line(pilot, "mine.dots")
        assert screen.desk.table is not None
        assert (work / "mine.dots").read_text(encoding="utf-8") == "." * len(screen.desk.table.rows)
