"""The screen's end of the suggestion engine: it never waits, and hears when the process ends."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from making import small_study

import coder
from coder.domain.engine_messages import (
    EngineNotice,
    EngineReady,
    EngineStopped,
    ExplainTheme,
    FindSimilar,
    LearnCodings,
    OrderResponses,
    RankingReady,
    RankResponses,
    TakeSecondLook,
)
from coder.domain.reading_orders import Order
from coder.domain.study_settings import Settings
from coder.workflows.suggesting import engine as engine_module
from coder.workflows.suggesting.engine import SuggestionEngine
from coder.workflows.suggesting.message_codec import read_request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coder.domain.engine_messages import EngineEvent

ECHO = """
import json, sys
for line in sys.stdin:
    print(json.dumps({"message": "EngineNotice", "text": line}), flush=True)
"""
READY = """print('{"message": "EngineReady"}', flush=True)\n"""
DEAF = f"import time\n{READY}time.sleep(600)"
BROKEN = f"import sys\n{READY}print('{{\"message\": \"Ran', end='')\nsys.exit('out of luck')"
SENSELESS = f"print('{{\"message\": \"RankingReady\"}}')\nprint('no JSON')\n{READY}"
MANY = 50_000


@pytest.fixture
def heard() -> queue.Queue[EngineEvent]:
    """Give a place for what engines say."""
    return queue.Queue()


@pytest.fixture
def start(
    heard: queue.Queue[EngineEvent], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], SuggestionEngine]]:
    """Give a function that starts an engine whose process runs a script; all are ended afterwards."""
    engines: list[SuggestionEngine] = []

    def with_script(script: str) -> SuggestionEngine:
        def process(*_: object) -> subprocess.Popen[str]:
            pipe = subprocess.PIPE
            return subprocess.Popen(
                [sys.executable, "-c", script], stdin=pipe, stdout=pipe, stderr=pipe, text=True
            )

        monkeypatch.setattr(engine_module, "_start_process", process)
        engine = SuggestionEngine(Path(), "jo", heard.put)
        engines.append(engine)
        engine.start()
        return engine

    yield with_script
    for engine in engines:
        engine.stop()
        ended(engine)


def ended(engine: SuggestionEngine) -> int:
    """Wait for the engine's thread to end; return how its process did."""
    for thread in threading.enumerate():
        if thread.name == "suggestions":
            thread.join(timeout=20)
    assert engine._process is not None
    assert engine._process.returncode is not None, "nobody waited for the process"
    return engine._process.returncode


def test_requests_arrive_in_order(
    start: Callable[[str], SuggestionEngine], heard: queue.Queue[EngineEvent]
) -> None:
    """Each request is one message, sent in the order it was asked, even before the process is there."""
    engine = start(ECHO)
    engine.code(3, ["pay"], done=True)
    engine.rank([3, 4])
    engine.explain(3, "pay")
    engine.similar(3, 5)
    engine.order("Q1", Order("theme", "pay"))
    engine.second_look("Q1")
    requests = [
        LearnCodings(3, ("pay",), done=True),
        RankResponses((3, 4)),
        ExplainTheme(3, "pay"),
        FindSimilar(3, 5),
        OrderResponses("Q1", Order("theme", "pay")),
        TakeSecondLook("Q1"),
    ]
    for request in requests:
        notice = heard.get(timeout=20)
        assert isinstance(notice, EngineNotice)
        assert read_request(notice.text) == request


def test_the_end_of_the_process_is_heard(
    start: Callable[[str], SuggestionEngine], heard: queue.Queue[EngineEvent]
) -> None:
    """A process that was killed is reported once, last; requests after it are no error."""
    engine = start(ECHO)
    engine.rank([1])
    heard.get(timeout=20)
    assert engine._process is not None
    engine._process.kill()
    assert heard.get(timeout=20) == EngineStopped("it ended with -9")
    ended(engine)
    engine.rank([2])
    engine.stop()
    assert heard.empty()


def test_the_reason_is_the_last_thing_it_said(
    start: Callable[[str], SuggestionEngine], heard: queue.Queue[EngineEvent]
) -> None:
    """A process that fails in mid-message is reported with its last word of error."""
    start(BROKEN)
    assert heard.get(timeout=20) == EngineReady()
    assert heard.get(timeout=20) == EngineStopped("out of luck")


def test_what_makes_no_sense_is_told_and_the_next_is_heard(
    start: Callable[[str], SuggestionEngine], heard: queue.Queue[EngineEvent]
) -> None:
    """A line that is no event becomes a notice; what follows it is heard."""
    start(SENSELESS)
    for beginning in ('{"message": "RankingReady"', "no JSON"):
        notice = heard.get(timeout=20)
        assert isinstance(notice, EngineNotice)
        assert f"sent what makes no sense: {beginning}" in notice.text
    assert heard.get(timeout=20) == EngineReady()


