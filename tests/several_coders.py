"""Codings of one small study by several coders, and what counts of them, worked out by hand."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from coder.domain.codings import Change
from coder.store import log
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Set

    from coder.domain.team.counting_rule import Agreed
    from coder.workflows.study.study import Study

THEMES = ("pay", "staff", "money", "beds", "people")
PEOPLE = ("people", "pay", "staff")
"""The net and its themes."""
CODERS = ("ann", "bo", "cy")
CODINGS = st.sets(
    st.tuples(st.integers(1, 10), st.sampled_from(THEMES), st.sampled_from(CODERS)), max_size=40
)
MARKS = st.sets(st.tuples(st.integers(1, 10), st.sampled_from(CODERS)), max_size=12)
AGREED: tuple[Agreed, ...] = ("any", "all", "consensus")


def code(
    study: Study,
    chosen: set[tuple[int, str, str]],
    done: Set[tuple[int, str]] = frozenset(),
    settled: Set[tuple[int, str]] = frozenset(),
) -> None:
    """Take back what there is; then have coders choose and confirm, and an adjudicator settle."""
    for coder_id in (*CODERS, "judge"):
        session = CodingSession(study, coder_id)
        while session.undo():
            pass
    steps: dict[str, list[Change]] = defaultdict(list)
    for response, theme_id, coder_id in sorted(chosen):
        steps[coder_id].append(Change(response, "theme", None, "", theme_id))
    for response, coder_id in sorted(done):
        steps[coder_id].append(Change(response, "done", None, "1"))
    for response, theme_id in sorted(settled):
        steps["judge"].append(Change(response, "theme", None, "", theme_id, "adjudication"))
    with study.database.transaction():
        for coder_id, changes in steps.items():
            log.append(study.database, coder_id, "test", changes)


def read_by_hand(
    chosen: Set[tuple[int, str, str]],
    done: Set[tuple[int, str]],
    settled: Set[tuple[int, str]],
    agreed: Agreed,
) -> set[int]:
    """Return the texts that have been read, one after the other."""
    rows = {(response, who) for response, _, who in chosen} | {(response, "judge") for response, _ in settled}
    coders_of_question = {who for _, who in rows} - {"judge"}
    read = set()
    for response in range(1, 11):
        confirmed = {who for number, who in done if number == response}
        readers = confirmed | {who for number, who in rows if number == response}
        if agreed == "any":
            is_read = bool(confirmed)
        elif agreed == "all":
            is_read = bool(confirmed) and coders_of_question <= confirmed
        else:
            is_settled = any(number == response for number, _ in settled)
            is_read = is_settled or (bool(readers) and readers == confirmed)
        if is_read:
            read.add(response)
    return read


def agreed_by_hand(
    chosen: set[tuple[int, str, str]],
    done: set[tuple[int, str]],
    settled: set[tuple[int, str]],
    agreed: Agreed,
) -> set[tuple[int, str]]:
    """Return the answers and themes that count."""
    rows = chosen | {(response, theme, "judge") for response, theme in settled}
    pairs = {(response, theme) for response, theme, _ in rows}
    choosers = {pair: {who for *each, who in rows if tuple(each) == pair} for pair in pairs}
    if agreed == "any":
        return pairs
    if agreed == "all":
        own = {who for *_, who in chosen}
        return {pair for pair in pairs if own and choosers[pair] - {"judge"} == own}
    readers = {
        response: {who for each, _, who in rows if each == response}
        | {who for each, who in done if each == response}
        for response, _ in pairs
    }
    judged = {response for response, _ in settled}
    return {
        pair
        for pair in pairs
        if (pair in settled if pair[0] in judged else 2 * len(choosers[pair]) > len(readers[pair[0]]))
    }
