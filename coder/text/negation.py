"""Words that turn what a clause says into its opposite: "never listens", "no support", "not enough".

Vectors of meaning hardly see them. They are quoted and not weighed: what two of them come to, or what is
meant by them, is for the reader to judge. A closed list of words does as well as a parse, without a library.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from coder.text.spans import clauses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.codings import Span

_VERBS = "ai|are|ca|could|did|does|do|had|has|have|is|might|must|need|ought|sha|should|was|were|wo|would"
_CUES = rf"""\b(?:
        no\s+longer | no\s+one | not\s+enough | not\s+any(?:more)? | not\s+at\s+all
        | not | no | never | none | nobody | nothing | nowhere | neither | nor
        | without | hardly | barely | scarcely | rarely | seldom | cannot
        | (?:{_VERBS})n['’]t | (?:{_VERBS})nt                    # don't, and dont as it is often typed
        | nevr | nver | neevr | nevver | nvr | nuthing | nothin | nobdy | noone | dosnt | dosent | havnt
        | wthout | withot
    )\b(?!['’])"""
_NO_CUES = r"""\b(?:
        not\s+(?:only|just|merely|least|to\s+mention)
        | no\s+(?:doubt|wonder|matter|sooner) | nothing\s+but | none\s+the\s+less
        | nonetheless | whether\s+or\s+not
        | why\s+not | if\s+not | (?:yes|yeah)\s+and\s+no
        | (?:can(?:['’]?t|not)|couldn['’]?t|could\s+not)\s+(?:wait|thank|praise|recommend|agree\s+more|fault
            |be\s+(?:better|happier))
        | no\.?\s?\d+                                           # number 5
    )\b
    | \bno(?=\s*[,.!;:–—-]\s*\w)                                 # No, they listen.
    """
_NEAR = 200
"""Characters around a span in which its clause is looked for."""
_FEW_WORDS = 4
"""A span of fewer words is looked at with the whole clause that it is in."""
_MOST = 2
_LONGEST = 600
"""Characters of a span that may be a few clauses; one word says nothing of a longer one."""


@cache
def _compiled(cues: str) -> re.Pattern[str]:
    """Return a list of words as a pattern; made at its first use, for it takes milliseconds of the start."""
    return re.compile(cues, re.VERBOSE | re.IGNORECASE)


def negations(text: str, spans: Sequence[Span]) -> list[str]:
    """Return the first words that negate what spans of a text say, as it writes them: at most two, in order.

    Args:
        text: The text; English.
        spans: Parts of it. Of a clause a few words of which are meant, all of it counts.
    """
    cues: list[str] = []
    for span in spans:
        start, end = _with_clause(text, span)
        passage = text[start:end]
        if len(passage) > _LONGEST:
            continue
        passed_over = [match.span() for match in _compiled(_NO_CUES).finditer(passage)]
        cues += [
            " ".join(match.group().split())
            for match in _compiled(_CUES).finditer(passage)
            if not any(begin <= match.start() < stop for begin, stop in passed_over)
        ]
    return list(dict.fromkeys(cues))[:_MOST]


def _with_clause(text: str, span: Span) -> tuple[int, int]:
    """Return a span, one of few words with its clause."""
    if len(text[span.start : span.end].split()) >= _FEW_WORDS:
        return span
    begin = max(0, span.start - _NEAR)
    near = text[begin : span.end + _NEAR]
    of_clause = [
        (start + begin, end + begin)
        for start, end in clauses(near)
        if start + begin < span.end and span.start < end + begin
    ]
    return (min(span.start, of_clause[0][0]), max(span.end, of_clause[-1][1])) if of_clause else span
