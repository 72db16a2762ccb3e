"""Sheets of disagreements in files: what each coder chose, and room for what is settled."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from report_study import ANN, BEDS, LOST, twice_coded
from rounds_at_work import ANNA, JO, SAM, code, study_with_people

from coder.cli import main
from coder.cli.team.disagreements_command import KINDS
from coder.domain.codings import Span
from coder.errors import CoderError
from coder.formats.disagreements.registry import SHEET_FORMATS
from coder.workflows.coding.session import CodingSession
from coder.workflows.team.rounds.leading import NewRound, begin_round
from coder.workflows.team.settling.settling_answers import Settlement, Settling
from coder.workflows.team.settling.sheet_parts import SheetRequest
from coder.workflows.team.settling.sheets import disagreement_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """On the first answer bob chose `pay` besides; on the third ann chose `beds` and bob nothing."""
    with closing(twice_coded(tmp_path / "study")) as opened:
        CodingSession(opened, ANN).mark_spans(LOST, "staff", [Span(3, 7)])
        yield opened


def written(study: Study, kind: str, **asked: object) -> str | bytes:
    """Return a sheet as a file's content."""
    return SHEET_FORMATS[kind](disagreement_sheets(study, SheetRequest(**asked)))  # type: ignore[arg-type]


def test_the_formats_are_those_that_are_named() -> None:
    """The command line names them without loading what writes them."""
    assert tuple(SHEET_FORMATS) == KINDS


def test_a_csv_has_a_row_an_answer_and_a_column_a_coder(study: Study) -> None:
    """Themes in dispute are marked; nothing is told apart from not read."""
    rows = list(csv.DictReader(io.StringIO(str(written(study, "csv")))))
    assert [(row["ann.archer"], row["bob.barker"]) for row in rows] == [
        ("Staff (“lost”)", "Staff; ≠ Pay"),
        ("≠ Beds", "(nothing)"),
    ]
    assert {row["state"] for row in rows} == {"open"}
    assert {row["settled_on"] for row in rows} == {""}


def test_what_is_settled_is_left_out_unless_asked_for(study: Study) -> None:
    """`all` has it, with who and why; of those left the sheet goes on."""
    Settling(study, "cy").settle(LOST, Settlement(("staff",), why="no word of pay", is_sure=False))
    Settling(study, "cy").park(BEDS)
    (sheet,) = json.loads(str(written(study, "json")))
    assert [row["state"] for row in sheet["answers"]] == ["parked"]
    (sheet,) = json.loads(str(written(study, "json", show="all")))
    settled = sheet["answers"][0]
    assert (settled["settled_on"], settled["settled_by"], settled["why"]) == (
        ["Staff"],
        "cy",
        "no word of pay",
    )
    text = str(written(study, "md", show="all"))
    assert "- **Settled**: Staff (not sure) (cy): no word of pay" in text
    assert "2 answers: 0 to settle, 1 parked, 1 settled" in text


def test_only_where_a_theme_is_in_dispute(study: Study) -> None:
    """By label or id; a theme that nobody has is an error that names near ones."""
    (sheet,) = json.loads(str(written(study, "json", theme="Pay")))
    assert len(sheet["answers"]) == 1
    with pytest.raises(CoderError):
        written(study, "json", theme="Trains")


def test_no_name_is_in_a_sheet_without_names(study: Study) -> None:
    """Coders are numbered, and who settled is left out."""
    Settling(study, "cy").settle(LOST, Settlement(("staff",)))
    for kind in SHEET_FORMATS:
        content = written(study, kind, show="all", anonymous=True)
        text = content if isinstance(content, str) else _unzipped(content)
        assert "coder 1" in text
        assert not any(name in text for name in ("ann.archer", "bob.barker", ">cy<", "(cy)"))


def test_a_workbook_has_a_page_of_answers_and_one_of_themes(study: Study) -> None:
    """Landscape, one page wide, headings repeated; a text that looks like a formula stays text."""
    content = written(study, "xlsx")
    assert isinstance(content, bytes)
    text = _unzipped(content)
    assert 'orientation="landscape"' in text
    assert 'fitToHeight="0"' in text
    assert "_xlnm.Print_Titles" in text
    assert "<f>" not in text
    assert "Q1 themes" in text


def _unzipped(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def test_the_command_writes_a_sheet_or_says_there_is_none(
    study: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the ending of the file; where nobody differs, it says what a disagreement is."""
    folder = str(study.folder)
    assert main(["disagreements", folder, "--out", str(tmp_path / "meeting.xlsx")]) == 0
    assert (tmp_path / "meeting.xlsx").read_bytes().startswith(b"PK")
    assert main(["disagreements", folder, "--question", "q1", "--format", "md"]) == 0
    assert "≠ Pay" in capsys.readouterr().out
    assert main(["disagreements", folder, "--show", "parked"]) == 1
    assert "no such disagreement" in capsys.readouterr().err


def test_of_a_round_alone(tmp_path: Path) -> None:
    """Only its answers; a round that there is not is an error."""
    with closing(study_with_people(tmp_path / "rounds")) as study:
        answers = ("R1.Q1.1", "R2.Q1.1")
        begin_round(study, NewRound("Pilot", {JO: answers, SAM: answers}, is_blind=True), ANNA)
        for coder_id, theme_id in ((JO, "pay"), (SAM, "staff")):
            for response in (LOST, BEDS, 5):
                code(study, coder_id, response, theme_id)
        (sheet,) = json.loads(str(written(study, "json", round_name="pilot")))
        assert [row["response_id"] for row in sheet["answers"]] == ["R1.Q1.1", "R2.Q1.1"]
        with pytest.raises(CoderError, match="no round"):
            written(study, "json", round_name="second")
