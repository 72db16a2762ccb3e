"""What CONTRIBUTING says of adding things is where it says."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def test_every_path_and_name_is_there() -> None:
    """Each path in the guide is a file or folder, and each name in capitals stands in a file it names."""
    section = GUIDE.partition("## How to add ...")[2].partition("\n## ")[0]
    paths = [ROOT / path for path in re.findall(r"`((?:coder|tests)/[\w/.]+)`", section)]
    assert len(paths) >= 7
    assert [str(path) for path in paths if not path.exists()] == []
    files = [file for path in paths for file in ([path] if path.is_file() else path.glob("*.py"))]
    sources = "".join(file.read_text("utf-8") for file in files)
    names = re.findall(r"`([A-Z][A-Z_]{3,})`", section)
    assert len(names) >= 4
    assert [name for name in names if not re.search(rf"\b{name}\b", sources)] == []
