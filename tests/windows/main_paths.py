"""The main ways through the program, run by a Python from which is hidden what Windows lacks."""

from __future__ import annotations

import importlib.util
import os
import pkgutil
import queue
import sys
from contextlib import closing
from io import StringIO
from pathlib import Path

import coder
from coder.cli import main
from coder.domain.engine_messages import EngineStopped, RankingReady
from coder.errors import CoderError
from coder.store.database import Database
from coder.store.opening import lock_holder
from coder.workflows.study.opening import open_study
from coder.workflows.suggesting.engine import SuggestionEngine


def run(folder: Path) -> None:
    """Import, code, count, report, check, suggest and lock; end with an error at what does not work."""
    for hidden in ("fcntl", "resource", "pwd", "termios"):
        assert importlib.util.find_spec(hidden) is None
    assert not hasattr(os, "nice")
    for module in pkgutil.walk_packages(coder.__path__, "coder."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    os.chdir(folder)
    study = Path("study")
    themes = "themes:\n- id: staff\n  label: Staff\n- id: money\n  label: Money\n"
    (folder / "themes.yaml").write_text(themes, encoding="utf-8", newline="\n")
    done("new", study, "--from", "survey.xlsx", "--open", "Why", "--codebook", "themes.yaml", "--no-open")
    sys.stdin = StringIO("1\nd\nq\n")
    done("code", study, "--plain", "--coder", "jo")
    sys.stdin = StringIO("")
    done("tables", study, "--format", "csv", "--out", "tables.csv")
    done("tables", study, "--format", "xlsx", "--out", "tables.xlsx")
    done("report", study, "--out", "report.html")
    done("codings", "export", study, "--out", "codings.csv")
    done("check", study)
    suggest(study)
    lock(study)
    sys.stdout.write("ALL DONE\n")


def done(*arguments: object) -> None:
    """Run a command; it must succeed."""
    assert main([str(argument) for argument in arguments]) == 0, arguments


def suggest(study: Path) -> None:
    """Have the engine's process start, rank and end."""
    events: queue.Queue[object] = queue.Queue()
    engine = SuggestionEngine(study.resolve(), "jo", events.put)
    engine.start()
    engine.rank([1])
    try:
        while not isinstance(event := events.get(timeout=100), RankingReady):
            assert not isinstance(event, EngineStopped), event
    finally:
        engine.stop()


def lock(study: Path) -> None:
    """Have one program wait for another that writes; there is no /proc that tells which it is."""
    lock_holder.LOCK_TABLE = study / "no such file"
    with closing(open_study(study, "jo")) as opened:
        other = Database.open(study / "study.db")
        with closing(other), opened.database.transaction():
            opened.database.set_setting("lock", "held")
            assert lock_holder.holder_of(study / "study.db") == ""
            try:
                with other.transaction(patience=0.2):
                    raise AssertionError
            except CoderError:
                pass
