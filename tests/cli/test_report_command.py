"""`coder report`: which files it writes, what it says, and what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from coder import cli
from coder.workflows.exchange.samples import make_coded_sample
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from pathlib import Path

DAY = ("--date", "2026-11-22")

REPORT = """
import json, sys
from coder import cli
code = cli.main(["report", *sys.argv[1:]])
print(json.dumps(sorted({"sklearn", "torch", "spacy", "pandas", "textual"} & set(sys.modules))))
sys.exit(code)
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the coded sample."""
    study = make_coded_sample(tmp_path_factory.mktemp("study") / "sample", "jo")
    study.close()
    return study.folder


def report(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """Run `coder report`; return its exit code and what it said."""
    code = cli.main(["report", *map(str, arguments)])
    written = capsys.readouterr()
    assert written.out == ""
    return code, written.err


def test_both_files_are_written_here(work: Path, sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a name: report.docx and report.html in this folder; done again, they are replaced."""
    assert report(capsys, sample, "--no-charts", *DAY) == (
        cli.DONE, "report.docx is written.\nreport.html is written.\n"
    )  # fmt: skip
    first = [(work / f"report.{kind}").read_bytes() for kind in ("docx", "html")]
    assert report(capsys, sample, "--no-charts", *DAY) == (
        cli.DONE, "report.docx is replaced.\nreport.html is replaced.\n"
    )  # fmt: skip
    assert [(work / f"report.{kind}").read_bytes() for kind in ("docx", "html")] == first


def test_a_new_process_writes_the_same_bytes(work: Path, sample: Path) -> None:
    """With charts and quotes too; nothing that learns or draws screens is loaded for it."""
    found = []
    for name in ("one", "two"):
        arguments = [sample, "--with-quotes", "2", "--quotes-with", "region", "--out", name, *DAY]
        command = [sys.executable, "-c", REPORT, *map(str, arguments)]
        run = subprocess.run(command, cwd=work, capture_output=True, text=True, check=True)
        assert json.loads(run.stdout) == []
        found.append([(work / f"{name}.{kind}").read_bytes() for kind in ("docx", "html")])
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("wave.html", ["wave.html"]),
        ("wave.DOCX", ["wave.DOCX"]),
        ("wave", ["wave.docx", "wave.html"]),
        ("folder", ["folder/report.docx", "folder/report.html"]),
    ],
)
def test_out_names_one_file_or_both(
    work: Path, sample: Path, capsys: pytest.CaptureFixture[str], name: str, files: list[str]
) -> None:
    """A name with a suffix is one file, one without is both, a folder has both in it."""
    (work / "folder").mkdir()
    code, _ = report(capsys, sample, "--no-charts", "--out", name)
    assert code == cli.DONE
    assert sorted(str(path.relative_to(work)) for path in work.rglob("*.*")) == files


def test_quotes_come_with_a_warning(work: Path, sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are there only if asked for, and whoever asks is told to read them."""
    options = ("--no-charts", "--out", "report.html")
    report(capsys, sample, *options)
    assert "<blockquote>" not in (work / "report.html").read_text("utf-8")
    _, said = report(capsys, sample, "--with-quotes", 1, *options)
    assert "read each before publishing" in said
    text = (work / "report.html").read_text("utf-8")
    assert text.count("<blockquote>") == 15
    assert "read each before publishing" not in text


def test_no_respondent_is_named(work: Path, sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """None of the respondents' ids stands in a report with all it can hold."""
    report(capsys, sample, "--nets", "--with-quotes", 9, "--quotes-with", "region,council_type")
    text = (work / "report.html").read_text("utf-8")
    study = open_study(sample)
    ids = [name for (name,) in study.database.rows("SELECT id FROM respondent")]
    study.close()
    assert len(ids) == 71
    assert [name for name in ids if name in text] == []


def test_options_reach_the_report(work: Path, sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nets have rows, coders are numbered, and what they agree on counts, if asked for."""
    options = ("--no-charts", "--out", "report.html")
    report(capsys, sample, *options)
    plain = (work / "report.html").read_text("utf-8")
    assert ('<tr class="net">' in plain, "coded the answers: jo." in plain) == (False, True)
    assert 'id="findings"' in plain
    report(capsys, sample, "--no-findings", "--nets", "--anonymous", "--coders", "consensus", *options)
    text = (work / "report.html").read_text("utf-8")
    assert 'id="findings"' not in text
    assert '<tr class="net">' in text
    assert "coded the answers: coder 1." in text
    assert "Codings of one coder; a theme counts on an answer if an adjudication chose it" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--out", "report.pdf"), ".docx or .html"),
        (("--with-quotes", "0"), "--with-quotes is 0"),
        (("--quotes-with", "region"), "--with-quotes 3"),
        (("--with-quotes", "2", "--quotes-with", "regoin"), "'region'"),
        (("--date", "22.11.2026"), "2026-11-22"),
    ],
)
def test_what_cannot_be_is_refused(
    work: Path,
    sample: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    words: str,
) -> None:
    """The message says what to write instead, and no file is made."""
    code, said = report(capsys, sample, *arguments)
    assert code == cli.FAILED
    assert words in said
    assert list(work.iterdir()) == []
