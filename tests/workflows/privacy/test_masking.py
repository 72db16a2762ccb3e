"""Masks in what is written out: the study stays as it is."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING

import pytest

from coder.cli import main
from coder.domain.codings import Change, Span, write_spans
from coder.domain.privacy.noted_places import NotedPlace
from coder.domain.texts.text_versions import text_version
from coder.store import log
from coder.store.privacy.place_rows import note_places, note_reviewed
from coder.workflows.coding.journal import write_note
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from pathlib import Path

QUESTION = "What would you change about the service we run for you in your area?"
TEXT = "Ask Priya at the front desk, or Deepika, on 07700 900003 if she is out and it is late"
SURVEY = f'id,Full name,Region,{QUESTION}\n1,Priya Sharma,North,"{TEXT}"\n' + "".join(
    f'{number},Somebody Else,North,"Nothing to say but that the waiting was far too long, part {number}"\n'
    for number in range(2, 6)
)
CODEBOOK = """title: Book
themes:
  - id: desk
    label: Front desk
    definition: Who sits there, such as Priya.
    examples: [ring 07700 900003, or Deepika]
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Make a study whose first answer is coded by the words "desk, or Deepika, on 07700"."""
    survey, codebook = tmp_path / "answers.csv", tmp_path / "book.yaml"
    survey.write_text(SURVEY, encoding="utf-8")
    codebook.write_text(CODEBOOK, encoding="utf-8")
    folder = tmp_path / "study"
    command = ["new", str(folder), "--from", str(survey), "--codebook", str(codebook), "--no-open", "--yes"]
    assert main(command) == 0
    opened = open_study(folder)
    span = Span(TEXT.index("desk,"), TEXT.index(" 900003"))
    with opened.database.transaction():
        coder = opened.database.value("SELECT id FROM person") or "jo"
        changes = [Change(1, "theme", None, write_spans((span,)), "desk"), Change(1, "done", None, "1")]
        log.append(opened.database, coder, "code", changes)
    opened.close()
    return folder


def quoted(capfd: pytest.CaptureFixture[str], *command: str) -> str:
    """Return what a command prints, without Markdown's backslashes."""
    capfd.readouterr()
    assert main([*command]) == 0
    return capfd.readouterr().out.replace("\\[", "[")


