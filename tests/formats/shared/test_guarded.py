"""Whatever happens while a file from outside is read happens to another process and is one clear error."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import guarded_readers
import pytest
from hostile_files import endless_ods

from coder.errors import CancelledError, CoderError
from coder.formats.shared import guarded
from coder.formats.shared.guarded import TooLargeError, read_guarded

if TYPE_CHECKING:
    from collections.abc import Callable

TESTS = Path(guarded_readers.__file__).parent


@pytest.fixture(autouse=True)
def _readers_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a child process import the readers of these tests."""
    package = Path(guarded.__file__).parents[3]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(TESTS), str(package)]))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make a file that anybody can read."""
    file = tmp_path / "survey.xlsx"
    file.write_text("one\ntwo\n")
    return file


def read(path: Path, reader: guarded.Reader, **options: Any) -> list[Any]:
    """Return all that a reader yields."""
    received: list[Any] = []
    read_guarded(reader, path, received.append, **options)
    return received


def is_alive(pid: int) -> bool:
    """Tell whether a process is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(condition: Callable[[], Any]) -> None:
    """Wait until something is so, half a minute at most."""
    until = time.monotonic() + 30
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)
    assert condition()


def child_of(pid: int) -> int:
    """Wait for a process to have a child, and return its number."""
    lists = Path(f"/proc/{pid}/task")
    wait_until(lambda: any((thread / "children").read_text() for thread in lists.iterdir()))
    return int(next(filter(None, ((thread / "children").read_text() for thread in lists.iterdir()))))


def test_what_the_reader_yields_comes_back(path: Path) -> None:
    """Values and options go to the child and back."""
    assert read(path, guarded_readers.read_lines, upper=True) == ["ONE", "TWO"]


def test_what_the_reader_finds_wrong_is_the_error(path: Path) -> None:
    """A CoderError is raised on this side as it was on the other."""
    with pytest.raises(CoderError) as caught:
        read(path, guarded_readers.refuse)
    assert (caught.value.message, caught.value.hint) == ("survey.xlsx is odd.", "Mend it.")


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGTERM])
def test_a_crash_is_an_error(path: Path, number: int) -> None:
    """A library that ends its process ends the child alone."""
    with pytest.raises(CoderError, match=r"survey\.xlsx cannot be read: it is damaged"):
        read(path, guarded_readers.crash, number=int(number))


def test_what_nobody_expects_is_an_error(path: Path) -> None:
    """No traceback of the child is seen."""
    with pytest.raises(CoderError, match=r"survey\.xlsx cannot be read: it is damaged"):
        read(path, guarded_readers.fail)


def test_time_is_limited(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that never returns is ended, and the message says after how long."""
    monkeypatch.setattr(guarded, "SECONDS", 1)
    with pytest.raises(CoderError, match=r"survey\.xlsx could not be read in 1 seconds"):
        read(path, guarded_readers.never_end)


def test_time_is_limited_where_the_system_counts_none(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that waits uses no processor time, and is ended too."""
    monkeypatch.setattr(guarded, "SECONDS", 0.2)
    monkeypatch.setattr(guarded, "_limits", lambda _path: {})
    with pytest.raises(CoderError, match="could not be read in"):
        read(path, guarded_readers.wait)


def test_time_grows_with_the_file(tmp_path: Path) -> None:
    """A large workbook has more time than a small one."""
    large = tmp_path / "large.xlsx"
    with large.open("wb") as file:
        file.truncate(20 * 2**20)
    assert guarded.most_seconds(large) == guarded.SECONDS + 20 * guarded.SECONDS_A_MEGABYTE


def test_memory_is_limited(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that takes too much memory is ended."""
    monkeypatch.setattr(guarded, "MOST_MEMORY", 2**28)
    with pytest.raises(TooLargeError, match=r"survey\.xlsx needs more than 0\.25 GB of memory"):
        read(path, guarded_readers.eat)


def test_memory_is_watched_where_the_system_does_not_limit_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program looks at the child's memory itself."""
    monkeypatch.setattr(guarded, "MOST_MEMORY", 2**28)
    monkeypatch.setattr(guarded, "_limits", lambda _path: {})
    with pytest.raises(TooLargeError, match="of memory"):
        read(path, guarded_readers.eat)


def test_what_is_sent_is_limited(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file cannot become rows without end."""
    monkeypatch.setattr(guarded, "MOST_SENT", 2**23)
    with pytest.raises(TooLargeError):
        read(path, guarded_readers.overflow)


def test_what_a_library_prints_comes_not_between(path: Path) -> None:
    """Only the reader's own values come back."""
    assert read(path, guarded_readers.chatter) == ["whole"]


def test_half_a_line_is_no_value(path: Path) -> None:
    """What a child leaves half written is not taken for what it read."""
    received: list[object] = []
    with pytest.raises(CoderError):
        read_guarded(guarded_readers.half_a_line, path, received.append)
    assert received == []


def test_the_child_is_kept_from_the_terminal(path: Path) -> None:
    """It has no terminal to leave in disorder, and Ctrl+C does not reach it."""
    assert read(path, guarded_readers.surroundings) == [{"terminals": [], "leads its session": True}]


def test_giving_up_ends_the_child(path: Path) -> None:
    """Whoever raises while waiting, as Esc and Ctrl+C do, leaves no process behind."""
    pids: list[int] = []

    def give_up() -> None:
        if pids:
            raise CancelledError

    with pytest.raises(CancelledError):
        read_guarded(guarded_readers.wait, path, pids.append, give_up)
    assert not is_alive(pids[0])


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="it finds the child in /proc")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_ctrl_c_ends_a_file_that_never_ends(tmp_path: Path, number: signal.Signals, code: int) -> None:
    """Neither after Ctrl+C nor when the program is killed does a child go on."""
    hostile = tmp_path / "hang.ods"
    hostile.write_bytes(endless_ods())
    command = [sys.executable, "-m", "coder", "new", str(tmp_path / "s"), "--from", str(hostile), "--no-open"]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, start_new_session=True
    ) as program:
        child = child_of(program.pid)
        time.sleep(0.5)
        assert is_alive(child)
        sent = time.monotonic()
        program.send_signal(number)
        said = program.communicate(timeout=30)[1]
    assert program.returncode == code
    assert time.monotonic() - sent < 5
    assert "Traceback" not in said
    wait_until(lambda: not is_alive(child))
    assert not (tmp_path / "s").exists()
