"""What every test stands on: one time zone, one thread, no animation, laws tried the same way each run."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from turned_clock import Clock

from coder.domain.filters import Filter
from coder.store import codings, surveys
from coder.store.team.copies import act_rows
from coder.text import language_finding
from coder.workflows.coding.session import CodingSession
from coder.workflows.exchange.exchanging import import_codings
from coder.workflows.exchange.samples import make_sample, reference_codings
from coder.workflows.study import coders
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.workflows.study.study import Study

# `benchmarks` does not belong to the program. It comes last: a test may try a copy of `coder`.
sys.path.append(str(Path(__file__).parents[1]))

_state = tempfile.mkdtemp(prefix="coder-state-")
"""What the program keeps of this user; no test reads or writes the real one."""
atexit.register(shutil.rmtree, _state, ignore_errors=True)
os.environ.update(
    {
        "XDG_STATE_HOME": _state,
        "COLUMNS": "80",
        "LINES": "24",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "TEXTUAL_ANIMATIONS": "none",
        "TZ": "UTC",
    }
)
os.environ.pop("NO_COLOR", None)

# What tells languages takes 0.4 s to load: once for all tests of a process.
language_finding._loaded = cache(language_finding._loaded)

DRAWN_ID = coders.drawn_id
"""How the program draws a person's id; tests read better where it is the name."""
coders.drawn_id = lambda name: name

_time_of_acts, _latest_act = act_rows._now, [0]


def _one_after_the_other() -> int:
    """Return the time of an act, later than that of any before, as between two keys of a person."""
    _latest_act[0] = max(_latest_act[0] + 1, _time_of_acts())
    return _latest_act[0]


act_rows._now = _one_after_the_other

settings.register_profile("steady", database=None, deadline=None, derandomize=True)
settings.load_profile("steady")


_tests_begun = count(1)


@pytest.fixture(autouse=True)
def _own_state(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have each test begin on a machine on which nothing was done: nobody has withdrawn there."""
    monkeypatch.setenv("XDG_STATE_HOME", str(Path(_state, str(next(_tests_begun)))))


@pytest.fixture(autouse=True)
def _unhurried(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """On screens, let an answer count as just come for as long as a test takes, however slow the machine.

    Tests of what stays on the number keys, and of what is read once a coder rests, have times of their own.
    """
    if "tui" in request.path.parts:
        monkeypatch.setattr("coder.tui.coding.comparing.side_reading.RESTS_AFTER", 3600)
        monkeypatch.setattr("coder.tui.coding.desk.SETTLED_AFTER", 3600)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Give the desk of the coding screen a clock to turn, and the time that people need to see a key."""
    clock = Clock()
    monkeypatch.setattr("coder.tui.coding.desk.SETTLED_AFTER", 0.3)
    monkeypatch.setattr("coder.tui.coding.desk.time.monotonic", clock)
    return clock


@pytest.fixture(scope="session")
def _samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the sample once without codings and once with the reference codings."""
    root = tmp_path_factory.mktemp("samples")
    make_sample(root / "empty", "jo").close()
    study = make_sample(root / "coded", "jo")
    import_codings(study, reference_codings(), coder_id="jo")
    study.close()
    return root


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make an empty folder and go there."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def sample(work: Path, _samples: Path) -> Iterator[Study]:
    """Open a copy of the sample study without codings."""
    yield from _copy(_samples / "empty", work / "sample")


@pytest.fixture
def coded_sample(work: Path, _samples: Path) -> Iterator[Study]:
    """Open a copy of the sample study with the reference codings."""
    yield from _copy(_samples / "coded", work / "sample")


@pytest.fixture
def read_sample(coded_sample: Study) -> Study:
    """Give the sample with the reference codings, all answers done: those without a coding too."""
    session = CodingSession(coded_sample, "jo")
    for question in surveys.questions(coded_sample.database):
        for number in codings.matching(coded_sample.database, "jo", Filter(question.id, "open")):
            session.confirm(number)
    return coded_sample


def _copy(source: Path, target: Path) -> Iterator[Study]:
    shutil.copytree(source, target)
    study = open_study(target, "jo")
    yield study
    study.close()
