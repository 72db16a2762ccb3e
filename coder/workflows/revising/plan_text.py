"""A plan in a researcher's words."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from coder.domain.grammar import counted, listed_few
from coder.domain.near_names import nearest
from coder.domain.revising.revision_text import ThemeNames, VersionChange, version_changes, with_marks
from coder.domain.revising.revisions import Carried
from coder.workflows.revising.typed_operations import option_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.domain.revising.decisions import Doubt
    from coder.workflows.revising.revising import Plan, RowChange

_NAMED = 10
"""Answers that a line names; of more, how many there are."""
_NARROWEST = 20
"""Characters that a label has room for, however narrow the screen."""


def plan_lines(plan: Plan, respondents: str, width: int = 80) -> list[str]:
    """Return what a plan would do, for a screen or a terminal.

    Args:
        plan: The plan.
        respondents: What those who answered are called, such as `councils`.
        width: Of a line, in characters.
    """
    if plan.empty:
        return [f"Nothing changes: version {plan.version} of the codebook stays as it is."]
    names = ThemeNames(plan.revision.before, plan.revision.after)
    titled = (
        ("What changes", _changes(plan, width)),
        ("Codings it touches", _touched(plan, names, respondents, width)),
        ("Rows of tables", _rows(plan, respondents, width)),
        ("Codings that need a person", _to_recode(plan, names, width)),
        ("Left as somebody decided since", _left(plan, width)),
        ("To be decided first", _doubts(plan.doubts, width)),
    )
    lines = wrapped(f"{plan.label[:1].upper()}{plan.label[1:]}.", width) if plan.undoes else []
    lines += wrapped(f"Against version {plan.version} of the codebook.", width)
    for title, section in titled:
        section_lines = list(section)
        if section_lines:
            lines += ["", title, *section_lines]
    return lines


def change_lines(changes: Iterable[VersionChange], width: int = 80) -> Iterator[str]:
    """Yield what differs between two versions of a codebook, each change from a line of its own."""
    for change in changes:
        text = f"{change.text}: {with_marks(change.wording)}" if change.wording else change.text
        yield from wrapped(text, width, f"  {change.kind:12}  ")


def doubt_lines(doubt: Doubt, width: int = 80) -> Iterator[str]:
    """Yield what must be decided, and for each decision the option that makes it."""
    yield from wrapped(doubt.message, width, "  ")
    options = [option_of(decision) for decision in doubt.decisions]
    longest = max(map(len, options))
    for option, decision in zip(options, doubt.decisions, strict=True):
        yield from wrapped(decision.effect, width, f"    {option:{longest}}  ")


def _changes(plan: Plan, width: int) -> Iterator[str]:
    before, after = plan.revision.before, plan.revision.after
    # Taking back a merge is no split, although codings made since are told apart like one.
    carried = Carried() if plan.undoes else plan.revision.carried
    yield from change_lines(version_changes(before, after, carried), width)
    for target in dict.fromkeys(merge.target for merge in carried.merges if merge.target not in before):
        meant = nearest(after.label(target), (theme.label for theme in before if theme.status == "active"))
        new = f"'{after.label(target)}' is a new theme. {meant}" if meant else ""
        yield from wrapped(new, width, f"  {'?':12}  ") if new else []
    if not plan.undoes:
        names = ThemeNames(before, after)
        look_again = [VersionChange(id_, "look again", names(id_)) for id_ in carried.look_again]
        keep = [VersionChange(id_, "keep", f"{names(id_)}: its codings stay") for id_ in plan.revision.keep]
        yield from change_lines((*look_again, *keep), width)


def _touched(plan: Plan, names: ThemeNames, respondents: str, width: int) -> Iterator[str]:
    rows = [
        (
            names(theme_id),
            counted(touched.codings, "coding"),
            counted(touched.answers, "answer"),
            f"{touched.respondents:,} {respondents}",
            f"by {', '.join(touched.coder_ids)}",
        )
        for theme_id, touched in plan.touched.items()
    ]
    yield from _table(rows, "<>>><", width)


def _rows(plan: Plan, respondents: str, width: int) -> Iterator[str]:
    if not plan.rows:
        yield "  None changes."
        return
    before, after = zip(*((row.before, row.after) for row in plan.rows), strict=True)
    answered = _arrows([count.respondents for count in before], [count.respondents for count in after])
    mentioned = _arrows([count.mentions for count in before], [count.mentions for count in after])
    rows, last = [], ""
    for row, people, mentions in zip(plan.rows, answered, mentioned, strict=True):
        question = "" if row.question_id == last else row.question_id
        last = row.question_id
        rows.append((question, _row_label(row, plan), f"{people} {respondents},", f"{mentions} mentions"))
    yield from _table(rows, "<<<<", width, wide=1)


def _arrows(before: Sequence[int], after: Sequence[int]) -> list[str]:
    """Return ` 8 ->  0` for each pair of numbers, below each other."""
    old, new = ([f"{number:,}" for number in numbers] for numbers in (before, after))
    sizes = max(map(len, old)), max(map(len, new))
    return [f"{one:>{sizes[0]}} -> {other:>{sizes[1]}}" for one, other in zip(old, new, strict=True)]


def _row_label(row: RowChange, plan: Plan) -> str:
    net = " (net)" if plan.revision.after.is_net(row.theme_id) else ""
    if not row.label_before:
        return f"{row.label_after}{net} (new)"
    if not row.label_after:
        return f"{row.label_before} (goes)"
    renamed = "" if row.label_before == row.label_after else f"{row.label_before} -> "
    return f"{renamed}{row.label_after}{net}"


def _to_recode(plan: Plan, names: ThemeNames, width: int) -> Iterator[str]:
    for theme_id, by_coder in plan.to_recode.items():
        each = ", ".join(f"{coder_id} {times:,}" for coder_id, times in sorted(by_coder.items()))
        yield from wrapped(f"{names(theme_id)}: {sum(by_coder.values()):,} ({each})", width, "  ")
    if plan.to_recode:
        yield from wrapped("They wait in the coding screen; until then, tables say so.", width, "  ")


def _left(plan: Plan, width: int) -> Iterator[str]:
    if plan.left:
        yield from wrapped(listed_few(plan.left, _NAMED), width, "  ")


def _doubts(doubts: Iterable[Doubt], width: int) -> Iterator[str]:
    for doubt in doubts:
        yield from doubt_lines(doubt, width)


def _table(rows: Sequence[Sequence[str]], sides: str, width: int, wide: int = 0) -> Iterator[str]:
    """Yield rows in columns; the one with long texts is wrapped.

    Args:
        rows: The cells.
        sides: `<` or `>` for each column.
        width: Of a line.
        wide: Which column is wrapped.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if not widths:
        return
    others = sum(widths) - widths[wide] + 2 * len(widths)
    widths[wide] = min(widths[wide], max(width - others, _NARROWEST))
    for row in rows:
        first, *more = textwrap.wrap(row[wide], widths[wide], break_on_hyphens=False) or [""]
        cells = [first if place == wide else cell for place, cell in enumerate(row)]
        padded = (f"{cell:{side}{size}}" for cell, side, size in zip(cells, sides, widths, strict=True))
        yield f"  {'  '.join(padded)}".rstrip()
        indent = " " * (2 + sum(widths[:wide]) + 2 * wide)
        yield from (f"{indent}{line}" for line in more)


def wrapped(text: str, width: int = 80, first: str = "") -> list[str]:
    """Return a text in lines; the first begins with `first`, and the others stand below what follows it."""
    rest = " " * len(first)
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
