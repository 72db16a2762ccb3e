"""When themes came up, and what is not settled, compared with counting one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import small_study

from coder.domain.codings import Change
from coder.store import log
from coder.store.database import rehearsal
from coder.store.saturation import Arrival, saturation
from coder.store.scope import Scope
from coder.store.unsettled import Unsettled, unsettled
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.workflows.study.study import Study

STEPS = st.lists(
    st.tuples(st.sampled_from([1, 2, 3, 5]), st.sampled_from(["pay", "staff", "beds"]), st.sampled_from("ab"))
)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """Make a study without codings."""
    study = small_study(tmp_path_factory.mktemp("saturation") / "study")
    yield study
    study.close()


@given(STEPS)
def test_a_theme_came_with_as_many_answers_as_were_read(
    study: Study, steps: list[tuple[int, str, str]]
) -> None:
    """Of the codings that stand, each theme's first use counts the answers that had been read by then."""
    standing: set[tuple[int, str, str]] = set()
    for step in steps:
        standing ^= {step}
    kept = {response for response, *_ in standing}
    read: list[int] = []
    expected: dict[str, Arrival] = {}
    with rehearsal(study.database):
        for response, theme_id, coder_id in steps:
            there = study.database.value(
                "SELECT spans FROM coding WHERE response = ? AND theme = ? AND coder = ?",
                (response, theme_id, coder_id),
            )
            after = "" if there is None else None
            log.append(study.database, coder_id, "", [Change(response, "theme", there, after, theme_id)])
            if after is None:
                continue
            if response in kept and response not in read:
                read.append(response)
            if (response, theme_id, coder_id) in standing:
                expected.setdefault(theme_id, Arrival(theme_id, len(read), response))
        found = saturation(study.database, Scope(["Q1"]))
    assert found.answers == len(kept)
    assert found.arrivals == sorted(expected.values(), key=lambda each: (each.place, each.theme_id))
    assert not found.imported


def test_confirmed_answers_are_read(study: Study) -> None:
    """An answer in which there is nothing counts; one taken back, and another question's, does not."""
    with rehearsal(study.database):
        changes = [Change(1, "done", None, "1"), Change(2, "flag", None, "1")]
        log.append(study.database, "a", "", [*changes, Change(3, "theme", None, "", "pay")])
        found = saturation(study.database, Scope(["Q1"]))
        assert (found.answers, found.arrivals) == (2, [Arrival("pay", 2, 3)])
        log.append(study.database, "a", "", [Change(3, "theme", "", None, "pay")])
        assert saturation(study.database, Scope(["Q1"])) == (1, [], False)
        assert saturation(study.database, Scope(["Q2"])) == (0, [], False)


def test_imported_codings_are_told(study: Study) -> None:
    """Their order is the file's."""
    with rehearsal(study.database):
        log.append(study.database, "a", "", [Change(1, "theme", None, "", "pay", "import")])
        assert saturation(study.database, Scope(["Q1"])).imported


def test_what_is_not_settled(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Answers that nobody marked as done, codings that wait and answers that somebody flagged are counted."""
    study = small_study(tmp_path_factory.mktemp("unsettled") / "study")
    assert unsettled(study.database, "Q1") == Unsettled(5, 5, 0, 0)
    for coder_id in ("ann", "bo"):
        session = CodingSession(study, coder_id)
        session.toggle(1, "pay")
        session.toggle_flag(2)
    CodingSession(study, "bo").nothing_here(3)
    with study.database.transaction():
        log.append(study.database, "ann", "", [Change(1, "recode", None, "pay staff", "pay")])
    assert unsettled(study.database, "Q1") == Unsettled(5, 4, 1, 1)
    study.close()


def test_what_a_revision_put_on_an_answer_came_with_the_answer(study: Study) -> None:
    """A theme that was merged in later is no new theme of the last answer read."""
    with rehearsal(study.database):
        for response in (1, 2, 3):
            log.append(study.database, "a", "", [Change(response, "theme", None, "", "pay")])
        merged = [Change(2, "theme", "", None, "pay"), Change(2, "theme", None, "", "staff", "merge")]
        log.append_revision(study.database, 1, log.utc_now(), "merge", {"a": merged})
        assert saturation(study.database, Scope(["Q1"])).arrivals == [
            Arrival("pay", 1, 1),
            Arrival("staff", 2, 2),
        ]
