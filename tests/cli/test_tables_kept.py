"""Tables keep their choices: every option of `coder tables` may stand in a `[[table]]`, and does the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from coder import cli
from coder.cli.parser import Parser
from coder.cli.tables_command import add_tables
from coder.workflows.exchange.samples import make_coded_sample

if TYPE_CHECKING:
    from pathlib import Path

NOT_OF_ONE_TABLE = {"help", "study", "all_questions", "format", "out", "excel", "charts", "date"}
"""Options of a run, not of a table: where it is written, in which form, when it counts as made. All questions
are named in `what`.
"""
OTHER_NAMES = {"question": "what", "unweighted": "weighted"}

KEPT: tuple[tuple[str, str, list[str]], ...] = (
    ("where", '["region!=London"]', ["--where", "region!=London"]),
    ("count", '"mentions"', ["--count", "mentions"]),
    ("base", '"asked"', ["--base", "asked"]),
    ("nets", "true", ["--nets"]),
    ("zeros", "true", ["--zeros"]),
    ("order", '"codebook"', ["--order", "codebook"]),
    ("other", "5", ["--other", "5"]),
    ("other", '"6%"', ["--other", "6%"]),
    ("coder", '"jo"', ["--coder", "jo"]),
    ("coders", '"any"', ["--coders", "any"]),
    ("as_of", '"v1"', ["--as-of", "v1"]),
    ("test", "true", ["--test"]),
    ("intervals", "true", ["--intervals"]),
    ("letters", "true", ["--letters"]),
    ("low", "3", ["--low", "3"]),
    ("suppress", "5", ["--suppress", "5"]),
)
"""A line of a block, and the option that asks for the same."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the coded sample."""
    study = make_coded_sample(tmp_path_factory.mktemp("study") / "sample", "jo")
    study.close()
    return study.folder


def options() -> set[str]:
    """Return the names of all options of `coder tables`."""
    parser = Parser("coder")
    commands = parser.commands()
    add_tables(commands)
    tables = commands.choices["tables"]
    tables.format_help()
    return {action.dest for action in tables._actions}  # argparse lists them nowhere else


def with_lines(sample: Path, folder: Path, lines: str) -> Path:
    """Copy the sample's database to a study whose one table has these lines."""
    folder.mkdir()
    for name in ("study.db", "codebook.yaml"):
        (folder / name).write_bytes((sample / name).read_bytes())
    text = (sample / "study.toml").read_text()
    (folder / "study.toml").write_text(text[: text.index("[[table]]")] + lines)
    return folder


