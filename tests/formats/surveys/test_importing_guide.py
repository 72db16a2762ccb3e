"""`docs/importing.md` says what is known and done: its tables are made here, of what is described and tried.

After a change `PYTHONPATH=. .venv/bin/python tests/formats/surveys/test_importing_guide.py` writes them.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from coder.domain.nonresponse import NonResponses
from coder.formats.surveys.known_platforms import PLATFORMS
from coder.formats.surveys.reading import build_survey, read_rows, understand

if TYPE_CHECKING:
    from collections.abc import Iterable

GUIDE = Path(__file__).parents[3] / "docs" / "importing.md"
TEXTS = (
    "We wait far too long for a bed when somebody is in crisis",
    "Agency costs are eating what little budget there was left",
    "The new crisis house has been full since the week it opened",
    "Nobody answers the telephone at night or on a Sunday",
    "Families are asked much too late what they would need",
    "There is one worker for three towns and she is leaving",
)
_OWN_SHOWN = 5
_MARKS_SHOWN = 2


class Kind(NamedTuple):
    """A kind of file: what is done, a small one, how many respondents it has, what settles the doubt."""

    name: str
    done: str
    rows: list[list[str]]
    respondents: int = 6
    settled_by: str = ""


def table(*header: str, behind: str = "") -> list[list[str]]:
    """Return rows of an id, a closed answer and a sentence below a header, with one more column if wanted."""
    body = [[f"A{n}", ("North", "South")[n % 2], text] for n, text in enumerate(TEXTS)]
    return [list(header), *([*row, behind] if len(header) > 3 else row for row in body)]


NAMES = ("id", "region", "Q1")
WITHOUT_IDS = [list(NAMES), *([f"A{n}" if n != 3 else "", "N", f"{TEXTS[n % 6]} {n}"] for n in range(12))]
ROUNDED = [[cell if n == 0 or c else f"1.10E+{10 + n % 2}" for c, cell in enumerate(row)] for n, row in
           enumerate(table("Response ID", *NAMES[1:]))]  # fmt: skip
KINDS = (
    Kind("names in row 1", "id, open questions and attributes are found by names and values", table(*NAMES)),
    Kind(
        "boxes in row 2, below their question (blank or merged cells in row 1)",
        "both rows are the header; the boxes are one question, with its wording",
        [["id", "What next?", "", "Region"], ["", "First", "Second", ""],
         *([f"A{n}", text, text[::-1], "N"] for n, text in enumerate(TEXTS))],
    ),
    Kind(
        "groups above the names",
        "the names are those of the lower row; the group stands in front of the wording",
        [["About you", "", "Your views"], *table(*NAMES)],
    ),
    Kind(
        "wordings in row 2, below codes",
        "row 2 is the wording: it is of another kind than all rows below it",
        [["lfd", "v_1", "v_2"], ["Number", "How old are you?", "What else?"],
         *([str(n), str(30 + n), text] for n, text in enumerate(TEXTS))],
    ),
    Kind(
        "no names", "row 1 is a respondent, the columns are numbered", table(*NAMES)[1:],
        settled_by="--header none",
    ),
    Kind("names that begin with #", "they are names; a comment has one cell or a blank behind the #",
         table("#id", *NAMES[1:])),
    Kind("titles, notes and comments above", "left out, each with its row",
         [["Survey 2024", "", ""], *table(*NAMES)]),
    Kind(
        "figures and remarks below, after a blank row or in one cell", "left out, with their rows",
        [*table(*NAMES), ["", "", ""], ["Average", "", "4.5"], ["Exported on 4 May", "", ""]],
    ),
    Kind("a total right below the table", "left out", [*table(*NAMES), ["Total", "6", "4"]],
         settled_by="--last-row 7"),
    Kind("titles of sections: rows of one cell among the answers", "left out",
         [*table(*NAMES)[:4], ["In the south", "", ""], *table(*NAMES)[4:]], settled_by="--lone-rows drop"),
    Kind("the header once more, in exports pasted together", "left out",
         [*table(*NAMES)[:4], list(NAMES), *table(*NAMES)[4:]]),
    Kind("a table on its side: questions in rows, respondents in columns", "taken as it is",
         [["", "A", "B", "C", "D"], ["Age", "31", "45", "28", "60"], ["What else?", *TEXTS[:4]],
          ["What is good about it?", *TEXTS[2:]]], 3, "--turned"),
    Kind("equal names", "told apart by the question in front, or by number: `Other [Which?]`, `yes (2nd)`",
         table("id", "region", "Q1", "region", behind="x")),
    Kind("names and wordings with HTML", "tags and entities become text; answers stay as they are",
         table("id", "region", "<p>What&nbsp;else?</p>")),
    Kind("several rows a respondent",
         "gathered: texts become boxes; what differs between the rows is kept of their answers",
         [table("record_id", *NAMES[1:])[0],
          *([f"A{n // 2}", "N", text] for n, text in enumerate(TEXTS))], 3, "--row-is part"),
    Kind("blank ids", "these rows are numbered", WITHOUT_IDS, 12, "--number-blanks"),
    Kind("ids that lost digits in a spreadsheet (1.10E+10)", "the rows are numbered", ROUNDED,
         settled_by="--id none"),
    Kind("tests and previews, by a column of the platform", "counted",
         [["ResponseId", "Status", "Q1"], ["Response ID", "Response Type", "What else?"],
          *([f"R_{n}aaaaa", ("IP Address", "Survey Preview")[n == 2], text] for n, text in enumerate(TEXTS))],
         settled_by="--drop-tests"),
    Kind("names, e-mail, telephone, addresses, postcodes, coordinates", "left out, by name and by values",
         table(*NAMES, "E-mail address", behind="jo@example.org")),
)  # fmt: skip


def write(kind: Kind, folder: Path) -> Path:
    """Write the small file of a kind."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(kind.rows)
    path = folder / "survey.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_what_the_guide_says_of_a_kind_is_done(kind: Kind, tmp_path: Path) -> None:
    """Each kind has the respondents it has, and a doubt only where the guide says so."""
    raw = read_rows(write(kind, tmp_path))
    layout = understand(raw)
    survey, _ = build_survey(raw, layout, NonResponses())
    assert len(survey.respondents) == kind.respondents
    remedies = " ".join(doubt.remedy for doubt in layout.doubts)
    assert len(layout.doubts) == bool(kind.settled_by)
    assert kind.settled_by in remedies


