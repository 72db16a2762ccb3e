"""Making a study leaves a whole one or nothing; opening it takes up what people edited."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from making import CODEBOOK, small_study

from coder.domain.codebook import Codebook, Theme
from coder.domain.grammar import listed
from coder.domain.responses import Question, Respondent, Response, Survey
from coder.domain.study_settings import Settings
from coder.errors import CancelledError, CoderError
from coder.formats.codebooks.yaml.yaml_text import write_codebook
from coder.formats.shared.conflict_marks import conflict_in
from coder.formats.shared.files_out import replace_file
from coder.store import checks, codebook_versions, surveys
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.coders import default_coder
from coder.workflows.study.opening import create_study, is_study, open_study
from coder.workflows.study.taking_up import take_up

if TYPE_CHECKING:
    from pathlib import Path

    from coder.workflows.study.study import Study

STAGES = {
    "the database": "coder.store.database.Database.create",
    "the answers": "coder.store.surveys.add_survey",
    "the codebook": "coder.store.codebook_versions.add_version",
    "the time": "coder.store.log.utc_now",
    "the files": "coder.workflows.study.opening.make_file",
    "the settings": "coder.workflows.study.opening.write_settings",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with an open-able small study."""
    study = small_study(tmp_path / "study")
    CodingSession(study, "jo").toggle(1, "pay")
    study.close()
    return study.folder


PAY = Theme("pay", "Money in hand", parent="people")


def edit(folder: Path, *themes: Theme) -> None:
    """Write another codebook into the study's folder."""
    (folder / "codebook.yaml").write_text(write_codebook(Codebook(themes, title="Edited")), encoding="utf-8")


def versions(study: Study) -> int:
    """Return how many versions of the codebook the study has had."""
    found = codebook_versions.latest_version(study.database)
    return found.number if found else 0


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("error", [OSError("disk on fire"), KeyboardInterrupt(), CoderError("no")])
@pytest.mark.parametrize("there", [False, True])
def test_a_failure_at_any_stage_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str, error: BaseException, there: bool
) -> None:
    """Whatever fails, and when, the folders that were made are gone and one that was there is empty."""
    folder = tmp_path / "new" / "study"
    if there:
        folder.mkdir(parents=True)

    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(STAGES[stage], fail)
    with pytest.raises(type(error)):
        small_study(folder)
    left = sorted(tmp_path.rglob("*"))
    assert left == ([tmp_path / "new", folder] if there else [])


def test_a_failure_after_files_were_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the last file cannot be written, the first and the database go too."""

    def fail_late(path: Path, text: str) -> None:
        replace_file(path, text)
        if path.name == "study.toml":
            msg = "The disk is full."
            raise CoderError(msg)

    monkeypatch.setattr(STAGES["the files"], fail_late)
    with pytest.raises(CoderError, match="full"):
        small_study(tmp_path / "study")
    assert list(tmp_path.iterdir()) == []


def test_what_somebody_else_puts_there_is_kept(tmp_path: Path) -> None:
    """A failed import takes away its own files alone."""
    source = write_codebook(CODEBOOK)
    respondents = [Respondent("R1")]
    survey = Survey([Question("Q1")], (), respondents, [Response(1, "R1.Q1", "R1", "Q1", 1, "Pay")])

    def meddle(*_: int | None) -> None:
        (tmp_path / "study" / "notes.txt").write_text("mine")
        raise CancelledError

    with pytest.raises(CancelledError):
        create_study(tmp_path / "study", Settings("S"), survey, source, "jo", meddle)
    assert [path.name for path in (tmp_path / "study").iterdir()] == ["notes.txt"]


def test_a_codebook_with_a_fault_makes_no_study(tmp_path: Path) -> None:
    """The codebook is read before anything is written."""
    with pytest.raises(CoderError, match="codebook"):
        create_study(tmp_path / "study", Settings("S"), Survey((), (), (), ()), "themes: [{label: x", "jo")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_use_is_never_overwritten(tmp_path: Path) -> None:
    """A folder that holds something, or a file of that name, stays as it is."""
    (tmp_path / "study").mkdir()
    (tmp_path / "study" / "thesis.txt").write_text("mine")
    for folder, reason in ((tmp_path / "study", "not empty"), (tmp_path / "study/thesis.txt", "is a file")):
        with pytest.raises(CoderError, match=reason):
            small_study(folder)
    assert (tmp_path / "study" / "thesis.txt").read_text() == "mine"


@pytest.mark.parametrize(
    "names",
    [
        ("study.db",),
        ("study.db", "study.db-journal"),
        ("codebook.yaml", "study.db"),
        ("study.db", "study.toml.1a2b3c4d.part"),
    ],
)
def test_what_a_killed_program_leaves_is_told_from_a_folder_in_use(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    """A study whose making was cut short is called that, with what to delete; nothing of it is touched."""
    folder = tmp_path / "study"
    small_study(folder).close()
    for path in folder.iterdir():
        if path.name not in names:
            path.unlink()
    for name in names:
        (folder / name).touch()
    with pytest.raises(CoderError, match=r"not finished: it has no study\.toml") as caught:
        small_study(folder)
    assert caught.value.hint.startswith(f"Delete {listed(sorted(names))} there and try again")
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(CoderError, match="not empty"):
        small_study(folder)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A path through a file is an error in words."""
    (tmp_path / "file").write_text("")
    with pytest.raises(CoderError, match="cannot be made"):
        small_study(tmp_path / "file" / "study")


