"""What is known of single answers goes into files that have a row for each, and is read back from them."""

from __future__ import annotations

import csv
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from visit_study import ANSWERS, REGIONS, visit_study

import coder
from coder.cli import main
from coder.domain.study_settings import AttributeSetting, Settings
from coder.workflows.exchange.exchanging import export_data_set
from coder.workflows.study.opening import open_study
from coder.workflows.tables.tables_typed import TypedOptions, tables_typed

if TYPE_CHECKING:
    from pathlib import Path

MOODS = Settings("Visits", attributes=(AttributeSetting("mood", "Mood", ("sad", "glad")),))


def test_a_data_set_has_them_beside_each_answer(tmp_path: Path) -> None:
    """Those of the answer, and those of who gave it."""
    with closing(visit_study(tmp_path / "study")) as study:
        export_data_set(study, tmp_path / "set")
    with (tmp_path / "set" / "responses.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[4:] == ["region", "wt", "visit", "mood"]
    assert [(row["text"], row["visit"], row["mood"], row["region"]) for row in rows] == [
        (text, visit, mood, REGIONS[who]) for who, _, text, visit, mood, themes in ANSWERS if themes
    ]


def test_a_private_one_is_in_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither as a column nor by its name or values, in any format; nor in a frame."""
    settings = Settings("Visits", private=("mood",))
    visit_study(tmp_path / "study", settings=settings).close()
    for form in ("csv", "json", "dataset", "matrix", "long"):
        assert (
            main(["codings", "export", str(tmp_path / "study"), str(tmp_path / form), "--format", form]) == 0
        )
    told = "".join(capsys.readouterr())
    files = [path for path in tmp_path.rglob("*") if path.is_file() and "study" not in path.parts]
    assert len(files) == 7
    for text in (told, *(path.read_text(encoding="utf-8") for path in files)):
        assert "mood" not in text
        assert "glad" not in text
    assert "mood" not in coder.open(tmp_path / "study").responses().columns


def test_a_data_set_is_read_back_as_a_survey(tmp_path: Path) -> None:
    """A study made of it counts by them as the one that it was written of."""
    with closing(visit_study(tmp_path / "study")) as study:
        export_data_set(study, tmp_path / "set")
        (table,) = tables_typed(study, TypedOptions(by="mood"))
    arguments = ["--from", str(tmp_path / "set" / "responses.csv"), "--yes", "--no-open"]
    assert main(["new", str(tmp_path / "again"), *arguments]) == 0
    with closing(open_study(tmp_path / "again")) as again:
        sql = (
            "SELECT r.text, v.attribute, v.value FROM answer_value v JOIN response r ON r.number = v.response"
        )
        kept = set(again.database.rows(sql))
        (other,) = tables_typed(again, TypedOptions(by="mood", base="answered"))
    expected = {
        (text, name, cell)
        for _, _, text, visit, mood, themes in ANSWERS
        for name, cell in (("visit", visit), ("mood", mood))
        if cell and themes
    }
    assert kept == expected
    bases = [[(column.group, column.base) for column in one.columns if column.base] for one in (table, other)]
    assert bases[0] == bases[1] != []


@pytest.mark.parametrize("form", ["matrix", "long", "sav", "parquet"])
def test_where_rows_are_respondents_it_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    """They have no column for what may differ between a respondent's answers; the data set has."""
    if form == "parquet":
        pytest.importorskip("pyarrow")
    visit_study(tmp_path / "study").close()
    file = tmp_path / f"file.{form}"
    assert main(["codings", "export", str(tmp_path / "study"), str(file), "--format", form]) == 0
    told = capsys.readouterr().err
    assert "Day of the visit and mood are known of single answers and not in it" in told
    assert "--format dataset" in told
    assert b"glad" not in file.read_bytes()


def test_frames_have_them(tmp_path: Path) -> None:
    """As categories, in the order of study.toml or their natural one; blank is missing."""
    visit_study(tmp_path / "study", settings=MOODS).close()
    study = coder.open(tmp_path / "study")
    frame = study.responses()
    assert list(frame.columns)[-4:] == ["region", "wt", "visit", "mood"]
    assert [value if isinstance(value, str) else None for value in frame.mood] == [
        answer[4] or None for answer in ANSWERS
    ]
    assert list(frame.mood.cat.categories) == ["sad", "glad"]
    assert list(frame.visit.cat.categories) == sorted(answer[3] for answer in ANSWERS)
    assert (frame.attrs["labels"]["visit"], frame.attrs["labels"]["mood"]) == ("Day of the visit", "Mood")
    assert not frame.region.isna().any()


def test_tables_of_python_take_them(tmp_path: Path) -> None:
    """As the command line does: columns by them, and of some answers alone."""
    visit_study(tmp_path / "study", settings=MOODS).close()
    study = coder.open(tmp_path / "study")
    sad = {"Pay": 1, "Beds": 1, "Money": 1}
    by_mood = study.table("Q1", by="mood").xs("sad", axis="columns", level=0)
    assert by_mood[by_mood.columns[0]].to_dict() == sad
    of_sad = study.table("Q1", where="mood=sad")
    assert of_sad[of_sad.columns[0]].to_dict() == sad
    tidy = study.tidy_tables("Q1", by="visit.month")
    assert list(dict.fromkeys(tidy.group)) == ["January 2026", "February 2026", "March 2026", "Total"]
