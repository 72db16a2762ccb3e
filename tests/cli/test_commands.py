"""The command line from outside: exit codes, what goes to stdout, what to stderr."""

from __future__ import annotations

import csv
import errno
import io
import json
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from making import small_study

import coder.tui.app
from coder import cli
from coder.domain.surveys.survey_doubts import Doubt
from coder.formats.surveys import reading
from coder.formats.surveys.reading import understand
from coder.store import log
from coder.workflows.coding.session import CodingSession
from coder.workflows.exchange.samples import RESPONSES, reference_codings, sample_file
from coder.workflows.study.coders import default_coder
from coder.workflows.study.opening import is_study, open_study

if TYPE_CHECKING:
    from collections.abc import Callable

    from coder.domain.surveys.import_choices import ImportChoices
    from coder.domain.surveys.survey_layout import SurveyLayout
    from coder.formats.surveys.reading import RawTable

    Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command line and gives its exit code, stdout and stderr."""

    def command(*arguments: object) -> tuple[int, str, str]:
        code = cli.main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a small study with two codings."""
    study = small_study(tmp_path / "study")
    session = CodingSession(study, "jo")
    session.toggle(1, "staff")
    session.toggle(3, "beds")
    study.close()
    return tmp_path / "study"


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, str, str | None]]:
    """Pretend that there is a terminal, and note how the screen is called."""
    calls: list[tuple[object, str, str | None]] = []
    for module in ("plain_output", "screen_opening"):
        monkeypatch.setattr(f"coder.cli.{module}.has_terminal", lambda: True)

    def note(
        study: object, coder_id: str, question_id: str | None, _survey: object, *further: object
    ) -> None:
        assert further == (None, None)
        calls.append((study, coder_id, question_id))

    monkeypatch.setattr(coder.tui.app, "run", note)
    return calls


def test_a_demo_is_made_coded_and_counted(run: Run, tmp_path: Path) -> None:
    """The sample with its codings gives the printed numbers on stdout, and says what it is on stderr."""
    sample = tmp_path / "sample"
    code, out, err = run("demo", "--dir", sample, "--coded", "--no-open")
    assert (code, out) == (cli.DONE, "")
    assert "SYNTHETIC" in err
    code, out, err = run("tables", sample)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == cli.DONE
    themes = [row for row in rows if row["kind"] == "theme"]
    assert len(themes) == 62
    assert (themes[0]["table"], themes[0]["count"]) == ("20", "22")
    assert "SYNTHETIC" in err


def test_a_study_from_a_file(run: Run, tmp_path: Path) -> None:
    """A survey becomes a study, codings come in, and the tables go out: commands alone."""
    study = tmp_path / "study"
    code, out, err = run("new", study, "--from", sample_file(RESPONSES), "--codebook",
                         sample_file("codebooks/pch-2023.yaml"), "--title", "Ours", "--no-open")  # fmt: skip
    assert (code, out) == (cli.DONE, "")
    assert "71 respondents" in err
    assert "q15_1" in err
    code, _, err = run("codings", "import", study, reference_codings(), "--coder", "ref")
    assert code == cli.DONE
    assert "Imported 459 codings on 383 answers, by ref." in err
    code, out, _ = run("tables", study, "--question", "q16", "--format", "json")
    (table,) = json.loads(out)
    assert (table["question"], len(table["rows"])) == ("Q16", 20)


def test_a_dry_run_prints_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    """`new --dry-run` prints what was understood on stdout and makes no folder."""
    code, out, err = run("new", tmp_path / "study", "--from", sample_file(RESPONSES), "--dry-run")
    assert (code, err) == (cli.DONE, "")
    assert out.startswith("71 respondents, of 71 rows: one row a respondent, from row 2.")
    assert "  Q15  " in out
    assert "3 boxes: q15_1, q15_2, q15_3 (free text: " in out
    assert not (tmp_path / "study").exists()


