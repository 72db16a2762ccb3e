"""Packs and bundles that are locked with a passphrase: made, opened, and refused."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from study_copies import copies

from coder import cli
from coder.domain.codings import Change
from coder.errors import CoderError
from coder.formats.bundles.locked_files import locked, unlocked
from coder.store import log
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "four words drawn at random"


def run(monkeypatch: pytest.MonkeyPatch, typed: str, *arguments: str) -> int:
    """Run a command on copies, with something on its input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    return cli.main(["team", *arguments])


@pytest.fixture
def lead(tmp_path: Path) -> Path:
    """Make a study of ten answers with sam in its team; return its folder."""
    for study in copies(tmp_path, "a"):
        study.close()
    assert cli.main(["team", "add", "sam", "--study", str(tmp_path / "a")]) == cli.DONE
    return tmp_path / "a"


def test_a_locked_pack_goes_there_and_a_locked_bundle_back(
    lead: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither tells anything without its passphrase, and with it both are what they would be unlocked."""
    sam, file, typed = str(tmp_path / "sam"), tmp_path / "file.coderbundle", f"{WORDS}\n"
    assert run(monkeypatch, typed, "pack", str(lead), "sam", "--to", str(file), "--passphrase") == cli.DONE
    assert file.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert b"bundle.json" not in file.read_bytes()
    assert run(monkeypatch, typed, "open", str(file), "--dir", sam) == cli.DONE
    with closing(open_study(tmp_path / "sam")) as study, study.database.transaction():
        log.append(study.database, "sam", "+ Beds", [Change(1, "theme", None, "", "beds")])
    sending = ["send", sam, "--to", str(file), "--by", "sam", "--passphrase"]
    assert run(monkeypatch, typed, *sending) == cli.DONE
    assert run(monkeypatch, typed, "receive", str(lead), str(file), "--yes") == cli.DONE
    with closing(open_study(lead)) as study:
        assert study.database.value("SELECT COUNT(*) FROM coding") == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("another passphrase\n", "the passphrase is another one, or the file is damaged"),
        ("", "no terminal on which to ask for the passphrase"),
    ],
)
def test_without_its_passphrase_nothing_is_taken(
    lead: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    typed: str, told: str,
) -> None:  # fmt: skip
    """The message says what it may be, and no study is begun."""
    file = str(tmp_path / "file.coderbundle")
    assert run(monkeypatch, f"{WORDS}\n", "pack", str(lead), "sam", "--to", file, "--passphrase") == cli.DONE
    assert run(monkeypatch, typed, "open", file, "--dir", str(tmp_path / "sam")) == cli.FAILED
    assert told in capsys.readouterr().err
    assert not (tmp_path / "sam").exists()


def test_a_passphrase_that_is_guessed_is_refused(
    lead: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No file is written with it."""
    file = tmp_path / "file.coderbundle"
    sending = ["send", str(lead), "--to", str(file), "--passphrase"]
    assert run(monkeypatch, "secret\n", *sending) == cli.FAILED
    assert "has 6 signs" in capsys.readouterr().err
    assert not file.exists()


def test_a_damaged_file_is_one_error(tmp_path: Path) -> None:
    """Cut short, changed in the middle, or of that kind by its first line alone."""
    content = locked(b"what it holds" * 500, WORDS)
    changed = bytearray(content)
    changed[-20] ^= 1
    for damaged in (content[:-5], bytes(changed), content[:60], content[:22]):
        with pytest.raises(CoderError, match="does not open"):
            unlocked(tmp_path / "file", damaged, WORDS)


def test_a_file_that_asks_for_hours_of_work_is_refused_at_once(tmp_path: Path) -> None:
    """Whoever made the file chose how dear it is to open: 2 to the 30 would take hours, and a terabyte."""
    content = re.sub(rb"(-> scrypt \S+) \d+", rb"\1 30", locked(b"x", WORDS))
    with pytest.raises(CoderError, match="does not open"):
        unlocked(tmp_path / "file", content, WORDS)


def test_what_is_not_locked_needs_no_passphrase(tmp_path: Path) -> None:
    """It is read as ever, and nothing is asked."""
    assert unlocked(tmp_path / "file", b"PK", "") == b"PK"
    with pytest.raises(CoderError, match="is locked with a passphrase"):
        unlocked(tmp_path / "file", locked(b"PK", WORDS), "")


@pytest.mark.skipif(os.name != "posix", reason="terminals of this kind")
def test_on_a_terminal_it_is_asked_for_twice_and_not_shown(lead: Path, tmp_path: Path) -> None:
    """Two that differ write nothing."""
    import pty

    for second, code in ((WORDS, cli.DONE), ("four words drawn at rendom", cli.FAILED)):
        keyboard, terminal = pty.openpty()
        file = tmp_path / f"{code}.coderbundle"
        sending = ["send", str(lead), "--to", str(file), "--passphrase"]
        with subprocess.Popen(
            [sys.executable, "-m", "coder", "team", *sending],
            stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True,
        ) as program:  # fmt: skip
            os.close(terminal)
            shown = b""
            for question, typed in ((b"nothing is shown): ", WORDS), (b"Once more: ", second)):
                while question not in shown:
                    shown += os.read(keyboard, 1000)
                os.write(keyboard, f"{typed}\n".encode())
            try:
                while read := os.read(keyboard, 1000):
                    shown += read
            except OSError:
                pass
            assert program.wait(60) == code
        os.close(keyboard)
        assert WORDS.encode() not in shown
        assert file.exists() == (code == cli.DONE)
