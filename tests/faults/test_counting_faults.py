"""`python -m benchmarks.faults` in small: nothing is lost, and a fault that is planted is noticed."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from benchmarks.faults import __main__ as faults
from benchmarks.faults.coders import CODERS, code_at_once
from benchmarks.faults.coding_screen import CODER, View, read_view
from benchmarks.faults.commands import kill_commands
from benchmarks.faults.databases import read_damaged
from benchmarks.faults.disks import fill_disks
from benchmarks.faults.files import SUBJECTS, read_mutated
from benchmarks.faults.kills import kill_in_groups, kill_while_coding
from benchmarks.faults.ledger import torn_groups
from benchmarks.faults.programs import Ended, judge
from benchmarks.faults.redactions import kill_redactions
from benchmarks.faults.runner import Runner
from benchmarks.faults.tally import Tally, table
from benchmarks.faults.withdrawals import kill_withdrawals
from benchmarks.make_study import make_study
from coder.workflows.coding.same_words import ALL
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path


def rewrite(database: Path, *statements: str) -> None:
    """Change a database behind the program's back, its guards set aside."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in guards:
            connection.execute(sql)


def forget_a_change(database: Path) -> None:
    """Take away the first coding that stands without a trace, as if it had never reached the disk.

    The latest may not have been on screen yet when the program was killed.
    """
    first = """SELECT MIN(number) FROM change WHERE aspect = 'theme' AND after IS NOT NULL
        AND (response, theme) IN (SELECT response, theme FROM coding)"""
    with closing(sqlite3.connect(database)) as connection:
        ((number,),) = connection.execute(first)
    change = f"FROM change WHERE number = {number or 0}"
    rewrite(
        database,
        f"DELETE FROM coding WHERE (response, theme) IN (SELECT response, theme {change})",
        f"DELETE {change}",
    )


@pytest.mark.slow
def test_kills(tmp_path: Path) -> None:
    """Killed while coding, the program has kept all that its screen showed as saved."""
    tally = kill_while_coding(tmp_path, 5, seed=3)
    assert tally.faults == []
    assert tally.tries == 5
    assert int(tally.facts[0].split()[0]) > 5
    assert tally.peak_memory > 10


@pytest.mark.slow
def test_kills_notice_a_lost_change(tmp_path: Path) -> None:
    """A change that the screen showed as saved and that is gone is counted as lost."""
    tally = kill_while_coding(tmp_path, 3, seed=3, after_kill=forget_a_change)
    assert tally.lost >= 1
    assert not tally.is_clean


@pytest.mark.slow
def test_kills_in_groups(tmp_path: Path) -> None:
    """Killed while each key codes many equal answers, the program has coded all of a group, or none."""
    tally = kill_in_groups(tmp_path, 3, seed=3)
    assert tally.faults == []
    assert (tally.section, tally.tries) == ("groups", 3)


def test_a_torn_group_is_noticed(tmp_path: Path) -> None:
    """A group of which one answer has not what the others have is half done."""
    with closing(make_study(tmp_path / "study", 2, equal=3)) as study:
        session = CodingSession(study, CODER)
        session.toggle(1, "beds", listed=ALL)
        session.confirm(1, listed=ALL)
        assert torn_groups(study.database.path) == []
        session.confirm(5, done=False)
        assert torn_groups(study.database.path) == ["R1.Q1.1 and those of the same words are coded in 2 ways"]


@pytest.mark.slow
def test_commands(tmp_path: Path) -> None:
    """Killed commands have done nothing or all, and work afterwards."""
    tally = kill_commands(tmp_path, 4, seed=1)
    assert tally.faults == []
    assert tally.tries == 4


@pytest.mark.slow
def test_commands_notice_half_a_file(tmp_path: Path) -> None:
    """A study whose codebook is cut off after a kill is half done."""

    def cut_off(folder: Path) -> None:
        for name in ("study", "fresh"):
            if (folder / name).exists():
                (folder / name / "codebook.yaml").write_text("title: B", "utf-8")
        (folder / "fresh").mkdir(exist_ok=True)
        (folder / "fresh" / "half").touch()

    tally = kill_commands(tmp_path, 1, seed=1, after_kill=cut_off)
    assert tally.half_done >= 1


