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
from coder.workflows.coding.journal import write_note
from coder.workflows.coding.session import CodingSession
from coder.workflows.privacy.proving import prove
from coder.workflows.privacy.taking_out import plan_removals, take_out
from coder.workflows.privacy.words_in_answers import removals_of
from coder.workflows.study.opening import open_study
from coder.workflows.team.asking_team import ask_team

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
    "behind a line end in JSON": ("a.json", json.dumps({"text": f"ask\n{NAME}\tnow"}).encode()),
    "the same without other escapes": ("a.json", b'{"text": "ask\\n%s\\tnow"}' % NAME.encode()),
    "on two lines in JSON": ("a.json", json.dumps({"text": NAME.replace(" ", "\r\n")}).encode()),
    "in an old code page": ("a.csv", f"id;text\r\nR1;ask {NAME}\r\n".encode("cp1250")),
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


def test_words_at_the_beginning_of_a_line_are_found_in_every_table(clean: Study) -> None:
    """Where a table holds JSON a line end is written as a letter, which is no part of the word behind it."""
    ask_team(clean, "jo", f"Who is this?\n{NAME}", "R1.Q1.1")
    assert "study.db: team_event.content" in {
        standing.where.partition(", row")[0] for standing in prove(clean, [NAME]).standing
    }


@pytest.mark.parametrize(
    ("words", "content"),
    [
        ("Niamh O'Brien", "example: 'ask Niamh O''Brien'"),
        ("jo_smith@example.org", "> ask jo\\_smith@example.org"),
        ("Niamh O'Brien", r'"ask Niamh \x4F\'Brien"'),
        ("Niamh O'Brien", '"ask Niamh O\'\\\n    Brien"'),
        ("Niamh O'Brien", "<p>ask</p><p><b>Ni</b>amh<br>O&#39;Brien</p>"),
    ],
    ids=["YAML in single quotes", "Markdown", "YAML in hexadecimal", "YAML over two lines", "HTML"],
)
def test_words_are_found_as_a_format_writes_them(clean: Study, words: str, content: str) -> None:
    """What a format doubles, escapes, folds or marks up is read as it means."""
    (clean.folder / "file").write_text(content, encoding="utf-8")
    assert not prove(clean, [words]).holds


def test_a_packed_member_hides_no_other(clean: Study) -> None:
    """Of an archive with a PDF in it the members behind that are looked into as well."""
    with zipfile.ZipFile(clean.folder / "all.zip", "w") as archive:
        archive.writestr("a.pdf", b"%PDF-1.7 packed")
        archive.writestr("b.txt", f"ask {NAME}")
    proof = prove(clean, [NAME])
    assert [standing.where for standing in proof.standing] == ["all.zip: b.txt"]
    assert proof.opaque_within == ["all.zip"]


@pytest.mark.parametrize("begin", [b"PAR1", b"$FL2@(#)", b"\xd0\xcf\x11\xe0"], ids=["Parquet", "SPSS", "xls"])
def test_tables_that_part_their_texts_are_no_proof(clean: Study, begin: bytes) -> None:
    """Parquet packs texts, SPSS and the older Excel part them: bytes in a row say nothing."""
    (clean.folder / "table").write_bytes(begin + b"packed")
    assert prove(clean, [NAME]).opaque_within == ["table"]


def test_a_folder_behind_a_link_is_not_passed_over(clean: Study, tmp_path: Path) -> None:
    """What a link leads to is not looked into, which fails the proof; a folder's name counts."""
    (tmp_path / "elsewhere").mkdir()
    (clean.folder / "more").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (clean.folder / NAME).mkdir()
    (clean.folder / NAME / "a.txt").write_text("nothing")
    proof = prove(clean, [NAME])
    assert proof.opaque_within == ["more"]
    assert [standing.where for standing in proof.standing] == [f"{NAME}/a.txt: its name"]


def test_a_part_of_the_words_is_told_as_doubtful(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A memo with the last name alone, a note with some of a passage: told where, deciding nothing."""
    passage = "the only Somali social worker in Kendal"
    texts = (("Ask Priya Sharma", f"We lost {passage}"), ("A will and a shop", "Beds"), ("My will", "Pay"))
    with closing(small_study(tmp_path / "study", texts=texts)) as study:
        session = CodingSession(study, "jo")
        session.write_memo(3, "Mrs Sharma again?")
        session.write_memo(4, "sharma in small letters is some word, and Mrs Shah is another")
        session.write_memo(5, "Will they? Ask nobody.")
        write_note(session, "There was a SOCIAL WORKER, IN Kendal.", "study")
        words = [WordsToTakeOut(text, "other") for text in ("Will Priya Sharma", "Priya Sharma", passage)]
        taken = take_out(study, removals_of(study, words), "jo", words)
        assert [(quoting.where, quoting.passages) for quoting in taken.doubtful] == [
            ("a memo on R2.Q1.1", ("Sharma",)),
            ("the journal", ("SOCIAL WORKER, IN", "WORKER, IN Kendal", "Kendal")),
        ]
        proof = prove(study, ["Will Priya Sharma", passage])
    assert proof.holds
    assert proof.doubtful == [(1, "a memo on R2.Q1.1"), (2, "the journal")]
    assert main(["redact", str(tmp_path / "study"), "--prove", passage]) == 0
    printed = capsys.readouterr().out
    assert "Perhaps still in the study: a part of words 1 in the journal" in printed
    assert "Kendal" not in printed


def test_answers_with_a_part_of_the_words_are_told(tmp_path: Path) -> None:
    """Somebody calls her by the first name alone in another answer."""
    texts = (("Ask Priya Sharma", "Beds"), ("PRIYA is good", "Pay"), ("No priya", "Pay"))
    with closing(small_study(tmp_path / "study", texts=texts)) as study:
        words = [WordsToTakeOut("Priya Sharma", "name")]
        plan = plan_removals(study, removals_of(study, words), words)
        assert [(quoting.where, quoting.text) for quoting in plan.doubtful] == [
            ("answer R2.Q1.1", "PRIYA is good")
        ]


def test_a_key_file_is_written_before_the_words_go(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it cannot be written nothing is taken out; where nothing is taken out there is none."""
    folder, key = tmp_path / "at" / "study", tmp_path / "key.tsv"
    small_study(folder, texts=((f"Ask {NAME}", "Beds"),)).close()
    arguments = ["redact", str(folder), "--take-out", NAME, "--yes", "--key-file"]
    assert main([*arguments, str(tmp_path / "no" / "key.tsv")]) == 1
    key.write_text("of an earlier redaction", encoding="utf-8")
    assert main([*arguments, str(key)]) == 1
    assert "is there already" in capsys.readouterr().err
    key.unlink()

    def refuse(*_: object) -> None:
        assert key.read_text(encoding="utf-8") == f"{NAME}\t[other 1]\n"
        assert key.stat().st_mode & 0o777 == 0o600
        msg = "The disk is full."
        raise CoderError(msg)

    with monkeypatch.context() as patch:
        patch.setattr("coder.cli.privacy.redact_runs.take_out", refuse)
        assert main([*arguments, str(key)]) == 1
    assert not key.exists()
    assert main(["redact", str(folder), "--prove", NAME]) == 3
    assert main([*arguments, str(key)]) == 0
    assert main(["redact", str(folder), "--list", str(key)]) == 0
