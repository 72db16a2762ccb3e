"""Every place in a study's answers where words stand that are to be taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.privacy.quoting_words import QuotedWords
from coder.domain.privacy.removals import Removal
from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coder.domain.privacy.removals import WordsToTakeOut
    from coder.workflows.study.study import Study


def removals_of(study: Study, words: Iterable[WordsToTakeOut]) -> list[Removal]:
    """Return a removal for each place where words stand in answers: whole words, as in `QuotedWords`.

    Raises:
        CoderError: Words are too short to be looked for.
    """
    searches = []
    for wanted in words:
        quoted = QuotedWords({wanted.words: "-"})
        if not quoted.cuts_in(wanted.words):
            msg = f"'{wanted.words}' is too short to be looked for in all answers."
            raise CoderError(msg, "Name each place: coder redact --at ANSWER START END")
        searches.append((quoted, wanted))
    removals: list[Removal] = []
    for response_id, text in study.database.stream("SELECT id, text FROM response ORDER BY number"):
        behind = 0
        places = sorted(
            (cut.start, -cut.end, wanted) for quoted, wanted in searches for cut in quoted.cuts_in(text)
        )
        for start, end, wanted in places:
            if start >= behind:
                behind = -end
                seen = text[start:behind]
                removals.append(Removal(response_id, start, behind, wanted.kind, wanted.replacement, seen))
    return removals
