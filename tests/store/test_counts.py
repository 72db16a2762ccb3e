"""Counts against the same counts done one by one in Python, for any codings by several coders."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import CODEBOOK, TEXTS, small_study

from coder.domain.tables.bases import BASES
from coder.domain.tables.counts import Count
from coder.store import counts, log
from coder.store.bases import base_sizes, reading
from coder.store.scope import Scope
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coder.workflows.study.study import Study

Chosen = tuple[int, str, str]
"""Response, theme, coder."""

CODERS = ("jo", "sam", "kit")
THEMES = ("pay", "staff", "money", "beds", "people")
CODINGS = st.sets(
    st.tuples(st.integers(1, 10), st.sampled_from(THEMES), st.sampled_from(CODERS)), max_size=40
)
WHOSE = st.lists(st.sampled_from(CODERS), unique=True, max_size=3)
ANSWERED = {number for number, text in enumerate(sum(TEXTS, ()), start=1) if text not in ("", "-", "n/a")}
NETS = {theme.id: CODEBOOK.members(theme.id) for theme in CODEBOOK if CODEBOOK.is_net(theme.id)}


@pytest.fixture(scope="module")
def study() -> Iterator[Study]:
    """Make one study for all examples: each takes back what it did."""
    with TemporaryDirectory() as folder:
        made = small_study(Path(folder) / "study")
        yield made
        made.close()


def respondent(response: int) -> int:
    """Return whose a response is: two boxes each."""
    return (response + 1) // 2


def tally(chosen: Iterable[Chosen]) -> Count:
    """Count respondents, and responses for each theme."""
    rows = list(chosen)
    return Count(
        len({respondent(response) for response, _, _ in rows}),
        len({(response, theme) for response, theme, _ in rows}),
    )


def code(study: Study, chosen: Iterable[Chosen]) -> None:
    """Take back all codings, then make these."""
    for coder_id in CODERS:
        session = CodingSession(study, coder_id)
        while session.undo():
            pass
    for response, theme_id, coder_id in sorted(chosen):
        CodingSession(study, coder_id).toggle(response, theme_id)


@given(chosen=CODINGS, whose=WHOSE)
@settings(max_examples=40)
def test_counts_are_those_done_by_hand(study: Study, chosen: set[Chosen], whose: list[str]) -> None:
    """Themes count distinct respondents, nets unions of them, for the coders asked for, now and then."""
    code(study, chosen)
    database = study.database
    moment = log.step_at(database, log.utc_now())
    seen = {row for row in chosen if not whose or row[2] in whose}
    themes = {theme: tally(row for row in seen if row[1] == theme) for _, theme, _ in seen}
    nets = {net: tally(row for row in seen if row[1] in members) for net, members in NETS.items()}
    for as_of in (None, moment):
        assert counts.theme_counts(database, Scope(["Q1"], whose, as_of=as_of)) == themes
        found = counts.net_counts(database, Scope(["Q1"], whose, as_of=as_of), NETS)
        assert found == {net: count for net, count in nets.items() if count.mentions}
    assert counts.theme_counts(database, Scope(["Q2"], whose)) == {}


@given(chosen=CODINGS, whose=WHOSE)
@settings(max_examples=40)
def test_the_base_is_all_who_answered(study: Study, chosen: set[Chosen], whose: list[str]) -> None:
    """A non-response that was coded all the same makes its respondent one who answered."""
    code(study, chosen)
    coded = {response for response, _, who in chosen if not whose or who in whose}
    scope = Scope(["Q1"], whose)
    sizes = {kind: base_sizes(study.database, kind, scope)[""] for kind in BASES}
    assert sizes == {
        "asked": len(TEXTS),
        "answered": len({respondent(response) for response in ANSWERED | {row[0] for row in chosen}}),
        "read": 0,
        "coded": len({respondent(response) for response in coded}),
    }
    for kind in BASES:
        assert sum(base_sizes(study.database, kind, scope, "region").values()) == sizes[kind]
    answers = ANSWERED | {row[0] for row in chosen}
    assert reading(study.database, scope) == (len(answers), len(answers))


@given(chosen=CODINGS, done=st.sets(st.tuples(st.integers(1, 10), st.sampled_from(CODERS))), whose=WHOSE)
@settings(max_examples=30)
def test_an_answer_is_read_once_it_is_done(
    study: Study, chosen: set[Chosen], done: set[tuple[int, str]], whose: list[str]
) -> None:
    """One of the coders has marked it as done, whatever is coded on it: half-coded answers are unread."""
    code(study, chosen)
    for response, coder_id in done:
        CodingSession(study, coder_id).confirm(response)
    read = {response for response, who in done if not whose or who in whose}
    answers = ANSWERED | {response for response, *_ in chosen}
    expected = (len(answers), len(answers - read))
    assert reading(study.database, Scope(["Q1"], whose)) == expected


@given(chosen=CODINGS)
@settings(max_examples=20)
def test_a_net_is_never_more_than_its_sum(study: Study, chosen: set[Chosen]) -> None:
    """A net has at least as many respondents as its largest theme, at most as many as all together."""
    code(study, chosen)
    themes = counts.theme_counts(study.database, Scope(["Q1"]))
    for net, count in counts.net_counts(study.database, Scope(["Q1"]), NETS).items():
        parts = [themes[theme].respondents for theme in NETS[net] if theme in themes]
        assert max(parts) <= count.respondents <= sum(parts)


def test_a_confirmed_answer_is_read(study: Study) -> None:
    """An answer that somebody confirmed without a theme was read, by whoever confirmed it."""
    code(study, ())
    CodingSession(study, "jo").confirm(1)
    assert reading(study.database, Scope(["Q1"])).unread == len(ANSWERED) - 1
    assert reading(study.database, Scope(["Q1"], ["sam"])).unread == len(ANSWERED)


def test_no_nets_need_no_counting(study: Study) -> None:
    """Without nets there is nothing to count."""
    assert counts.net_counts(study.database, Scope(["Q1"]), {}) == {}
