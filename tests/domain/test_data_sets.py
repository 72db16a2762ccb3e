"""Which questions of a coded data set can be learned together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coder.domain.codebook import Codebook, Theme
from coder.domain.data_sets import CodedDataSet, CodedResponse, group_name

RESPONSES = tuple(CodedResponse(f"r{q}", "p", q, "Words", frozenset()) for q in ("Q1", "Q2", "Q3"))


WANTED = Theme("one-staff", "Staff", "Too few people", questions=("Q1",))


@pytest.mark.parametrize(
    ("other", "together"),
    [
        (WANTED, True),
        (replace(WANTED, definition="Too many people"), False),
        (replace(WANTED, keywords=("post",)), True),
        (replace(WANTED, definition=""), True),
        (replace(WANTED, label="staff", definition="too few PEOPLE"), True),
        (replace(WANTED, label="Staffing"), False),
    ],
)
def test_questions_share_a_theme_of_one_label_unless_definitions_part_it(
    other: Theme, together: bool
) -> None:
    """Another definition means something else in another question; other keywords do not."""
    groups = groups_of(WANTED, other)
    assert groups == (["Q1, Q2", "Q3"] if together else ["Q1", "Q2", "Q3"])


def test_a_label_alone_makes_the_theme_the_same() -> None:
    """Surveys of many questions repeat bare labels, and mean the same by them."""
    bare = replace(WANTED, definition="")
    assert groups_of(bare, bare) == ["Q1, Q2", "Q3"]


def groups_of(first: Theme, second: Theme) -> list[str]:
    """Return the groups of three questions, of which the third has a theme of its own."""
    themes = (
        first,
        replace(second, id="two-staff", questions=("Q2",)),
        Theme("three-beds", "Beds", questions=("Q3",)),
    )
    return [group_name(tasks) for tasks in CodedDataSet(Codebook(themes), RESPONSES, ("",)).groups()]
