"""Texts beside the answers that quote words, each with where it stands, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.domain.privacy.quoted_parts import QuotedParts
from coder.store.privacy.quoting_acts import quoting_acts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from coder.domain.privacy.text_cuts import TextCut
    from coder.store.database import Database
    from coder.store.privacy.quoting_acts import FindsQuotes, QuotingAct

_AROUND = 40
"""Characters on either side of a quoted word that are shown."""


class QuotingText(NamedTuple):
    """A text beside the answers that quotes words which are to go, or have gone."""

    where: str
    """In words: `a memo on R1.Q1.1`, `a version of the codebook`."""
    text: str
    """The text around the first of the words."""
    passages: tuple[str, ...]
    """Where it quotes them."""


def quoting_texts(database: Database, quoted: FindsQuotes) -> list[QuotingText]:
    """Return the texts of acts that quote words, each once."""
    texts = []
    for act in quoting_acts(database, quoted):
        passages = [(way, text, act.cuts[way]) for way, text in act.passages if act.cuts[way]]
        # What is said in a comment of codebook.yaml alone has no cuts of its own.
        passages = passages or [(way, text, quoted.cuts_in(text)) for way, text in act.passages]
        texts += [_quoting(_where_it_is(act, way), text, cuts) for way, text, cuts in passages]
    return list(dict.fromkeys(texts))


def doubtful_texts(
    database: Database,
    texts: Iterable[str],
    whole: Callable[[str], Sequence[TextCut]],
    *,
    are_answers: bool = False,
    leaving: Collection[str] = (),
) -> list[QuotingText]:
    """Return the texts, answers among them, that may quote a part of what leaves a study.

    Args:
        database: The study's.
        texts: What leaves it.
        whole: Returns where that is quoted as a whole, which is no part.
        are_answers: Whether the texts are whole answers, which are looked for in notes alone.
        leaving: The ids of answers that leave with them.
    """
    answers: list[tuple[str, str]] = [
        (response_id, text)
        for response_id, text in database.stream("SELECT id, text FROM response ORDER BY number")
        if response_id not in leaving
    ]
    parts = QuotedParts(texts, (text for _, text in answers), whole, are_answers=are_answers)
    if parts.is_empty:
        return []
    standing = [
        _quoting(f"answer {response_id}", text, cuts)
        for response_id, text in answers
        if not are_answers and (cuts := parts.cuts_in(text))
    ]
    theirs = {_memo_on(response_id) for response_id in leaving}
    return standing + [text for text in quoting_texts(database, parts) if text.where not in theirs]


def _where_it_is(act: QuotingAct, way: Sequence[str | int]) -> str:
    match act.kind, way[0]:
        case "step", "label":
            return "the name of a step"
        case "step", "journal":
            return "the journal"
        case "step", _:
            return _memo_on(act.content["changes"][way[1]][0])
        case "version", "themes":
            member = act.content["themes"]["themes"][way[2]] if way[1] == "themes" else {}
            theme = f", theme '{member['id']}': {way[3]}" if member else ""
            return f"a version of the codebook{theme}"
        case "version", _:
            return "a version of the codebook"
    return f"what was done to the team ({act.content['kind']})"


def _quoting(where: str, text: str, cuts: Sequence[TextCut]) -> QuotingText:
    return QuotingText(where, _around(text, cuts), tuple(text[cut.start : cut.end] for cut in cuts))


def _memo_on(response_id: str) -> str:
    return f"a memo on {response_id}"


def _around(text: str, cuts: Sequence[TextCut]) -> str:
    first = cuts[0]
    begin, end = max(0, first.start - _AROUND), first.end + _AROUND
    return f"{'…' * (begin > 0)}{' '.join(text[begin:end].split())}{'…' * (end < len(text))}"