def test_a_process_that_does_not_read_holds_nothing_up(
    start: Callable[[str], SuggestionEngine], heard: queue.Queue[EngineEvent]
) -> None:
    """However much is asked of a process that reads nothing, asking and ending return at once."""
    engine = start(DEAF)
    heard.get(timeout=20)
    for response in range(MANY):
        engine.code(response, ["pay"], done=True)
    engine.stop()
    assert ended(engine) == -9
    assert heard.empty()


def test_stopping_before_it_has_started(
    heard: queue.Queue[EngineEvent], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An engine that is stopped at once starts no process and says nothing."""

    def refuse(*_: object) -> None:
        pytest.fail("a process was started")

    monkeypatch.setattr(engine_module, "_start_process", refuse)
    engine = SuggestionEngine(Path(), "jo", heard.put)
    engine.stop()
    engine.start()
    for thread in threading.enumerate():
        if thread.name == "suggestions":
            thread.join(timeout=20)
    assert heard.empty()


def test_a_process_that_cannot_be_started_is_heard(
    heard: queue.Queue[EngineEvent], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system starts no process, the reason is its own."""

    def fail(*_: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(engine_module, "_start_process", fail)
    SuggestionEngine(Path(), "jo", heard.put).start()
    event = heard.get(timeout=20)
    assert isinstance(event, EngineStopped)
    assert "temporarily unavailable" in event.reason


def test_with_the_real_process(
    tmp_path: Path, heard: queue.Queue[EngineEvent], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine as the screen has it: ready, a ranking, and ended when the screen says so."""
    monkeypatch.setenv("PYTHONPATH", str(Path(coder.__file__).parents[1]))
    small_study(tmp_path / "study", settings=Settings("Small", model="none")).close()
    # What lies in the folder where one stands, a study from somebody else perhaps, is not to be run.
    (tmp_path / "numpy.py").write_text("raise SystemExit('foreign code was run')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    engine = SuggestionEngine(tmp_path / "study", "jo", heard.put)
    engine.start()
    engine.rank([3])
    events = iter(lambda: heard.get(timeout=60), None)
    ranking = next(event for event in events if isinstance(event, RankingReady))
    assert ranking.ranked.suggestions[0].theme_id == "beds"
    engine.stop()
    ended(engine)


@pytest.mark.parametrize(
    ("lost", "reason"), [("study.toml", "is not a study"), ("study.db", "no study database")]
)
def test_why_it_cannot_begin_is_heard(
    tmp_path: Path, heard: queue.Queue[EngineEvent], monkeypatch: pytest.MonkeyPatch, lost: str, reason: str
) -> None:
    """A process that finds no study, or no database, says why it ended and what to do."""
    monkeypatch.setenv("PYTHONPATH", str(Path(coder.__file__).parents[1]))
    folder = tmp_path / "study"
    small_study(folder, settings=Settings("Small", model="none")).close()
    (folder / lost).unlink()
    engine = SuggestionEngine(folder, "jo", heard.put)
    engine.start()
    event = heard.get(timeout=60)
    assert isinstance(event, EngineStopped)
    assert reason in event.reason
    ended(engine)


@pytest.mark.parametrize("kept_elsewhere", [False, True])
def test_a_broken_cache_does_not_keep_it_from_beginning(
    tmp_path: Path, heard: queue.Queue[EngineEvent], monkeypatch: pytest.MonkeyPatch, *, kept_elsewhere: bool
) -> None:
    """The cache is made anew; where it is somebody else's, that is told, and vectors last for the sitting."""
    monkeypatch.setenv("PYTHONPATH", str(Path(coder.__file__).parents[1]))
    folder = tmp_path / "study"
    small_study(folder, settings=Settings("Small", model="none")).close()
    (tmp_path / "elsewhere").mkdir()
    if kept_elsewhere:
        (folder / "cache").symlink_to(tmp_path / "elsewhere")
    else:
        (folder / "cache").mkdir()
    (folder / "cache" / "vectors.db").write_bytes(b"broken" * 400)
    engine = SuggestionEngine(folder, "jo", heard.put)
    engine.start()
    event = heard.get(timeout=60)
    if kept_elsewhere:
        assert isinstance(event, EngineNotice)
        assert "outside the study" in event.text
        event = heard.get(timeout=60)
    assert event == EngineReady()
    engine.stop()
    ended(engine)
