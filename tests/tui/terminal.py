"""The program in a real pseudo-terminal, as a person far away has it: keys go in, a screen comes out."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
from time import monotonic
from typing import TYPE_CHECKING, Self

import pyte

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS, ROWS = 100, 30
PROGRAM = """
import sys
from pathlib import Path
from coder.tui.app import CoderApp
from coder.workflows.study.opening import open_study

study = open_study(Path(sys.argv[1]), "jo")
app = CoderApp(study, "jo", suggestions=False)
app.run()
study.close()
sys.exit(app.return_code)
"""
AS_PEOPLE_DO = ("-m", "coder", "code")


class Terminal:
    """The program on a study, in the folder above it.

    Args:
        folder: The study.
        engine: Whether to start it as people do, with the engine's process.
    """

    def __init__(self, folder: Path, *, engine: bool = False) -> None:
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._late = b""
        self._descriptor, program_side = pty.openpty()
        fcntl.ioctl(program_side, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._program = subprocess.Popen(
            [sys.executable, *(AS_PEOPLE_DO if engine else ("-c", PROGRAM)), str(folder)],
            stdin=program_side,
            stdout=program_side,
            stderr=program_side,
            cwd=folder.parent,
            env={**os.environ, "TERM": "xterm-256color", "ESCDELAY": "10"},
            start_new_session=True,
        )
        os.close(program_side)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._program.kill()
        self._program.wait()
        os.close(self._descriptor)

    def send(self, keys: str) -> None:
        """Send keys in one block."""
        os.write(self._descriptor, keys.encode())

    @property
    def process_id(self) -> int:
        """The program's process."""
        return self._program.pid

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        self._program.send_signal(number)

    def wait_until_stopped(self) -> None:
        """Wait until a signal has stopped the program, and forget what was on the screen."""
        os.waitpid(self._program.pid, os.WUNTRACED)
        self.settle(0.1)
        self._screen.reset()

    def wait_for_end(self) -> tuple[int, bytes]:
        """Return the program's exit code, and all that it still sent to the terminal."""
        self._late = b""
        while self._read(30):
            pass
        return self._program.wait(timeout=5), self._late

    def hang_up(self) -> int:
        """Close the terminal, as a connection that breaks does; return the program's exit code."""
        os.close(self._descriptor)
        self._descriptor = os.open(os.devnull, os.O_RDWR)
        self._program.send_signal(signal.SIGHUP)
        return self._program.wait(timeout=30)

    def text(self) -> str:
        """Return what is on the screen."""
        return "\n".join(self._screen.display)

    def wait_for(self, text: str, seconds: float = 30) -> None:
        """Wait until a text is on the screen.

        Raises:
            AssertionError: It does not come, or the program has ended; the screen is said.
        """
        end = monotonic() + seconds
        while text not in self.text():
            assert self._read(max(end - monotonic(), 0)), f"no '{text}' in\n{self.text()}"

    def settle(self, seconds: float) -> None:
        """Read until nothing has come for so long."""
        while self._read(seconds):
            pass

    def close(self) -> int:
        """Press Ctrl+Q; return the program's exit code."""
        self.send("\x11")
        while self._read(30):
            pass
        return self._program.wait(timeout=5)

    def _read(self, seconds: float) -> bool:
        """Read what comes; tell whether anything came before the time was over or the program ended."""
        if not select.select([self._descriptor], [], [], seconds)[0]:
            return False
        try:
            output = os.read(self._descriptor, 65536)
        except OSError:
            return False
        self._late += output
        self._stream.feed(output)
        return bool(output)
