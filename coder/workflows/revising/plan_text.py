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

    from coder.domain.revising.decisions import OpenDecision
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
    names = ThemeNames(plan.revision.old, plan.revision.new)
    titled = (
        ("What changes", _changes(plan, width)),
        ("Codings it touches", _touched(plan, names, respondents, width)),
        ("Rows of tables", _rows(plan, respondents, width)),
        ("Codings that need a person", _to_recode(plan, names, width)),
        ("Left as somebody decided since", _left(plan, width)),
        ("To be decided first", _open_decisions(plan, width)),
    )
    lines = wrapped(f"{plan.label[:1].upper()}{plan.label[1:]}.", width) if plan.undoes else []
    lines += wrapped(f"Against version {plan.version} of the codebook.", width)
    for title, section in titled:
        section_lines = list(section)
        if section_lines:
            lines += ["", title, *section_lines]
    return lines


def change_lines(changes: Iterable[VersionChange], width: int = 80) -> Iterator[str]:
    """Yield what differs between two versions of a codebook, each change on lines of its own."""
    for change in changes:
        text = f"{change.text}: {with_marks(change.wording)}" if change.wording else change.text
        yield from wrapped(text, width, f"  {change.kind:12}  ")


def _open_decision_lines(open_decision: OpenDecision, width: int = 80) -> Iterator[str]:
    """Yield what must be decided, and for each decision the option that makes it."""
    yield from wrapped(open_decision.message, width, "  ")
    options = [option_of(decision) for decision in open_decision.decisions]
    longest = max(map(len, options))
    for option, decision in zip(options, open_decision.decisions, strict=True):
        yield from wrapped(decision.effect, width, f"    {option:{longest}}  ")


def _changes(plan: Plan, width: int) -> Iterator[str]:
    old, new = plan.revision.old, plan.revision.new
    # Taking back a merge is no split, although codings made since are told apart like one.
    carried = Carried() if plan.undoes else plan.revision.carried
    yield from change_lines(version_changes(old, new, carried), width)
    for target in dict.fromkeys(merge.target for merge in carried.merges if merge.target not in old):
        meant = nearest(new.label(target), (theme.label for theme in old if theme.status == "active"))
        remark = f"'{new.label(target)}' is a new theme. {meant}" if meant else ""
        yield from wrapped(remark, width, f"  {'?':12}  ") if remark else []
    if not plan.undoes:
        names = ThemeNames(old, new)
        look_again = [VersionChange(id_, "look again", names(id_)) for id_ in carried.look_again]
        keep = [VersionChange(id_, "keep", f"{names(id_)}: its codings stay") for id_ in plan.revision.keep]
        yield from change_lines((*look_again, *keep), width)


def _touched(plan: Plan, names: ThemeNames, respondents: str, width: int) -> Iterator[str]:
    rows = [
        (
            names(theme_id),
            counted(effect.codings, "coding"),
            counted(effect.answers, "answer"),
            f"{effect.respondents:,} {respondents}",
            f"by {', '.join(effect.coders)}",
        )
        for theme_id, effect in plan.touched.items()
    ]
    yield from _table(rows, "<>>><", width)


def _rows(plan: Plan, respondents: str, width: int) -> Iterator[str]:
    if not plan.rows:
        yield "  None changes."
        return
    old, new = zip(*((row.old_count, row.new_count) for row in plan.rows), strict=True)
    answered = _arrows([count.respondents for count in old], [count.respondents for count in new])
    mentioned = _arrows([count.mentions for count in old], [count.mentions for count in new])
    rows, last_question = [], ""
    for row, people, mentions in zip(plan.rows, answered, mentioned, strict=True):
        question = "" if row.question_id == last_question else row.question_id
        last_question = row.question_id
        rows.append((question, _row_label(row, plan), f"{people} {respondents},", f"{mentions} mentions"))
    yield from _table(rows, "<<<<", width, wide=1)


def _arrows(old_numbers: Sequence[int], new_numbers: Sequence[int]) -> list[str]:
    """Return ` 8 ->  0` for each pair of numbers, below each other."""
    old, new = ([f"{number:,}" for number in numbers] for numbers in (old_numbers, new_numbers))
    sizes = max(map(len, old)), max(map(len, new))
    return [
        f"{old_text:>{sizes[0]}} -> {new_text:>{sizes[1]}}"
        for old_text, new_text in zip(old, new, strict=True)
    ]


def _row_label(row: RowChange, plan: Plan) -> str:
    net = " (net)" if plan.revision.new.is_net(row.theme_id) else ""
    if not row.old_label:
        return f"{row.new_label}{net} (new)"
    if not row.new_label:
        return f"{row.old_label} (goes)"
    renamed = "" if row.old_label == row.new_label else f"{row.old_label} -> "
    return f"{renamed}{row.new_label}{net}"


def _to_recode(plan: Plan, names: ThemeNames, width: int) -> Iterator[str]:
    for theme_id, by_coder in plan.to_recode.items():
        coders = ", ".join(f"{coder_id} {times:,}" for coder_id, times in sorted(by_coder.items()))
        yield from wrapped(f"{names(theme_id)}: {sum(by_coder.values()):,} ({coders})", width, "  ")
    if plan.to_recode:
        yield from wrapped("They wait in the coding screen; until then, tables say so.", width, "  ")


def _left(plan: Plan, width: int) -> Iterator[str]:
    if plan.decided_since:
        yield from wrapped(listed_few(plan.decided_since, _NAMED), width, "  ")


def _open_decisions(plan: Plan, width: int) -> Iterator[str]:
    for open_decision in plan.open_decisions:
        yield from _open_decision_lines(open_decision, width)


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
    taken = sum(widths) - widths[wide] + 2 * len(widths)
    widths[wide] = min(widths[wide], max(width - taken, _NARROWEST))
    for row in rows:
        first_line, *more_lines = textwrap.wrap(row[wide], widths[wide], break_on_hyphens=False) or [""]
        cells = [first_line if number == wide else cell for number, cell in enumerate(row)]
        padded = (f"{cell:{side}{size}}" for cell, side, size in zip(cells, sides, widths, strict=True))
        yield f"  {'  '.join(padded)}".rstrip()
        indent = " " * (2 + sum(widths[:wide]) + 2 * wide)
        yield from (f"{indent}{line}" for line in more_lines)


def wrapped(text: str, width: int = 80, first: str = "") -> list[str]:
    """Return a text in lines; the first begins with `first`, and the others stand below what follows it."""
    indent = " " * len(first)
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False)
