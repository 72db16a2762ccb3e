"""What coders do to responses, as values: changes, steps, codings and states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Iterable

Aspect = Literal["theme", "done", "flag", "memo", "recode", "kept"]
"""What of a response a change is about; `theme` is a coding, `recode` a coding that needs a fresh look,
`kept` what a coder left as it is in the second look."""

Origin = Literal["hand", "suggestion", "space", "similar", "same", "import", "rule", "merge", "adjudication"]
"""How a coding came about. `space`: the first suggestion, accepted by the key that also says done. `same`:
with that of another answer that says the same in the same words; every change of a step on such an answer has
it."""

WordsBy = Literal["", "person", "engine", "both"]
"""Who picked the words of a coding: a person, who selected or moved them; the engine, whose suggestion was
accepted; or both, each some. Empty: there are none, or they are from before this was kept (format 4)."""

WordsPicker = Literal["", "person", "engine", "both", "unknown"]
"""The same as files say it: empty where there are no words."""

WORDS_KEPT = ("suggestion", "space", "same", "merge")
"""Origins of codings that may have words which the engine found: up to format 4 they are not told apart."""

StepKind = Literal["do", "undo", "redo"]

State = Literal["open", "coded", "done", "nothing"]
"""`open`: nothing chosen yet. `coded`: themes chosen, not yet confirmed. `done`: confirmed with
themes. `nothing`: confirmed that no theme is in it."""


class Span(NamedTuple):
    """Characters [start, end) of a response's text, in Unicode code points."""

    start: int
    end: int


class PickedWords(NamedTuple):
    """The words that carry a theme on a response, and who picked them."""

    spans: tuple[Span, ...] = ()
    """Empty means the whole response."""
    by: WordsBy = ""


NO_WORDS = PickedWords()
"""The whole response."""


class SuggestionSeen(NamedTuple):
    """What the coder could see of the suggestions when a change was made."""

    rank: int | None = None
    """Place of the theme among the suggestions on screen, from 1; None if it was not among them."""
    probability: float | None = None


class Change(NamedTuple):
    """One thing changed about one response: the unit of the log, of undo and of history."""

    response: int
    """The response's number."""
    aspect: Aspect
    old: str | None
    new: str | None
    """None: absent. For a theme: its spans as text (see `write_spans`). For done and flag: "1".
    For a memo: its text. For recode: the ids of the themes to choose from (see `write_choices`).
    For kept: what the doubt was, `wrong` or `missing`."""
    theme_id: str = ""
    """The theme, for the aspects `theme`, `recode` and `kept` and for a memo on a coding."""
    origin: Origin = "hand"
    suggestion: SuggestionSeen | None = None
    """None: no suggestion was on screen."""
    words_by: WordsBy = ""
    """For a theme: who picked the words in `new`."""

    def inverse(self) -> Change:
        """Return the change that takes this one back; who picked the words it restores is not known to it."""
        return Change(
            self.response, self.aspect, self.new, self.old, self.theme_id, self.origin, self.suggestion
        )


class CopiedChange(NamedTuple):
    """A change that is made alike on several responses: they say the same as one that was decided on."""

    change: Change
    """As it is on the first of them."""
    responses: tuple[int, ...]


class Step(NamedTuple):
    """What one key press (or one bulk action) did; undone and redone as a whole."""

    number: int
    at: str
    """When, in UTC: `2026-11-21T21:04:05.123Z`."""
    coder_id: str
    kind: StepKind
    label: str
    """What the coder did, in words: `+ Housing on C017.Q16.1`."""
    target: int | None = None
    """The step that an undo or redo is about."""


class Coding(NamedTuple):
    """One theme on one response by one coder, as it stands now."""

    response: int
    theme_id: str
    coder_id: str
    spans: tuple[Span, ...] = ()
    """The words that carry the theme; empty means the whole response."""
    origin: Origin = "hand"
    words_by: WordsBy = ""


def words_picked_by(coding: Coding) -> WordsPicker:
    """Return who picked the words of a coding; empty where it has none.

    Unknown are those of a suggestion that was accepted with format 4 or before.
    """
    if not coding.spans:
        return ""
    return coding.words_by or ("unknown" if coding.origin in WORDS_KEPT else "person")


def picked_together(pickers: Iterable[WordsBy]) -> WordsBy:
    """Return who picked the words of several codings together; empty where it is not known of one."""
    different = set(pickers)
    if "" in different or not different:
        return ""
    return different.pop() if len(different) == 1 else "both"


def write_spans(spans: tuple[Span, ...]) -> str:
    """Write spans as the log keeps them: `12:40 55:60`; an empty string for the whole response."""
    return " ".join(f"{start}:{end}" for start, end in sorted(spans))


def read_spans(text: str) -> tuple[Span, ...]:
    """Read what `write_spans` wrote.

    Raises:
        CoderError: The text is not a list of spans.
    """
    try:
        spans = tuple(Span(*map(int, part.split(":"))) for part in text.split())
    except (TypeError, ValueError):
        msg = f"'{text}' is not a list of spans like '12:40 55:60'."
        raise CoderError(msg) from None
    if any(start < 0 or end <= start for start, end in spans):
        msg = f"'{text}' has a span that is empty or backwards."
        raise CoderError(msg)
    return spans


def write_choices(theme_ids: Iterable[str]) -> str:
    """Write the themes to choose from as the log keeps them; no id has a blank."""
    return " ".join(theme_ids)


def read_choices(text: str) -> tuple[str, ...]:
    """Read what `write_choices` wrote."""
    return tuple(text.split())


def response_state(*, themes: int, done: bool) -> State:
    """Return the state of a response with this many themes, confirmed or not."""
    if themes:
        return "done" if done else "coded"
    return "nothing" if done else "open"
