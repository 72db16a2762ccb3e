"""What an installed copy of the program has with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    """Build the wheel, as an install does."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return ZipFile(next(folder.glob("*.whl")))


def test_the_wheel_carries_the_sample(wheel: ZipFile) -> None:
    """Each file of the sample is in the wheel, in coder/sample/ and byte for byte the same."""
    files = [ROOT / "codebooks" / "pch-2023.yaml", *(ROOT / "data" / "pch-2023").iterdir()]
    for path in files:
        assert wheel.read(f"coder/sample/{path.name}") == path.read_bytes()


def test_the_wheel_carries_every_module(wheel: ZipFile) -> None:
    """Whatever lies in the package is in the wheel, the screen's styles included."""
    paths = (path for path in (ROOT / "coder").rglob("*") if path.suffix in {".py", ".tcss"})
    assert {str(path.relative_to(ROOT)) for path in paths} <= set(wheel.namelist())
