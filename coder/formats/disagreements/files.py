"""Sheets of disagreements as CSV, JSON and Markdown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from coder.formats.shared.escaping.markdown import in_markdown, markdown_line
from coder.formats.shared.escaping.plain_text import plain
from coder.formats.shared.file_contents import csv_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.team.disagreement_sheets import DisagreementSheet, SheetRow

_COLUMNS = ("question", "response_id", "answer")
_FURTHER = (
    "state", "settled_on", "settled_by", "why", "definition_to_change", "read_before_theme", "note",
    "settled_differently",
)  # fmt: skip


def sheets_csv(sheets: Sequence[DisagreementSheet]) -> str:
    """Return sheets as one CSV, a row an answer, with a column for each coder."""
    names = list(dict.fromkeys(name for sheet in sheets for name in sheet.coders))
    rows = (_csv_row(sheet, row, names) for sheet in sheets for row in sheet.rows)
    return csv_text((*_COLUMNS, *names, *_FURTHER), rows)


def _csv_row(sheet: DisagreementSheet, row: SheetRow, names: Sequence[str]) -> list[str]:
    choices = {name: row.choice_text(place, "; ") for place, name in enumerate(sheet.coders)}
    return [
        sheet.question_id,
        row.response_id,
        row.text,
        *(choices.get(name, "") for name in names),
        row.state,
        row.settled_text,
        row.settled_by,
        row.why,
        "; ".join(row.definitions),
        "; ".join(row.unoffered),
        sheet.study_note,
        " | ".join(row.settled_differently),
    ]


def sheets_json(sheets: Sequence[DisagreementSheet]) -> str:
    """Return sheets as a JSON list, one object a question."""
    return json.dumps([_json_sheet(sheet) for sheet in sheets], ensure_ascii=False, indent=1) + "\n"


def _json_sheet(sheet: DisagreementSheet) -> dict[str, object]:
    return {
        "note": sheet.study_note,
        "about": sheet.about,
        "study": sheet.study,
        "question": sheet.question_id,
        "title": sheet.title,
        "coders": list(sheet.coders),
        "answers": [_json_row(sheet, row) for row in sheet.rows],
        "themes": [theme._asdict() for theme in sheet.themes],
        "made": sheet.made,
    }


def _json_row(sheet: DisagreementSheet, row: SheetRow) -> dict[str, object]:
    read = {
        name: None if choice is None else [theme._asdict() for theme in choice]
        for name, choice in zip(sheet.coders, row.choices, strict=True)
    }
    return {**row._asdict(), "choices": read}


def sheets_markdown(sheets: Sequence[DisagreementSheet]) -> str:
    """Return sheets as Markdown: for each question the themes in dispute, then answer by answer."""
    lines: list[str] = []
    for sheet in sheets:
        lines += _markdown(sheet)
    return "\n".join(lines).rstrip() + "\n"


def _markdown(sheet: DisagreementSheet) -> Iterator[str]:
    yield f"# {in_markdown(sheet.study)} · {in_markdown(sheet.title)}"
    yield ""
    if sheet.study_note:
        yield markdown_line(sheet.study_note)
        yield ""
    kind = "Disagreements of" if sheet.is_to_settle else "Side by side:"
    yield f"{kind} {in_markdown(', '.join(sheet.coders))}. {sheet.summary}. Made {sheet.made}."
    yield ""
    if sheet.about:
        yield markdown_line(sheet.about)
        yield ""
    yield from _markdown_themes(sheet)
    for row in sheet.rows:
        yield from _markdown_row(sheet, row)
        yield ""


def _markdown_row(sheet: DisagreementSheet, row: SheetRow) -> Iterator[str]:
    yield f"## {in_markdown(row.response_id)}"
    yield ""
    for line in plain(row.text).split("\n"):
        yield f"> {markdown_line(line)}"
    yield ""
    for place, name in enumerate(sheet.coders):
        yield f"- **{in_markdown(name)}**: {in_markdown(row.choice_text(place, '; '))}"
    if sheet.is_to_settle:
        yield from _markdown_settled(row)
    elif row.why:
        yield f"- Why: {in_markdown(row.why)}"


def _markdown_settled(row: SheetRow) -> Iterator[str]:
    """Yield what the team has said of an answer, and room for what it settles."""
    for text in row.unoffered:
        yield f"- Read before the theme existed: {in_markdown(text)}"
    if row.state == "parked":
        yield f"- Parked{': ' + in_markdown(row.why) if row.why else ''}"
    if row.definitions:
        yield f"- Definition to change: {in_markdown('; '.join(row.definitions))}"
    if row.settled_differently:
        differently = in_markdown(" · ".join(row.settled_differently))
        yield f"- Settled differently in several copies: {differently}"
    by = f" ({in_markdown(row.settled_by)})" if row.settled_by else ""
    why = f": {in_markdown(row.why)}" if row.why and row.state != "parked" else ""
    settled = f"{in_markdown(row.settled_text)}{by}{why}" if row.settled_text else "____"
    yield f"- **Settled**: {settled}"


def _markdown_themes(sheet: DisagreementSheet) -> Iterator[str]:
    if not sheet.themes:
        return
    yield "| Theme in dispute | Answers | What the codebook says |"
    yield "| --- | ---: | --- |"
    for theme in sheet.themes:
        change = f" **To change, say {theme.to_change} answers.**" if theme.to_change else ""
        yield f"| {in_markdown(theme.label)} | {theme.times} | {in_markdown(theme.definition)}{change} |"
    yield ""
