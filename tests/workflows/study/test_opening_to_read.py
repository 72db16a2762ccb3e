"""A study where nothing can be written is opened to read; it stays byte for byte as it is."""

from __future__ import annotations

import os
import queue
import tempfile
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from making import CODEBOOK
from read_only_places import contents, forbid_writing, study_with_log

from coder.domain.codebook import Codebook
from coder.errors import CoderError, ReadOnlyError
from coder.formats.codebooks.yaml.yaml_text import write_codebook
from coder.store import codings, surveys
from coder.store.vectors import VectorStore
from coder.workflows.coding.session import CodingSession
from coder.workflows.exchange.exchanging import import_codings
from coder.workflows.revising import revising
from coder.workflows.study.checking import check_study, repair_study
from coder.workflows.study.nearby import is_read_only, progress_of
from coder.workflows.study.opening import open_study, refuse_taken
from coder.workflows.study.taking_up import take_up
from coder.workflows.suggesting.engine import SuggestionEngine
from coder.workflows.suggesting.study_service import make_service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.domain.engine_messages import EngineEvent
    from coder.workflows.study.study import Study


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Make a study that can only be read; afterwards its database is as it was, and no copy is left."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("TMPDIR", str(temporary))
    study = study_with_log(tmp_path / "study")
    forbid_writing(monkeypatch, study)
    before = contents(study)
    yield study
    after = contents(study)
    assert after.keys() == before.keys()
    assert all(after[name] == before[name] for name in before if name.startswith("study.db"))
    assert not list(temporary.iterdir())


def renamed(codebook: Codebook) -> str:
    """Return the codebook with another label for a theme that is used: an edit that is taken up at once."""
    themes = [
        theme if theme.id != "pay" else theme.__class__("pay", "Wages", parent="people") for theme in codebook
    ]
    return write_codebook(Codebook(tuple(themes), title=codebook.title))


def test_it_says_that_it_is_read_only(folder: Path) -> None:
    """The study knows it; what is coded in its log is there."""
    with closing(open_study(folder)) as study:
        assert study.read_only
        assert study.folder == folder
        assert CodingSession(study, "jo").standing(3).theme_ids == ("beds",)
    assert is_read_only(folder)
    assert progress_of(folder, "jo") == (0, 5)
    assert check_study(folder) == []


def test_a_study_that_can_be_written_is_not(tmp_path: Path) -> None:
    """An ordinary study is opened as ever."""
    with closing(open_study(study_with_log(tmp_path / "study"))) as study:
        assert not study.read_only
        CodingSession(study, "jo").toggle(2, "pay")


def test_what_changes_it_is_refused_at_once(folder: Path, tmp_path: Path) -> None:
    """Coding, undo, codings from a file, revisions and repairs: each says so, and nothing is changed."""
    with closing(open_study(folder)) as study:
        session = CodingSession(study, "jo")
        for change in (
            lambda: session.toggle(1, "money"),
            lambda: session.confirm(1),
            lambda: session.toggle_flag(1),
            lambda: session.write_memo(1, "why"),
            session.undo,
            lambda: import_codings(study, tmp_path / "no such file.csv"),
            lambda: revising.apply(study, revising.plan(study, revising.begin(study).retire("beds")), "jo"),
            lambda: repair_study(folder),
        ):
            with pytest.raises(ReadOnlyError, match="This study is read only"):
                change()
        assert len(list(codings.all_codings(study.database, "jo"))) == 3


def test_codings_of_a_file_can_be_checked(folder: Path, tmp_path: Path) -> None:
    """A dry run counts what an import would do."""
    file = tmp_path / "codings.csv"
    file.write_text("response_id,theme\nR1.Q1.2,Pay\n")
    with closing(open_study(folder)) as study:
        assert import_codings(study, file, adds_people=True, dry_run=True).added == 1


