"""What came with a bundle, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted, listed_few
from coder.domain.team.settled_decisions import settled_differently_text
from coder.domain.texts.shell_quoting import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.workflows.team.copies.receipts import Receipt


_NOTES_NAMED = 10
_ANSWERS_NAMED = 10


def receipt_lines(receipt: Receipt, *, is_done: bool) -> Iterator[str]:
    """Yield what a bundle brought, or would bring."""
    if receipt.is_empty:
        yield f"All that {receipt.made_by} sent is here already."
    else:
        yield f"From {receipt.made_by}:" if is_done else f"{receipt.made_by} sent:"
    yield from _brought(receipt)
    yield from _to_look_at(receipt)
    yield from _about_people(receipt)


def _brought(receipt: Receipt) -> Iterator[str]:
    for name, brought in receipt.people.items():
        codings = f"{counted(brought.codings, 'coding')} made or taken back"
        yield f"  {name}: {counted(brought.steps, 'step')}, {codings}, {counted(brought.answers, 'answer')}"
    for count, what in (
        (receipt.versions, "version"), (receipt.events, "change"), (receipt.new_answers, "answer")
    ):  # fmt: skip
        if count:
            yield f"  {counted(count, what)} {_OF[what]}"


_OF = {"version": "of the codebook", "change": "of the team and its rounds", "answer": "to code"}


def _to_look_at(receipt: Receipt) -> Iterator[str]:
    if receipt.redacted:
        yield f"Words were taken out of {counted(receipt.redacted, 'answer')}, here too; it cannot be undone."
    if receipt.withdrawn:
        yield f"{counted(receipt.withdrawn, 'respondent')} withdrew: all of theirs is gone here too."
    if receipt.places:
        verb = agreeing(receipt.places, "is", "are")
        yield (
            f"What gives people away: {counted(receipt.places, 'place')} {verb} decided as elsewhere, or open"
            " again where that differs from here. To see them: coder redact"
        )
    if receipt.unaware:
        yield (
            "Written where it was not known what was taken out here, so it may quote it. Read"
            f" {listed_few(receipt.unaware, _NOTES_NAMED)}; words are taken out with: coder redact --take-out"
        )
    if receipt.unfinished:
        yield receipt.unfinished
    if receipt.carried:
        yield (
            f"{counted(receipt.carried, 'coding')} made without knowing a revision of the codebook"
            f" {agreeing(receipt.carried, 'is', 'are')} carried on, or put before"
            f" {agreeing(receipt.carried, 'its coder', 'their coders')}."
        )
    if receipt.clashes:
        count = len(receipt.clashes)
        yield (
            f"{counted(count, 'field')} of the codebook {agreeing(count, 'is', 'are')} said in different"
            " ways. What was common to all is in use until somebody decides: coder team clashes"
        )
    if text := settled_differently_text(receipt.settled_differently):
        yield text
    if receipt.other_settings:
        yield (
            "study.toml says there otherwise which answers say nothing (non_responses): tables may count"
            " other answers there than here."
        )


def _about_people(receipt: Receipt) -> Iterator[str]:
    for (source, target, are_parted), times in receipt.moved.items():
        is_one = "was the same person then, and no longer is" if are_parted else "is the same person"
        yield (
            f"{counted(times, 'coding')} made elsewhere for {source} {agreeing(times, 'goes', 'go')} to"
            f" {target}, who {is_one}; where {target} had decided about the answer, that stands."
        )
    for name, answers in receipt.overruled.items():
        yield (
            f"On {counted(len(answers), 'answer')} {name} had decided where it was not known yet who else is"
            f" {name}. What {name} decided stands, the other's codings do not:"
            f" {listed_few(answers, _ANSWERS_NAMED)}."
        )
    yield from map(str, receipt.rivals)
    for person, other in receipt.alike:
        by_name = person.name != other.name
        one, two = (quoted(namesake.name if by_name else namesake.id) for namesake in (person, other))
        yield f"Two people are called '{person.name}' and '{other.name}'."
        yield f"  If they are one: coder team merge {two} {one}. If not: coder team rename {two} NEW"
    for name in receipt.both_worked:
        yield (
            f"'{name}' worked in both copies, under an id from before ids were drawn at random: make sure"
            " that it is one person. If not, do not take it in, but import the other's codings as a file."
        )
