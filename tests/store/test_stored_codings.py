"""Lists of responses: what a filter lets through, what a row says, how far a coder is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest
from making import small_study

from coder.domain.filters import Filter, ListShow
from coder.store import codings
from coder.store.codings import ListRow
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a study with a response in each state, and a non-response that sam coded."""
    made = small_study(tmp_path / "study")
    jo, sam = CodingSession(made, "jo"), CodingSession(made, "sam")
    jo.toggle(1, "pay")
    jo.toggle(2, "beds")
    jo.confirm(2)
    jo.nothing_here(3)
    jo.toggle_flag(5)
    jo.write_memo(8, "who?")
    sam.toggle(4, "money")
    sam.confirm(1)
    yield made
    made.close()


FILTERS = {
    "all": (Filter(), [1, 2, 3, 5, 8]),
    "open": (Filter(show="open"), [1, 5, 8]),
    "coded": (Filter(show="coded"), [1, 2]),
    "done": (Filter(show="done"), [2, 3]),
    "nothing": (Filter(show="nothing"), [3]),
    "flag": (Filter(show="flag"), [5]),
    "memo": (Filter(show="memo"), [8]),
    "non-responses": (Filter(show="non-response"), [4, 6, 7, 9, 10]),
    "a question": (Filter("Q1", "done"), [2, 3]),
    "no such question": (Filter("Q9"), []),
    "themes": (Filter(theme_ids=("pay", "money")), [1, 4]),
    "a theme and another on one answer": (Filter(theme_ids=("pay", "beds"), together="answer"), []),
    "a theme twice on one answer": (Filter(theme_ids=("pay", "pay"), together="answer"), [1]),
    "themes of one respondent": (Filter(theme_ids=("pay", "beds"), together="respondent"), [1, 2]),
    "themes of two respondents": (Filter(theme_ids=("pay", "money"), together="respondent"), []),
    "an attribute": (Filter().having("region", "South"), [3, 8]),
    "an attribute, taken back": (Filter().having("region", "North").having("region", "South"), [3, 8]),
    "values of an attribute": (Filter().having("region", "South", "North"), [1, 2, 3, 5, 8]),
    "an attribute that nobody has": (Filter().having("region", ""), []),
    "without an attribute": (Filter().having("council_type", ""), [1, 2, 3, 5, 8]),
    "several attributes": (Filter().having("region", "South").having("council_type", "x"), []),
    "a text": (Filter(text="BED"), [3, 5]),
    "a percent sign": (Filter(text="%"), []),
    "a quotation mark": (Filter(text="“too low”"), [2]),
    "everything": (Filter("Q1", "coded", ("pay",), (), "staff").having("region", "North"), [1]),
}


@pytest.mark.parametrize(("chosen", "numbers"), FILTERS.values(), ids=FILTERS)
def test_filters(study: Study, chosen: Filter, numbers: list[int]) -> None:
    """Each filter lets through what it says, in order, for the coder who asks."""
    assert list(codings.matching(study.database, "jo", chosen)) == numbers
    assert list(codings.matching(study.database, "jo", chosen, after=2)) == [n for n in numbers if n > 2]
    assert list(codings.matching(study.database, "jo", chosen, limit=1)) == numbers[:1]


@pytest.mark.parametrize(("chosen", "numbers"), FILTERS.values(), ids=FILTERS)
def test_counts_are_of_what_would_be_listed(study: Study, chosen: Filter, numbers: list[int]) -> None:
    """Of each state and each theme there are as many as the list has once it is chosen."""
    counts = codings.list_counts(study.database, "jo", chosen)
    for show in get_args(ListShow):
        instead = chosen.cleared() if show == "all" else replace(chosen, show=show)
        assert counts.shows[show] == len(codings.matching(study.database, "jo", instead))
    if chosen.show != "all":
        assert counts.shows[chosen.show] == len(numbers)
    for theme in ("pay", "staff", "money", "beds"):
        instead = replace(chosen, theme_ids=(theme,))
        assert counts.themes.get(theme, 0) == len(codings.matching(study.database, "jo", instead))


def test_rows_say_what_a_list_shows(study: Study) -> None:
    """A row has the coder's own marks; another coder's do not show in it."""
    found = codings.list_rows(study.database, "jo", [2, 4, 8, 99])
    text = "Pay is “too low”, they say"
    assert found[2] == ListRow(2, "R1.Q1.2", "R1", "Q1", text, 1, 2, done=True, theme_ids=("beds",))
    assert [found[number].state for number in (2, 4, 8)] == ["done", "open", "open"]
    assert found[8].memo
    assert not found[4].answered
    assert set(found) == {2, 4, 8}


def test_a_non_response_is_an_answer_to_who_coded_it(study: Study) -> None:
    """Whoever coded it finds it among the answers; others do not."""
    assert 4 in codings.matching(study.database, "sam", Filter())
    assert 4 not in codings.matching(study.database, "jo", Filter())


def test_how_far_a_coder_is(study: Study) -> None:
    """Progress counts what the coder confirmed among the answers; it is each coder's own."""
    for coder_id, done in (("jo", {2, 3}), ("sam", {1}), ("kit", set())):
        progress = codings.progress(study.database, coder_id)["Q1"]
        assert (progress.done, progress.answers) == (len(done), 5)
        assert codings.confirmed(study.database, coder_id) == done


def test_all_codings_of_one_or_of_all(study: Study) -> None:
    """Codings come in the order of the responses."""
    every = [(c.response, c.theme_id, c.coder_id) for c in codings.all_codings(study.database)]
    assert every == [(1, "pay", "jo"), (2, "beds", "jo"), (4, "money", "sam")]
    assert [c.response for c in codings.all_codings(study.database, "sam")] == [4]
