"""Copies of a study on the command line, and programs that are killed while they take one in."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from study_copies import assert_whole, copies, everything_in, exchange

from coder import cli
from coder.domain.codings import Change
from coder.store import log
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising import revising
from coder.workflows.study.opening import open_study
from coder.workflows.team.copies.receiving import receive
from coder.workflows.team.copies.sending import send
from coder.workflows.team.settling.settling_answers import Settlement, Settling

if TYPE_CHECKING:
    from coder.workflows.study.study import Study

PAUSES = (0.3, 0.5, 0.65, 0.8, 1.0, 1.3)
"""Seconds after which a program is killed."""


def run(*arguments: str) -> int:
    """Run a command."""
    return cli.main(["team", *arguments])


def test_from_a_pack_to_the_lead_and_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pack, open, send, receive: each says what it did, and what comes next."""
    for study in copies(tmp_path, "a"):
        study.close()
    lead, sam, file = str(tmp_path / "a"), str(tmp_path / "sam"), str(tmp_path / "file.coderbundle")
    assert run("add", "sam", "--study", lead) == 0
    assert run("pack", lead, "sam", "--to", file) == 0
    assert "10 answers for sam" in capsys.readouterr().err
    assert run("open", file, "--dir", sam) == 0
    assert "coder code" in capsys.readouterr().err
    with closing(open_study(tmp_path / "sam")) as study, study.database.transaction():
        log.append(study.database, "sam", "+ Beds", [Change(1, "theme", None, "", "beds")])
    assert run("send", sam, "--to", file, "--by", "sam") == 0
    assert run("receive", lead, file, "--dry-run") == 0
    assert "sam: 1 step, 1 coding" in capsys.readouterr().out
    with closing(open_study(tmp_path / "a")) as study:
        assert study.database.value("SELECT COUNT(*) FROM coding") == 0
    assert run("receive", lead, file) == 1
    assert run("receive", lead, file, "--yes") == 0
    with closing(open_study(tmp_path / "a")) as study:
        assert study.database.value("SELECT COUNT(*) FROM coding") == 1
    assert run("receive", lead, file, "--yes") == 0
    assert "here already" in capsys.readouterr().out
    assert cli.main(["check", lead]) == 0


OF_THE_OTHER_SIDE = (
    "From sam",
    "kim is Kim Lee",
    "Until Kim",
    "kims-",
    "Where it goes: coder team receive STUDY kims",
)
"""What begins lines that the guide leaves out: of what was shown before with other names."""


def as_in_the_guide(text: str) -> list[str]:
    """Return lines without numbers, sizes and the folders that paths begin with."""
    without_folders = re.sub(r"\S*/(?=my-study|kims-study)", "", text)
    lines = filter(None, map(str.rstrip, without_folders.splitlines()))
    return [re.sub(r"\d+(?:[.,]\d+)*(?: [kM]B)?", "#", line) for line in lines]


def test_what_the_guide_shows_is_what_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """docs/teams.md draws pack, open, send, dry run and receipt: every line is there, but for its numbers."""
    guide = set(as_in_the_guide((Path(__file__).parents[3] / "docs" / "teams.md").read_text("utf-8")))
    for study in copies(tmp_path, ["my-study"]):
        study.close()
    lead, part = str(tmp_path / "my-study"), str(tmp_path / "my-study-sam")
    bundle = f"{lead}-sam.coderbundle"
    assert run("add", "sam", "kim", "Kim Lee", "--study", lead) == 0
    capsys.readouterr()
    said = [run("pack", lead, "sam"), run("open", bundle)]
    with closing(open_study(tmp_path / "my-study-sam")) as study:
        code(study, "sam", 3, "beds")
        code(study, "sam", 5, "money")
    said.append(run("send", part, "--by", "sam"))
    (sent,) = tmp_path.glob("my-study-sam-2*.coderbundle")
    said += [run("receive", lead, str(sent), "--dry-run"), run("receive", lead, str(sent), "--yes")]
    said.append(run("receive", lead, str(sent), "--yes"))
    shutil.copytree(lead, tmp_path / "kims-study")
    for folder, person, themes, definition in (
        ("my-study", "sam", ("beds",), "Money as such"), ("kims-study", "kim", ("pay",), "Cuts and uplifts")
    ):  # fmt: skip
        with closing(open_study(tmp_path / folder)) as study:
            Settling(study, person).settle(1, Settlement(themes))
            Settling(study, person).settle(3, Settlement(("beds", "pay")))
            revision = revising.begin(study).change("money", definition=definition).keep_codings("money")
            revising.apply(study, revising.plan(study, revision), person)
            if person == "kim":
                for answer in (6, 8):
                    code(study, "kim", answer, "beds")
    said.append(run("send", str(tmp_path / "kims-study"), "--by", "kim"))
    assert run("merge", "kim", "Kim Lee", "--study", lead, "--yes") == 0
    output = capsys.readouterr()
    lines = as_in_the_guide(output.out + output.err)
    (sent,) = tmp_path.glob("kims-study-2*.coderbundle")
    assert run("receive", lead, str(sent), "--yes") == 0
    output = capsys.readouterr()
    lines += as_in_the_guide(output.out)
    assert said == [0] * len(said)
    shown = [line for line in lines if not line.startswith(OF_THE_OTHER_SIDE)]
    assert len(shown) > 15
    assert [line for line in shown if line not in guide] == []


