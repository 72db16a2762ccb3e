"""The proof that words stand nowhere in a study any more."""

from __future__ import annotations

import json
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from docx import Document
from making import small_study
from quoted_names import NAME, study_with_name

from coder.cli import main
from coder.domain.privacy.removals import WordsToTakeOut
from coder.errors import CoderError
from coder.workflows.privacy.proving import prove
from coder.workflows.privacy.taking_out import take_out
from coder.workflows.privacy.words_in_answers import removals_of
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

WORDS = [WordsToTakeOut(NAME, "name")]


@pytest.fixture
def clean(tmp_path: Path) -> Iterator[Study]:
    """Make a study from which a name was taken out."""
    with closing(study_with_name(tmp_path / "at" / "study")) as study:
        take_out(study, removals_of(study, WORDS), "jo", WORDS)
        yield study


def test_the_proof_names_every_place(tmp_path: Path) -> None:
    """Before anything is taken out it names tables and files with the words; afterwards it holds."""
    with closing(study_with_name(tmp_path / "at" / "study")) as study:
        proof = prove(study, [NAME])
        assert not proof.holds
        wheres = {standing.where.partition(", row")[0] for standing in proof.standing}
        assert wheres >= {
            *("study.db: response.text", "study.db: change.after", "study.db: mark.value"),
            *("study.db: journal.text", "study.db: team_event.content", "study.db: step.label"),
            *("study.db: codebook_version.source", "study.db: codebook_version.themes"),
            *("study.db: setting.value", "codebook.yaml", "study-before-repair.db"),
        }
        take_out(study, removals_of(study, WORDS), "jo", WORDS)
        assert prove(study, [NAME, NAME.upper(), normalize("NFD", NAME)]).holds


PLANTED = {
    "an export in UTF-8": ("a.csv", f"id,text\nR1,ask {NAME}\n".encode()),
    "in UTF-16": ("a.txt", f"ask {NAME} there".encode("utf-16-le")),
    "in UTF-16 from an odd byte": ("a.bin", b"x" + f"ask {NAME} there".encode("utf-16-be")),
    "apart": ("a.txt", normalize("NFD", f"ask {NAME} there").encode()),
    "escaped as in JSON": ("a.json", json.dumps({"text": f"ask {NAME}"}).encode()),
    "across two pieces": ("a.txt", b"." * (2**22 - 9) + NAME.encode()),
    "in an unknown kind of file": (".cache", b"\0\1\2" + NAME.encode() + b"\0"),
}


@pytest.mark.parametrize(("name", "content"), PLANTED.values(), ids=PLANTED)
def test_words_in_a_file_are_found(clean: Study, name: str, content: bytes) -> None:
    """Whatever the kind of a file in the study and however it is encoded, the proof fails and names it."""
    (clean.folder / name).write_bytes(content)
    proof = prove(clean, ["Tom", NAME])
    assert [(standing.words, standing.where) for standing in proof.standing] == [(2, name)]
    assert not proof.holds


def test_a_name_of_a_file_counts(clean: Study) -> None:
    """A file that is called by the name is found, whatever it holds."""
    (clean.folder / f"{NAME}.txt").write_text("nothing")
    assert [standing.where for standing in prove(clean, [NAME]).standing] == [f"{NAME}.txt: its name"]


def test_words_in_archives_are_found(clean: Study) -> None:
    """It looks into workbooks, documents and bundles, also where words are parted by their look."""
    document = Document()
    paragraph = document.add_paragraph("ask ")
    first, last = NAME.split()
    paragraph.add_run(first[:3])
    paragraph.add_run(first[3:] + " ").bold = True
    paragraph.add_run(last)
    document.save(str(clean.folder / "report.docx"))
    with zipfile.ZipFile(clean.folder / "all.zip", "w") as archive:
        archive.write(clean.folder / "report.docx", "inner/report.docx")
    wheres = {standing.where for standing in prove(clean, [NAME]).standing}
    assert wheres == {"report.docx: word/document.xml", "all.zip: inner/report.docx/word/document.xml"}


def test_what_cannot_be_looked_into_fails_the_proof(clean: Study) -> None:
    """A locked or packed file in the study may hold anything."""
    (clean.folder / "report.pdf").write_bytes(b"%PDF-1.7 packed")
    proof = prove(clean, [NAME])
    assert proof.opaque_within == ["report.pdf"]
    assert not proof.holds


def test_files_beside_the_study_are_told(clean: Study, tmp_path: Path) -> None:
    """Exports beside the study do not fail its proof; they are named, with or without the words."""
    beside = clean.folder.parent
    (beside / "with.csv").write_text(f"ask {NAME}", encoding="utf-8")
    (beside / "without.csv").write_text("ask", encoding="utf-8")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.html").write_text(f"<p>{NAME}</p>", encoding="utf-8")
    proof = prove(clean, [NAME], [tmp_path / "reports"])
    assert proof.holds
    assert [standing.where for standing in proof.outside] == [
        str(beside / "with.csv"), str(tmp_path / "reports" / "a.html"),
    ]  # fmt: skip
    assert proof.exports == [beside / "without.csv"]


def test_git_is_named_as_out_of_reach(clean: Study) -> None:
    """A study in a repository has its codebook's history there."""
    (clean.folder.parent / ".git").mkdir()
    assert "git" in prove(clean, [NAME]).unreachable[0]


def test_too_short_words_are_refused(clean: Study) -> None:
    """An initial stands in any text: a proof of it would be none."""
    with pytest.raises(CoderError, match="too short"):
        prove(clean, ["J"])


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 3 while the words stand, 0 afterwards; a key file is the list of the proof."""
    folder, key = tmp_path / "at" / "study", tmp_path / "key.tsv"
    small_study(folder, texts=((f"Ask {NAME}", "Beds"),)).close()
    assert main(["redact", str(folder), "--prove", NAME]) == 3
    assert main(["redact", str(folder), "--take-out", NAME, "--yes", "--key-file", str(folder / "key")]) == 1
    assert "would lie in the study" in capsys.readouterr().err
    arguments = ["--take-out", NAME, "--kind", "name", "--yes", "--key-file", str(key)]
    assert main(["redact", str(folder), *arguments]) == 0
    assert key.read_text(encoding="utf-8") == f"{NAME}\t[name 1]\n"
    assert key.stat().st_mode & 0o077 == 0
    assert main(["redact", str(folder), "--list", str(key)]) == 0
    printed = capsys.readouterr().out
    assert "none stands anywhere in the study" in printed
    assert NAME not in printed.rpartition("none stands")[2]


def test_an_unfinished_redaction_fails_the_proof(clean: Study) -> None:
    """While something is still to be cleaned, or said to be, nothing is proved."""
    clean.uncleaned = "Redaction not finished: another program is reading."
    assert not prove(clean, [NAME]).holds


def test_the_study_stays_open(clean: Study) -> None:
    """Looking changes nothing: the study is opened and worked on as before."""
    prove(clean, [NAME])
    with closing(open_study(clean.folder, "jo")) as again:
        assert not again.uncleaned
