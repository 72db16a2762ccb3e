"""The cache of vectors: what goes in comes out, and a broken file is an error in words."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from coder.errors import CoderError
from coder.store.vectors import VectorStore

if TYPE_CHECKING:
    from pathlib import Path


def test_vectors_by_model_and_text(tmp_path: Path) -> None:
    """Each model has its own; missing ones are left out; any number can be asked for at once."""
    rows = [(number.to_bytes(4, "big"), bytes([number % 256])) for number in range(1200)]
    path = tmp_path / "cache" / "vectors.db"
    with closing(VectorStore(path)) as store:
        store.put("one", rows)
        store.put("other", [(rows[0][0], b"else")])
        store.put("one", rows[:1])
    with closing(VectorStore(path)) as store:
        assert store.get("one", [key for key, _ in rows] + [b"missing"]) == dict(rows)
        assert store.get("other", [key for key, _ in rows]) == {rows[0][0]: b"else"}
        assert store.get("none", []) == {}


def test_a_broken_cache_says_what_to_do(tmp_path: Path) -> None:
    """A file that is no cache is named, and that it may be deleted."""
    path = tmp_path / "vectors.db"
    path.write_bytes(b"broken" * 400)
    with pytest.raises(CoderError, match=r"vectors\.db") as caught:
        VectorStore(path)
    assert "Delete that file" in caught.value.hint


def test_a_cache_that_cannot_be_made(tmp_path: Path) -> None:
    """A folder that cannot be made is an error in words."""
    (tmp_path / "file").write_text("")
    with pytest.raises(CoderError, match="Stored vectors"):
        VectorStore(tmp_path / "file" / "vectors.db")
