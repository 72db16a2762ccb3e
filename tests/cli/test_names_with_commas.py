"""Names with commas, quotation marks and equals signs can be given to every option that takes names."""

from __future__ import annotations

import csv
from contextlib import closing
from pathlib import Path

import pytest
from making import add_theme

from coder import cli
from coder.domain.near_names import listed_names, name_and_value, name_list, names_meant
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study

OPEN = "What, if anything, would you change?"
REGION, SAID, SIZE = "Region, or area", 'Said "yes", in May', "staff=many"
NAMES = [REGION, SAID, SIZE]


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return a study whose attributes have awkward names and values."""
    areas = ["a=b", "North, West"] * 6
    rows = [
        [f"C{n:02}", f"no money was left for the staff {n}", area, "yes" if n % 3 else "no", "x=1"]
        for n, area in enumerate(areas)
    ]
    with (tmp_path / "survey.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", OPEN, *NAMES], *rows])
    study = tmp_path / "study"
    options = ["--open", OPEN, "--attributes", REGION, "--attributes", '"Said ""yes"", in May","staff=many"']
    arguments = ["new", str(study), "--from", str(tmp_path / "survey.csv"), "--no-open", "--yes", *options]
    assert cli.main(arguments) == cli.DONE
    capsys.readouterr()
    return str(study)


def theme_and_codings(folder: Path) -> None:
    """Give a study a theme, and code every answer with it, so that there is something to quote."""
    with closing(open_study(folder)) as study:
        theme = add_theme(study, "Staff", None, "jo")
        session = CodingSession(study, "jo")
        for number in range(1, 13):
            session.toggle(number, theme.id)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command and return what it prints."""
    assert cli.main(list(arguments)) == cli.DONE, capsys.readouterr().err
    return capsys.readouterr().out


def test_open_questions_are_named_with_commas(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--open` and `--attributes` take such names whole, or as a line of CSV: the study has them all."""
    for name in NAMES:
        assert name in printed(capsys, "tables", folder, "--question", name, "--format", "json").replace(
            '\\"', '"'
        )


@pytest.mark.parametrize(
    ("where", "respondents"),
    [(f"{REGION}=North, West", 6), (f"{REGION}=a=b", 6), (f"{SAID}=yes", 8), (f"{SIZE}=x=1", 12),
     ('"Said ""yes"", in May"=no', 4)],
)  # fmt: skip
def test_where_takes_any_name_and_value(
    where: str, respondents: int, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The name before the equals sign is the longest that the study has; the rest is the value."""
    table = printed(capsys, "tables", folder, "--question", "Q1", "--where", where, "--format", "md")
    assert f"answered Q1, n = {respondents}." in table


@pytest.mark.parametrize("name", NAMES)
def test_by_takes_any_name(name: str, folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--by` is one name, whole."""
    assert printed(capsys, "tables", folder, "--by", name, "--format", "md")


@pytest.mark.parametrize(
    "options",
    [(REGION,), (REGION, SAID), (f'"{REGION}",{SIZE}',), (SIZE, '"Said ""yes"", in May"')],
)
def test_attributes_of_quotes_take_any_name(
    options: tuple[str, ...], folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--with` and `--quotes-with` may be repeated, and names with commas quoted."""
    theme_and_codings(Path(folder))
    quotes = printed(capsys, "quotes", folder, *(word for name in options for word in ("--with", name)))
    assert "North, West" in quotes or "x=1" in quotes
    told = [word for name in options for word in ("--quotes-with", name)]
    report = tmp_path / "r.html"
    printed(capsys, "report", folder, "--out", str(report), "--with-quotes", "1", *told)
    assert any(value in report.read_text("utf-8") for value in ("North, West", "a=b", "x=1"))


def test_an_unknown_name_is_said(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no attribute is answered with the nearest name, not taken apart in silence."""
    assert cli.main(["quotes", folder, "--with", "Regoin, or area"]) == cli.FAILED
    assert "no attribute 'Regoin'" in capsys.readouterr().err
    assert cli.main(["tables", folder, "--where", "Region"]) == cli.FAILED
    assert "--where region=London" in capsys.readouterr().err


@pytest.mark.parametrize("name", [*NAMES, " blank ", 'a"b', '""', "plain", "a,b=c"])
def test_lists_of_names_are_read_as_they_are_written(name: str) -> None:
    """A list that is written for one to copy is read back."""
    assert listed_names(name_list([name, "other"])) == [name.strip(), "other"]


def test_a_whole_name_goes_before_a_list() -> None:
    """An argument that is a name is that name, whatever the case; any other is a line of CSV."""
    assert names_meant(["region, OR area", "x,y"], NAMES) == [REGION, "x", "y"]
    assert names_meant(["jo"], ["jo", "Jo"]) == ["jo"]
    assert names_meant(["Jo", "jo"], ["jo", "Jo"]) == ["Jo", "jo"]
    assert name_and_value("a=b=c", ["a=b"]) == ("a=b", "c")
    assert name_and_value("a=b=c", []) == ("a", "b=c")
    assert name_and_value('"a=b"=c', []) == ("a=b", "c")
    assert name_and_value("=c", []) is None
    assert name_and_value("a", ["a"]) is None
