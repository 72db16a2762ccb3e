"""The data-flow statement: what it counts, who can read what, and that no answer stands in it."""

from __future__ import annotations

import io
import os
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import docx
import pytest

from coder import cli
from coder.domain.team.sight import Sight
from coder.formats.privacy.docx import statement_docx
from coder.formats.privacy.markdown import statement_markdown
from coder.store import surveys
from coder.workflows.exchange.samples import make_coded_sample
from coder.workflows.reporting.data_flow import data_flow
from coder.workflows.reporting.study_files import study_files
from coder.workflows.study.opening import open_study
from coder.workflows.suggesting import download_consent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.domain.privacy.data_flows import DataFlow, DataFlowPart
    from coder.workflows.study.study import Study

DAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the coded sample; return its folder."""
    folder = tmp_path_factory.mktemp("privacy") / "sample"
    make_coded_sample(folder, "jo").close()
    return folder


@pytest.fixture
def study(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    """Open the coded sample, for a user without settings."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with closing(open_study(sample, "jo")) as opened:
        yield opened


def part(statement: DataFlow, title: str) -> DataFlowPart:
    """Return the part whose title begins so."""
    return next(one for one in statement.parts if one.title.startswith(title))


def test_what_is_held_is_counted(study: Study) -> None:
    """71 councils, 9 attributes, 459 reference codings by one person: the figures of the sample."""
    grid = part(data_flow(study, DAY), "What is held").grid
    assert grid is not None
    numbers = {what: number for what, number, _ in grid.rows}
    assert numbers["councils"] == "71"
    assert numbers["Attributes"] == "9"
    assert numbers["Codings that stand"] == "459"
    assert numbers["People who code"] == "1"


def test_nothing_of_an_answer_stands_in_it(study: Study) -> None:
    """Neither in Markdown nor in Word: it goes to people who are not to read answers."""
    statement = data_flow(study, DAY)
    document = docx.Document(io.BytesIO(statement_docx(statement)))
    word = "\n".join(
        [paragraph.text for paragraph in document.paragraphs]
        + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    )
    assert "SYNTHETIC SAMPLE" in word
    for answer in surveys.all_responses(study.database):
        if len(answer.text) > 15:
            assert answer.text not in word
            assert answer.text not in statement_markdown(statement)


def test_it_counts_all_whoever_is_blind(study: Study) -> None:
    """Somebody in a blind round sees their own codings alone; the statement is of what is stored."""
    whole = part(data_flow(study, DAY), "What is held")
    study.database.sight = Sight("sam", ("r1",))
    assert part(data_flow(study, DAY), "What is held") == whole


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind")
@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "told"),
    [
        (0o700, 0o644, "{me}"),
        (0o755, 0o600, "{me}"),
        (0o750, 0o644, "{me} and the group"),
        (0o755, 0o640, "{me} and the group"),
        (0o755, 0o644, "everybody on this machine"),
        (0o711, 0o644, "everybody on this machine"),
    ],
)
def test_who_can_read_a_file_is_said_by_it_and_its_folders(
    tmp_path: Path, folder_mode: int, file_mode: int, told: str
) -> None:
    """Whoever cannot get through a folder cannot read what is in it, however open that is."""
    import pwd

    me = pwd.getpwuid(os.getuid()).pw_name
    inner = tmp_path / "study" / "cache"
    inner.mkdir(parents=True)
    (inner / "vectors.db").write_bytes(b"")
    (inner / "vectors.db").chmod(file_mode)
    inner.chmod(0o755)
    (tmp_path / "study").chmod(folder_mode)
    (file,) = study_files(tmp_path / "study")
    assert file.name == "cache/vectors.db"
    assert "embeddings" in file.holds
    assert file.readers.startswith(told.format(me=me))
    assert ("group" in file.readers) == ("group" in told)


def test_what_somebody_put_there_is_named_as_such(sample: Path, study: Study) -> None:
    """An export in the study's folder holds answers too."""
    (sample / "quotes for Ann.csv").write_text("x", "utf-8")
    files = {file.name: file.holds for file in study_files(sample, ["frame.csv"])}
    assert files["quotes for Ann.csv"].startswith("not one of the study's own")
    assert files["frame.csv"] == "how many were asked, for response rates"
    assert "answers" in files["study.db"]
    assert "quotes for Ann.csv" in statement_markdown(data_flow(study, DAY))


@pytest.mark.parametrize(
    ("model", "allowed", "agreed", "told"),
    [
        ("default", True, None, "nothing is fetched"),
        ("acme/model", False, None, "It is not fetched"),
        ("acme/model", True, None, "has not been asked yet"),
        ("acme/model", True, False, "has refused"),
        ("acme/model", True, True, "has agreed"),
    ],
)
def test_a_model_from_outside_is_told(
    study: Study, model: str, allowed: bool, agreed: bool | None, told: str
) -> None:
    """It is the one thing for which a connection is made, and no answer goes with it."""
    study.settings = replace(study.settings, model=model, allow_download=allowed)
    if agreed is not None:
        download_consent.decide(model, agreed=agreed)
    assert told in " ".join(part(data_flow(study, DAY), "What leaves").paragraphs)


def test_the_last_day_is_told(study: Study) -> None:
    """And where none is stated, that."""
    assert "No last day is stated" in part(data_flow(study, DAY), "How long").paragraphs[0]
    study.settings = replace(study.settings, retain_until="2030-12-31")
    assert "until 2030-12-31" in part(data_flow(study, DAY), "How long").paragraphs[0]


def test_the_command_writes_both_formats(
    sample: Path, work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Markdown to stdout, Word to a file; two equal runs give equal files."""
    assert cli.main(["privacy", str(sample), "--date", "2026-11-29"]) == cli.DONE
    assert capsys.readouterr().out.startswith("# What is stored of whom")
    for name in ("a.docx", "b.docx"):
        assert cli.main(["privacy", str(sample), "--out", name, "--date", "2026-11-29"]) == cli.DONE
    assert (work / "a.docx").read_bytes() == (work / "b.docx").read_bytes()
    assert cli.main(["privacy", str(sample), "--out", "a.pdf"]) == cli.FAILED


def test_what_has_left_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One respondent withdraws, one redaction takes a word out of the others' answers."""
    folder = str(tmp_path / "study")
    make_coded_sample(tmp_path / "study", "jo").close()
    assert cli.main(["withdraw", folder, "C031", "--yes"]) == cli.DONE
    assert cli.main(["redact", folder, "--take-out", "trust", "--kind", "organisation", "--yes"]) == cli.DONE
    capsys.readouterr()
    assert cli.main(["privacy", folder]) == cli.DONE
    statement = capsys.readouterr().out
    assert "| Redactions | 1 |" in statement
    assert "| Withdrawn | 1 |" in statement
    assert "| councils | 70 |" in statement
