"""`coder redact` where nothing is named: found, listed, taken out where the form proves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coder.cli import main
from coder.store.privacy.place_rows import noted_places
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from pathlib import Path

QUESTION = "What would you change about the service we run for you in your area?"
SURVEY = f"""id,Full name,Region,{QUESTION}
1,Priya Sharma,North,"Ask Priya at the front desk, call her on 07700 900003 if she is out and it is late"
2,Will May,South,"The council will not listen in May and nobody picks up the phone when you ring them"
3,Kieran Oyelaran,North,"My social worker oyelaran left us and my NHS number is 943 476 5919 once again"
4,Jo Bloggs,South,"Nothing much to say other than that Deepika was kind and the waiting far too long"
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Make a study of four answers whose file has a column of names, which is left out."""
    survey = tmp_path / "answers.csv"
    survey.write_text(SURVEY, encoding="utf-8")
    assert main(["new", str(tmp_path / "study"), "--from", str(survey), "--no-open", "--yes"]) == 0
    return tmp_path / "study"


def texts(folder: Path) -> list[str]:
    """Return the answers of a study."""
    opened = open_study(folder)
    rows = [text for (text,) in opened.database.rows("SELECT text FROM response ORDER BY number")]
    opened.close()
    return rows


def test_an_import_says_what_gives_people_away(capfd: pytest.CaptureFixture[str], study: Path) -> None:
    """Kinds and numbers, the next step, and no word of it; the study has no name of the column."""
    said = capfd.readouterr().err
    assert "The answers give people away: NHS number 1, name 3 and phone 1." in said
    assert f"coder redact {study}" in said
    assert "Priya" not in said
    opened = open_study(study)
    settings = " ".join(text for (text,) in opened.database.rows("SELECT value FROM setting"))
    assert len(noted_places(opened.database)) == 3
    opened.close()
    for word in ("Priya", "Sharma", "priya", "oyelaran", "Bloggs", "May"):
        assert word not in settings


def test_found_places_are_listed_by_kind_with_context(study: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """First what patterns prove, then names of the column, found again by where they stand, then guesses."""
    capfd.readouterr()
    assert main(["redact", str(study), "--show"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[0] == "4 answers searched: NHS number 1, name 4 and phone 1."
    kinds = [line for line in lines if not line.startswith(" ")][1:]
    assert kinds == [
        "NHS number (proved by its form): 1",
        "phone (proved by its form): 1",
        "name (of a list, or decided upon): 3",
        "name (guesses): 1",
    ]
    assert "  1.Q1.1  Ask «Priya» at the front desk, call her on …" in lines
    assert any("«oyelaran»" in line for line in lines)
    assert texts(study) == texts(study)


def test_yes_takes_out_what_is_proved_and_nothing_else(
    study: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Numbers go; names stay, and are still found where they stand then."""
    assert main(["redact", str(study), "--yes"]) == 0
    assert "2 passages of 2 answers" in capfd.readouterr().err
    after = texts(study)
    assert after[0].startswith("Ask Priya at the front desk, call her on [phone 1] if")
    assert "[NHS number 1]" in after[2]
    assert main(["redact", str(study), "--yes"]) == 0
    assert texts(study) == after
    capfd.readouterr()
    main(["redact", str(study), "--show", "--kind", "name", "--without-spacy"])
    listed = capfd.readouterr().out
    assert "«oyelaran»" in listed
    assert "«Deepika»" in listed


def test_a_dry_run_takes_nothing_out(study: Path) -> None:
    """With --yes --dry-run it is listed what would go."""
    before = texts(study)
    assert main(["redact", str(study), "--yes", "--dry-run"]) == 0
    assert texts(study) == before


def test_a_list_of_names_goes_out_on_request(study: Path, tmp_path: Path) -> None:
    """With --kind name and a list of one's own, --yes takes its names out, and no guess."""
    names = tmp_path / "names.txt"
    names.write_text("Priya Sharma\n\n", encoding="utf-8")
    command = ["redact", str(study), "--kind", "name", "--names", str(names), "--yes"]
    assert main(command) == 0
    after = texts(study)
    assert after[0].startswith("Ask [name 1] at")
    assert "Deepika" in after[3]


def test_names_of_another_file_are_found(
    study: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """--names-from reads a column; a misspelt column gets the nearest name."""
    more = tmp_path / "more.csv"
    more.write_text("id,Worker,Other\n1,Deepika Rao,x\n2,Ann Other,y\n3,Cy Third,z\n", encoding="utf-8")
    assert main(["redact", str(study), "--show", "--names-from", str(more), "--column", "Wroker"]) == 1
    assert "Worker" in capfd.readouterr().err
    assert main(["redact", str(study), "--show", "--names-from", str(more), "--column", "Worker"]) == 0
    out = capfd.readouterr().out
    assert "name (of a list, or decided upon): 4" in out
    assert main(["redact", str(study), "--show", "--column", "Worker"]) == 1
    assert main(["redact", str(study), "--show", "--names-from", str(more)]) == 1


def test_two_kinds_of_one_passage_are_refused(study: Path) -> None:
    """What is named to be taken out is of one kind."""
    assert main(["redact", str(study), "--take-out", "Priya", "--kind", "name", "--kind", "place"]) == 1