def tables(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[dict[str, Any]]:
    """Run `coder tables`; return its tables."""
    code = cli.main(["tables", *map(str, arguments), "--format", "json", "--date", "2026-11-22"])
    written = capsys.readouterr()
    assert code == cli.DONE, written.err
    tables: list[dict[str, Any]] = json.loads(written.out)
    return tables


def test_every_option_may_be_kept() -> None:
    """Each is a line of a block, or is none of a single table: a new option cannot be forgotten."""
    tested = {key for key, _, _ in KEPT} | {"by", "number", "what", "weighted"}
    names = {OTHER_NAMES.get(name, name) for name in options() - NOT_OF_ONE_TABLE}
    assert names == tested


@pytest.mark.parametrize(("key", "setting", "typed"), KEPT, ids=[f"{key} {text}" for key, text, _ in KEPT])
def test_what_is_kept_counts_as_what_is_typed(
    sample: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    key: str,
    setting: str,
    typed: list[str],
) -> None:
    """The same rows, bases and notes; and the option did something."""
    of_some = 'where = "region=Eastern"\n' if key in {"zeros", "order"} else ""
    plain = '[[table]]\nwhat = "Q16"\n' + (
        'by = "region"\n' if key in {"test", "low", "letters"} else of_some
    )
    kept = tables(capsys, with_lines(sample, tmp_path / "kept", f"{plain}{key} = {setting}\n"))
    usual = with_lines(sample, tmp_path / "usual", plain)
    assert kept == tables(capsys, usual, *typed)
    # One person coded the sample, under one version of the codebook.
    if key not in {"coders", "as_of", "coder"}:
        assert [kept[0]["rows"], kept[0]["notes"]] != [
            tables(capsys, usual)[0][part] for part in ("rows", "notes")
        ]


def test_what_is_typed_goes_before(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a base; conditions hold both."""
    lines = '[[table]]\nwhat = "Q16"\nbase = "asked"\nwhere = "region!=London"\n'
    study = with_lines(sample, tmp_path / "study", lines)
    (table,) = tables(capsys, study, "--base", "coded", "--where", "region=London,Eastern")
    assert table["base"]["kind"] == "coded"
    assert table["title"].endswith("of councils with region = Eastern")


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ('count = "mentions"', ["--count", "respondents"]),
        ('base = "asked"', ["--base", "answered"]),
        ('order = "codebook"', ["--order", "count"]),
        ('other = "5"', ["--other", "0"]),
        ('coders = "any"', ["--coders", "settled"]),
    ],
)
def test_what_is_usual_may_be_typed_too(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], kept: str, typed: list[str]
) -> None:
    """A block may keep another choice; whoever types the usual one gets it, as if the block kept nothing."""
    plain = '[[table]]\nwhat = "Q16"\n'
    study = with_lines(sample, tmp_path / "kept", f"{plain}{kept}\n")
    assert tables(capsys, study, *typed) == tables(capsys, with_lines(sample, tmp_path / "usual", plain))


def test_intervals_that_a_block_of_mentions_keeps_serve_respondents(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Alone they do nothing, and are refused; where respondents are typed, they do something."""
    study = with_lines(
        sample, tmp_path / "kept", '[[table]]\nwhat = "Q16"\ncount = "mentions"\nintervals = true\n'
    )
    assert cli.main(["tables", str(study)]) == cli.FAILED
    assert "intervals in a [[table]] of Q16 does nothing" in capsys.readouterr().err
    (table,) = tables(capsys, study, "--count", "respondents")
    assert "95% from" in [column["name"] for column in table["columns"]]


def test_one_coder_and_a_rule_for_several_do_not_mix(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whichever of the two is typed, the other one that a block keeps goes."""
    plain = '[[table]]\nwhat = "Q16"\n'
    usual = with_lines(sample, tmp_path / "usual", plain)
    rule = with_lines(sample, tmp_path / "rule", f'{plain}coders = "consensus"\n')
    of_one = with_lines(sample, tmp_path / "one", f'{plain}coder = "jo"\n')
    assert tables(capsys, rule, "--coder", "jo") == tables(capsys, usual, "--coder", "jo")
    assert tables(capsys, of_one, "--coders", "consensus") == tables(capsys, usual, "--coders", "consensus")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (["--number", "1", "--question", "Q16"], "--number and --question each say what the tables are of"),
        (["--all-questions", "--question", "Q16"], "--all-questions and --question each say"),
        (["--question", "Q16", "--low", "5"], "--low would change nothing"),
        (["--question", "Q16", "--by", "region", "--count", "mentions", "--test"], "A test of difference"),
        (["--question", "region", "--count", "respondents"], "--count would change nothing"),
    ],
)
def test_options_that_do_nothing_are_refused(
    sample: Path, capsys: pytest.CaptureFixture[str], typed: list[str], message: str
) -> None:
    """Something else was meant by them."""
    assert cli.main(["tables", str(sample), *typed]) == cli.FAILED
    assert message in capsys.readouterr().err


def test_questions_together(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`what` may name several, with commas between them."""
    study = with_lines(
        sample, tmp_path / "study", '[[table]]\nwhat = "Q15, q16"\nnumber = "3"\ntitle = "Both"\n'
    )
    (table,) = tables(capsys, study)
    (typed,) = tables(capsys, study, "--question", "Q15,Q16")
    assert (table["table"], table["title"]) == ("3", "Both")
    assert table["rows"] == typed["rows"]


def test_a_share_of_those_who_answered(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """6 % of the 51 who answered are 3.06: themes of three councils are joined, those of four are not."""
    (table,) = tables(capsys, sample, "--question", "Q16", "--other", "6%")
    assert min(row["count"] for row in table["rows"] if row["kind"] == "theme") == 4
    assert any(
        "fewer than 6% of the 51 councils that answered Q16 mention" in note for note in table["notes"]
    )


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('what = "region"\nnets = true', "nets in a [[table]] of region does nothing"),
        ('what = "Q16"\ncoder = "jo"\ncoders = "all"', "coders in a [[table]] with coder does nothing"),
        ('what = "Q16"\nbase = "everybody"', "base is 'everybody'"),
        ('what = "Q16"\nother = "few"', "--other is few"),
        ('what = "Q16"\nother = "100%"', "--other is 100%"),
        ('what = "Q16"\nwhere = "regoin=London"', "no attribute 'regoin'"),
        ('what = "Q15, region"', "'region' is no open question"),
    ],
)
def test_what_does_nothing_is_refused(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], lines: str, message: str
) -> None:
    """No line is passed over."""
    study = with_lines(sample, tmp_path / "study", f"[[table]]\n{lines}\n")
    assert cli.main(["tables", str(study)]) == cli.FAILED
    assert message in capsys.readouterr().err
