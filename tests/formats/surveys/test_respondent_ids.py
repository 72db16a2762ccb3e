"""Who answered: ids as they are kept, and what is in doubt about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.domain.nonresponse import NonResponses
from coder.domain.surveys.import_choices import NO_CHOICES, ImportChoices
from coder.formats.surveys.raw_tables import RawTable
from coder.formats.surveys.reading import build_survey, understand

WORDS = ("beds", "staff", "money", "police", "rotas")
TEXTS = [f"we would like to see more {word} here next year" for word in WORDS]


def table(ids: list[str], name: str = "Respondent ID") -> RawTable:
    """Make a table of ids and texts."""
    rows = [[identifier, f"{TEXTS[n % 5]} {n}"] for n, identifier in enumerate(ids)]
    return RawTable(Path("survey.csv"), (name, "comments"), ("", ""), rows, range(2, len(rows) + 2))


def doubts_and_ids(raw: RawTable, choices: ImportChoices = NO_CHOICES) -> tuple[list[str], list[str]]:
    """Return the messages of doubts and the respondents' ids."""
    layout = understand(raw, choices)
    survey, _ = build_survey(raw, layout, NonResponses())
    return [doubt.message for doubt in layout.doubts], [respondent.id for respondent in survey.respondents]


@pytest.mark.parametrize(
    "ids",
    [
        [f"1.1{n % 3}E+10" for n in range(12)],
        [f"1,1{n % 3}e+10" for n in range(12)],
        [f"{114350000000000 + n}0000" for n in range(12)],
    ],
)
def test_ids_that_lost_digits_number_nobody(ids: list[str]) -> None:
    """Ids that a spreadsheet has rounded gather no rows and name nobody: a doubt says so."""
    (message,), respondents = doubts_and_ids(table(ids))
    assert message.startswith("the ids in 'Respondent ID' have lost digits in a spreadsheet")
    assert respondents == [f"R{n}" for n in range(1, 13)]
    assert doubts_and_ids(table(ids), ImportChoices(id_column="none")) == ([], respondents)


def test_long_ids_that_are_whole_are_ids() -> None:
    """Ids of many digits are as good as any."""
    ids = [f"{1143500000000000000 + 7 * n + 1}" for n in range(12)]
    assert doubts_and_ids(table(ids)) == ([], ids)


def test_rows_without_an_id_are_told() -> None:
    """A blank id is a doubt with two ways on: to number those rows, or all."""
    ids = [f"A{n}" if n != 4 else " " for n in range(12)]
    (message,), respondents = doubts_and_ids(table(ids))
    assert message == "1 row without an id in 'Respondent ID' (row 6): numbered, as 'row 6'."
    assert respondents[3:6] == ["A3", "row 6", "A5"]
    assert doubts_and_ids(table(ids), ImportChoices(number_blanks=True)) == ([], respondents)
    assert doubts_and_ids(table(ids), ImportChoices(id_column="none"))[1][4] == "R5"


def test_a_choice_about_blank_ids_without_effect_is_told() -> None:
    """`--number-blanks` beside ids that are all there, or with all rows numbered, changes nothing."""
    raw = table([f"A{n}" for n in range(12)])
    assert "every row has an id in 'Respondent ID': --number-blanks changes nothing" in (
        understand(raw, ImportChoices(number_blanks=True)).notes
    )
    numbered = understand(raw, ImportChoices(number_blanks=True, id_column="none"))
    assert "no column has ids: --number-blanks changes nothing" in numbered.notes


def test_whole_numbers_lose_their_point_nought() -> None:
    """`1001.0` is 1001, told in a note; a column with other numbers stays as it is."""
    raw = table([f"{1001 + n}.0" for n in range(12)])
    assert "'Respondent ID': 1001.0 and the like are taken without the .0" in understand(raw).notes
    assert doubts_and_ids(raw)[1][0] == "1001"
    versions = [f"{n}.{n % 3}" for n in range(12)]
    assert doubts_and_ids(table(versions))[1] == versions


def test_a_number_with_and_without_point_nought_is_one_id() -> None:
    """Where some ids have lost their `.0` already, 3 and 3.0 are one respondent: told as a repeat."""
    raw = table(["1", "1.0", "2", "2.0", *[str(n) for n in range(3, 12)]])
    (message,), respondents = doubts_and_ids(raw)
    assert "13 rows hold 11 respondents" in message
    assert respondents == [str(n) for n in range(1, 12)]


