"""A study in Python: the same numbers as the command line's, and no more than it may say."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import warnings
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from rounds_at_work import BEDS, JO, PAY, SAM, begin, code, study_with_people
from weighted_study import survey_rows, weighted_study

import coder
from coder import cli
from coder.analysis import _OPTIONS, StudyWarning
from coder.workflows.study import coders
from coder.workflows.team.agreement_tables import AgreementRequest, printed_agreement

if TYPE_CHECKING:
    from pathlib import Path

    from coder.workflows.study.study import Study

ASKED: list[tuple[list[str], tuple[str, ...], dict[str, Any]]] = [
    ([], (), {}),
    (["--question", "Q16", "--by", "region"], ("Q16",), {"by": "region"}),
    (["--question", "Q17", "--suppress", "3"], ("Q17",), {"suppress": 3}),
    (
        ["--question", "Q16", "--by", "council_type", "--suppress", "3"],
        ("Q16",),
        {"by": "council_type", "suppress": 3},
    ),
    (["--question", "Q15,Q16", "--nets", "--other", "4"], ("Q15", "Q16"), {"nets": True, "other": 4}),
    (["--count", "mentions", "--question", "Q15"], ("Q15",), {"count": "mentions"}),
    (["--question", "Q16", "--by", "council_type", "--test"], ("Q16",), {"by": "council_type", "test": True}),
    (["--number", "5"], (), {"number": 5}),
    (["--where", "region!=London", "--question", "Q16"], ("Q16",), {"where": "region!=London"}),
    (["--base", "asked", "--zeros", "--order", "codebook", "--question", "Q18"], ("Q18",),
     {"base": "asked", "zeros": True, "order": "codebook"}),
]  # fmt: skip


def written(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command; return what it writes."""
    capsys.readouterr()
    assert cli.main(list(arguments)) == cli.DONE
    return capsys.readouterr().out


def in_csv(cell: Any, written_cell: str) -> bool:
    """Tell whether a cell of a frame is what a CSV says."""
    if cell is None or cell is pd.NA or cell != cell:  # noqa: PLR0124  # not a number
        return written_cell == ""
    if isinstance(cell, float):
        return float(written_cell) == cell
    return written_cell == str(cell)


