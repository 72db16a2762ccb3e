"""Files on Windows, as far as another system can play it: held by others, read only, of no name there."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from making import small_study

from coder.cli import plain_output
from coder.cli.plain_output import settle_streams
from coder.domain.path_names import unfit_for_windows
from coder.errors import CoderError
from coder.formats.shared.files_out import make_file, replace_file
from coder.formats.shared.folders_out import whole_folder
from coder.store.opening.private_folders import make_private_folder
from coder.tui.kit import path_picker
from coder.tui.kit.path_picker import path_options
from coder.workflows.study.coders import default_coder
from coder.workflows.suggesting import engine

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def _windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the program take the system for Windows."""
    monkeypatch.setattr(sys, "platform", "win32")


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Note pauses instead of making them."""
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    return pauses


def held(times: int, rename: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
    """Return a `Path.replace` that fails so often, as while a scanner has the file open."""
    left = iter(range(times))

    def replace(part: Path, path: Path) -> Path:
        if next(left, None) is not None:
            raise PermissionError(13, "Access is denied")
        return rename(part, path)

    return replace


@pytest.mark.usefixtures("_windows")
def test_a_file_that_is_held_for_a_moment_is_replaced_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    """Scanners open what was just written: it is tried again."""
    monkeypatch.setattr(Path, "replace", held(3, Path.replace))
    replace_file(tmp_path / "table.csv", "a,b\n")
    assert (tmp_path / "table.csv").read_text() == "a,b\n"
    assert pauses == [0.05, 0.1, 0.25]


@pytest.mark.usefixtures("_windows", "pauses")
def test_a_file_that_is_open_in_another_program_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Excel lets nobody replace what it shows: that is told, and nothing is left behind."""
    (tmp_path / "table.csv").write_text("old")
    monkeypatch.setattr(Path, "replace", held(99, Path.replace))
    with pytest.raises(
        CoderError, match=r"table.csv cannot be written: Access is denied\.\nClose it in other"
    ):
        replace_file(tmp_path / "table.csv", "new")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("table.csv", "old")]


@pytest.mark.usefixtures("_windows", "pauses")
def test_an_unfinished_file_that_nobody_may_write_to_is_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes over that from the file it was to replace, and Windows deletes none such."""
    table = tmp_path / "table.csv"
    table.write_text("old")
    table.chmod(0o444)
    unlink = Path.unlink

    def unlink_as_windows(path: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002, RUF100 - as it is
        if path.exists() and not path.stat().st_mode & 0o200:
            raise PermissionError(13, "Access is denied")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink_as_windows)
    monkeypatch.setattr(Path, "replace", held(99, Path.replace))
    with pytest.raises(CoderError, match="cannot be written"):
        replace_file(table, "new")
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


@pytest.mark.usefixtures("_windows")
@pytest.mark.parametrize("name", ["NUL.csv", "a:b.csv", "con", "table. "])
def test_no_file_of_a_device_s_name_is_written(tmp_path: Path, name: str) -> None:
    """What is written to NUL.csv is gone in silence there: the name is refused."""
    for write in (replace_file, make_file):
        with pytest.raises(CoderError, match="can be no file on Windows"):
            write(tmp_path / name, "x")
    with pytest.raises(CoderError, match="can be no file on Windows"), whole_folder(tmp_path / name, []):
        pass
    with pytest.raises(CoderError, match="can be no file on Windows"):
        small_study(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_elsewhere_such_names_are_names(tmp_path: Path) -> None:
    """On Linux and macOS a colon in a name is the user's own business."""
    replace_file(tmp_path / "a:b.csv", "x")
    assert (tmp_path / "a:b.csv").read_text() == "x"


def test_all_files_of_a_study_have_names_that_windows_can_have(tmp_path: Path) -> None:
    """A study that was made on one system is opened on the other."""
    small_study(tmp_path / "study").close()
    assert [path for path in tmp_path.rglob("*") if unfit_for_windows(path)] == []


@pytest.mark.usefixtures("_windows")
def test_a_private_folder_needs_no_locks_of_posix(monkeypatch: pytest.MonkeyPatch) -> None:
    """An open file is the lock there; the folder goes with its owner."""
    monkeypatch.setitem(sys.modules, "fcntl", None)
    folder = make_private_folder()
    assert folder.path.is_dir()
    folder.delete()
    assert not folder.path.exists()


def test_nobody_is_named_and_there_is_no_list_of_users(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python then looks into a module that Windows lacks; the coder is called coder."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setitem(sys.modules, "pwd", None)
    assert default_coder() == "coder"


def test_a_backslash_makes_a_path_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    r"""`C:\surveys` is typed as a path, not searched for as part of a name."""
    typed = "C:\\surveys"
    monkeypatch.setattr(path_picker, "_BETWEEN_FOLDERS", {"/", "\\"})
    assert [option.label for option in path_options(typed, tmp_path, lambda _: [])] == [f"path: {typed}"]


def test_the_engine_is_started_with_a_low_priority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a process cannot lower its own, whoever starts it does; its messages are in UTF-8."""
    monkeypatch.setattr(engine, "_LOW_PRIORITY", 0x4000)
    options: dict[str, Any] = {}
    monkeypatch.setattr(subprocess, "Popen", lambda _command, **given_options: options.update(given_options))
    engine._start_process(tmp_path, "jo", None)
    assert options["creationflags"] == 0x4000
    assert (options["encoding"], options["env"]["PYTHONIOENCODING"]) == ("utf-8", "utf-8")
    assert options["errors"] == "replace"


def test_a_stream_in_an_old_encoding_does_not_end_the_program() -> None:
    """A pipe that Python takes for cp1252 gets UTF-8: a tick, an emoji, half a character."""
    script = (
        "from coder.cli.plain_output import settle_streams, show\nsettle_streams()\nshow(['✓ 🙂 \\ud83d ż'])"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONIOENCODING": "cp1252", "PYTHONPATH": str(Path(plain_output.__file__).parents[2])},
        capture_output=True,
        check=True,
    )
    assert run.stdout.decode("utf-8").startswith("✓ 🙂 ")


def test_a_terminal_in_an_old_encoding_shows_what_it_can(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What it cannot show is a question mark there, not an error."""
    with (tmp_path / "out").open("w", encoding="cp1252", newline="") as stream:
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
        monkeypatch.setattr(sys, "stdout", stream)
        settle_streams()
        sys.stdout.write("✓ é 🙂")
    assert (tmp_path / "out").read_bytes() == "? é ?".encode("cp1252")


@pytest.mark.usefixtures("_windows")
def test_a_line_of_progress_is_wiped_without_control_sequences(monkeypatch: pytest.MonkeyPatch) -> None:
    """Consoles there may show them."""
    monkeypatch.setenv("COLUMNS", "20")
    assert plain_output._erasing() == f"{' ' * 19}\r"