def test_quotes_are_masked_until_somebody_has_decided(study: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """What is proved and names of left-out columns are, a guess is not, and a note says why."""
    printed = quoted(capfd, "quotes", str(study), "--format", "md")
    assert "Ask [name] at the front desk, or Deepika, on [phone] if" in printed
    assert "Nobody has yet decided" in printed
    opened = open_study(study)
    with opened.database.transaction():
        note_reviewed(opened.database, "2026-11-29T12:00:00Z")
    opened.close()
    assert TEXT in quoted(capfd, "quotes", str(study), "--format", "md")


@pytest.mark.parametrize(
    ("mask", "wanted"),
    [
        (["--mask"], "Ask [name] at the front desk, or Deepika, on [phone] if"),
        (["--mask", "all"], "Ask [name] at the front desk, or [name], on [phone] if"),
        (["--mask", "none"], TEXT),
    ],
)
@pytest.mark.parametrize("kind", ["md", "csv", "html"])
def test_masks_hold_in_every_format(
    study: Path, capfd: pytest.CaptureFixture[str], mask: list[str], wanted: str, kind: str
) -> None:
    """What is known, guesses too, or nothing; the words quoted are masked, whatever the format."""
    assert wanted in quoted(capfd, "quotes", str(study), "--format", kind, *mask)


def test_marked_words_are_masked_whole(study: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A span that ends within a number grows over its mask; nothing of the number is printed."""
    printed = quoted(capfd, "quotes", str(study), "--format", "md", "--words", "--mask")
    assert "desk, or Deepika, on [phone]" in printed
    assert "07700" not in printed


def test_what_somebody_wants_kept_is_not_masked(study: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A place that was decided to be kept stands, also with --mask all."""
    opened = open_study(study)
    start = TEXT.index("07700")
    with opened.database.transaction():
        note_places(opened.database, {1: [NotedPlace(start, start + 12, "phone", "phone", "keep")]})
    opened.close()
    printed = quoted(capfd, "quotes", str(study), "--format", "md", "--mask", "all")
    assert "[name], on 07700 900003 if" in printed


def test_a_report_masks_its_quotes(study: Path, tmp_path: Path) -> None:
    """The quotes of a report, and its note."""
    out = tmp_path / "report.html"
    assert main(["report", str(study), "--with-quotes", "1", "--out", str(out)]) == 0
    page = out.read_text(encoding="utf-8")
    assert "[phone]" in page
    assert "07700" not in page
    assert "Nobody has yet decided" in page


def test_a_report_masks_its_codebook_and_its_journal(study: Path, tmp_path: Path) -> None:
    """Definitions, examples and notes have the same masked as quotes, and each annex says so."""
    opened = open_study(study)
    write_note(CodingSession(opened, "jo"), "Rang PRIYA on 07700 900003, she says Deepika left.", "study")
    opened.close()
    command = ["report", str(study), "--journal", "--with-quotes", "1", "--out"]
    assert main([*command, str(tmp_path / "known.html")]) == 0
    page = (tmp_path / "known.html").read_text(encoding="utf-8")
    assert "Who sits there, such as [name]." in page
    assert "Rang [name] on [phone], she says Deepika left." in page
    assert "On this annex" in page
    assert not {"Priya", "PRIYA", "07700"} & {*re.findall(r"\w+", page)}
    assert main([*command, str(tmp_path / "all.html"), "--mask", "all"]) == 0
    page = (tmp_path / "all.html").read_text(encoding="utf-8")
    assert "Rang [name] on [phone], she says [name] left." in page
    assert main([*command, str(tmp_path / "none.html"), "--mask", "none"]) == 0
    page = (tmp_path / "none.html").read_text(encoding="utf-8")
    assert "Rang PRIYA on 07700 900003, she says Deepika left." in page
    assert "On this annex" not in page


def test_what_somebody_wants_kept_is_not_masked_in_notes(study: Path, tmp_path: Path) -> None:
    """A word that was decided to be kept in answers stands in notes as well, unless it goes elsewhere."""
    opened = open_study(study)
    start = TEXT.index("Deepika")
    with opened.database.transaction():
        note_places(opened.database, {1: [NotedPlace(start, start + 7, "name", "likely name", "keep")]})
    write_note(CodingSession(opened, "jo"), "So said Deepika and Kieran Oyelaran.", "study")
    opened.close()
    out = tmp_path / "all.html"
    assert main(["report", str(study), "--journal", "--mask", "all", "--out", str(out)]) == 0
    assert "So said Deepika and [name]." in out.read_text(encoding="utf-8")


def test_memos_that_name_somebody_stay_behind(
    study: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A masked file of codings has other memos alone and says so: taken in again it changes none."""
    opened = open_study(study)
    session = CodingSession(opened, "jo")
    session.write_memo(2, "Rang 07700 900003 about it")
    session.write_memo(3, "says nothing new")
    before = opened.database.rows("SELECT response, value FROM mark WHERE aspect = 'memo'")
    opened.close()
    masked = tmp_path / "masked.json"
    capfd.readouterr()
    command = ["codings", "export", str(study), str(masked), "--format", "json"]
    assert main([*command, "--mask"]) == 0
    said = capfd.readouterr().err
    assert "Masked, as [name] or [phone]" in said
    assert "1 memo that gives somebody away stayed behind." in said
    written = json.loads(masked.read_text(encoding="utf-8"))
    assert [mark["value"] for mark in written["marks"] if mark["aspect"] == "memo"] == ["says nothing new"]
    assert main(["codings", "import", str(study), str(masked), "--yes"]) in {0, 1}
    opened = open_study(study)
    assert opened.database.rows("SELECT response, value FROM mark WHERE aspect = 'memo'") == before
    opened.close()


def test_a_masked_file_has_no_digest_of_an_answer_with_the_name(study: Path, tmp_path: Path) -> None:
    """From the name of a text a name in it could be guessed: it is that of the masked text."""
    opened = open_study(study)
    CodingSession(opened, "jo").write_memo(1, "says nothing new")
    opened.close()
    for kind in ("csv", "json", "dataset"):
        masked = tmp_path / f"masked-{kind}"
        assert main(["codings", "export", str(study), str(masked), "--format", kind, "--mask"]) == 0
        assert text_version(TEXT) not in _all_of(masked)
    assert "07700" not in _all_of(tmp_path / "masked-dataset")
    assert "such as [name]" in _all_of(tmp_path / "masked-dataset")


def test_exports_are_masked_on_request(study: Path, tmp_path: Path) -> None:
    """Words of codings and the answers of a dataset, with --mask; else they are the study's own."""
    for kind in ("csv", "json", "dataset"):
        plain, masked = tmp_path / f"plain-{kind}", tmp_path / f"masked-{kind}"
        assert main(["codings", "export", str(study), str(plain), "--format", kind]) == 0
        assert main(["codings", "export", str(study), str(masked), "--format", kind, "--mask"]) == 0
        assert "07700" in _all_of(plain)
        assert "07700" not in _all_of(masked)
        assert "[phone]" in _all_of(masked)


def test_masked_words_are_not_taken_for_those_of_the_study(
    study: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """An import holds masked codings against the text, and places none of them wrongly."""
    masked = tmp_path / "masked.csv"
    assert main(["codings", "export", str(study), str(masked), "--mask"]) == 0
    with masked.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert rows
    before = _spans(study)
    capfd.readouterr()
    main(["codings", "import", str(study), str(masked), "--yes"])
    assert _spans(study) == before


def _all_of(path: Path) -> str:
    paths = sorted(path.iterdir()) if path.is_dir() else [path]
    return "\n".join(one.read_text(encoding="utf-8") for one in paths)


def _spans(folder: Path) -> list[str]:
    opened = open_study(folder)
    spans = [json.dumps(row) for row in opened.database.rows("SELECT response, theme, spans FROM coding")]
    opened.close()
    return spans
