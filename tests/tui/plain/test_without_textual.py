"""The plain mode never loads Textual: it is for those whom a screen drawn in cells does not serve."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from making import small_study

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import sys
from pathlib import Path
from coder.tui.plain.actions import plain_actions
from coder.tui.plain.running import run_plain
from coder.tui.plain.typed_lines import PlainTerminal
from coder.workflows.study.opening import open_study

names = [action.name for action in plain_actions() if action.name != "quit"]
lines = iter([line for name in names for line in (name, "", "", "", "again", "1", f"{name} 1", "", "")])

class Typed(PlainTerminal):
    def read(self, prompt="> "):
        line = next(lines, None)
        if line is None:
            raise EOFError
        return line

study = open_study(Path(sys.argv[1]), "jo")
run_plain(study, "jo", suggestions=False, terminal=Typed())
study.close()
print("loaded:", *sorted({name.split(".")[0] for name in sys.modules} & {"textual"}))
"""


def test_no_command_loads_textual(tmp_path: Path) -> None:
    """Not one, whatever is typed behind it."""
    small_study(tmp_path / "study").close()
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "study")], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1].strip() == "loaded:"
