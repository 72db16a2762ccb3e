"""Tables of random studies, each cell against pandas: see `recomputed_studies`."""

from __future__ import annotations

import itertools
import json
import math
from typing import TYPE_CHECKING, Any

import pytest
from recomputed_studies import (
    NETS,
    NOT_STATED,
    QUESTIONS,
    THEMES,
    TOTAL,
    Base,
    MadeStudy,
    Rule,
    Wanted,
    base_of,
    count_of,
    effective_base,
    groups,
    made_study,
    percent_of,
)

from coder import cli

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = range(20)
EACH = 16
"""So many tables of each study."""
BASES: tuple[Base, ...] = ("answered", "asked", "coded")
RULES: tuple[Rule, ...] = ("any", "all", "settled")
WANTED = [
    *(
        Wanted(question, base=base, rule=rule, by=by)
        for question, base, rule, by in itertools.product(QUESTIONS, BASES, RULES, ("", "region", "size"))
    ),
    *(
        Wanted(question, "mentions", rule=rule, by=by)
        for question, rule, by in itertools.product(QUESTIONS, RULES, ("", "region"))
    ),
    Wanted("Q1", by="size", where="region!="),
    Wanted("Q2", where="size=large", rule="any"),
    Wanted("Q1", coder="ann"),
]


@pytest.fixture(params=SEEDS)
def study(request: pytest.FixtureRequest, tmp_path: Path) -> MadeStudy:
    """Make a random study as files, and import them."""
    made = made_study(tmp_path, request.param)
    folder = str(tmp_path / "study")
    importing = ["new", folder, "--from", str(made.survey), "--codebook", str(made.codebook), "--id", "id"]
    choices = [
        "--attributes",
        "region,size,wt",
        "--open",
        "Q*",
        "--boxes",
        "Q1=Q1_1,Q1_2,Q1_3",
        "--no-open",
        "--yes",
    ]
    assert cli.main([*importing, *choices]) == cli.DONE
    assert cli.main(["codings", "import", folder, str(made.codings), "--add-coders", "--yes"]) == cli.DONE
    if made.weights:
        path = tmp_path / "study" / "study.toml"
        lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("weight ")]
        path.write_text("\n".join(['weight = "wt"', *lines]), "utf-8")
    return made


def printed(study: MadeStudy, wanted: Wanted, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Return a table as JSON prints it, with all themes and nets."""
    capsys.readouterr()
    folder = str(study.survey.parent / "study")
    command = ["tables", folder, *wanted.options(), "--nets", "--zeros", "--format", "json", "--low", "0"]
    assert cli.main(command) == cli.DONE, capsys.readouterr().err
    tables: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return tables[0]


def cells(table: dict[str, Any]) -> dict[tuple[str, str, str], Any]:
    """Return what each cell says, by theme, column and kind.

    A net that was chosen itself has a row of its own for these codings, which has its id as well.
    """
    return {
        (_row_name(row), column["group"] or TOTAL, column["kind"]): number
        for row in table["rows"]
        for column, number in zip(table["columns"], row["values"], strict=True)
    }


def _row_name(row: dict[str, Any]) -> str:
    if row["kind"] == "base":
        return str(row["theme"])
    is_net = row["theme_id"] in NETS
    return f"{row['theme_id']} itself" if is_net and row["kind"] != "net" else row["theme_id"]


def test_every_cell_is_what_pandas_makes_of_the_files(
    study: MadeStudy, capsys: pytest.CaptureFixture[str]
) -> None:
    """Counts, percentages and bases; of each theme and net; under each rule, of each base, by attribute."""
    compared = 0
    for wanted in study.draw.sample(WANTED, EACH):
        table = printed(study, wanted, capsys)
        by_cell = cells(table)
        bases = {
            column["group"] or TOTAL: column["base"]
            for column in table["columns"]
            if column["kind"] == "percent"
        }
        columns = groups(study, wanted)
        if not wanted.by:
            assert table["base"]["size"] == len(base_of(study, wanted, columns[TOTAL])), wanted
        for group, members in columns.items():
            base = len(base_of(study, wanted, members))
            if not base and group == NOT_STATED:
                continue
            if wanted.unit == "respondents":
                assert bases.get(group, 0) == base, (wanted, group)
            if study.weights and wanted.unit == "respondents" and len(columns) > 1:
                effective = by_cell.get(("Effective base", group, "count"), 0.0)
                assert math.isclose(effective, effective_base(study, wanted, members), abs_tol=0.0501), wanted
            for theme in THEMES:
                count = by_cell.get((theme, group, "count"), 0)
                assert count == count_of(study, wanted, theme, members), (wanted, group, theme)
                percent = by_cell.get((theme, group, "percent"))
                expected = percent_of(study, wanted, theme, members)
                if wanted.unit == "respondents" and percent is not None:
                    assert expected is not None, (wanted, group, theme)
                    assert math.isclose(percent, expected, abs_tol=0.51), (wanted, group, theme)
                compared += 1
    assert compared >= EACH * len(THEMES)


@pytest.mark.parametrize("least", [2, 5])
def test_what_is_not_kept_back_is_right(
    study: MadeStudy, capsys: pytest.CaptureFixture[str], least: int
) -> None:
    """No small cell is printed, and what is printed is what it would be otherwise."""
    folder = str(study.survey.parent / "study")
    for wanted in (Wanted("Q1"), Wanted("Q1", by="region"), Wanted("Q2", by="size", rule="any")):
        capsys.readouterr()
        command = ["tables", folder, *wanted.options(), "--nets", "--zeros", "--format", "json"]
        code = cli.main([*command, "--suppress", str(least)])
        output = capsys.readouterr()
        if code != cli.DONE:
            assert "suppress" in output.err
            continue
        (table,) = json.loads(output.out)
        for (theme, group, kind), number in cells(table).items():
            if kind == "count" and number is not None and theme in THEMES:
                members = groups(study, wanted)[group]
                assert number == count_of(study, wanted, theme, members), (wanted, group, theme)
                assert number >= least or not number or not members, (wanted, group, theme, number)