def test_many_rows_without_an_id_are_told() -> None:
    """A column that names most rows is the id, also if more than a tenth of them have none."""
    (message,), respondents = doubts_and_ids(table([f"A{n}" if n % 4 else "" for n in range(12)]))
    assert message.startswith("3 rows without an id in 'Respondent ID'")
    assert len(respondents) == 12


def test_numbers_under_other_names_lose_digits_too() -> None:
    """Whatever a column of ids is called, rounded ones are told."""
    (message,), _ = doubts_and_ids(table(["1,2E+11"] * 12, name="Teilnehmer-ID"))
    assert message.startswith("the ids in 'Teilnehmer-ID' have lost digits")


@pytest.mark.parametrize(
    ("ids", "example"),
    [
        ([*"123456", "001", "002"], "'1', '001'"),
        ([*(f"abc{n}" for n in range(6)), "ABC1", "Abc2"], "'abc1', 'ABC1'"),
        ([*(f"P{n}" for n in range(6)), "P01", "p002"], "'P1', 'P01'"),
    ],
)
def test_ids_in_two_spellings_are_told(ids: list[str], example: str) -> None:
    """Ids that differ by noughts in front or capitals alone: a doubt, and both ways on."""
    raw = table(ids)
    (message,), respondents = doubts_and_ids(raw)
    assert message.startswith("2 ids in 'Respondent ID' stand in several spellings")
    assert example in message
    assert len(respondents) == 8
    assert doubts_and_ids(raw, ImportChoices(row_meaning="respondent")) == ([], ids)
    assert doubts_and_ids(raw, ImportChoices(row_meaning="part")) == ([], ids[:6])
    assert "are taken for one id" in understand(raw, ImportChoices(row_meaning="part")).notes[-1]


@pytest.mark.parametrize(
    "ids", [[f"1.{n:02}" for n in range(12)], [f"{n:03}" for n in range(12)], ["0", "00a"]]
)
def test_ids_of_one_spelling_are_not_asked_about(ids: list[str]) -> None:
    """Noughts within an id, and those that all ids have, are no other spelling."""
    assert doubts_and_ids(table(ids)) == ([], ids)


def test_a_chosen_column_is_kept_though_it_lost_digits() -> None:
    """Who asks for a column of rounded ids as an attribute gets it."""
    raw = table([f"1.1{n % 3}E+10" for n in range(12)])
    layout = understand(raw, ImportChoices(attributes=("Respondent ID",)))
    assert (layout.columns[0].role, layout.doubts) == ("attribute", ())


def test_a_number_of_rows_without_an_id_is_counted_row_by_row() -> None:
    """Each row without an id is a respondent, also where other ids repeat."""
    raw = table(["A1", "A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "", ""])
    messages, respondents = doubts_and_ids(raw, ImportChoices(id_column="Respondent ID"))
    assert any("12 rows hold 11 respondents" in message for message in messages)
    assert len(respondents) == 11


def test_few_values_that_differ_by_chance_are_no_ids() -> None:
    """Four regions in four rows are an attribute, and the rows are numbered."""
    layout = understand(table(["North", "South", "East", "West"], name="region"))
    assert [column.role for column in layout.columns] == ["attribute", "open"]
    assert understand(table([f"C{n}" for n in range(4)], name="site")).columns[0].role == "id"


def test_a_column_named_none_can_be_the_id() -> None:
    """A column's own name goes before the word that stands for no id."""
    assert doubts_and_ids(table(["A1", "A2"], name="none"), ImportChoices(id_column="none"))[1] == [
        "A1",
        "A2",
    ]


def test_a_row_an_answer_is_known_by_an_internal_id() -> None:
    """Answers that a script has written: row numbers without a name, `Internal.ID`, question, answer."""
    ids = [f"2498{n // 2:04}" for n in range(40)]
    rows = [
        [f"{n + 1}", identifier, f"X{23 + n % 2}", f"{TEXTS[n % 5]} {n}"] for n, identifier in enumerate(ids)
    ]
    names = ("column 1", "Internal.ID", "Question", "answer")
    raw = RawTable(Path("survey.csv"), names, ("", "", "", ""), rows, range(2, len(rows) + 2))
    layout = understand(raw)
    assert layout.shape == "long"
    assert [column.name for column in layout.of_role("id")] == ["Internal.ID"]
