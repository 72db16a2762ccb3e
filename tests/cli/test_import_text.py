"""What `coder new --dry-run` says of a survey: what is kept of each respondent and of each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder import cli

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

VISITS = "respondent_id,question,visit,region,response_text\n" + "".join(
    f"P{n},Q{q},2026-0{q}-0{n},{'NS'[n % 2]},what P{n} has to say about question {q}\n"
    for n in range(1, 6)
    for q in (1, 2)
)


def test_attributes_of_answers_are_listed_with_those_of_the_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each with why, and the rows that show it; nothing is written."""
    (tmp_path / "visits.csv").write_text(VISITS, encoding="utf-8")
    arguments = ["new", str(tmp_path / "study"), "--from", str(tmp_path / "visits.csv"), "--dry-run"]
    assert cli.main(arguments) == cli.DONE
    text = capsys.readouterr().out
    assert text[text.index("Kept of each respondent:") : text.index("Languages")].splitlines() == [
        "Kept of each respondent:",
        "  respondent_id  id: its name says who answered",
        "  region         2 different values",
        "Kept of each answer:",
        "  question       question: its name says the question",
        "  response_text  text: its name says answers",
        "  visit          differs within 5 of 5 respondents with several rows: P1 has '2026-01-01' (row 2) "
        "and '2026-02-01' (row 3)",
    ]
    assert not (tmp_path / "study").exists()


def test_a_study_is_made_with_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table by the month of the visits has the columns that the file has."""
    (tmp_path / "visits.csv").write_text(VISITS, encoding="utf-8")
    study = str(tmp_path / "study")
    assert cli.main(["new", study, "--from", str(tmp_path / "visits.csv"), "--no-open"]) == cli.DONE
    assert cli.main(["check", study]) == cli.DONE
    capsys.readouterr()
    assert (
        cli.main(["tables", study, "--question", "Q2", "--by", "visit.month", "--where", "region=N"])
        == cli.DONE
    )
    assert "Q2, by month of visit" in "".join(capsys.readouterr())


def test_a_column_of_a_question_is_offered_and_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line that offers it has the option that takes it."""
    rows = "".join(f"R{n},what R{n} would like to have,{'gs'[n % 2]}\n" for n in range(12))
    (tmp_path / "wide.csv").write_text("id,q15,q15_sentiment\n" + rows, encoding="utf-8")
    arguments = ["new", str(tmp_path / "study"), "--from", str(tmp_path / "wide.csv"), "--dry-run"]
    assert cli.main(arguments) == cli.DONE
    offer = "'q15_sentiment' seems to tell something about the answers to q15: --about q15=q15_sentiment"
    assert f"  {offer}\n" in capsys.readouterr().out
    assert cli.main([*arguments, "--about", "q15=q15_sentiment"]) == cli.DONE
    text = capsys.readouterr().out
    assert "Kept of each answer:\n  sentiment  q15_sentiment: of the answers to Q15, as sentiment\n" in text
    assert "seems to tell" not in text
