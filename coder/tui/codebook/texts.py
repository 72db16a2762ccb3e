"""What the codebook screen shows, worked out from the study: rows and texts, no widgets touched."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from textual.content import Content

from coder.domain.grammar import counted
from coder.store import codebook_versions, counts, surveys
from coder.store.recode_queues import waiting_by_theme
from coder.store.scope import Scope
from coder.store.unsettled import unsure_by_theme
from coder.text.inert import inert
from coder.tui.codebook.rows import CodebookRow
from coder.tui.kit.fitting import spread
from coder.tui.kit.theme_text import theme_details
from coder.workflows.tables.codebook_counts import codebook_counts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from coder.domain.codebook import Theme
    from coder.store.database import Database
    from coder.workflows.revising.near_duplicates import Near
    from coder.workflows.study.study import Study

EVERY_QUESTION = "all questions"
EMPTY = (
    "No themes yet.\n\n"
    "Press a to add the first. While coding, / makes a theme of what you type.\n"
    "A codebook made elsewhere comes in with: coder codebook import"
)
WAITING = "codebook.yaml has edits that concern codings: p shows what they would do."


def rows_of(study: Study, question_id: str | None) -> list[CodebookRow]:
    """Return the themes of a question, or of all, as a tree with counts; retired ones at the end."""
    counted = codebook_counts(study, question_id)
    waiting = _in_all(waiting_by_theme, study, question_id)
    unsure = _in_all(unsure_by_theme, study, question_id)

    def row(theme: Theme, depth: int) -> CodebookRow:
        respondents, mentions = counted.get(theme.id, (0, 0))
        net = study.codebook.is_net(theme.id)
        return CodebookRow(theme, depth, net, respondents, mentions, waiting[theme.id], unsure[theme.id])

    themes = [theme for theme, _ in study.codebook.tree(question_id)]
    active = [row(theme, _depth(study, theme)) for theme in themes if theme.status == "active"]
    return active + [row(theme, 0) for theme in themes if theme.status == "retired"]


def _depth(study: Study, theme: Theme) -> int:
    above = (study.codebook.by_id.get(net) for net in study.codebook.ancestors(theme.id))
    return sum(net is not None and net.status == "active" for net in above)


def _in_all(
    count: Callable[[Database, str], dict[str, int]], study: Study, question_id: str | None
) -> Counter[str]:
    """Count something by theme for a question, or for all of them together."""
    asked = [question_id] if question_id else [question.id for question in surveys.questions(study.database)]
    found: Counter[str] = Counter()
    for each in asked:
        found.update(count(study.database, each))
    return found


def status(study: Study, question_id: str | None, rows: Sequence[CodebookRow], width: int) -> Content:
    """Return the line at the top: the study, the question, how many themes, and the codebook's version."""
    retired = sum(row.theme.status == "retired" for row in rows)
    parts = [question_id or EVERY_QUESTION, counted(len(rows) - retired, "theme")]
    parts += [f"{retired:,} retired"] if retired else []
    latest = codebook_versions.latest_version(study.database)
    parts += [f"version {latest.number}"] if latest else []
    return Content(spread(f"{study.settings.title} · Codebook", " · ".join(parts), width))


def details(study: Study, row: CodebookRow, near: Sequence[str]) -> Content:
    """Return all that is to be said of a theme: counts, definition, notes, themes close to it."""
    text = theme_details(row.theme, study.codebook, " · ".join(_facts(study, row)))
    if not near:
        return text
    lines = Content("\n").join(Content(inert(line)) for line in near)
    return Content.assemble(text, "\n", ("Close to it", "bold $text-accent"), "\n", lines)


def _facts(study: Study, row: CodebookRow) -> Iterator[str]:
    if row.theme.status == "retired":
        yield "retired: no longer offered"
    if row.is_net:
        under = len(study.codebook.members(row.theme.id)) - 1
        yield f"a net of {counted(under, 'theme')}{'' if row.theme.codable else ', not chosen itself'}"
    if row.mentions:
        yield f"{study.settings.respondents}: {row.respondents:,} · mentions: {row.mentions:,}"
    else:
        yield "not used yet"
    if row.to_recode:
        yield f"{row.to_recode:,} to recode"
    if row.unsure:
        yield f"{row.unsure:,} unsure (on flagged answers)"


def is_coded(study: Study, question_id: str, theme_ids: Sequence[str]) -> bool:
    """Tell whether an answer to a question is coded with one of these themes."""
    return bool(counts.net_counts(study.database, Scope([question_id]), {"": theme_ids}))


def near_lines(study: Study, theme_id: str, near: Sequence[Near]) -> list[str]:
    """Return for each theme close to one its label, and why."""
    found = []
    for pair in near:
        if theme_id in pair.theme_ids:
            one, other = pair.theme_ids
            label = study.codebook.label(other if theme_id == one else one)
            found.append(f"{label}: {pair.why}")
    return found
