"""The sample study is whole, or not there."""

from __future__ import annotations

import os
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from coder.workflows.exchange import exchanging
from coder.workflows.exchange.samples import make_coded_sample, make_sample

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("is_there", [False, True])
def test_a_sample_that_was_cut_short_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_there: bool
) -> None:
    """Until its codings are in, no folder of its name passes for the coded sample; then it is as ever."""
    folder = tmp_path / "sample"

    def end(*_: object, **__: object) -> None:
        names = [path.name for path in tmp_path.iterdir()]
        assert "sample" not in names
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(exchanging, "import_codings", end)
        with pytest.raises(KeyboardInterrupt):
            make_coded_sample(folder, "jo")
    assert list(tmp_path.iterdir()) == []
    if is_there:
        folder.mkdir()
    with closing(make_coded_sample(folder, "jo")) as study:
        assert study.folder == folder
        assert study.database.value("SELECT COUNT(*) FROM coding") > 0
        assert (folder / "frame.csv").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["sample"]


def test_a_sample_that_was_killed_is_swept(tmp_path: Path) -> None:
    """Whatever a killed one has left, the next one of the same name deletes."""
    with closing(make_sample(tmp_path / "first", "jo")):
        pass
    unfinished = (tmp_path / "first").rename(tmp_path / "sample.0123abcd.part")
    moment = time.time() - 3600
    for path in (*unfinished.iterdir(), unfinished):
        os.utime(path, (moment, moment))
    with closing(make_sample(tmp_path / "sample", "jo")):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["sample"]