def test_a_doubt_is_settled_before_anything_is_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a terminal a file in doubt is refused, with what settles it; `--yes` takes it as it is."""

    def understand_in_doubt(raw: RawTable, choices: ImportChoices) -> SurveyLayout:
        doubt = Doubt("ids", "two rows have lost digits", "--id none numbers the rows", "i", ("1.10E+10",))
        return replace(understand(raw, choices), doubts=(doubt,))

    monkeypatch.setattr(reading, "understand", understand_in_doubt)
    study = tmp_path / "study"
    command = ("new", study, "--from", sample_file(RESPONSES), "--no-open")
    code, _, err = run(*command)
    assert code == cli.FAILED
    assert "? ids: two rows have lost digits\n      1.10E+10\n    --id none numbers the rows\n" in err
    assert "Nothing was written: one doubt about responses.csv must be settled first." in err
    assert not study.exists()
    assert run(*command, "--dry-run")[0] == cli.DONE
    assert run(*command, "--yes")[0] == cli.DONE
    assert is_study(study)


def test_columns_can_be_named(run: Run, tmp_path: Path) -> None:
    """Names are separated by commas; one with a comma stands in double quotes."""
    survey = tmp_path / "s.csv"
    survey.write_text(
        'who,"Why, in short",more\n1,because it is so,x\n2,no idea at all,y\n', encoding="utf-8"
    )
    code, out, _ = run(
        "new",
        tmp_path / "study",
        "--from",
        survey,
        "--id",
        "who",
        "--open",
        '"Why, in short",more',
        "--dry-run",
    )
    assert code == cli.DONE
    assert sum("(chosen by you)" in line for line in out.splitlines()) == 2
    assert "  Why_in_short  Why, in short\n" in out


def test_without_a_codebook_a_study_starts_empty(run: Run, tmp_path: Path) -> None:
    """A study made without a codebook opens, and its tables say that nothing is coded."""
    study = tmp_path / "study"
    code, _, err = run("new", study, "--from", sample_file(RESPONSES), "--no-open")
    assert code == cli.DONE, err
    code, out, _ = run("tables", study, "--format", "md", "--question", "Q18")
    assert code == cli.DONE
    assert "Q18" in out


def test_codings_go_out_and_in(run: Run, folder: Path, tmp_path: Path) -> None:
    """Exports go to stdout or a file, by the file's name; importing them again changes nothing."""
    code, out, err = run("codings", "export", folder)
    assert (code, err) == (cli.DONE, "")
    assert len(out.splitlines()) == 3
    assert run("codings", "export", folder, tmp_path / "c.json")[0] == cli.DONE
    assert len(json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))["codings"]) == 2
    assert "2 stood already" in run("codings", "import", folder, tmp_path / "c.json")[2]
    code, _, err = run("codings", "export", folder, tmp_path / "set", "--format", "dataset")
    assert (code, err.split(" are in ")[0]) == (cli.DONE, "2 coded answers")
    assert {path.name for path in (tmp_path / "set").iterdir()} == {
        "responses.csv",
        "codes.csv",
        "themes.csv",
    }