def test_a_new_study_is_whole(tmp_path: Path) -> None:
    """A study made in an empty folder is whole, and opens as it was made."""
    (tmp_path / "study").mkdir()
    made = small_study(tmp_path / "study")
    made.close()
    assert is_study(made.folder)
    opened = open_study(made.folder)
    assert (opened.settings, opened.codebook) == (made.settings, made.codebook)
    assert checks.faults(opened.database) == []
    assert versions(opened) == 1
    opened.close()
    assert sorted(path.name for path in made.folder.iterdir()) == ["codebook.yaml", "study.db", "study.toml"]


def test_a_large_import(tmp_path: Path) -> None:
    """A hundred thousand answers go in and can be coded."""
    study = small_study(tmp_path / "study", texts=[(f"Answer {place}",) for place in range(100_000)])
    assert study.database.value("SELECT COUNT(*) FROM response") == 100_000
    CodingSession(study, "jo").toggle(100_000, "pay")
    study.close()


def test_the_codebooks_note_outlives_the_first_session(tmp_path: Path) -> None:
    """What the codebook says to its readers is there when the study is opened again."""
    study = small_study(tmp_path / "study", codebook=replace(CODEBOOK, note="Invented."))
    study.close()
    opened = open_study(study.folder)
    assert opened.codebook.note == "Invented."
    opened.close()


def test_an_edited_codebook_is_a_new_version(folder: Path) -> None:
    """An edit is taken up once, under the name of who opens the study; new codings refer to it."""
    edit(folder, Theme("people", "People", codable=False), PAY, Theme("new", "New"))
    for _ in range(2):
        study = open_study(folder, "sam")
        latest = codebook_versions.latest_version(study.database)
        assert latest is not None
        assert (latest.number, latest.coder_id) == (2, "sam")
        assert study.codebook.label("pay") == "Money in hand"
        study.close()
    study = open_study(folder)
    CodingSession(study, "jo").toggle(2, "new")
    assert study.database.rows("SELECT codebook FROM step ORDER BY number") == [(1,), (2,)]
    study.close()


@pytest.mark.parametrize("change", ["\ufeff{}", "{}\n# note\n"])
def test_a_codebook_from_any_editor_is_taken_up_once(folder: Path, change: str) -> None:
    """A byte-order mark, Windows line ends or a comment: no error, and one version at the most."""
    path = folder / "codebook.yaml"
    path.write_text(change.format(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\r\n")
    for _ in range(2):
        study = open_study(folder)
        assert study.codebook.themes == CODEBOOK.themes
        assert versions(study) == 2
        study.close()


@pytest.mark.parametrize(
    "themes",
    [
        (Theme("staff", "Staff"),),
        (Theme("pay", "Pay"),),
        (Theme("people", "People", codable=False), Theme("pay", "Pay", "Not what it was", parent="people")),
    ],
    ids=["a used theme deleted", "moved out of its net", "redefined"],
)
def test_edits_that_concern_codings_wait(folder: Path, themes: tuple[Theme, ...]) -> None:
    """The study opens with the codebook in use; the file stays as it was typed."""
    edit(folder, Theme("people", "People", codable=False), replace(PAY, definition="What it was"))
    open_study(folder).close()
    edit(folder, *themes)
    typed = (folder / "codebook.yaml").read_text(encoding="utf-8")
    study = open_study(folder)
    assert study.edits_wait
    assert study.codebook.by_id["pay"].definition == "What it was"
    assert versions(study) == 2
    assert (folder / "codebook.yaml").read_text(encoding="utf-8") == typed
    study.close()


def test_edits_that_concern_no_coding_are_taken_up(folder: Path) -> None:
    """A first definition, a retired theme, an unused one deleted: no number changes."""
    defined = replace(PAY, definition="What people earn", status="retired", keywords=("pay",))
    edit(folder, Theme("people", "People", codable=False), defined)
    study = open_study(folder)
    assert not study.edits_wait
    assert study.codebook.by_id["pay"].definition == "What people earn"
    study.close()


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"\xff\xfe\x00", "not UTF-8"), (b"themes: [", "codebook.yaml"), (b"themes:\n- id: a\n", "label")],
)
def test_a_codebook_with_a_fault_waits(folder: Path, content: bytes, reason: str) -> None:
    """The version in use serves, what is wrong with the file is said, and the file stays as it is."""
    (folder / "codebook.yaml").write_bytes(content)
    study = open_study(folder)
    assert reason in study.differing_file
    assert "version 1 of the codebook is in use" in study.differing_file
    assert "pay" in study.codebook
    assert (versions(study), study.codebook_path.read_bytes()) == (1, content)
    study.close()


