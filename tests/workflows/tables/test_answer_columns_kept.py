"""What `study.toml` says of what is known of answers, and what is told where it is asked for wrongly."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from visit_study import visit_study

from coder.cli import main
from coder.domain.study_settings import AttributeSetting, Settings
from coder.errors import CoderError
from coder.workflows.study.opening import open_study
from coder.workflows.tables.tables_typed import TypedOptions, tables_typed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

SAID = """
[[attribute]]
name = "mood"
label = "Mood of the answer"
values = ["sad", "glad"]

[[table]]
number = "1"
what = "Q1"
by = "mood"

[[table]]
number = "2"
what = "Q1"
by = "mood"
where = ["region=North"]
columns = ["glad"]
exclude_columns = ["sad"]

[[table]]
number = "3"
what = "Q1"
by = "mood"
join_columns = {"Any mood" = ["glad", "sad"]}

[[table]]
number = "4"
what = "Q1"
where = ["mood=sad", "box!=1"]
count = "mentions"

[[table]]
number = "5"
what = "Q1"
by = "visit.quarter,region"
base = "asked"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a study of visits, of whose answers study.toml says something."""
    visit_study(tmp_path / "study").close()
    path = tmp_path / "study" / "study.toml"
    path.write_text(path.read_text(encoding="utf-8") + SAID, encoding="utf-8")
    return tmp_path / "study"


@pytest.fixture
def study(folder: Path) -> Iterator[Study]:
    """Open that study."""
    with closing(open_study(folder)) as opened:
        yield opened


def columns_of(study: Study, number: str) -> list[tuple[str, int | None, list[float | None]]]:
    """Return the columns of counts of a table: heading, base of the percentages beside them, and counts."""
    (table,) = tables_typed(study, TypedOptions(number=number))
    return [
        (column.group, table.columns[place + 1].base if place + 1 < len(table.columns) else None,
         [row.cells[place].value for row in table.rows])
        for place, column in enumerate(table.columns)
        if column.kind == "count"
    ]  # fmt: skip


def test_a_block_has_label_and_order(study: Study) -> None:
    """Columns stand in its order, titles have its label."""
    assert columns_of(study, "1") == [
        ("sad", 2, [1, 1, 1]), ("glad", 2, [1, 1, 0]), ("Not stated", 1, [1, 0, 0]), ("Total", 4, [2, 2, 1]),
    ]  # fmt: skip
    (table,) = tables_typed(study, TypedOptions(number="1"))
    assert table.title.endswith("by Mood of the answer")


def test_a_table_leaves_out_and_joins_values(study: Study) -> None:
    """P1's sad answer, the one in the North about beds, is not in the total; joined, P1 is there once."""
    assert columns_of(study, "2") == [("glad", 1, [1]), ("Not stated", 1, [1]), ("Total", 2, [2])]
    (table,) = tables_typed(study, TypedOptions(number="2"))
    assert any("mood" in note.casefold() and "sad" in note for note in table.notes)
    assert columns_of(study, "3") == [
        ("Any mood", 3, [1, 2, 1]), ("Not stated", 1, [1, 0, 0]), ("Total", 4, [2, 2, 1]),
    ]  # fmt: skip


def test_a_table_is_of_some_answers(study: Study) -> None:
    """All conditions hold of one and the same answer: of the sad ones the second alone is in box 2."""
    (table,) = tables_typed(study, TypedOptions(number="4"))
    assert {row.label: row.cells[0].value for row in table.rows} == {"Pay": 1, "Beds": 1}
    assert table.counts == "mentions"


def test_periods_stand_beside_attributes(study: Study) -> None:
    """All five were asked for a visit in the first quarter of 2026."""
    assert [(group, base) for group, base, _ in columns_of(study, "5")] == [
        ("quarter of Day of the visit: Q1 2026", 5), ("region: North", 3), ("region: South", 2), ("Total", 5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["--question", "Mood"], "'mood' is known of single answers", "--question Q1 --by mood"),
        (["--question", "box"], "'box' is known of single answers", "--question Q1 --by box"),
        (["--question", "mod"], "no open question 'mod'", "mood"),
        (["--by", "mod"], "no attribute 'mod'", "mood"),
        (["--by", "vist.month"], "no attribute 'vist.month'", "visit"),
        (["--where", "mod=sad"], "no attribute 'mod'", "mood"),
        (["--where", "mood=sat"], "No answer has mood = 'sat'", "sad"),
        (["--question", "region", "--by", "mood"], "mood is known of answers", "open questions"),
        (["--question", "region", "--where", "mood=sad"], "counts respondents", "open questions"),
    ],
)
def test_what_is_asked_for_wrongly(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str, hint: str
) -> None:
    """It is told what it is known of and what to type; names that are near take in those of answers."""
    assert main(["tables", str(folder), *arguments]) != 0
    told, *hints = capsys.readouterr().err.splitlines()
    assert message in told
    assert hint in " ".join(hints)


@pytest.mark.parametrize(
    "options",
    [
        TypedOptions(by="mood"),
        TypedOptions(by="region:mood"),
        TypedOptions(where=("mood=sad",)),
        TypedOptions(question=["mood"]),
    ],
)
def test_what_is_private_is_in_no_table(tmp_path: Path, options: TypedOptions) -> None:
    """Neither its values nor that answers have any, whichever way it is asked for."""
    settings = Settings("Visits", private=("mood",), attributes=(AttributeSetting("mood", "Mood"),))
    with closing(visit_study(tmp_path / "study", settings=settings)) as study:
        with pytest.raises(CoderError) as caught:
            tables_typed(study, options)
        assert "glad" not in f"{caught.value.message} {caught.value.hint}"
        assert "private" in caught.value.message or "no attribute" in caught.value.message
