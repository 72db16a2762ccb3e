"""A field of a theme is added in two files, as CONTRIBUTING says; everything else goes by its description."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import coder

PACKAGE = Path(coder.__file__).parent
CHECKS = Path(__file__).with_name("made_up_fields.py")

ATTRIBUTES = '''\
    guid: str = ""
    when_in_doubt: str = ""
    """What a coder does who cannot decide."""
    source: Literal["answers", "literature"] = "answers"
    """Where the theme comes from."""
'''
DESCRIPTIONS = """\
    _meaning(
        "when_in_doubt", "paragraph", "In doubt",
        is_printed=True, redefines="always", in_sentence="what to do in doubt", form_lines=2,
    ),
    ThemeField("source", "choice", choices=("answers", "literature")),
    ThemeField("status","""


def put_in(path: Path, old: str, new: str) -> None:
    """Put lines into a file of the copy."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def test_two_files_add_a_field(tmp_path: Path) -> None:
    """With two more attributes and their two descriptions, every format, form and comparison has them."""
    copy = tmp_path / "coder"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    put_in(copy / "domain/codebook.py", '    guid: str = ""\n', ATTRIBUTES)
    put_in(copy / "domain/theme_fields.py", '    ThemeField("status",', DESCRIPTIONS)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", str(CHECKS)]
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTEST_ADDOPTS": ""},
    )
    assert done.returncode == 0, done.stdout + done.stderr