def test_importing_loads_nothing_large() -> None:
    """`import coder` loads three small modules of its own; to open a study loads no pandas yet."""
    program = (
        "import sys, coder; print(sorted(n for n in sys.modules if n.startswith('coder')));"
        "import coder.analysis; print(sorted({'pandas', 'numpy', 'textual'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "['coder', 'coder.errors', 'coder.version']\n[]\n"


@pytest.mark.parametrize(("arguments", "subjects", "options"), ASKED)
def test_frames_say_what_the_command_line_says(
    coded_sample: Study,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    subjects: tuple[str, ...],
    options: dict[str, Any],
) -> None:
    """The tidy frame is the CSV, cell by cell; frames as printed hold the numbers of the JSON."""
    compare(str(coded_sample.folder), capsys, arguments, subjects, options)


@pytest.mark.parametrize(
    ("arguments", "subjects", "options"),
    [
        ([], (), {}),
        (["--question", "Q1", "--by", "region"], ("Q1",), {"by": "region"}),
        (["--question", "q1", "--by", "region"], ("q1",), {"by": "region"}),
        (["--unweighted"], (), {"unweighted": True}),
    ],
)
def test_weighted_frames_are_the_command_lines(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    subjects: tuple[str, ...],
    options: dict[str, Any],
) -> None:
    """Frames carry effective bases and whatever else a weighted table has."""
    weighted_study(tmp_path / "study", survey_rows()).close()
    compare(str(tmp_path / "study"), capsys, arguments, subjects, options)


def test_letters_come_with_the_frame(tmp_path: Path) -> None:
    """Which group has which letter, and which cells are higher than which: as the tidy rows have it."""
    weighted_study(tmp_path / "study", survey_rows()).close()
    study = coder.open(tmp_path / "study")
    frame = study.table("Q1", by="region", letters=True)
    tidy = study.tidy_tables("Q1", by="region", letters=True)
    assert frame.attrs["letters"] == {
        row.group: row.letter for row in tidy.itertuples() if isinstance(row.letter, str) and row.letter
    }
    higher = tidy[tidy["higher than"].fillna("") != ""]
    assert len(higher) > 0
    assert frame.attrs["higher_than"] == tuple(
        (theme, f"{group}: Weighted %", letters)
        for theme, group, letters in zip(higher["theme"], higher["group"], higher["higher than"], strict=True)
    )
    assert "letters" not in study.table("Q1", by="region").attrs


def compare(
    folder: str,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    subjects: tuple[str, ...],
    options: dict[str, Any],
) -> None:
    """Hold the frames of tables against what the command line writes."""
    study = coder.open(folder)
    frame = study.tidy_tables(*subjects, **options)
    rows = list(csv.DictReader(io.StringIO(written(capsys, "tables", folder, "--format", "csv", *arguments))))
    assert list(frame.columns) == list(rows[0])
    assert len(frame) == len(rows)
    for record, row in zip(frame.to_dict("records"), rows, strict=True):
        # The source says the second at which the table was made.
        assert [name for name in row if name != "source" and not in_csv(record[name], row[name])] == []
    tables = json.loads(written(capsys, "tables", folder, "--format", "json", *arguments))
    frames = study.tables(*subjects, **options)
    assert [(f.attrs["number"], f.attrs["title"]) for f in frames] == [
        (t["table"], t["title"]) for t in tables
    ]
    for printed, table in zip(frames, tables, strict=True):
        assert list(printed.index) == [row["theme"] for row in table["rows"]]
        numbers = [[None if pd.isna(cell) else cell for cell in row] for row in printed.to_numpy().tolist()]
        assert numbers == [row["values"] for row in table["rows"]]
        marks = [mark for row in table["rows"] for mark in row["marks"] if mark]
        assert [mark for _, _, mark in printed.attrs["marks"]] == marks
        assert list(printed.attrs["notes"]) == table["notes"]


def test_the_matrix_is_the_commands(coded_sample: Study, capsys: pytest.CaptureFixture[str]) -> None:
    """Columns, order and cells are those of the CSV; what is empty there is missing here."""
    folder = str(coded_sample.folder)
    frame = coder.open(folder).matrix().reset_index()
    header, *rows = csv.reader(
        io.StringIO(written(capsys, "codings", "export", folder, "--format", "matrix"), newline="")
    )
    assert list(frame.columns) == header
    for cells, row in zip(frame.itertuples(index=False), rows, strict=True):
        assert all(map(in_csv, cells, row))


def test_the_long_form_adds_up_to_the_tables(coded_sample: Study) -> None:
    """A theme's ones are its count, its rows the base, its mean the percentage."""
    study = coder.open(coded_sample.folder)
    long = study.long()
    assert set(long["mentioned"]) == {0, 1}
    for question in ("Q15", "Q16", "Q17", "Q18"):
        table = study.tidy_tables(question).set_index("theme_id")
        of_themes = long[long["question_id"] == question].groupby("theme_id", observed=True)["mentioned"]
        for theme_id, row in table.iterrows():
            mentioned = of_themes.get_group(theme_id)
            assert (mentioned.sum(), len(mentioned)) == (row["count"], row["base"])
            assert 100 * mentioned.mean() == pytest.approx(row["percent"], abs=0.0501)


def test_codings_and_responses_are_those_exported(
    coded_sample: Study, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Each coding once, with its spans; each response verbatim; the columns of attributes as exported."""
    folder = str(coded_sample.folder)
    study = coder.open(folder)
    rows = list(csv.DictReader(io.StringIO(written(capsys, "codings", "export", folder), newline="")))
    names = ("response_id", "theme_id", "coder")
    exploded = study.codings().explode("spans").to_dict("records")
    assert [(*(row[name] for name in names), *map(str, row["spans"])) for row in exploded] == [
        tuple(row[name] for name in (*names, "start", "end")) for row in rows
    ]
    first = study.codings().iloc[0]
    text = study.responses().set_index("response_id").loc[first.response_id, "text"]
    assert first.words == text[first.spans[0][0] : first.spans[0][1]]
    written(capsys, "codings", "export", folder, str(tmp_path / "set"), "--format", "dataset")
    with (tmp_path / "set" / "responses.csv").open(newline="", encoding="utf-8") as file:
        header, *exported = csv.reader(file)
    responses = study.responses().set_index("response_id")
    assert set(header[3:]) <= set(responses.columns)
    for response_id, _, _, text, *cells in exported:
        assert responses.loc[response_id, "text"] == text
        (of_respondent,) = responses.loc[[response_id], header[4:]].to_dict("records")
        assert all(map(in_csv, of_respondent.values(), cells))


def test_an_answer_with_nothing_in_it_has_a_row_without_a_theme(tmp_path: Path) -> None:
    """Theme, words and origin are missing in it, not texts; `done` says that it was read."""
    study = study_with_people(tmp_path / "study")
    code(study, JO, PAY, "pay")
    code(study, JO, BEDS)
    study.close()
    codings = coder.open(tmp_path / "study").codings()
    assert codings["theme_id"].isna().tolist() == [False, True]
    empty = codings.iloc[1]
    assert all(pd.isna(empty[name]) for name in ("theme", "words", "words_by", "origin"))
    assert empty["done"]


def test_private_attributes_are_in_no_frame(coded_sample: Study) -> None:
    """What `study.toml` calls private is no column, no category, and no table."""
    settings = coded_sample.folder / "study.toml"
    settings.write_text(settings.read_text("utf-8").replace("private = []", 'private = ["region"]'), "utf-8")
    study = coder.open(coded_sample.folder)
    for frame in (study.responses(), study.matrix(), study.long()):
        assert "region" not in frame.columns
        assert "council_type" in frame.columns
    with pytest.raises(coder.CoderError, match="private"):
        study.table("Q16", by="region")


def test_attributes_are_categories_in_the_order_of_tables(coded_sample: Study) -> None:
    """Those without a value are missing, not a category."""
    study = coder.open(coded_sample.folder)
    region = study.responses()["region"]
    columns = dict.fromkeys(study.table("Q16", by="region").columns.get_level_values(0))
    assert [name for name in columns if name not in {"Total", "Not stated"}] == list(region.cat.categories)
    assert "" not in study.matrix()["q6_voice"].cat.categories
    assert study.matrix()["q6_voice"].isna().any()


def test_a_blind_round_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is in it sees their own codings alone, in every frame, and is told so."""
    study = study_with_people(tmp_path / "study")
    begin(study)
    code(study, JO, PAY, "pay")
    code(study, SAM, BEDS, "beds")
    study.close()
    monkeypatch.setattr(coders, "default_coder", lambda: JO)
    monkeypatch.setattr("coder.workflows.study.opening.default_coder", lambda: JO)
    with pytest.warns(StudyWarning, match="blind"):
        frames = coder.open(tmp_path / "study")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", StudyWarning)
        assert set(frames.codings()["coder"]) == {JO}
        assert set(frames.tidy_tables()["theme_id"]) == {"pay"}
        assert frames.matrix()["Q1: Beds"].sum() == 0
        assert frames.long().query("theme_id == 'beds'")["mentioned"].sum() == 0


def test_agreement_is_the_commands(tmp_path: Path) -> None:
    """Each table of `coder agreement` has its frame, with its numbers."""
    study = study_with_people(tmp_path / "study")
    for coder_id in (JO, SAM):
        code(study, coder_id, PAY, "pay")
    code(study, JO, BEDS, "beds")
    code(study, SAM, BEDS, "pay")
    tables = printed_agreement(study, AgreementRequest(themes=True))
    study.close()
    frames = coder.open(tmp_path / "study").agreement(by_theme=True)
    assert [frame.attrs["title"] for frame in frames] == [table.title for table in tables]
    assert list(frames[0]["Answers"]) == [2]
    for frame, table in zip(frames, tables, strict=True):
        assert list(frame.columns) == [column.name for column in table.columns]
        missing = [[cell.value is None for cell in row.cells] for row in table.rows]
        assert frame.isna().to_numpy().tolist() == missing


def test_nothing_in_the_folder_changes(coded_sample: Study) -> None:
    """Every frame is read without a byte of the study changing."""
    coded_sample.close()
    files = [path for path in coded_sample.folder.rglob("*") if path.is_file()]
    before = {path: path.read_bytes() for path in files}
    study = coder.open(coded_sample.folder)
    for frame in (study.responses, study.codings, study.themes, study.tables, study.matrix, study.long):
        frame()
    assert {path: path.read_bytes() for path in coded_sample.folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        ({"bye": "region"}, "Did you mean 'by'?"),
        ({"count": "mention"}, "Did you mean 'mentions'?"),
        ({"where": "regio=London"}, "Did you mean 'region'?"),
        ({"by": "regio"}, "Did you mean 'region'?"),
        ({"suppress": -1}, "Give a number from 0."),
        ({"coder": "jim", "coders": "any"}, "Who has coded: jo."),
    ],
)
def test_errors_say_what_to_do(coded_sample: Study, options: dict[str, Any], hint: str) -> None:
    """What cannot be done is a CoderError with the next thing to do."""
    with pytest.raises(coder.CoderError) as error:
        coder.open(coded_sample.folder).tables(**options)
    assert error.value.hint == hint


def test_one_coder_and_a_rule_for_several_are_refused(coded_sample: Study) -> None:
    """As on the command line: the rule would do nothing."""
    study = coder.open(coded_sample.folder)
    for frame in (study.matrix, study.long):
        with pytest.raises(coder.CoderError, match="coders would change nothing"):
            frame(coder="jo", coders="any")


def test_what_is_no_study_says_so_at_once(tmp_path: Path) -> None:
    """Opening looks; it does not wait for the first frame."""
    with pytest.raises(coder.CoderError, match="is not a study"):
        coder.open(tmp_path)


def test_no_option_of_the_command_line_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    """Each option of `coder tables` that is about numbers is one of `tables`, in the same words."""
    with pytest.raises(SystemExit):
        cli.main(["tables", "--help"])
    listed = re.findall(r"^  (?:-\w, )?--([\w-]+)", capsys.readouterr().out, re.MULTILINE)
    options = {name.replace("-", "_") for name in listed}
    about_files = {"help", "format", "excel", "out", "question", "charts"}
    assert options - about_files == set(_OPTIONS)
