"""Programs that are killed while coding, and programs that code the same study at once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest
from making import small_study

import coder
from benchmarks.faults.ledger import torn_groups
from coder.store import checks
from coder.store.database import Database

CHILD = Path(__file__).with_name("keep_coding.py")
ROOT = Path(coder.__file__).parents[1]
KILLS = 100
EQUAL, GROUP_KILLS = 500, 20
"""Answers that say the same, and how often their coding is killed."""


def start(folder: Path, coder_id: str, steps: int, *operations: int) -> subprocess.Popen[str]:
    """Start a program that codes a study and tells each step it has saved; for operations see there."""
    command = [sys.executable, str(CHILD), str(folder), coder_id, str(steps), *map(str, operations)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def make(folder: Path) -> Path:
    """Make a study of 50 responses; return its database's path."""
    study = small_study(folder, texts=[(f"Answer {place}",) for place in range(50)])
    study.close()
    return study.database.path


@pytest.mark.slow
def test_nothing_said_to_be_saved_is_lost_by_a_kill(tmp_path: Path) -> None:
    """Killed a hundred times at any moment, the study stays whole and has every step that was told."""
    path = make(tmp_path / "study")
    chance = random.Random(0)  # noqa: S311 - moments to kill at, not secrets
    told: list[int] = []
    for _ in range(KILLS):
        with start(path.parent, "jo", 1_000_000) as child:
            assert child.stdout is not None
            told += map(int, islice(child.stdout, chance.randint(1, 30)))
            child.kill()
            told += (int(line) for line in child.stdout if line.endswith("\n"))
        with closing(Database.open(path)) as database:
            assert checks.faults(database) == []
            saved = [number for (number,) in database.rows("SELECT number FROM step ORDER BY number")]
        assert set(told) <= set(saved)
        assert len(saved) - len(told) <= KILLS
    assert saved == list(range(1, len(saved) + 1))
    assert len(told) == len(set(told)) > 5 * KILLS


@pytest.mark.slow
def test_a_group_is_decided_on_as_a_whole_whatever_is_killed(tmp_path: Path) -> None:
    """Killed while statements about hundreds of equal answers run: all of a group have a step, or none."""
    study = small_study(tmp_path / "study", texts=[(f"Answer {place % 3}!",) for place in range(3 * EQUAL)])
    study.close()
    path, told = study.database.path, list[int]()
    chance = random.Random(0)  # noqa: S311 - moments to kill at, not secrets
    for _ in range(GROUP_KILLS):
        with start(path.parent, "jo", 1_000_000, chance.randint(50, 400)) as child:
            assert child.stdout is not None
            told += (int(line) for line in child.stdout if line.endswith("\n"))
        assert child.returncode == -signal.SIGKILL
        assert torn_groups(path) == []
        with closing(Database.open(path)) as database:
            assert checks.faults(database) == []
            saved = {number for (number,) in database.rows("SELECT number FROM step")}
            changes = "SELECT step FROM change WHERE aspect <> 'memo' GROUP BY step HAVING COUNT(*) % ? <> 0"
            assert database.rows(changes, (EQUAL,)) == []
        assert set(told) <= saved
    assert len(told) > GROUP_KILLS


@pytest.mark.parametrize("coders", [("jo", "sam"), ("jo", "jo")])
def test_two_programs_code_one_study(tmp_path: Path, coders: tuple[str, str]) -> None:
    """Two programs at once, of two coders or of one: no step is lost, doubled or refused."""
    path = make(tmp_path / "study")
    with closing(Database.open(path)) as database:
        before = database.foreign_version()
        with start(path.parent, coders[0], 200) as one, start(path.parent, coders[1], 200) as other:
            told = [child.communicate()[0].split() for child in (one, other)]
        assert (one.returncode, other.returncode) == (0, 0)
        assert [len(steps) for steps in told] == [200, 200]
        assert database.foreign_version() != before
        assert checks.faults(database) == []
        assert database.rows("SELECT COUNT(*), MAX(number) FROM step") == [(400, 400)]
        by_coder = dict(database.rows("SELECT coder, COUNT(*) FROM step GROUP BY coder"))
        assert by_coder == ({"jo": 200, "sam": 200} if len(set(coders)) > 1 else {"jo": 400})