def code(study: Study, person: str, answer: int, theme: str) -> None:
    """Have somebody choose a theme, and finish the answer."""
    session = CodingSession(study, person)
    session.toggle(answer, theme)
    session.confirm(answer)


def test_a_clash_is_told_and_decided(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`coder team clashes` numbers what was said; `decide` shows a plan and applies it; `check` tells."""
    first, second = copies(tmp_path, "ab")
    for study, definition in ((first, "Nurses alone"), (second, "All who work here")):
        revision = revising.begin(study).change("staff", definition=definition)
        revising.apply(study, revising.plan(study, revision), "ann")
    send(second, tmp_path / "file", "ann")
    receive(first, tmp_path / "file")
    first.close()
    second.close()
    lead = str(tmp_path / "a")
    assert run("clashes", lead) == 0
    output = capsys.readouterr()
    number = next(line.split()[0] for line in output.out.splitlines() if "All who work here" in line)
    assert "different ways" in output.err
    cli.main(["check", lead])
    check = capsys.readouterr()
    assert "different ways" in check.out + check.err
    assert run("decide", "staff", "definition", number, "--study", lead, "--yes") == 0
    capsys.readouterr()
    assert run("clashes", lead) == 0
    assert "Nothing" in capsys.readouterr().err
    with closing(open_study(tmp_path / "a")) as study:
        assert study.codebook.by_id["staff"].definition == "All who work here"
        assert study.codebook_path.read_text().count("All who work here") == 1


@pytest.mark.parametrize("field", ["title", "note"])
def test_what_is_said_of_the_codebook_itself_is_decided_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], field: str
) -> None:
    """The line that `clashes` prints is the command, also with what is in use; the decision travels."""
    first, second = copies(tmp_path, "ab")
    for study, text in ((first, "Ours"), (second, "Theirs")):
        revision = revising.begin(study).entitle(**{field: text})
        revising.apply(study, revising.plan(study, revision), "ann")
    exchange(second, first)
    common = getattr(first.codebook, field)
    first.close()
    second.close()
    lead = str(tmp_path / "a")
    for number, decided in (("0", common), ("2", "Theirs")):
        shutil.copytree(lead, tmp_path / number)
        shutil.copytree(tmp_path / "b", tmp_path / f"b{number}")
        study_path = str(tmp_path / number)
        assert run("clashes", study_path) == 0
        lines = capsys.readouterr().out.splitlines()
        command = next(line.split() for line in lines if "coder team decide" in line)
        assert command == ["coder", "team", "decide", "codebook", field, "NUMBER"]
        chosen = number if number == "0" else next(line.split()[0] for line in lines if "Theirs" in line)
        assert run(*command[2:-1], chosen, "--study", study_path, "--yes") == 0
        assert run("clashes", study_path) == 0
        assert "Nothing" in capsys.readouterr().err
        with (
            closing(open_study(tmp_path / number)) as one,
            closing(open_study(tmp_path / f"b{number}")) as other,
        ):
            exchange(one, other)
            assert getattr(one.codebook, field) == getattr(other.codebook, field) == decided
            assert not other.clashes


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_program_killed_meanwhile_leaves_all_or_nothing(tmp_path: Path) -> None:
    """At whatever moment: afterwards the study is whole, and a receipt brings it to the same end."""
    first, second = copies(tmp_path, "ab")
    for study, coder_id in ((first, "ann"), (second, "sam")):
        with study.database.transaction():
            for place in range(1_500):
                change = Change(place % 10 + 1, "theme", None, "", "beds") if place < 10 else None
                log.append(study.database, coder_id, f"step {place}", [change] if change else [])
    revision = revising.begin(second).change("staff", label="Nurses")
    revising.apply(second, revising.plan(second, revision), "sam")
    send(second, tmp_path / "file", "sam")
    before = everything_in(first)["steps"]
    first.close()
    second.close()
    command = [sys.executable, "-m", "coder", "team", "receive", str(tmp_path / "a"), str(tmp_path / "file")]
    for pause in PAUSES:
        process = subprocess.Popen([*command, "--yes"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.wait()
        with closing(open_study(tmp_path / "a")) as study:
            assert_whole(study)
            steps = len(everything_in(study)["steps"])
            assert steps in (len(before), len(before) + 1_500)
            is_received = steps > len(before)
            assert (study.codebook.by_id["staff"].label == "Nurses") == is_received
            assert ("Nurses" in study.codebook_path.read_text()) == is_received
    with closing(open_study(tmp_path / "a")) as study:
        receive(study, tmp_path / "file")
        assert len(everything_in(study)["steps"]) == len(before) + 1_500
        assert_whole(study)
