"""The program at work where Python has nothing that only POSIX systems have, its child processes included."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

import coder

HERE = Path(__file__).parent
ROWS = [("id", "Why"), ("1", "Too few staff here"), ("2", "The money went — ✓ 🙂")]
START = """
import sys
from pathlib import Path
from sitecustomize import hide
# Textual has a part for each system: the one for this system is loaded before.
hide("textual.app", "textual.drivers.linux_driver")
sys.path.insert(0, sys.argv[1])
from main_paths import run
run(Path(sys.argv[2]))
"""


@pytest.mark.slow
def test_the_main_paths_need_nothing_of_posix_alone(tmp_path: Path) -> None:
    """Import by the guarded reader, coding, tables, a report, checks, the engine and locks all work."""
    with xlsxwriter.Workbook(tmp_path / "survey.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        for row, cells in enumerate(ROWS):
            sheet.write_row(row, 0, cells)
    path = os.pathsep.join([str(HERE / "hidden"), str(Path(coder.__file__).parents[1])])
    run = subprocess.run(
        [sys.executable, "-c", START, str(HERE), str(tmp_path)],
        env=os.environ | {"PYTHONPATH": path, "PYTHONWARNINGS": "default"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=110,
        check=False,
    )
    assert run.stdout.rstrip().endswith("ALL DONE"), run.stderr
    assert (run.returncode, (tmp_path / "tables.csv").exists()) == (0, True)
