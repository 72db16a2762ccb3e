"""The notes under a table: what is counted, of whom, and what is missing from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.grammar import listed
from coder.domain.tables.requests import OTHER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.tables.requests import TableBase, TableOptions


@dataclass(frozen=True, slots=True)
class Coverage:
    """How the counts of a question came about."""

    answers: int
    """Answers to the question, non-responses left out."""
    unread: int
    """Of these, how many nobody has coded or confirmed."""
    coders: Sequence[str] = ()
    """Whose codings are counted."""
    chosen: bool = False
    """Whether these coders were asked for, so that others may be left out."""
    as_of: str = ""
    """When the codings stood that are counted: `at 2026-11-21T17:30:00.000Z`; empty for now."""
    unmentioned: int = 0
    """Themes without a mention that have no row."""
    joined: int = 0
    """Themes that share a row because few mention them."""
    waiting: tuple[tuple[str, int], ...] = ()
    """Labels of themes with the codings that are still to be recoded since a revision of the codebook."""


def table_notes(
    question_id: str, word: str, base: TableBase, options: TableOptions, coverage: Coverage
) -> tuple[str, ...]:
    """Return the notes, one sentence or two each.

    Args:
        question_id: The question.
        word: What the study calls its respondents, in the plural.
        base: Whom percentages are of.
        options: What the table counts and shows.
        coverage: How the counts came about.
    """
    return (
        *_counted(question_id, word, base, options),
        *_missing(question_id, word, base, coverage),
        *_rows(word, options, coverage),
        *_sources(word, options, coverage),
    )


def _counted(question_id: str, word: str, base: TableBase, options: TableOptions) -> Iterator[str]:
    if options.what == "mentions":
        yield "Counts are mentions: a theme counts once for each answer that is coded with it."
    else:
        yield f"Counts are {word}: a theme counts once for each that mentions it, in however many answers."
    who = {
        "asked": f"all {word} of the survey",
        "answered": f"{word} that answered {question_id}",
        "coded": f"{word} with at least one theme on {question_id}",
    }
    yield f"Base: {who[base.kind]}, n = {base.size}."
    if options.what == "respondents":
        who_may = word[:1].upper() + word[1:]
        yield f"{who_may} may mention several themes, so percentages can add up to more than 100."
    if options.nets:
        yield f"A net counts each of the {word} once, however many of its themes they mention."


def _missing(question_id: str, word: str, base: TableBase, coverage: Coverage) -> Iterator[str]:
    if silent := base.asked - base.answered:
        yield f"No answer to {question_id} from {silent} of {base.asked} {word}."
    if coverage.unread and not coverage.as_of:
        verb = "is" if coverage.unread == 1 else "are"
        yield f"{coverage.unread} of {coverage.answers} answers to {question_id} {verb} not yet coded."
    for label, times in coverage.waiting:
        codings = "1 coding of '{}' is" if times == 1 else f"{times:,} codings of '{{}}' are"
        yield f"{codings.format(label)} still to be recoded since the codebook was revised."


def _rows(word: str, options: TableOptions, coverage: Coverage) -> Iterator[str]:
    if coverage.joined:
        noun = "theme" if coverage.joined == 1 else "themes"
        yield (
            f"{OTHER}: {coverage.joined} {noun} that fewer than {options.other} {word} mention; "
            "each counts once, however many of them they mention."
        )
    if coverage.unmentioned:
        noun = "theme has" if coverage.unmentioned == 1 else "themes have"
        yield f"{coverage.unmentioned} {noun} no mention and no row."


_AGREED = {
    "any": "each of the {word} counts if any of them coded the theme",
    "all": "a theme counts on an answer if every one of them chose it there",
    "consensus": (
        "a theme counts on an answer if an adjudication chose it or, where there was none, more than half "
        "of those who read the answer"
    ),
}


def _sources(word: str, options: TableOptions, coverage: Coverage) -> Iterator[str]:
    many = len(coverage.coders)
    who = listed(coverage.coders)
    if options.anonymous:
        who = "one coder" if many == 1 else f"{many} coders"
    if many > 1 or (many and options.agreed == "consensus"):
        yield f"Codings of {who}; {_AGREED[options.agreed].format(word=word)}."
    elif coverage.chosen:
        yield f"Codings of {who} alone."
    if coverage.as_of:
        yield f"Codings as they stood {coverage.as_of}."
