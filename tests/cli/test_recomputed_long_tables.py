"""Tables of random studies by what is known of answers, each cell against pandas.

See `recomputed_long_studies`.
"""

from __future__ import annotations

import itertools
import json
import math
from typing import TYPE_CHECKING, Any

import pytest
from recomputed_long_studies import (
    Part,
    codings_in,
    effective_base_in,
    made_long_study,
    mentions_in,
    parts_of,
    people_in,
    share_in,
)
from recomputed_studies import NETS, NOT_STATED, THEMES, TOTAL, Base, MadeStudy, Rule, Wanted

from coder import cli

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = range(12)
EACH = 16
"""So many tables of each study."""
BYS = ("", "mood", "day.month", "box", "region", "region:mood", "mood:box")
WHERES = (
    "",
    "mood=sad",
    "mood!=sad,glad",
    "box=1",
    "region=North mood=glad",
    "mood=",
    "region!=South box!=2",
)
BASES: tuple[Base, ...] = ("answered", "asked", "coded")
RULES: tuple[Rule, ...] = ("any", "all", "settled")
WANTED = [
    *(
        Wanted(question, base=base, rule=rule, by=by, where=where)
        for question, base, rule, by, where in itertools.product(("Q1", "Q2"), BASES, RULES, BYS, WHERES)
    ),
    *(Wanted("Q1", "mentions", rule=rule, by=by) for rule, by in itertools.product(RULES, BYS)),
    *(Wanted("Q2", coder="ann", by=by, where="mood!=calm") for by in BYS),
]


# Where several people code, whose reading counts follows from the rule: here of one alone.
READ = [Wanted("Q1", base="read", by=by, where=where) for by, where in itertools.product(BYS, WHERES)]


@pytest.fixture(params=SEEDS)
def study(request: pytest.FixtureRequest, tmp_path: Path) -> MadeStudy:
    """Make a random study as files, and import them."""
    made = made_long_study(tmp_path, request.param)
    folder = str(tmp_path / "study")
    files = ["--from", str(made.survey), "--codebook", str(made.codebook)]
    columns = ["--id", "id", "--open", "answer", "--attributes", "region,mood,day,wt"]
    choices = ["--row-is", "answer", "--no-open", "--yes"]
    assert cli.main(["new", folder, *files, *columns, *choices]) == cli.DONE
    assert cli.main(["codings", "import", folder, str(made.codings), "--add-coders", "--yes"]) == cli.DONE
    if made.weights:
        path = tmp_path / "study" / "study.toml"
        lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("weight ")]
        path.write_text("\n".join(['weight = "wt"', *lines]), "utf-8")
    return made


def options_of(wanted: Wanted) -> list[str]:
    """Return what is asked for as the command line has it."""
    options = ["--question", wanted.question, "--count", wanted.unit, "--base", wanted.base]
    options += ["--coder", wanted.coder] if wanted.coder else ["--coders", wanted.rule]
    options += ["--by", wanted.by] if wanted.by else []
    return options + [word for one in wanted.where.split(" ") if one for word in ("--where", one)]


def printed(study: MadeStudy, wanted: Wanted, capsys: pytest.CaptureFixture[str]) -> dict[str, Any] | None:
    """Return a table as JSON prints it, with all themes and nets; None where there are no such answers."""
    capsys.readouterr()
    folder = str(study.survey.parent / "study")
    command = ["tables", folder, *options_of(wanted), "--nets", "--zeros", "--format", "json", "--low", "0"]
    code = cli.main(command)
    output = capsys.readouterr()
    if code != cli.DONE:
        assert not len(parts_of(study, wanted)[TOTAL].answers), (wanted, output.err)
        return None
    tables: list[dict[str, Any]] = json.loads(output.out)
    return tables[0]


def cells(table: dict[str, Any]) -> dict[tuple[str, str, str], Any]:
    """Return what each cell says, by theme, column and kind; a net that was chosen itself has a row more."""
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
    """Counts, percentages and bases, of each theme and net, in each column by what is known of answers."""
    compared = 0
    of_one_coder = study.finished["coder"].nunique() == 1
    for wanted in study.draw.sample(WANTED + READ * 3 if of_one_coder else WANTED, EACH):
        table = printed(study, wanted, capsys)
        if table is None:
            continue
        by_cell, parts = cells(table), parts_of(study, wanted)
        bases = {c["group"] or TOTAL: c["base"] for c in table["columns"] if c["kind"] == "percent"}
        if not wanted.by:
            bases = {TOTAL: table["base"]["size"]}
        for group in {group for _, group, _ in by_cell} - parts.keys():
            # A value that no answer has which is counted, a month between others.
            assert not bases.get(group), (wanted, group)
            assert not any(by_cell.get((theme, group, "count")) for theme in THEMES), (wanted, group)
        for group, part in parts.items():
            compared += compare(study, wanted, part, group, by_cell, bases)
    assert compared >= EACH * len(THEMES)


def compare(
    study: MadeStudy,
    wanted: Wanted,
    part: Part,
    group: str,
    by_cell: dict[tuple[str, str, str], Any],
    bases: dict[str, int],
) -> int:
    """Hold a column against the files; return how many cells."""
    base = people_in(study, wanted, part)
    if wanted.unit == "respondents":
        assert bases.get(group, 0) == len(base), (wanted, group)
        if study.weights and wanted.by and group in bases:
            effective = by_cell["Effective base", group, "count"]
            assert math.isclose(effective, effective_base_in(study, base), abs_tol=0.0501), wanted
    codings = codings_in(study, wanted, part)
    for theme in THEMES:
        count = by_cell.get((theme, group, "count"), 0)
        assert count == mentions_in(codings, wanted, theme), (wanted, group, theme)
        percent = by_cell.get((theme, group, "percent"))
        if wanted.unit == "respondents" and percent is not None:
            expected = share_in(study, codings, theme, base)
            assert expected is not None, (wanted, group, theme)
            assert math.isclose(percent, expected, abs_tol=0.51), (wanted, group, theme)
    return len(THEMES)


def test_somebody_is_in_several_columns(study: MadeStudy, capsys: pytest.CaptureFixture[str]) -> None:
    """So the bases of columns add up to more than all: the comparison is of answers indeed."""
    table = printed(study, Wanted("Q1", by="mood", base="asked"), capsys)
    assert table is not None
    bases = {c["group"]: c["base"] for c in table["columns"] if c["kind"] == "percent"}
    with_rows = len(parts_of(study, Wanted("Q1"))[TOTAL].answers["respondent"].unique())
    assert sum(base for group, base in bases.items() if group != TOTAL) > with_rows
    assert NOT_STATED in bases
