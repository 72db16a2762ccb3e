"""`coder tables`: which tables come out, in which form, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from coder import cli
from coder.workflows.exchange.samples import make_coded_sample

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the coded sample."""
    study = make_coded_sample(tmp_path_factory.mktemp("study") / "sample", "jo")
    study.close()
    return study.folder


def tables(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run `coder tables`; return its exit code and what it wrote."""
    code = cli.main(["tables", *map(str, arguments)])
    written = capsys.readouterr()
    return code, written.out, written.err


def test_all_tables_come_in_order(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without options: the tables of `study.toml`, and their notes on stderr."""
    code, out, err = tables(capsys, sample)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == cli.DONE
    numbers = list(dict.fromkeys(row["table"] for row in rows))
    assert numbers == ["1", "2", "5", "11", "19", "20", "21", "22"]
    assert sum(row["kind"] == "theme" for row in rows) == 62
    assert "Source: PCH 2023; codebook version 1; 160 codings counted" in err


def test_a_table_by_its_number(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--number` takes one of the tables that `study.toml` numbers; others are refused."""
    code, out, _ = tables(capsys, sample, "--number", "19", "--format", "json")
    assert code == cli.DONE
    assert [(table["table"], len(table["rows"])) for table in json.loads(out)] == [("19", 5)]
    code, _, err = tables(capsys, sample, "--number", "3")
    assert code == cli.FAILED
    assert "no table 3" in err
    assert "1, 2, 5, 11" in err


def test_themes_by_an_attribute(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--by` gives each theme a number in each column; the columns add up to the total."""
    code, out, _ = tables(capsys, sample, "--question", "q16", "--by", "REGION")
    assert code == cli.DONE
    counts: dict[str, list[int]] = {}
    for row in csv.DictReader(io.StringIO(out)):
        counts.setdefault(row["theme"], []).append(int(row["count"]))
    assert len(counts) == 20
    assert all(sum(row[:-1]) == row[-1] for row in counts.values())


def test_questions_together(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Several questions, or all of them, make one table of distinct respondents."""
    _, out, _ = tables(capsys, sample, "--question", "Q15,Q16", "--format", "json")
    assert [table["question"] for table in json.loads(out)] == ["Q15 + Q16"]
    _, out, _ = tables(capsys, sample, "--all-questions", "--format", "json")
    (table,) = json.loads(out)
    assert (table["question"], table["base"]["asked"]) == ("Q15 + Q16 + Q17 + Q18", 71)


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["--question", "Q9"], "no open question 'Q9'", "Q1"),
        (["--question", "Q16", "--by", "regoin"], "no attribute 'regoin'", "'region'"),
        (["--question", "Q15,region"], "'region' is no open question", "alone"),
        (["--by", "region", "--count", "mentions", "--suppress", "5"], "cannot be kept back", "--suppress"),
        (["--by", "region", "--suppress", "-5"], "--suppress is -5.", "from 0"),
        (["--other", "-1"], "--other is -1.", "from 0"),
        (["--number", "21", "--test"], "compares groups", "--by region"),
        (["--number", "19", "--by", "region", "--test"], "compares groups", "--by region"),
        (
            ["--number", "5", "--base", "asked", "--nets"],
            "--base and --nets would change nothing",
            "Leave out",
        ),
        (["--number", "1", "--as-of", "2030-01-01"], "--as-of would change nothing", "--question Q16"),
        (["--question", "region", "--coder", "jo"], "--coder would change nothing", "Leave out --coder"),
        (["--coder", "jo", "--coders", "all"], "--coders would change nothing", "one of the two"),
    ],
)
def test_what_does_not_go_together(
    sample: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str, hint: str
) -> None:
    """Each refusal says what and what instead."""
    code, out, err = tables(capsys, sample, *arguments)
    assert (code, out) == (cli.FAILED, "")
    assert message in err
    assert hint in err


def test_tables_are_drawn_within_the_terminal(
    sample: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line is wider than the terminal; a wide table is cut into several, each with all rows."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    _, out, _ = tables(capsys, sample, "--by", "region", "--test")
    assert max(map(len, out.removeprefix("\r\x1b[K").splitlines())) <= 80
    assert out.count("Availability of beds") > 1
    _, out, _ = tables(capsys, sample)
    assert "█" in out
    assert "Response rate (%)" in out
