"""What the codebook screen says, worked out from its desk: no widgets touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from coder.domain.grammar import counted
from coder.domain.log_moments import local_moment
from coder.store import codebook_versions
from coder.store.journal import entries
from coder.text.inert import inert
from coder.tui.kit.fitting import spread
from coder.tui.kit.theme_text import theme_details

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.tui.codebook.desk import CodebookDesk
    from coder.tui.codebook.tree import CodebookRow

NOTES = 5
"""Notes on a theme that are shown with it; J lists all."""
EVERY_QUESTION = "all questions"
EMPTY = (
    "No themes yet.\n\n"
    "Press a to add the first. While coding, / makes a theme of what you type.\n"
    "A codebook made elsewhere comes in with: coder codebook import"
)
_WAITING = "codebook.yaml has edits that concern codings: p shows what they would do."
_DIFFERS = "codebook.yaml is not the version in use, which is the one that is read here."


def waiting(desk: CodebookDesk) -> str:
    """Return what is said where codebook.yaml is not the version in use."""
    if desk.study.read_only:
        return _DIFFERS
    return desk.study.differing_file or _WAITING


def status(desk: CodebookDesk, width: int) -> Content:
    """Return the line at the top: the study, the question, how many themes, and the codebook's version."""
    retired = sum(row.theme.status == "retired" for row in desk.tree)
    facts = [desk.question_id or EVERY_QUESTION, counted(len(desk.tree) - retired, "theme")]
    facts += [f"{retired:,} retired"] if retired else []
    latest = codebook_versions.latest_version(desk.study.database)
    facts += [f"version {latest.number}"] if latest else []
    facts += ["read only"] if desk.study.read_only else []
    return Content(spread(f"{desk.study.settings.title} · Codebook", " · ".join(facts), width))


def details(desk: CodebookDesk, row: CodebookRow) -> Content:
    """Return all that is to be said of a theme: counts, definition, notes, themes close to it."""
    text = Content.assemble(*theme_details(row.theme, desk.study.codebook, " · ".join(_facts(desk, row))))
    sections = {
        "Close to it": _near_lines(desk, row.theme.id),
        "In the journal": _noted_lines(desk, row.theme.id),
    }
    for heading, lines in sections.items():
        if section := Content("\n").join(Content(inert(line)) for line in lines):
            text = Content.assemble(text, "\n", (heading, "bold $text-accent"), "\n", section)
    return text


def _facts(desk: CodebookDesk, row: CodebookRow) -> Iterator[str]:
    if row.theme.status == "retired":
        yield "retired: no longer offered"
    if row.is_net:
        under = len(desk.study.codebook.members(row.theme.id)) - 1
        yield f"a net of {counted(under, 'theme')}{'' if row.theme.codable else ', not chosen itself'}"
    if row.mentions:
        yield f"{desk.study.settings.respondents}: {row.respondents:,} · mentions: {row.mentions:,}"
    else:
        yield "not used yet"
    if row.to_recode:
        yield f"{row.to_recode:,} to be recoded"
    if row.flagged:
        yield f"{row.flagged:,} on flagged answers"


def _near_lines(desk: CodebookDesk, theme_id: str) -> Iterator[str]:
    """Yield for each theme close to one its label, and why."""
    for near in desk.near:
        if theme_id in near.theme_ids:
            (close_id,) = set(near.theme_ids) - {theme_id}
            yield f"{desk.study.codebook.label(close_id)}: {near.why}"


def _noted_lines(desk: CodebookDesk, theme_id: str) -> Iterator[str]:
    """Yield the latest notes on a theme, the last first."""
    for entry in entries(desk.study.database, "theme", theme_id)[: -NOTES - 1 : -1]:
        name = desk.study.name_of(entry.coder_id)
        yield f"{local_moment(entry.at):%Y-%m-%d} {name}: {entry.text}"