@pytest.mark.slow
def test_redactions(tmp_path: Path) -> None:
    """A redaction that is killed has taken nothing out, or the next opening leaves no byte of it."""
    tally = kill_redactions(tmp_path, 6, seed=1)
    assert tally.faults == []
    assert tally.tries == 6


@pytest.mark.slow
def test_redactions_notice_words_that_stay(tmp_path: Path) -> None:
    """A promise that is forgotten after a kill is noticed: the words still stand in files."""

    def forget(study: Path) -> None:
        rewrite(study / "study.db", "UPDATE setting SET value = '' WHERE key = 'privacy.cleaning'")

    tally = kill_redactions(tmp_path, 6, seed=1, after_kill=forget)
    assert tally.half_done >= 1


@pytest.mark.slow
def test_withdrawals(tmp_path: Path) -> None:
    """A withdrawal that is killed has deleted nothing, or the next opening leaves no byte of theirs."""
    tally = kill_withdrawals(tmp_path, 6, seed=1)
    assert tally.faults == []
    assert tally.tries == 6


@pytest.mark.slow
def test_withdrawals_notice_what_stays_and_what_is_lost(tmp_path: Path) -> None:
    """A promise that is forgotten after a kill is noticed, and so is a coding of somebody else that went."""

    def harm(study: Path) -> None:
        rewrite(
            study / "study.db",
            "UPDATE setting SET value = '' WHERE key = 'privacy.cleaning'",
            "DELETE FROM coding WHERE response = 9",
        )

    tally = kill_withdrawals(tmp_path, 6, seed=1, after_kill=harm)
    assert tally.half_done >= 1
    assert tally.lost == 6


def test_coders(tmp_path: Path) -> None:
    """Eight at once: every change of each stands, and those that are gone are noticed."""
    assert code_at_once(tmp_path, 5 * CODERS).faults == []
    (tmp_path / "again").mkdir()
    tally = code_at_once(tmp_path / "again", CODERS, after_coding=forget_a_change)
    assert tally.lost == CODERS
    assert tally.half_done == 1


@pytest.mark.slow
def test_mutated_files(tmp_path: Path) -> None:
    """Two hundred mutated files are taken or refused in words, and what refuses them changes nothing."""
    tally = read_mutated(tmp_path, 200, seed=12)
    assert tally.faults == []
    assert tally.tries == 200
    taken = int(tally.facts[0].split()[0])
    assert 10 < taken < 190


def test_files_notice_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that ends with a traceback, by a signal, without a word or never is counted."""
    kinds = {"code": 1, "stdout": b"", "seconds": 1.0, "megabytes": 50.0}
    answers = [
        Ended(stderr="Traceback (most recent call last):", **kinds),  # type: ignore[arg-type]
        Ended(None, b"", "", 90, 50),
        Ended(-11, b"", "", 1, 50),
        Ended(1, b"", "", 1, 50),
    ]
    monkeypatch.setattr(Runner, "run", lambda *_: answers.pop(0))
    tally = read_mutated(tmp_path, 4, mutation=unchanged)
    assert (tally.tracebacks, tally.hangs) == (3, 1)


def unchanged(content: bytes, _chance: random.Random) -> bytes:
    """Return a good file as it is."""
    return content


def test_good_files_are_taken(tmp_path: Path) -> None:
    """The files are good before they are mutated: each kind is taken."""
    tally = read_mutated(tmp_path, len(SUBJECTS), mutation=unchanged)
    assert tally.faults == []
    assert tally.facts[0].startswith(f"{len(SUBJECTS)} were taken")


@pytest.mark.slow
def test_databases(tmp_path: Path) -> None:
    """Damaged databases are told of, or answer as before."""
    tally = read_damaged(tmp_path, 4, seed=2)
    assert tally.faults == []
    assert tally.tries == 4


@pytest.mark.slow
def test_databases_notice_another_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that differs where the check finds nothing is counted as wrong."""

    def undamaged(study: Path, folder: Path, _count: int, _chance: random.Random) -> Iterator[str]:
        for name in ("on the screen", "by commands"):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(study, folder)
            yield name

    def code(database: Path) -> None:
        with closing(open_study(database.parent, "ann")) as study:
            CodingSession(study, "ann").toggle(50, "housing")

    monkeypatch.setattr("benchmarks.faults.databases.damaged_copies", undamaged)
    tally = read_damaged(tmp_path, 2, damage=code)
    assert tally.tries == 2
    assert tally.lost > 1