def test_one_argument_of_export_is_a_study_or_a_file(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a study's folder, what is no study is the file."""
    monkeypatch.chdir(folder)
    assert run("codings", "export", "c.csv") == (cli.DONE, "", "")
    assert (folder / "c.csv").read_text(encoding="utf-8").startswith("response_id,")
    assert run("codings", "export", folder)[1].startswith("response_id,")


def test_tables_go_to_a_file_by_its_name(run: Run, folder: Path, tmp_path: Path) -> None:
    """The suffix says the format; one that says none is refused."""
    assert run("tables", folder, "--out", tmp_path / "t.md")[0] == cli.DONE
    assert (tmp_path / "t.md").read_text(encoding="utf-8").startswith("## Q1. What is hardest?")
    code, _, err = run("tables", folder, "--out", tmp_path / "t.pages")
    assert code == cli.FAILED
    assert ".csv, .json, .md" in err


def test_tables_are_drawn_on_a_terminal(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal the table is text with bars and notes."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    code, out, _ = run("tables", folder, "--zeros", "--nets", "--base", "asked", "--count", "mentions")
    assert code == cli.DONE
    assert "█" in out
    assert "Base: all councils of the survey, n = 5." in out


def test_errors_say_what_and_what_next(run: Run, folder: Path, tmp_path: Path) -> None:
    """What cannot be done ends with 1, a message and a hint on stderr, and nothing on stdout."""
    code, out, err = run("tables", folder, "--question", "Q11")
    assert (code, out) == (cli.FAILED, "")
    assert "no open question 'Q11'" in err
    assert "Q1" in err.splitlines()[1]
    code, _, err = run("tables", tmp_path / "nowhere")
    assert code == cli.FAILED
    assert "coder new" in err


def test_messages_are_inert(run: Run, folder: Path) -> None:
    """A control character in a name reaches the terminal as a picture of itself."""
    _, _, err = run("tables", folder, "--question", "\x1b[31mQ")
    assert "\x1b" not in err


def test_wrong_use_ends_with_two(run: Run) -> None:
    """An unknown command is the parser's to refuse."""
    with pytest.raises(SystemExit) as stop:
        run("tabels")
    assert stop.value.code == 2


def test_the_check_tells_of_second_versions_and_where_a_study_lies(run: Run, folder: Path) -> None:
    """A second version with work that the study lacks is a fault; all else is told beside."""
    (folder / ".stfolder").mkdir()
    shutil.copy(folder / "study.db", folder / "study 2.db")
    (folder / "report.docx.0123abcd.part").touch()
    code, out, err = run("check", folder)
    assert (code, out) == (cli.DONE, "")
    for text in (
        "study 2.db looks like a second version",
        "Syncthing synchronises",
        "report.docx.0123abcd.part",
    ):
        assert text in err
    assert "is whole and consistent" in err
    with closing(open_study(folder)) as study:
        CodingSession(study, "jo").confirm(1)
    (folder / "study.db").rename(folder / "study 3.db")
    (folder / "study 2.db").rename(folder / "study.db")
    code, out, _ = run("check", folder)
    assert code == cli.FAULTS_FOUND
    assert "1 step of it is not in study.db" in out


def test_the_codebook_is_shown_and_checked(run: Run, folder: Path) -> None:
    """`show` prints themes under their nets; `check` names line and column of a fault and ends with 3."""
    code, out, _ = run("codebook", "show", folder)
    assert code == cli.DONE
    assert out.index("People [people, net]") < out.index("  Pay [pay]")
    assert run("codebook", "check", folder)[0] == cli.DONE
    (folder / "codebook.yaml").write_text("themes:\n  - id: pay\n    lable: Pay\n", encoding="utf-8")
    code, out, _ = run("codebook", "check", folder / "codebook.yaml")
    assert code == cli.FAULTS_FOUND
    assert "codebook.yaml:3:5: " in out


def test_a_sound_study_passes_its_check(run: Run, folder: Path) -> None:
    """Nothing on stdout and 0 for a whole study; a repair of one keeps a copy and changes nothing."""
    assert run("check", folder)[:2] == (cli.DONE, "")
    assert run("check", folder, "--repair")[:2] == (cli.DONE, "")
    assert (folder / "study-before-repair.db").is_file()


def test_a_damaged_state_is_found_and_repaired(run: Run, folder: Path) -> None:
    """Codings that the log does not know are named and end with 3, until a repair works them out anew."""
    study = open_study(folder)
    with study.database.transaction():
        study.database.execute("DELETE FROM coding WHERE response = 1")
    study.close()
    code, out, _ = run("check", folder)
    assert code == cli.FAULTS_FOUND
    assert "1 codings or marks are in the log but not in the current state." in out
    assert run("check", folder, "--repair")[0] == cli.DONE
    assert run("tables", folder)[1].count("\n") == 3


def test_a_missing_codebook_is_a_fault(run: Run, folder: Path) -> None:
    """A study without its codebook does not pass."""
    (folder / "codebook.yaml").unlink()
    code, out, _ = run("check", folder)
    assert code == cli.FAULTS_FOUND
    assert "codebook.yaml is missing. Put the study's codebook back." in out


def test_control_c_is_told_quietly(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped in the middle of an import, nothing was changed, and the exit code says so."""

    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(log, "append", stop)
    (folder / "c.csv").write_text("response_id,theme\nR1.Q1.1,pay\n", encoding="utf-8")
    assert run("codings", "import", folder, folder / "c.csv", "--add-coders") == (
        cli.CANCELLED,
        "",
        "Cancelled. Nothing was changed.\n",
    )
    assert run("check", folder)[0] == cli.DONE


def test_progress_keeps_to_one_line(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal the line of progress is written over, and gone when the outcome stands there."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    (folder / "c.csv").write_text("response_id,theme\nR1.Q1.1,pay\n", encoding="utf-8")
    _, _, err = run("codings", "import", folder, folder / "c.csv", "--coder", "jo")
    progress, outcome = err.split("\r\x1b[K")
    assert progress == "\rMatching row 0 of 1"
    assert outcome.startswith("Imported 1 codings on 1 answers, by jo.")


def test_the_screen_needs_a_terminal(run: Run, folder: Path) -> None:
    """Without a terminal, a command that opens the screen is refused instead of hanging."""
    code, _, err = run("code", folder)
    assert code == cli.FAILED
    assert "needs a terminal" in err


def test_the_screen_opens_on_a_terminal(
    run: Run, folder: Path, screen: list[tuple[object, str, str | None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`code` opens the study for the coder and question named; `coder` alone the study in this folder."""
    assert run("team", "add", "ann", default_coder(), "--study", folder)[0] == cli.DONE
    assert run("code", folder, "--question", "q1", "--coder", "Ann")[0] == cli.DONE
    assert screen[-1][1:] == ("ann", "Q1")
    monkeypatch.chdir(folder)
    assert run()[0] == cli.DONE
    assert screen[-1][0] is not None
    monkeypatch.chdir(folder.parent)
    assert run()[0] == cli.DONE
    assert screen[-1][0] is None


def test_new_and_demo_open_the_screen(
    run: Run, tmp_path: Path, screen: list[tuple[object, str, str | None]]
) -> None:
    """Both end in the screen on a terminal, unless told not to."""
    run("demo", "--dir", tmp_path / "demo")
    run("new", tmp_path / "study", "--from", sample_file(RESPONSES))
    assert len(screen) == 2
    run("demo", "--dir", tmp_path / "demo", "--no-open")
    assert len(screen) == 2


def test_a_closed_pipe_is_no_error(folder: Path) -> None:
    """A reader that goes away early, as `head` does, leaves no complaint behind."""
    study = open_study(folder)
    session = CodingSession(study, "jo")
    for number in (1, 2, 3, 8):
        session.write_memo(number, "long " * 50_000)
    study.close()
    command = [sys.executable, "-m", "coder", "codings", "export", str(folder), "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == cli.DONE


def test_output_is_utf_8_in_any_locale(folder: Path) -> None:
    """Data in a pipe are UTF-8 even where the locale knows ASCII alone."""
    survey = folder.parent / "s.csv"
    survey.write_text("id,café\n1,It costs too much now\n2,Ideas about housing\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "coder",
        "new",
        "x",
        "--from",
        str(survey),
        "--open",
        "café",
        "--dry-run",
    ]
    environment = {"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(Path(cli.__file__).parents[1])}
    done = subprocess.run(command, capture_output=True, check=True, env=environment)
    assert "café" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("closed", ["0", "1", "2"])
def test_closed_streams_are_no_crash(folder: Path, closed: str) -> None:
    """A stream that was closed before the program began leads nowhere; the others work."""
    shell = f'exec "$0" -m coder tables "$1" {closed}>&-'
    done = subprocess.run(["/bin/sh", "-c", shell, sys.executable, folder], capture_output=True, check=False)
    assert done.returncode == cli.DONE
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_behind_stdout_is_told(folder: Path) -> None:
    """What cannot be written is an error in words and an exit code, no traceback."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [sys.executable, "-m", "coder", "tables", str(folder)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == cli.FAILED
    assert b"The output cannot be used: No space left on device." in done.stderr
    assert b"Traceback" not in done.stderr


def test_names_in_no_encoding(folder: Path, tmp_path: Path) -> None:
    """Bytes that are no UTF-8, in a name on the command line, end in words, never in a traceback."""
    survey = tmp_path / "survey.csv"
    survey.write_text("id,q1\nA,Beds are full again\nB,There is no money left\n", encoding="utf-8")
    bad = b"a\xff"
    cases: list[tuple[list[str | bytes], int]] = [
        (["tables", str(folder), "--coder", bad], cli.FAILED),
        (["tables", str(folder), "--question", bad], cli.FAILED),
        (["new", str(tmp_path / "new"), "--from", str(survey), "--title", bad, "--no-open"], cli.DONE),
    ]
    for arguments, code in cases:
        command = [sys.executable, "-m", "coder", *arguments]
        done = subprocess.run(command, capture_output=True, check=False)
        assert done.returncode == code
        assert b"Traceback" not in done.stderr


def test_a_line_break_in_a_list_of_names(run: Run, tmp_path: Path) -> None:
    """Names pasted over two lines are read as one line."""
    survey = tmp_path / "survey.csv"
    survey.write_text("id,the answer\nA,Beds are full\nB,No money left\n", encoding="utf-8")
    code, said, _ = run("new", tmp_path / "new", "--from", survey, "--open", "the\nanswer", "--dry-run")
    assert code == cli.DONE
    assert "chosen by you" in said


def test_suggestions_are_measured(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`evaluate` prints tables on stdout, writes JSON, and refuses numbers that are none."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "themes.csv").write_text("theme\nstaff\nmoney\n", encoding="utf-8")
    texts = "".join(f"r{n},p{n},{'staff' if n % 2 else 'money'} is short {n}\n" for n in range(24))
    (tmp_path / "responses.csv").write_text(f"response_id,respondent_id,text\n{texts}", encoding="utf-8")
    codes = "".join(f"r{n},{'staff' if n % 2 else 'money'}\n" for n in range(24))
    (tmp_path / "codes.csv").write_text(f"response_id,theme\n{codes}", encoding="utf-8")
    command = ("evaluate", "--data", tmp_path, "--encoder", "none", "--quick")
    code, out, err = run(*command, "--json", tmp_path / "r.json", "--points", "0,10")
    assert code == cli.DONE
    assert "24 answers of 24 respondents" in out
    assert "curve of coder" in err
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["results"]
    for fault in (("--points", "0,many"), ("--json", tmp_path / "nowhere" / "r.json")):
        code, out, err = run(*command, *fault)
        assert (code, out) == (cli.FAILED, "")
        assert "many" in err or "nowhere" in err


def test_an_output_that_fails_leaves_the_file_before(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk is full, what an earlier run wrote is still there, whole, and no part of the new."""
    out = tmp_path / "codings.json"
    out.write_bytes(b"the one before")

    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("coder.formats.shared.files_out.os.fsync", full)
    code, _, said = run("codings", "export", folder, out)
    assert (code, "cannot be written: No space left" in said) == (cli.FAILED, True)
    assert [file.name for file in tmp_path.glob("codings*")] == ["codings.json"]
    assert out.read_bytes() == b"the one before"


def test_a_table_of_some_respondents(run: Run, folder: Path) -> None:
    """The base is those with the value; a misspelt one gets the nearest, and none the way to write it."""
    code, out, _ = run("tables", folder, "--question", "Q1", "--where", "REGION=north", "--format", "md")
    assert code == 0
    assert "region = North" in out
    code, _, err = run("tables", folder, "--where", "region=Nroth")
    assert code == 1
    assert "'North'" in err
    code, _, err = run("tables", folder, "--where", "region")
    assert code == 1
    assert "--where region=London" in err
