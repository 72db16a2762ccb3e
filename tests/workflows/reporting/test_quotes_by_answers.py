"""Quotes tell what is known of single answers, are narrowed by it, and keep back what describes few."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from visit_study import visit_study

from coder.cli import main
from coder.domain.study_settings import Settings
from coder.domain.tables.quotes import QuoteRequest
from coder.errors import CoderError
from coder.workflows.reporting.quotes import quote_lists

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

BOTH = "no beds, bad pay"


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Make a study of visits."""
    with closing(visit_study(tmp_path / "study")) as made:
        yield made


def quoted(study: Study, *where: str, **choices: object) -> dict[str, list[tuple[str, ...]]]:
    """Return by theme the quotes: text, then what is told with it; None is kept back."""
    request = QuoteRequest(**{"most": None, "fewest": 1, **choices})  # type: ignore[arg-type]
    return {
        quotes.label: [
            (quote.text, *("[kept back]" if one.kept_back else one.value for one in quote.attributes))
            for quote in quotes.quotes
        ]
        for quotes in quote_lists(study, "Q1", request=request, where=where)
    }


def test_what_is_known_of_the_answer_stands_after_it(study: Study) -> None:
    """P1's two answers have each its own mood, box and day."""
    assert quoted(study, attributes=("region,mood", "visit", "box"))["Pay"] == [
        ("well paid", "North", "glad", "2026-01-03", "1"),
        ("no beds, bad pay", "North", "sad", "2026-03-09", "2"),
        ("pay", "North", "", "2026-03-21", "1"),
    ]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (
            ("mood=sad",),
            {"Pay": [BOTH], "Beds": [BOTH], "Money": ["never any money"]},
        ),
        (("mood!=sad",), {"Pay": ["well paid", "pay"], "Beds": ["beds are fine"]}),
        (("mood=sad", "region=North"), {"Pay": [BOTH], "Beds": [BOTH]}),
        (("region=South",), {"Beds": ["beds are fine"], "Money": ["never any money"]}),
        (("box=2",), {"Pay": [BOTH], "Beds": [BOTH]}),
    ],
)
def test_quotes_of_some_answers(study: Study, where: tuple[str, ...], expected: dict[str, list[str]]) -> None:
    """All conditions hold of each answer quoted, and themes are those of their table; notes say so."""
    assert {
        label: [text for text, *_ in of_theme] for label, of_theme in quoted(study, *where).items()
    } == expected
    (first, *_) = quote_lists(study, "Q1", request=QuoteRequest(most=None, fewest=1), where=where)
    assert any(note.startswith("Only ") and note.endswith(" are quoted.") for note in first.notes)


def test_what_fewer_have_together_is_kept_back(study: Study) -> None:
    """Two respondents are glad and two sad, however many answers they gave; one is neither."""
    by_mood = quoted(study, attributes=("mood",), fewest=2)["Pay"]
    assert by_mood == [("well paid", "glad"), ("no beds, bad pay", "sad"), ("pay", "[kept back]")]
    by_both = quoted(study, attributes=("region", "mood"), fewest=2)["Pay"]
    assert by_both[0] == ("well paid", "North", "[kept back]")
    by_day = quoted(study, attributes=("visit", "region"), fewest=2)["Pay"]
    assert by_day == [(text, "[kept back]", "[kept back]") for text, *_ in by_mood]


def test_to_narrow_to_few_is_refused(study: Study) -> None:
    """Every quote would be of one of them; with ids they are named anyway."""
    with pytest.raises(CoderError, match="fewer than 3") as caught:
        quoted(study, "mood=sad", fewest=3)
    assert "--fewest" in caught.value.hint
    assert quoted(study, "mood=sad", fewest=3, ids=True)["Money"] == [("never any money",)]
    with pytest.raises(CoderError, match="fewer than 3"):
        quoted(study, "region=South", fewest=3)
    # Of those who meet the condition, not of all, must so many share what is told.
    assert quoted(study, "mood=glad", attributes=("region",), fewest=2)["Pay"] == [
        ("well paid", "[kept back]")
    ]


def test_a_private_one_is_refused(tmp_path: Path) -> None:
    """In what is told and in conditions alike."""
    with closing(visit_study(tmp_path / "hidden", settings=Settings("Visits", private=("mood",)))) as hidden:
        for names, where in ((("mood",), ()), ((), ("mood=sad",))):
            with pytest.raises(CoderError, match="'mood'"):
                quote_lists(hidden, "Q1", request=QuoteRequest(attributes=names), where=where)


def test_on_the_command_line(study: Study, capsys: pytest.CaptureFixture[str]) -> None:
    """A column for each attribute, and of some answers alone."""
    arguments = ["quotes", str(study.folder), "--with", "mood,region", "--fewest", "1", "--where", "mood=sad"]
    assert main([*arguments, "--format", "csv", "--theme", "Money"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["quote"], row["mood"], row["region"]) for row in rows] == [
        ("never any money", "sad", "South")
    ]
    assert main(["quotes", str(study.folder), "--with", "mod"]) != 0
    assert "mood" in capsys.readouterr().err


def test_a_report_quotes_none_of_few(study: Study, tmp_path: Path) -> None:
    """Two are in the South: a table of these has no quotes below it, and the report is made."""
    path = study.folder / "study.toml"
    block = '\n[[table]]\nnumber = "1"\nwhat = "Q1"\nwhere = ["region={}"]\n'
    before = path.read_text(encoding="utf-8")
    for region, has_quotes in (("South", False), ("North", True)):
        path.write_text(before + block.format(region), encoding="utf-8")
        report = tmp_path / f"{region}.html"
        assert main(["report", str(study.folder), "--out", str(report), "--with-quotes", "3"]) == 0
        text = report.read_text(encoding="utf-8")
        assert ("well paid" in text) == has_quotes
        assert "beds are fine" not in text


def test_in_a_report(study: Study, tmp_path: Path) -> None:
    """A report's quotes tell it too."""
    report = tmp_path / "report.html"
    options = ["--with-quotes", "3", "--quotes-with", "mood"]
    assert main(["report", str(study.folder), "--out", str(report), *options]) == 0
    assert "After each quote: mood." in report.read_text(encoding="utf-8")
