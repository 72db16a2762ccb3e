"""What an installed copy of the program has with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and unpack it, as an install does; return the folder."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "installed")
    return folder / "installed"


def test_an_installed_copy_makes_the_sample_study(installed: Path, tmp_path: Path) -> None:
    """`coder demo` finds the sample in the package where there is no checkout."""
    command = [sys.executable, "-m", "coder", "demo", "--no-open", "--dir", str(tmp_path / "sample")]
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert (tmp_path / "sample" / "study.db").is_file()


def test_the_wheel_carries_every_file_of_the_sample(installed: Path) -> None:
    """Each file of the sample is in the package, byte for byte the same."""
    for path in (ROOT / "data" / "pch-2023").iterdir():
        assert (installed / "coder/sample/data/pch-2023" / path.name).read_bytes() == path.read_bytes()


def test_the_wheel_carries_every_module(installed: Path) -> None:
    """Whatever Python, style file or list of words lies in the package is in the wheel."""
    for path in (ROOT / "coder").rglob("*"):
        if path.suffix in {".py", ".tcss", ".txt"}:
            assert (installed / path.relative_to(ROOT)).is_file()