def kinds_table() -> str:
    """Make the table of kinds."""
    rows = ["| kind | what is done | asks, unless given |", "| --- | --- | --- |"]
    for kind in KINDS:
        option = f"`{kind.settled_by}`" if kind.settled_by else ""
        rows.append(f"| {kind.name} | {kind.done} | {option} |")
    return "\n".join(rows)


def platforms_table() -> str:
    """Make the table of platforms."""
    rows = [
        "| platform | header | who answered | left out, for instance | people | tests and previews |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for platform in sorted(PLATFORMS, key=lambda platform: platform.name.casefold()):
        cells = (
            platform.name,
            platform.header,
            _names(platform.respondent_columns[:1]) or "numbered by row",
            _names(sorted(platform.own_columns, key=lambda name: (not name.isascii(), name))[:_OWN_SHOWN]),
            _names(sorted(filter(str.isascii, platform.personal_columns))[:_OWN_SHOWN]),
            _names(
                [
                    f"{column}: {', '.join(sorted(marks)[:3])}"
                    for column, marks in platform.test_marks[:_MARKS_SHOWN]
                ]
            ),
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def with_tables(guide: str) -> str:
    """Return the guide with its tables made anew."""
    for name, text in (("kinds", kinds_table()), ("platforms", platforms_table())):
        mark = f"<!-- {name}: made by a test -->"
        before, _, after = guide.partition(mark)
        guide = f"{before}{mark}\n{text}\n<!-- end -->{after.partition('<!-- end -->')[2]}"
    return guide


def test_the_tables_of_the_guide_are_what_is_described() -> None:
    """The tables of kinds and platforms are made from what is tried here and described in `platforms`."""
    guide = GUIDE.read_text(encoding="utf-8")
    assert all(platform.name in guide for platform in PLATFORMS)
    assert with_tables(guide) == guide


if __name__ == "__main__":
    GUIDE.write_text(with_tables(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
