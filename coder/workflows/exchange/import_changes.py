"""What a codings file changes of one coder's work: what it says, what it brought before, and what stands.

The three are compared as three versions of a text are: what the file says otherwise than it did is taken
over, and what the coder has changed here since stays, unless they say that the file is right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codings import Aspect, Change, Origin, Span, WordsBy, write_spans
from coder.workflows.coding.planning import DONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from coder.workflows.exchange.matching import MarkMatch, Match


class Key(NamedTuple):
    """What can stand on an answer: a theme, or a mark."""

    response: int
    aspect: Aspect
    theme_id: str = ""


class Stated(NamedTuple):
    """What a file says of a key."""

    content: str
    """As the log writes it."""
    origin: Origin = "import"
    words_by: WordsBy = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a file says of one coder's work."""

    stated: Mapping[Key, Stated]
    answers: frozenset[int]
    """The numbers of the responses that it speaks of: what it does not give them they have not."""
    aspects: frozenset[Aspect]
    """What it can say: a table, for instance, has no memos."""


@dataclass(slots=True)
class ImportChanges:
    """What an import changes, and what it leaves as it is."""

    changes: list[Change] = field(default_factory=list)
    standing: list[Key] = field(default_factory=list)
    """What the file says, and stands already."""
    kept: list[Key] = field(default_factory=list)
    """What the coder has made, changed or taken off here since, and the file says otherwise."""

    def count(self, aspect: Aspect, *, old: bool, new: bool) -> int:
        """Count the changes of an aspect from something or nothing to something or nothing."""
        return sum(
            change.aspect == aspect and (change.old is not None) == old and (change.new is not None) == new
            for change in self.changes
        )


def statement(matches: Sequence[Match], marks: Iterable[MarkMatch] | None) -> Statement:
    """Return what a file says of one coder's work.

    Args:
        matches: The coder's rows.
        marks: The coder's marks; None: the rows say which answers are done.
    """
    spans: dict[Key, set[Span]] = {}
    first_matches: dict[Key, Match] = {}
    for match in matches:
        if match.theme_id:
            key = Key(match.response.number, "theme", match.theme_id)
            spans.setdefault(key, set()).update(match.spans)
            first_matches.setdefault(key, match)
    stated = {}
    for key, match in first_matches.items():
        content = write_spans(tuple(spans[key]))
        stated[key] = Stated(content, match.origin, match.words_by if content else "")
    answers = frozenset(match.response.number for match in matches)
    if marks is None:
        open_again = {match.response.number for match in matches if not match.done}
        done = dict.fromkeys(match.response.number for match in matches)
        stated |= {Key(number, "done"): Stated(DONE) for number in done if number not in open_again}
        return Statement(stated, answers, frozenset(("theme", "done")))
    of_marks = {Key(mark.response.number, mark.aspect, mark.theme_id): Stated(mark.content) for mark in marks}
    of_rows = {
        Key(match.response.number, "done"): Stated(DONE)
        for match in matches
        if not match.theme_id and match.done
    }
    answers |= {key.response for key in of_marks}
    return Statement({**stated, **of_rows, **of_marks}, answers, frozenset(("theme", "done", "flag", "memo")))


def import_changes(
    said: Statement,
    brought: Mapping[Key, str],
    standing: Mapping[Key, str],
    *,
    only_adds: bool,
    exactly: bool,
) -> ImportChanges:
    """Work out what taking in what a file says changes.

    Args:
        said: What the file says of a coder's work.
        brought: What it brought before, as far as it was not taken back; as the log writes it.
        standing: What stands of the coder's work.
        only_adds: Whether nothing that it brought before is changed or taken away.
        exactly: Whether the file is right also where the coder has worked here since.
    """
    outcome = ImportChanges()
    for key, content in said.stated.items():
        ours, before = standing.get(key), brought.get(key)
        if ours == content.content:
            outcome.standing.append(key)
        elif exactly or _may_be_written(key, ours, before, only_adds=only_adds):
            outcome.changes.append(_change(key, ours, content))
        else:
            outcome.kept.append(key)
    for key in _missing(said, brought, standing):
        if only_adds:
            continue
        if exactly or standing[key] == brought.get(key):
            outcome.changes.append(_change(key, standing[key], None))
        else:
            outcome.kept.append(key)
    return outcome


def _may_be_written(key: Key, ours: str | None, before: str | None, *, only_adds: bool) -> bool:
    """Tell whether what a file says may be written over what stands: nobody has decided otherwise since."""
    if ours is None:
        # Brought before, and gone since: the coder has taken it off.
        return before is None
    if only_adds:
        return False
    # A theme without words gets some: nothing is lost by that.
    return ours == before or (key.aspect == "theme" and not ours)


def _missing(said: Statement, brought: Mapping[Key, str], standing: Mapping[Key, str]) -> Iterator[Key]:
    """Yield what stands and the file does not say, though it did so before, or speaks of the answer."""
    for key in standing:
        if key in said.stated or key.aspect not in said.aspects:
            continue
        if key in brought or (key.aspect == "theme" and key.response in said.answers):
            yield key


def _change(key: Key, ours: str | None, content: Stated | None) -> Change:
    return Change(
        key.response,
        key.aspect,
        ours,
        content.content if content else None,
        key.theme_id,
        content.origin if content else "import",
        words_by=content.words_by if content else "",
    )
