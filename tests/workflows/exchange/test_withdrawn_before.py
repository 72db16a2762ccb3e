"""A survey file that is imported again after somebody has withdrawn."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from coder import cli
from coder.workflows.study.opening import open_study
from coder.workflows.study.surroundings.studies_withdrawn_from import withdrawals_file

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [
    ("1", "Shorter waiting times at the surgery", "North"),
    ("2", "More staff in the evenings and at weekends", "South"),
    ("3", "Somebody who answers the telephone", "North"),
    ("4", "A letter that one can understand", "South"),
]


def survey(folder: Path, rows: list[tuple[str, str, str]], name: str = "answers.csv") -> str:
    """Write a survey file; return its path."""
    folder.mkdir(exist_ok=True)
    lines = ["id,What would help you?,region", *(",".join(row) for row in rows)]
    (folder / name).write_text("\n".join(lines), "utf-8")
    return str(folder / name)


def new(folder: Path, file: str) -> None:
    """Make a study of a file."""
    assert cli.main(["new", str(folder), "--from", file, "--no-open", "--yes"]) == cli.DONE


@pytest.fixture
def withdrawn(tmp_path: Path) -> Path:
    """Make a study from which the third of four withdraws; return the folder in which it lies."""
    new(tmp_path / "old", survey(tmp_path, ROWS))
    assert cli.main(["withdraw", str(tmp_path / "old"), "3", "--reason", "asked", "--yes"]) == cli.DONE
    return tmp_path


def test_whoever_withdrew_does_not_come_back(withdrawn: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Their answer is in no file of the new study, which says that they withdrew, as the old one does."""
    new(withdrawn / "new", str(withdrawn / "answers.csv"))
    assert "3 is left out of what is counted above" in capsys.readouterr().err
    for path in (withdrawn / "new").rglob("*"):
        assert not path.is_file() or b"answers the telephone" not in path.read_bytes()
    assert cli.main(["tables", str(withdrawn / "new"), "--format", "md"]) == cli.DONE
    table = capsys.readouterr().out
    assert "n = 3" in table
    assert "1 respondent withdrew" in table
    assert cli.main(["check", str(withdrawn / "new")]) == cli.DONE


def test_what_is_known_of_answers_stays_with_them(tmp_path: Path) -> None:
    """The answers are numbered anew without those of the third; so is what is known of each."""
    rows = [
        (number, f"Visit {visit}: {text}", f"{region},{visit}")
        for number, text, region in ROWS
        for visit in (1, 2)
    ]
    file = survey(tmp_path, rows).removesuffix("answers.csv") + "answers.csv"
    (tmp_path / "answers.csv").write_text(
        (tmp_path / "answers.csv").read_text("utf-8").replace("region", "region,visit", 1), "utf-8"
    )
    meant = ["--id", "id", "--row-is", "part", "--no-open", "--yes"]
    assert cli.main(["new", str(tmp_path / "old"), "--from", file, *meant]) == cli.DONE
    assert cli.main(["withdraw", str(tmp_path / "old"), "3", "--yes"]) == cli.DONE
    assert cli.main(["new", str(tmp_path / "new"), "--from", file, *meant]) == cli.DONE
    with closing(open_study(tmp_path / "new")) as study:
        visits = study.database.rows(
            "SELECT r.text, v.value FROM response r JOIN answer_value v ON v.response = r.number "
            "WHERE v.attribute = 'visit' ORDER BY r.number"
        )
        assert len(visits) == 6
        assert all(text.startswith(f"Visit {visit}: ") for text, visit in visits)


def test_the_file_beside_the_old_study_is_enough(
    withdrawn: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wherever the new study is made."""
    new(tmp_path_factory.mktemp("elsewhere") / "new", str(withdrawn / "answers.csv"))
    assert "3 is left out" in capsys.readouterr().err


def test_words_taken_out_since_do_not_hide_that_it_is_the_same_survey(
    withdrawn: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Most answers still say the same."""
    rows = [*ROWS, *((str(number), f"Ask team {number} in the morning", "North") for number in range(5, 12))]
    new(withdrawn / "other", survey(withdrawn / "b", rows))
    assert cli.main(["withdraw", str(withdrawn / "other"), "5", "--yes"]) == cli.DONE
    taking = ["redact", str(withdrawn / "other"), "--take-out", "surgery", "--kind", "name", "--yes"]
    assert cli.main(taking) == cli.DONE
    capsys.readouterr()
    new(withdrawn / "again", survey(withdrawn / "b", rows))
    assert "3 and 5 are left out" in capsys.readouterr().err


def test_a_study_of_which_much_was_taken_out_is_known_all_the_same(
    withdrawn: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Answers that words were taken out of are no sign that it is another survey."""
    for words in ("surgery", "weekends", "letter"):
        taking = ["redact", str(withdrawn / "old"), "--take-out", words, "--kind", "name", "--yes"]
        assert cli.main(taking) == cli.DONE
    capsys.readouterr()
    new(withdrawn / "new", str(withdrawn / "answers.csv"))
    assert "3 is left out" in capsys.readouterr().err


def test_a_survey_of_others_with_the_same_ids_is_left_whole(
    withdrawn: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ids such as 1, 2, 3 say nothing by themselves."""
    other = [(number, f"Something else about {number} and all", region) for number, _, region in ROWS]
    new(withdrawn / "new", survey(withdrawn / "b", other))
    assert "left out of what is counted" not in capsys.readouterr().err


def test_what_is_no_study_any_more_hinders_nothing(withdrawn: Path) -> None:
    """A damaged database beside the new study is passed over: all four answers are there."""
    (withdrawn / "old" / "study.db").write_bytes(b"no database")
    new(withdrawn / "new", str(withdrawn / "answers.csv"))
    with closing(open_study(withdrawn / "new")) as study:
        assert study.database.value("SELECT COUNT(*) FROM response") == 4


def test_a_study_elsewhere_on_this_machine_is_known(
    withdrawn: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It lies neither beside the new one nor beside the file: where it lies was kept, and nothing else."""
    elsewhere = withdrawn / "elsewhere"
    elsewhere.mkdir()
    file = survey(elsewhere, ROWS)
    new(elsewhere / "new", file)
    assert "3 is left out of what is counted above" in capsys.readouterr().err
    kept = withdrawals_file().read_text(encoding="utf-8")
    assert str(withdrawn / "old") in kept
    assert "telephone" not in kept
    with closing(open_study(elsewhere / "new")) as study:
        assert not study.database.rows("SELECT 1 FROM respondent WHERE id = '3'")


def test_a_study_that_is_not_where_it_lay_is_told_of(
    withdrawn: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who withdrew from it may have come back, which is said with what settles it."""
    (withdrawn / "old").rename(withdrawn / "far-away")
    (withdrawn / "elsewhere").mkdir()
    new(withdrawn / "elsewhere" / "new", survey(withdrawn / "elsewhere", ROWS))
    said = capsys.readouterr().err
    assert f"a study that lay in {withdrawn / 'old'} and is there no more" in said
    assert "left out of what is counted" not in said


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