def test_an_edited_codebook_is_told_and_not_taken_up(folder: Path) -> None:
    """Themes are those of the version in use, whatever the file says; it stays as it is."""
    (folder / "codebook.yaml").write_text(renamed(CODEBOOK), encoding="utf-8")
    with closing(open_study(folder)) as study:
        assert study.edits_wait
        assert study.codebook.label("pay") == "Pay"
        take_up(study, "jo")
        assert study.version == 1
    assert "Wages" in (folder / "codebook.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("source", ["themes: [", "", b"\xff\xfe\x00"], ids=["a fault", "empty", "no text"])
def test_a_codebook_with_faults_does_not_keep_anybody_from_reading(folder: Path, source: str | bytes) -> None:
    """What cannot be mended there is told, and the version in use is read."""
    (folder / "codebook.yaml").write_bytes(source if isinstance(source, bytes) else source.encode())
    with closing(open_study(folder)) as study:
        assert study.edits_wait
        assert study.codebook.label("pay") == "Pay"


def test_a_codebook_as_it_is_in_use(folder: Path) -> None:
    """Nothing is told of a file that is the version in use."""
    with closing(open_study(folder)) as study:
        assert not study.edits_wait


def test_an_edited_list_of_non_responses_counts(folder: Path) -> None:
    """What study.toml says is no answer is none, as it would be where the study can be written to."""
    path = folder / "study.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('    "n/a",\n', '    "Beds",\n'), encoding="utf-8"
    )
    with closing(open_study(folder)) as study:
        answers = {response.text for response in surveys.all_responses(study.database) if response.answered}
        assert "n/a" in answers
        assert "Beds" not in answers


def test_the_engine_leaves_nothing_in_the_study(folder: Path) -> None:
    """Vectors are kept in the private folder, which goes with the study."""
    with closing(open_study(folder)) as study:
        notices: list[str] = []
        service = make_service(study, "jo", notices.append)
        assert service.rank([2])
        assert study.database.copy is not None
        assert (study.database.copy.path / "vectors.db").exists()
        assert not [notice for notice in notices if "vectors" in notice]


def test_vectors_that_the_study_has_are_read(folder: Path) -> None:
    """Texts that were embedded before need not be embedded anew."""
    cache = VectorStore(folder.parent / "cache" / "vectors.db")
    cache.put("model", [(b"hash", b"vector")])
    cache.close()
    (folder.parent / "cache").rename(folder / "cache")
    with closing(open_study(folder)) as study:
        make_service(study, "jo", lambda _: None)
        assert study.database.copy is not None
        copy = VectorStore(study.database.copy.path / "vectors.db")
        assert copy.get("model", [b"hash"]) == {b"hash": b"vector"}
        copy.close()
    for path in (folder / "cache").iterdir():
        path.unlink()
    (folder / "cache").rmdir()


def events_of(study: Study, copy: Path | None) -> list[EngineEvent]:
    """Return the first event of the engine's process."""
    events: queue.SimpleQueue[EngineEvent] = queue.SimpleQueue()
    engine = SuggestionEngine(study.folder, "jo", events.put, copy)
    engine.start()
    try:
        return [events.get(timeout=60)]
    finally:
        engine.stop()


def test_the_engines_process_reads_the_copy_of_the_screens(folder: Path) -> None:
    """It is given the private folder, makes none of its own, and leaves that one to the screen."""
    with closing(open_study(folder)) as study:
        private = study.database.copy
        assert private is not None
        (first,) = events_of(study, private.path)
        assert type(first).__name__ == "EngineReady"
        assert private.path.is_dir()
        assert list(private.path.parent.iterdir()) == [private.path]


def test_a_new_study_where_nothing_can_be_written(folder: Path) -> None:
    """It is said before anything is read."""
    with pytest.raises(CoderError, match=f"{folder} is read only") as caught:
        refuse_taken(folder / "new" / "study")
    assert "another place" in caught.value.hint


def test_leftovers_are_left(folder: Path) -> None:
    """An unfinished file in the folder of such a study is nobody's to delete."""
    leftover = folder / "codebook.yaml.1a2b3c4d.part"
    leftover.touch()
    os.utime(leftover, (1, 1))
    open_study(folder).close()
    assert leftover.exists()
    leftover.unlink()
