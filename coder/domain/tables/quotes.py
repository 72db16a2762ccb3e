"""Quotes for a theme: what respondents wrote, word for word, as a report prints it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from coder.domain.codings import Span
from coder.domain.grammar import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coder.domain.filters import Having
    from coder.domain.privacy.masks import Mask
    from coder.domain.tables.printed import Provenance
    from coder.domain.team.counting_rule import Agreed

LEFT_OUT = "…"
"""Stands for words of an answer that a quote leaves out."""


@dataclass(frozen=True, slots=True)
class QuoteRequest:
    """Which quotes are wanted for each theme, and what is told with them."""

    most: int | None = 5
    """How many are chosen; None for all."""
    marked_words: bool = False
    """Whether the words of codings are quoted, where there are any, instead of the whole answer."""
    attributes: tuple[str, ...] = ()
    """What is told of each respondent or answer: names, or lists of them; the first matters most."""
    ids: bool = False
    """Whether respondents and responses are named."""
    shorten: int | None = None
    """The most characters of a quote; None for as many as it has."""
    where: tuple[Having, ...] = ()
    """Of respondents and answers alone that meet all of these conditions."""
    coder_ids: tuple[str, ...] = ()
    """Whose codings; empty means anybody's."""
    agreed: Agreed = "settled"
    """How the codings of several coders are counted: quotes are of what the question's table counts."""
    fewest: int = 3
    """Attributes that fewer respondents have together are kept back, unless they are named anyway."""
    mask: Mask | None = None
    """What of the answers is masked; None: what is known, unless somebody has decided on what was found."""
    date: str = ""
    """The day or moment that the quotes count as made at; empty: now."""


@dataclass(frozen=True, slots=True)
class QuotedAttribute:
    """An attribute of a respondent, or of the answer, as it stands after a quote."""

    name: str
    """The attribute's."""
    value: str
    """Empty: not known, or kept back."""
    kept_back: bool = False
    """So that nobody can be recognised."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What one respondent wrote in one answer."""

    text: str
    attributes: tuple[QuotedAttribute, ...] = ()
    respondent_id: str = ""
    """Empty unless ids were asked for, as the next."""
    response_id: str = ""


@dataclass(frozen=True, slots=True)
class QuoteList:
    """The quotes of one theme, with everything that is printed around them."""

    title: str
    """The question: `Q16. Three most pressing challenges`."""
    question_id: str
    theme_id: str
    label: str
    definition: str
    quotes: tuple[Quote, ...]
    answers: int
    """How many answers are coded with the theme; of a net, with any of its themes."""
    respondents: int
    """Who gave them."""
    waiting: int
    """Further answers, whose codings wait to be recoded: they are not quoted."""
    respondents_word: str
    """What the study calls its respondents, in the plural: `councils`."""
    study_note: str
    """What its readers should know first: "SYNTHETIC: no council wrote these answers"; may be empty."""
    notes: tuple[str, ...]
    provenance: Provenance
    counts_kept_back: bool = False
    """Whether how many answers and respondents there are would tell of what tables beside these keep back."""

    @property
    def summary(self) -> str:
        """How many quotes these are, of how many answers."""
        if self.counts_kept_back:
            return counted(len(self.quotes), "quote")
        number = "one of the" if self.respondents == 1 else f"{self.respondents:,}"
        respondents = f"{number} {self.respondents_word}"
        waiting = f"; {counted(self.waiting, 'more answer')} to be recoded" if self.waiting else ""
        quotes = f"{counted(len(self.quotes), 'quote')} of {counted(self.answers, 'answer')}"
        return f"{quotes}, by {respondents}{waiting}"


def marked_words(text: str, spans: Iterable[Span]) -> str:
    """Return the words of a text that are marked, `…` for what lies between; without spans, all of it."""
    pieces = [text[start:end].strip() for start, end in _joined(text, spans)]
    return f" {LEFT_OUT} ".join(filter(None, pieces)) or text


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those with no words between them as one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and not text[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def shortened(text: str, length: int) -> str:
    """Return a text of at most so many characters, cut after a word and ended by `…` if it was longer."""
    if len(text) <= length:
        return text
    room = length - len(LEFT_OUT)
    ends = [
        end
        for end, (letter, following) in enumerate(pairwise(text[: room + 1]), 1)
        if _word_ends(letter, following)
    ]
    return text[: ends[-1] if ends else room].rstrip() + LEFT_OUT


def _word_ends(letter: str, following: str) -> bool:
    return following.isspace() and not letter.isspace()
