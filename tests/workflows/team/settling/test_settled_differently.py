"""Where an answer was settled differently in two copies: what says so, and what tables count."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from piloting import LARGE, SMALL, settle
from report_study import BEDS, BUDGETS, LOST, twice_coded
from study_copies import assert_whole, exchange
from textual.widgets import Static

from coder.cli import main
from coder.domain.codings import Change
from coder.domain.tables.requests import TableRequest
from coder.domain.team.settled_layer import SETTLED
from coder.errors import CoderError
from coder.formats.disagreements.registry import SHEET_FORMATS
from coder.store import log
from coder.tui.app import CoderApp
from coder.tui.settling.desk import SettlingDesk
from coder.tui.settling.screen import SettlingScreen
from coder.workflows.study.opening import open_study
from coder.workflows.study.questions import find_question
from coder.workflows.tables.report_tables import printed_tables
from coder.workflows.team.copies.receipt_text import receipt_lines
from coder.workflows.team.copies.receiving import receive, rehearse_receipt
from coder.workflows.team.copies.sending import send
from coder.workflows.team.settling.settling_answers import Settlement, Settling
from coder.workflows.team.settling.sheet_parts import SheetRequest
from coder.workflows.team.settling.sheets import disagreement_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

OTHER = BUDGETS
"""An answer on which nobody differs: one person has read it."""


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[list[Study]]:
    """On LOST cy settled pay and staff, dee settled nothing; on OTHER, on which nobody differs, both did."""
    twice_coded(tmp_path / "a").close()
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    with closing(open_study(tmp_path / "a")) as first, closing(open_study(tmp_path / "b")) as second:
        Settling(first, "cy").settle(LOST, Settlement(("staff", "pay")))
        Settling(second, "dee").settle(LOST, Settlement(()))
        Settling(first, "cy").settle(OTHER, Settlement(("money",)))
        Settling(second, "dee").settle(OTHER, Settlement(("money", "beds")))
        Settling(second, "dee").settle(BEDS, Settlement(("beds",)))
        yield [first, second]


def sheet_text(study: Study, kind: str, **asked: object) -> str:
    """Return a sheet."""
    content = SHEET_FORMATS[kind](disagreement_sheets(study, SheetRequest(**asked)))  # type: ignore[arg-type]
    return content.decode("latin-1") if isinstance(content, bytes) else content


def test_the_receipt_tells_how_many(copies: list[Study], tmp_path: Path) -> None:
    """So does the dry run, and on the other side as well; once they are settled, nothing is said."""
    first, second = copies
    send(second, tmp_path / "file", "dee")
    for receipt in (rehearse_receipt(first, tmp_path / "file"), receive(first, tmp_path / "file")):
        text = "\n".join(receipt_lines(receipt, is_done=True))
        assert "2 answers were settled differently in several copies, and are open again" in text
        assert "  settled, by dee: 3 steps, 3 codings made or taken back, 3 answers" in text
    for answer in (LOST, OTHER):
        Settling(first, "cy").settle(answer, Settlement(("staff",)))
    send(first, tmp_path / "file", "cy")
    assert receive(second, tmp_path / "file").settled_differently == 0


def test_check_tells_how_many(copies: list[Study], capsys: pytest.CaptureFixture[str]) -> None:
    """It is no fault."""
    exchange(copies[1], copies[0])
    assert main(["check", str(copies[0].folder)]) == 0
    output = capsys.readouterr()
    assert "2 answers were settled differently" in output.out + output.err
    main(["check", str(copies[1].folder)])
    output = capsys.readouterr()
    assert "settled differently" not in output.out + output.err


def test_the_sheet_has_who_decided_what(copies: list[Study]) -> None:
    """In every format, also where nobody differs in what they coded; numbered where names are left out."""
    first, second = copies
    exchange(second, first)
    (sheet,) = json.loads(sheet_text(first, "json"))
    assert {row["response_id"]: (row["state"], row["settled_differently"]) for row in sheet["answers"]} == {
        "R1.Q1.1": ("differs", ["cy: Pay; Staff", "dee: (nothing)"]),
        "R3.Q1.1": ("differs", ["cy: Money", "dee: Money; Beds"]),
    }
    assert [row["settled_on"] for row in sheet["answers"]] == [None, None]
    text = sheet_text(first, "md")
    assert "- Settled differently in several copies: cy: Pay; Staff · dee: (nothing)\n" in text
    assert "cy: Pay; Staff | dee: (nothing)" in sheet_text(first, "csv")
    (sheet,) = json.loads(sheet_text(first, "json", anonymous=True))
    assert sheet["answers"][0]["settled_differently"] == ["1: Pay; Staff", "2: (nothing)"]
    (sheet,) = json.loads(sheet_text(first, "json", theme="money"))
    assert [row["response_id"] for row in sheet["answers"]] == ["R3.Q1.1"]
    assert "3 answers: 2 to settle, 1 settled" in sheet_text(first, "md", show="all")


def test_tables_count_neither_and_say_so(copies: list[Study]) -> None:
    """What the readers agree on counts, as before anybody settled it; a decision that knew both counts."""
    first, second = copies

    def rows_and_notes(request: TableRequest) -> tuple[dict[str, int], list[str]]:
        (table,) = printed_tables(first, request)
        counts = {row.key: row.respondents for row in table.rows if row.respondents}
        return counts, [note for note in table.notes if "settled differently" in note]

    request = TableRequest(subjects=("Q1",))
    assert rows_and_notes(request) == ({"staff": 1, "pay": 1, "money": 1}, [])
    exchange(second, first)
    counts, (note,) = rows_and_notes(request)
    assert counts == {"pay": 1, "staff": 1, "beds": 1}
    assert note.startswith("2 answers were settled differently in several copies of the study")
    Settling(first, "cy").settle(LOST, Settlement(()))
    Settling(first, "cy").settle(OTHER, Settlement(("money",)))
    assert rows_and_notes(request) == ({"pay": 1, "money": 1, "beds": 1}, [])


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_screen_shows_both_and_settles_it(copies: list[Study], size: tuple[int, int]) -> None:
    """Themes that one of them settled on have numbers; Enter closes it, u opens it again."""
    first, second = copies
    exchange(second, first)
    question = find_question(first, "Q1")
    app = CoderApp(
        first, "cy", suggestions=False, alone=lambda who: SettlingScreen(SettlingDesk(first, who, question))
    )
    async with app.run_test(size=size) as pilot:
        await settle(pilot)

        def shown(name: str) -> str:
            place = f"#{name} Static" if name == "body" else f"#{name}"
            return str(app.screen.query_one(place, Static).content)

        assert " ".join(shown("definition").split()).endswith(
            "Settled differently by cy: Pay; Staff, by dee: (nothing)."
        )
        assert "2 to settle" in shown("status")
        await pilot.press("n", "enter")
        await settle(pilot)
        assert "1 · Money" in shown("body")
        assert "2 · Beds" in shown("body")
        assert "1 to settle" in shown("status")
        await pilot.press("u")
        await settle(pilot)
        assert "Settled differently" in shown("definition")
        assert "2 to settle" in shown("status")
    assert_whole(first)


@pytest.mark.parametrize("text", ["{}", "[]", "1", '{"id":"","knew":[],"theme_ids":[],"is_sure":true}'])
def test_a_decision_that_makes_no_sense_refuses_the_bundle(
    copies: list[Study], tmp_path: Path, text: str
) -> None:
    """It is an error for people, and nothing is taken."""
    first, second = copies
    with second.database.transaction():
        entry = log.Entry(SETTLED, "settled", by_person="dee")
        log.append_entry(second.database, entry, [Change(OTHER, "kept", None, text)])
    send(second, tmp_path / "file", "dee")
    with pytest.raises(CoderError, match="makes no sense"):
        receive(first, tmp_path / "file")
    assert_whole(first)
