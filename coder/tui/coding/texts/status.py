"""The status line of the coding screen, and the title of its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted
from coder.domain.reading_orders import ORDERS
from coder.tui.kit.fitting import fact, spread

if TYPE_CHECKING:
    from coder.tui.coding.desk import Desk

WIDE = 100
"""Columns from which the list stands beside the answer, and the status line says more."""
BAR_CELLS = 12
SHOW_TEXTS = {
    "all": "all",
    "open": "not done",
    "coded": "with a theme",
    "done": "done",
    "nothing": "nothing here",
    "flag": "flagged",
    "memo": "with a memo",
    "recode": "to be recoded",
    "non-response": "non-responses",
}
"""What a filter shows, as the list's title says it."""


def status(desk: Desk, width: int) -> str:
    """Return the line at the top: study and question, coder, progress, and whether all is saved.

    Args:
        desk: The desk.
        width: Columns of the screen.
    """
    done, answers = desk.progress.done, desk.progress.answers
    wide = width >= WIDE
    question = desk.listing.question()
    titles = [desk.study.settings.title, desk.listing.assigned.round_name]
    # Where there is no room for both, the round says more.
    study_and_question = " · ".join(
        [*filter(None, titles if wide or not titles[1] else titles[1:]), question.id]
    )
    progress = f"{done:,} of {answers:,} done {_bar(done, answers)}"
    right = " · ".join(filter(None, (desk.study.name_of(desk.session.coder_id), progress, _saving(desk))))
    if desk.waiting:
        key = " · w goes back" if desk.mode.way_out_by("w") else ": w"
        right = f"↻ {desk.waiting}{' to be recoded' if wide else ''}{key} · {right}"
    if desk.questions:
        right = f"{_questions(desk.questions, wide=wide)} · {right}"
    pace = desk.sitting.pace()
    room = width - len(f"{study_and_question} {question.label} {right}")
    if wide and pace and len(pace) + len(" · ") < room:
        right = f"{pace} · {right}"
    return spread(f"{study_and_question} {question.label}", right, width)


def list_title(desk: Desk) -> str:
    """Return the title of the list: what is left of a queue; else how many, what narrows it, its order."""
    what_is_left = desk.mode.title(desk.listing)
    if what_is_left:
        return what_is_left
    answers, codebook = desk.listing.filter, desk.study.codebook
    count = len(desk.listing.equal.answers)
    facts = [agreeing(count, "answer", "answers") if answers.show == "all" else SHOW_TEXTS[answers.show]]
    theme_ids = answers.theme_ids[:1] if answers.together == "any" else answers.theme_ids
    facts += filter(None, [" + ".join(map(codebook.label, theme_ids))])
    facts += [fact(having.called, having.of_what) for having in answers.attributes]
    facts += ["fully read"] if answers.all_read else []
    if answers.text:
        facts.append(f"“{answers.text}”")
    if answers.pattern:
        facts.append(f"/{answers.pattern}/")
    facts += order_title(desk)
    return f"{count:,} {' · '.join(facts)}"


def order_title(desk: Desk) -> list[str]:
    """Return the order's name; nothing where answers are as they came, dots while it is worked out."""
    order, arranged = desk.listing.arrangement.order, desk.listing.arranged
    if order.kind == "file" or not (arranged or desk.advice.engine):
        return []
    theme = f": {desk.study.codebook.label(order.theme_id)}" if order.theme_id else ""
    name = f"{ORDERS[order.kind].name}{theme}"
    return [name if arranged else f"{name} …"]


def _questions(count: int, *, wide: bool) -> str:
    """Return how many questions to the team are open in which the coder has yet to have a say."""
    return f"? {counted(count, 'question')}: A" if wide else f"? {count}: A"


def _saving(desk: Desk) -> str:
    """Return whether all is saved, or that nothing can be; nothing before there was anything to save."""
    if desk.study.read_only:
        return "read only"
    if desk.session.waiting.waits:
        return "waiting"
    return {True: "saved", False: "NOT SAVED", None: ""}[desk.saved]


def _bar(done: int, total: int) -> str:
    filled = round(BAR_CELLS * done / total) if total else 0
    return "█" * filled + "░" * (BAR_CELLS - filled)
