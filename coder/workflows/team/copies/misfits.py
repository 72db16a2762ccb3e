"""What of a bundle does not fit a study: each misfit in words, and all of them refuse it as a whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from coder.domain.copies.acts import read_act_name
from coder.domain.copies.received_acts import answers_referred, answers_withdrawn
from coder.errors import CoderError
from coder.store.privacy.answer_cuts import cuts_as_made
from coder.store.privacy.text_salts import first_text_digests
from coder.store.privacy.withdrawals import withdrawn_answers
from coder.store.team.copies.placed_events import is_known_event
from coder.store.team.copies.stored_versions import stored_derived
from coder.workflows.team.copies.coded_texts import TextHere, TextThere, text_misfit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.domain.copies.acts import ActKind
    from coder.domain.copies.bundles import BundleHead
    from coder.domain.copies.received_acts import Content, ReceivedAct
    from coder.store.database import Database

_MOST_NAMED = 10


def refuse_misfits(database: Database, head: BundleHead, acts: Sequence[ReceivedAct]) -> None:
    """Raise CoderError if acts refer to what is not there, or say otherwise which text was coded."""
    refuse(list(_misfits(database, head, acts)), head)


def refuse(misfits: Sequence[str], head: BundleHead) -> None:
    """Raise CoderError if there is something that does not fit."""
    if not misfits:
        return
    lines = [f"What {head.by} sent does not fit this study, and nothing was taken:"]
    lines += [f"- {misfit}" for misfit in misfits[:_MOST_NAMED]]
    if len(misfits) > _MOST_NAMED:
        lines.append(f"- and {len(misfits) - _MOST_NAMED:,} more")
    hint = (
        "Is it a copy of this study? Texts must be the same on both sides: both must be copies of one import."
        " A study made of a pack has a part of the answers: it takes later packs (coder team pack)."
    )
    raise CoderError("\n".join(lines), hint)


def forks_told(acts: Iterable[ReceivedAct]) -> Iterator[str]:
    """Yield, for each writer, that another act is here under the name of one."""
    writers = {act.place.writer: act for act in reversed(list(acts))}
    for act in writers.values():
        yield (
            f"{act.kind} {act.place.name} is another one here: two copies went on under one name, or one of"
            " them was damaged"
        )


def _misfits(database: Database, head: BundleHead, fresh: Sequence[ReceivedAct]) -> Iterator[str]:
    yield from _answer_misfits(database, head, fresh)
    clocks = _Clocks(database, head, fresh)
    for version in head.derived:
        for parent in version.parents:
            if clocks.of(parent, "version") is None:
                yield f"a version of the codebook joins {parent}, which is missing"
    for act in fresh:
        if act.content is None:
            continue
        if act.kind == "event" and not is_known_event(act.content["kind"]):
            yield f"'{act.content['kind']}' of the team is not known to this version of coder"
        for other, kind in _referred(act.kind, act.content):
            clock = clocks.of(other, kind)
            if clock is None:
                yield f"{act.kind} {act.place.name} refers to {other}, which is missing"
            elif clock >= act.place.clock:
                yield f"{act.kind} {act.place.name} refers to {other}, which is later"


def _referred(kind: ActKind, content: Content) -> Iterator[tuple[str, ActKind]]:
    """Yield the names of the acts that an act refers to, with what they are to be."""
    members: Sequence[tuple[str, ActKind]] = ()
    if kind == "step":
        members = (("target", "step"), ("knows", "version"), ("revision", "version"))
        for *_, replaced in content["journal"]:
            if replaced:
                yield replaced.partition("/")[0], "step"
    elif kind == "version":
        members = (("undoes", "version"),)
        for parent in content["parents"]:
            yield parent, "version"
    for member, referred_kind in members:
        if content[member]:
            yield content[member], referred_kind


class _Clocks:
    """The clocks of acts that are here or come, by name; 0 for versions that the program worked out."""

    def __init__(self, database: Database, head: BundleHead, fresh: Sequence[ReceivedAct]) -> None:
        self._database = database
        self._derived = stored_derived(database).keys() | {version.name for version in head.derived}
        self._here: dict[tuple[ActKind, str], int | None] = {}
        self._fresh = {
            (act.kind, str(act.place.name)): act.place.clock for act in fresh if act.content is not None
        }

    def of(self, name: str, kind: ActKind) -> int | None:
        """Return the clock of an act; None if it is missing."""
        if (kind, name) in self._fresh:
            return self._fresh[kind, name]
        if name in self._derived and kind == "version":
            return 0
        if (kind, name) not in self._here:
            act = read_act_name(name)
            sql = "SELECT clock FROM act WHERE writer = ? AND number = ? AND kind = ? AND local IS NOT NULL"
            self._here[kind, name] = self._database.value(sql, (*act, kind)) if act else None
        return self._here[kind, name]


def _answer_misfits(database: Database, head: BundleHead, fresh: Sequence[ReceivedAct]) -> Iterator[str]:
    coded = {*answers_referred(act for act in fresh if act.kind == "step")}
    gone = withdrawn_answers(database) | {*answers_withdrawn(fresh)}
    ids = sorted({*coded, *answers_referred(fresh)} - gone)
    texts: dict[str, str] = dict(
        database.rows(
            "SELECT r.id, r.text FROM json_each(?) j CROSS JOIN response r ON r.id = j.value",
            (json.dumps(ids),),
        )
    )
    first_texts = first_text_digests(database, ids)
    made = cuts_as_made(database)
    for response_id in ids:
        if response_id not in texts:
            if response_id in coded:
                yield f"answer '{response_id}' is not in this study"
            continue
        if response_id not in head.answers:
            yield f"of answer '{response_id}' it is not said which text was coded"
            continue
        there = TextThere(
            head.answers[response_id], head.first_texts.get(response_id, ""), head.cuts.get(response_id, ())
        )
        here = TextHere(texts[response_id], first_texts.get(response_id, ""), made.get(response_id, ()))
        yield from text_misfit(response_id, here, there, head.by)
