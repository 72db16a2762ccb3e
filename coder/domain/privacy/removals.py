"""What is taken out of answers: where, of which kind, and what stands there instead."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from coder.domain.near_names import nearest
from coder.domain.privacy.text_cuts import TextCut
from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Kind = Literal[
    "name", "e-mail", "phone", "NHS number", "NI number", "postcode", "URL", "handle", "date of birth",
    "card number", "account number", "place", "organisation", "other",
]  # fmt: skip
"""What was taken out; `other`: what a team's own list says, or a person."""
KINDS: tuple[Kind, ...] = get_args(Kind)
MOST_CHARACTERS = 100
"""Of what stands in the place of words."""
_MOST_READ = 10 * MOST_CHARACTERS
"""Of the same, once words were taken out of it in their turn."""


class Removal(NamedTuple):
    """A passage to be taken out of an answer: characters [start, end) of its text as it stands."""

    response_id: str
    start: int
    end: int
    kind: Kind
    replacement: str = ""
    """What is to stand there: a vaguer word, or `[name 3]`; empty: the next number of its kind."""
    seen: str = ""
    """The passage as it was when somebody decided on it; empty: whatever stands there."""


class WordsToTakeOut(NamedTuple):
    """Words to be taken out of whatever quotes them, wherever it stands."""

    words: str
    kind: Kind
    replacement: str = ""
    """As of a `Removal`."""


class Redaction(NamedTuple):
    """What was taken out at a time, as the event of it says; never the words."""

    cuts: Mapping[str, tuple[TextCut, ...]]
    """By the ids of answers: positions of their texts as they first were."""
    kinds: Mapping[str, int]
    """How many passages of each kind."""


def kind_called(name: str) -> Kind:
    """Return the kind of a name, whatever the case and with hyphens or blanks; raise CoderError if none."""
    folded = name.casefold().replace("-", " ")
    for kind in KINDS:
        if kind.casefold().replace("-", " ") == folded:
            return kind
    msg = f"'{name}' is no kind of what is taken out."
    raise CoderError(msg, nearest(name, KINDS) or f"The kinds are {', '.join(KINDS)}.")


def refuse_unfit_replacement(text: str) -> None:
    """Raise CoderError if a text cannot stand in the place of words."""
    if not _is_fit(text, MOST_CHARACTERS):
        msg = f"'{text[:MOST_CHARACTERS]}' cannot stand in the place of words."
        raise CoderError(msg, f"Write one line of 1 to {MOST_CHARACTERS} characters, as “a colleague”.")


def _is_fit(text: str, most: int) -> bool:
    return bool(text.strip()) and len(text) <= most and text.isprintable()


def written_redaction(cuts: Mapping[str, Iterable[TextCut]], kinds: Iterable[str]) -> dict[str, Any]:
    """Return what the event of a redaction says."""
    return {
        "answers": {answer: [list(cut) for cut in of_answer] for answer, of_answer in sorted(cuts.items())},
        "kinds": dict(sorted(Counter(kinds).items())),
    }


def read_redaction(content: Mapping[str, Any]) -> Redaction:
    """Return what `written_redaction` wrote.

    Raises:
        ValueError, TypeError, LookupError, AttributeError: It is nothing of the kind.
    """
    cuts: dict[str, tuple[TextCut, ...]] = {}
    for answer, rows in content["answers"].items():
        of_answer = tuple(TextCut(_position(start), _position(end), text) for start, end, text in rows)
        for cut in of_answer:
            if cut.start >= cut.end or not _is_fit(cut.replacement, _MOST_READ):
                raise ValueError
        cuts[str(answer)] = of_answer
    kinds = {str(kind): _position(count) for kind, count in content["kinds"].items()}
    return Redaction(cuts, kinds)


def _position(number: object) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < 10**9:
        raise ValueError
    return number
