"""Files as they are read: to their end, and no further than is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.errors import CoderError
from coder.formats.shared.text_in import bytes_of


def test_a_file_that_grows_meanwhile_is_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever size it had when it was looked at, nothing of it is lost, and the limit holds."""
    path = tmp_path / "survey.csv"
    path.write_bytes(b"1234")
    earlier = path.stat()
    path.write_bytes(b"12345678")
    monkeypatch.setattr(Path, "stat", lambda *_, **__: earlier)
    assert bytes_of(path, 8) == b"12345678"
    assert bytes_of(path, 8, start=3) == b"123"
    with pytest.raises(CoderError, match="limit"):
        bytes_of(path, 7)