@pytest.mark.slow
@pytest.mark.parametrize("may_mount", [True, False])
def test_full_disks(tmp_path: Path, may_mount: bool) -> None:
    """On a full disk nothing is half done, and with room again all works."""
    tally = fill_disks(tmp_path, 4, seed=1, may_mount=may_mount)
    assert tally.faults == []
    assert tally.tries == 4


def test_full_disks_notice_half_a_file(tmp_path: Path) -> None:
    """A file that a failing command leaves is half done."""

    def leave_half(folder: Path) -> None:
        (folder / "half.csv").touch()

    tally = fill_disks(tmp_path, 4, seed=1, after_job=leave_half)
    assert tally.half_done >= 1


@pytest.mark.parametrize(
    ("ended", "counts"),
    [
        (Ended(0, b"", "", 1, 50), (0, 0, 0)),
        (Ended(1, b"", "No such file.", 1, 50), (1, 0, 0)),
        (Ended(1, b"", "Traceback (most recent call last):", 1, 50), (0, 1, 0)),
        (Ended(1, b"", " ", 1, 50), (0, 1, 0)),
        (Ended(-11, b"", "", 1, 50), (0, 1, 0)),
        (Ended(None, b"", "", 1, 50), (0, 0, 1)),
    ],
)
def test_judging(ended: Ended, counts: tuple[int, int, int]) -> None:
    """A program that should have worked, and did not, is counted by how it ended."""
    tally = Tally("t")
    assert judge(tally, ended, "coder x", [0]) == (counts == (0, 0, 0))
    assert (tally.half_done, tally.tracebacks, tally.hangs) == counts


def test_what_is_counted_makes_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command ends with 1 if anything was counted, or nothing was tried."""

    def run(_folder: Path, count: int, seed: int = 0) -> Tally:
        tally = Tally("kills", tries=count)
        if seed:
            tally.add_lost("a change")
        return tally

    monkeypatch.setitem(faults.SECTIONS, "kills", faults.Section(run, 1000))
    assert faults.main(["kills"]) == 0
    assert "kills    1,000     0" in capsys.readouterr().out
    assert faults.main(["kills", "--count", "3", "--seed", "1"]) == 1
    assert not Tally("nothing").is_clean
    assert table([Tally("x", facts=["a fact"])]).endswith("x: a fact")


SCREEN = """\
 Small · Q1 What was hard?                              kay · 1 of 3 done ░░░░░░░░░░░░ · saved
╭─ 3 answers ───────────────────╮╭─────────────────────────────────╮╭─ Themes · by words ────╮
│  ● R1.1 Areas substance been  ││ R2.Q1.1 · London                ││1   Autism            ▆ │
│▶ ◐ ⚑ R2.1 New the a difficult ││                                 ││2 ✓ Waiting           ▅ │
│  ○ R3.1 Need and their counci ││ ✓ Waiting  “for a year”         ││─ all themes, A-Z ───── │
│                               ││ ⚑ flagged                       ││  ✓ Waiting             │
╰───────────────────────────────╯╰─────────────────────────────────╯╰────────────────────────╯
"""


@pytest.mark.parametrize("attributes", [" · London", "         "])
def test_what_a_coder_reads_on_the_screen(attributes: str) -> None:
    """The status, the answer with its themes and flag, and what the list marks; other screens say nothing."""
    view = read_view(SCREEN.replace(" · London", attributes))
    assert view == View(
        status="saved",
        done_count=1,
        answer="R2.Q1.1",
        themes=frozenset({"waiting"}),
        is_flagged=True,
        done=frozenset({"R1.Q1.1"}),
        flagged=frozenset({"R2.Q1.1"}),
        free_keys=("1",),
    )
    fresh = read_view(SCREEN.replace(" · saved", ""))
    assert fresh is not None
    assert fresh.status == ""
    assert read_view(SCREEN.replace("saved", "read only")) is None
    assert read_view("") is None