def test_lines_that_wait_to_be_merged_are_named_as_such(folder: Path) -> None:
    """Git's marks do not stop a study; mended, the file is taken up."""
    path = folder / "codebook.yaml"
    text = path.read_text(encoding="utf-8")
    ours, theirs = "    definition: What is earned\n", "    definition: Wages\n"
    line = text[: text.index("label: Pay\n")].count("\n") + 2
    marked = f"label: Pay\n<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> sam\n"
    path.write_text(text.replace("label: Pay\n", marked), encoding="utf-8")
    study = open_study(folder)
    assert f"codebook.yaml:{line}:1: Two versions of lines {line} to {line + 4}" in study.differing_file
    path.write_text(text.replace("label: Pay\n", f"label: Pay\n{ours}"), encoding="utf-8")
    take_up(study, "sam")
    assert (study.differing_file, study.codebook.by_id["pay"].definition) == ("", "What is earned")
    study.close()


@pytest.mark.parametrize(
    "text", ["a\n=======\nb\n", "<<<<<<< HEAD\na\n", ">>>>>>> x\n=======\n<<<<<<< y\n", ""]
)
def test_marks_alone_are_no_conflict(text: str) -> None:
    """Only a beginning, a middle and an end, in this order, are one."""
    assert conflict_in(text) is None


def test_settings_that_wait_to_be_merged_are_refused(folder: Path) -> None:
    """There is no earlier version of study.toml that could serve."""
    path = folder / "study.toml"
    path.write_text(f"<<<<<<< a\ntitle = 'A'\n||||||| b\n=======\n>>>>>>> c\n{path.read_text()}")
    with pytest.raises(CoderError, match="lines 1 to 5 are waiting to be merged"):
        open_study(folder)


def test_missing_files_are_named(folder: Path) -> None:
    """A study that lacks a file says which."""
    for name in ("codebook.yaml", "study.db", "study.toml"):
        (folder / name).unlink()
        if name == "codebook.yaml":
            study = open_study(folder)
            assert "codebook.yaml is missing." in study.differing_file
            study.close()
        else:
            with pytest.raises(CoderError, match=r"study\.db|study\.toml"):
                open_study(folder)


def test_an_edited_list_of_non_responses_is_taken_up(folder: Path) -> None:
    """Texts put on the list are no answers from the next opening on."""
    path = folder / "study.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('    "n/a",\n', '    "Beds",\n'), encoding="utf-8")
    for _ in range(2):
        study = open_study(folder)
        answers = {r.text for r in surveys.all_responses(study.database) if r.answered}
        assert "n/a" in answers
        assert "Beds" not in answers
        study.close()


def test_a_failed_opening_lets_go_of_the_database(folder: Path) -> None:
    """After an error the database can be opened by others, and no trace of the attempt is left."""
    (folder / "codebook.yaml").unlink()
    with sqlite3.connect(folder / "study.db") as connection:
        connection.execute("DELETE FROM codebook_version")
    connection.close()
    with pytest.raises(CoderError, match="no codebook"):
        open_study(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["study.db", "study.toml"]


def test_somebody_always_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system knows no name, the coder is called so."""
    assert default_coder()

    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr("getpass.getuser", nobody)
    assert default_coder() == "coder"
