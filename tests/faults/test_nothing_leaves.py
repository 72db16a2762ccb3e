"""No answer leaves the machine: no process of the program finds or reaches a host, whatever it does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HOOK = Path(__file__).with_name("offline")
CODING = "1\nn\n1\nq\n"
"""Answers coded line by line, with suggestions of the engine's process; end of input quits as well."""


class Watched:
    """Runs programs in an environment in which each of their processes reports what it tries to reach."""

    def __init__(self, folder: Path) -> None:
        self.report = folder / "network"
        self.processes = folder / "network.processes"
        self.environment = {
            **os.environ,
            "NETWORK_REPORT": str(self.report),
            "PYTHONPATH": os.pathsep.join([str(HOOK), str(Path(__file__).parents[2])]),
            "HF_HUB_OFFLINE": "0",
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_STATE_HOME": str(folder / "state"),
        }
        self.folder = folder

    def run(self, *command: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Run a program of Python to its end."""
        return subprocess.run(
            [sys.executable, *command], cwd=self.folder, env=self.environment, input=typed,
            capture_output=True, encoding="utf-8", timeout=300, check=False,
        )  # fmt: skip

    def coder(self, *command: str, typed: str = "") -> None:
        """Run a command of the program; it must do what it is to do."""
        finished = self.run("-m", "coder", *command, typed=typed)
        assert finished.returncode == 0, finished.stderr

    @property
    def attempts(self) -> list[str]:
        """What any process tried to find or to reach."""
        return self.report.read_text("utf-8").splitlines() if self.report.exists() else []


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    """Have programs watched that run in a folder of their own."""
    return Watched(tmp_path)


@pytest.mark.parametrize(
    "program",
    [
        "import socket; socket.socket().connect_ex(('192.0.2.1', 9))",
        "import socket\ntry: socket.getaddrinfo('host.invalid', 80)\nexcept OSError: pass",
        "import urllib.request as u\ntry: u.urlopen('http://127.0.0.1:9/')\nexcept OSError: pass",
        "import subprocess, sys; subprocess.run([sys.executable, '-c', "
        "\"import socket; socket.socket().connect_ex(('127.0.0.1', 9))\"])",
    ],
)
def test_an_attempt_is_noticed(watched: Watched, program: str) -> None:
    """By name, by address, by a library, in a process that the program starts."""
    watched.run("-c", program)
    assert watched.attempts


def test_no_process_tries_to_reach_anything(watched: Watched) -> None:
    """From the import of a survey to the report, with the engine's process and its models."""
    answers = watched.folder / "answers.csv"
    rows = (f"{n},Shorter waiting times for care number {n},More staff in team {n}" for n in range(40))
    answers.write_text("\n".join(["id,What would help?,What else?", *rows]), "utf-8")
    watched.coder("new", "mine", "--from", str(answers), "--no-open", "--yes")
    watched.coder("demo", "--coded", "--dir", "sample", "--no-open")
    watched.coder("code", "sample", "--plain", "--coder", "root", typed=CODING)
    watched.coder("suggestions", "check", "sample", "--question", "Q17")
    watched.coder(
        "tables", "sample", "--question", "Q17", "--by", "region", "--format", "xlsx", "--out", "t.xlsx"
    )
    watched.coder("report", "sample", "--out", "report")
    watched.coder("quotes", "sample", "--out", "quotes.docx")
    watched.coder("codings", "export", "sample", "codings.csv")
    watched.coder("privacy", "sample", "--out", "privacy.docx")
    watched.coder("check", "sample")
    assert watched.attempts == []
    # The reports are worth something only if the engine was watched as well.
    started = watched.processes.read_text("utf-8")
    assert "coder.workflows.suggesting.process" in started
    assert started.count("-m coder ") >= 10
