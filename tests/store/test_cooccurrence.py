"""Themes on the same answers, compared with counting them one by one."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import small_study

from coder.domain.codings import Change
from coder.domain.filters import Having
from coder.store import cooccurrence, log
from coder.store.cooccurrence import Pair
from coder.store.database import rehearsal
from coder.store.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.workflows.study.study import Study

CODINGS = st.sets(
    st.tuples(st.sampled_from([1, 2, 3, 5]), st.sampled_from(["pay", "staff", "beds"]), st.sampled_from("ab"))
)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """Make a study without codings."""
    study = small_study(tmp_path_factory.mktemp("cooccurrence") / "study")
    yield study
    study.close()


def code(study: Study, codings: set[tuple[int, str, str]]) -> None:
    """Log codings, inside a rehearsal."""
    for response, theme_id, coder_id in sorted(codings):
        log.append(study.database, coder_id, "code", [Change(response, "theme", None, "", theme_id, "hand")])


@given(CODINGS, st.integers(1, 2))
def test_pairs_are_counted_by_answer_whoever_coded_it(
    study: Study, codings: set[tuple[int, str, str]], least: int
) -> None:
    """Both and either count answers, once each however many people coded them."""
    on: dict[str, set[int]] = {}
    for response, theme_id, _ in codings:
        on.setdefault(theme_id, set()).add(response)
    expected = {
        Pair((one, other), len(on[one] & on[other]), (len(on[one]), len(on[other])))
        for one, other in combinations(sorted(on), 2)
        if len(on[one] & on[other]) >= least
    }
    with rehearsal(study.database):
        code(study, codings)
        assert set(cooccurrence.together(study.database, Scope(["Q1"]), least)) == expected
        assert cooccurrence.together(study.database, Scope(["Q2"]), least) == []
    assert all(pair.either == len(set.union(*(on[each] for each in pair.theme_ids))) for pair in expected)


@given(CODINGS, st.sampled_from([None, ("region", "North"), ("region", "South"), ("region", "")]))
def test_pairs_are_counted_by_respondent_of_all_or_some(
    study: Study, codings: set[tuple[int, str, str]], where: tuple[str, str] | None
) -> None:
    """A respondent counts once, on whichever answers the two themes stand."""
    conditions = () if where is None else (Having(where[0], (where[1],)),)
    on: dict[str, set[int]] = {}
    for response, theme_id, _ in codings:
        who = (response + 1) // 2
        if where in (None, ("region", "North" if who % 2 else "South")):
            on.setdefault(theme_id, set()).add(who)
    expected = {
        Pair((one, other), len(on[one] & on[other]), (len(on[one]), len(on[other])))
        for one, other in combinations(sorted(on), 2)
    }
    with rehearsal(study.database):
        code(study, codings)
        assert (
            set(cooccurrence.together(study.database, Scope(["Q1"], where=conditions), 0, "respondents"))
            == expected
        )


def test_answers_with_one_theme(study: Study) -> None:
    """An answer with two themes is left out; two people who agree count as one; of each theme some."""
    codings = {(1, "pay", "a"), (1, "pay", "b"), (2, "pay", "a"), (2, "staff", "b"), (3, "pay", "a")}
    with rehearsal(study.database):
        code(study, codings)
        assert list(cooccurrence.with_one_theme(study.database, ["Q1"], 5)) == [
            ("pay", "We lost four staff to agency last year"),
            ("pay", "Beds"),
        ]
        assert len(list(cooccurrence.with_one_theme(study.database, ["Q1"], 1))) == 1
