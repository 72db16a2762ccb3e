"""Masks in what is written out: the study stays as it is."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from coder.cli import main
from coder.domain.codings import Change, Span, write_spans
from coder.domain.privacy.noted_places import NotedPlace
from coder.store import log
from coder.store.privacy.place_rows import note_places, note_reviewed
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from pathlib import Path

QUESTION = "What would you change about the service we run for you in your area?"
TEXT = "Ask Priya at the front desk, or Deepika, on 07700 900003 if she is out and it is late"
SURVEY = f'id,Full name,Region,{QUESTION}\n1,Priya Sharma,North,"{TEXT}"\n' + "".join(
    f'{number},Somebody Else,North,"Nothing to say but that the waiting was far too long, part {number}"\n'
    for number in range(2, 6)
)
CODEBOOK = "title: Book\nthemes:\n  - id: desk\n    label: Front desk\n"


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
