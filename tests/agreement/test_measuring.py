"""How far coders agree, measured on what they chose: against plain counting, and what always holds."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
import pytest
from agreement_figures import SIGHT, SIGHT_PAIRS, set_alpha, sight
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.agreement import set_values
from coder.agreement.coefficients import krippendorff_alpha, masi_distances
from coder.agreement.measuring import by_theme, over_all
from coder.agreement.resampling import Sampling
from coder.agreement.side_by_side import CoderReading, SharedAnswers, compared

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.agreement.measuring import OverallAgreement

THEMES = "abcd"
OFFERED = frozenset(THEMES)
SEED = 7


def readings_of(*answers: str, offered: str = THEMES) -> list[CoderReading]:
    """Return what coders x, y, z chose on answers 1, 2 ...: `ab - a`; an empty place is not read."""
    return [
        CoderReading(answer, answer, coder_id, frozenset(themes.strip("-")), frozenset(offered))
        for answer, text in enumerate(answers, start=1)
        for coder_id, themes in zip("xyz", text.split(" "), strict=False)
        if themes
    ]


def near(*figures: float | None) -> tuple[object, ...]:
    """Return what figures that are worked out in another order are equal to."""
    return tuple(None if figure is None else pytest.approx(figure, abs=1e-6) for figure in figures)


def measured(readings: Iterable[CoderReading]) -> OverallAgreement:
    """Return the agreement about all themes, without nets."""
    return over_all([compared(readings, {})], SEED)


READINGS = st.lists(
    st.tuples(
        st.integers(1, 8),
        st.sampled_from("xyz"),
        st.frozensets(st.sampled_from(THEMES), max_size=3),
    ),
    max_size=24,
    unique_by=lambda reading: reading[:2],
).map(
    lambda rows: [
        CoderReading(answer, (answer + 1) // 2, coder_id, themes, OFFERED)
        for answer, coder_id, themes in rows
    ]
)
"""Readings of answers by respondents who gave two each."""


def test_sight() -> None:
    """On real codings: MASI alpha as nltk gives it, pooled kappa, and each theme's counts and alpha."""
    readings = [
        CoderReading(answer, answer, coder_id, themes, frozenset(SIGHT))
        for answer, pair in enumerate(sight())
        for coder_id, themes in zip(("coder1", "coder2"), pair, strict=True)
    ]
    shared = compared(readings, {}, SIGHT)
    overall = over_all([shared], SEED)
    assert (overall.answers, overall.respondents) == (289, 289)
    assert overall.alpha.figure == pytest.approx(0.7625370905158141, abs=1e-12)
    assert overall.kappa == pytest.approx(0.8090591449082015, abs=1e-12)
    themes = {theme.theme_id: theme for theme in by_theme(shared, SEED)}
    assert list(themes) == list(SIGHT)
    assert {name: theme.alpha.figure for name, theme in themes.items()} == pytest.approx(
        {name: alpha for name, (_, alpha) in SIGHT.items()}, abs=5e-7
    )
    general = themes["general"]
    assert (general.by_all, general.only, general.by_some) == (56, (4, 22), 26)
    assert general.positive == pytest.approx(2 * 56 / (2 * 56 + 4 + 22))
    assert general.alike == pytest.approx((56 + 207) / 289)


@pytest.mark.parametrize(
    "answers",
    [("a a", "ab a", "b bc", "c c", "ab bc", "d a"), ("ab b a", "b b", "- a -", "c ", "d abc d", "- -")],
)
def test_sets_are_compared_by_masi(answers: Sequence[str]) -> None:
    """Alpha of all themes is that of the sets, whoever did not read an answer left out."""
    assert measured(readings_of(*answers)).alpha.figure == pytest.approx(set_alpha(answers))


def test_an_answer_that_one_coder_read_is_not_compared() -> None:
    """Whatever one coder alone read changes nothing, and an answer nobody else finished is none."""
    both = ("ab a", "b b", "- c")
    assert measured(readings_of(*both, "abcd ", " d")) == measured(readings_of(*both))


def test_several_coders_and_their_pairs() -> None:
    """Of three coders any two can be compared, on the answers that both have read."""
    shared = compared(readings_of("a a b", "b b b", "c  c", " d d"), {})
    pair = shared.only(("x", "z"))
    assert (shared.coder_ids, pair.coder_ids) == (("x", "y", "z"), ("x", "z"))
    assert (shared.answers.tolist(), pair.answers.tolist()) == ([1, 2, 3, 4], [1, 2, 3])
    (theme,) = [theme for theme in by_theme(shared, SEED) if theme.theme_id == "a"]
    assert (theme.by_all, theme.by_some, theme.only, theme.answers) == (0, 1, (), 4)
    # Of three pairs on the first answer one agrees that it is there, two differ; elsewhere none has it.
    assert theme.positive == pytest.approx(2 / 4)


def test_a_theme_offered_to_one_only_is_left_out() -> None:
    """Who could not choose a theme did not pass it over: the answer is as without it."""
    readings = readings_of("a a", "b a", "ab b", "- -")
    later = [
        reading._replace(theme_ids=reading.theme_ids | {"d"}, offered=reading.offered | {"d", "e"})
        if reading.coder_id == "x"
        else reading._replace(offered=frozenset("abc"))
        for reading in readings
    ]
    without = [reading._replace(offered=frozenset("abc")) for reading in readings]
    assert measured(later) == measured(without)
    assert by_theme(compared(later, {}), SEED) == by_theme(compared(without, {}), SEED)


def test_a_theme_that_came_later_is_compared_where_both_had_it() -> None:
    """Only the answers that both read with it count for a theme; the others count for the other themes."""
    early = [reading._replace(offered=frozenset("ab")) for reading in readings_of("a a", "b b", "a b")]
    late = [reading._replace(answer=reading.answer + 3) for reading in readings_of("d d", "d a", "- -")]
    themes = {theme.theme_id: theme for theme in by_theme(compared([*early, *late], {}), SEED)}
    assert (themes["a"].answers, themes["d"].answers) == (6, 3)
    assert themes["d"].alpha.figure == pytest.approx(krippendorff_alpha(np.array([[1, 1, 0], [1, 0, 0]])))


def test_a_theme_that_one_reader_could_not_choose_is_in_no_set() -> None:
    """Where a theme was offered to one of an answer's readers only, the sets are compared without it."""
    with_d = readings_of("a ad", "b b", "d -", "d d", "d a", "b b")
    readings = [
        reading._replace(offered=frozenset("abc"), theme_ids=reading.theme_ids - {"d"})
        if reading.answer < 4 and reading.coder_id == "x"
        else reading
        for reading in with_d
    ]
    assert measured(readings).alpha.figure == pytest.approx(
        set_alpha(["a a", "b b", "- -", "d d", "d a", "b b"])
    )


NETS = {"n": frozenset("ab")}


def test_nets_that_may_be_chosen_are_no_decisions() -> None:
    """A net changes nothing by being offered, nor by being chosen beside a theme of it."""
    readings = readings_of("a a", "b a", "ab b", "- c")
    offered = [reading._replace(offered=reading.offered | {"n"}) for reading in readings]
    beside = [
        reading._replace(theme_ids=reading.theme_ids | {"n"}) if "a" in reading.theme_ids else reading
        for reading in offered
    ]
    for changed in (offered, beside):
        assert over_all([compared(changed, NETS)], SEED) == measured(readings)


def test_a_net_chosen_by_itself_is_a_decision() -> None:
    """Who chose a net and none of its themes differs from who chose nothing, and agrees as to the net."""
    readings = readings_of("n a", "n -", "a a", "c c", offered="abcn")
    shared = compared(readings, NETS, "nabc")
    themes = {theme.theme_id: theme for theme in by_theme(shared, SEED)}
    assert (themes["n"].by_all, themes["n"].only) == (0, (2, 0))
    (net,) = by_theme(shared.as_nets({"n": "nab"}), SEED)
    assert (net.by_all, net.only, net.answers) == (2, (1, 0), 4)


def test_a_net_counts_the_union_of_its_themes() -> None:
    """Two coders who chose different themes of a net agree about the net."""
    shared = compared(readings_of("a b", "b a", "c c", "- -"), NETS)
    (net,) = by_theme(shared.as_nets({"n": "nab"}), SEED)
    assert (net.by_all, net.only, net.alpha.figure) == (2, (0, 0), 1)


def test_several_questions_have_each_their_own_chance() -> None:
    """All together: the differences of all questions over what chance leads one to expect in each."""
    one, other = readings_of("a a", "a b", "b b", "- a"), readings_of("c c", "d d", "d c")
    shared = [compared(one, {}), compared(other, {})]
    parts = [set_values.SetValues.of(part) for part in shared]
    observed = sum(part.observed for part in parts)
    expected = sum(part.expected[0] / (part.expected[1] - 1) for part in parts)
    overall = over_all(shared, SEED)
    assert overall.alpha.figure == pytest.approx(1 - observed / expected)
    assert (overall.answers, overall.respondents) == (7, 4)
    assert over_all(shared[:1], SEED) == measured(one)


def test_respondents_are_counted_once_for_each_coder() -> None:
    """Whoever mentions a theme in two answers is one respondent, by each coder's own codings."""
    rows = [("a", "a"), ("a", "-"), ("-", "a"), ("-", "-")]
    readings = [
        CoderReading(answer, answer // 2, coder_id, frozenset(themes.strip("-")), OFFERED)
        for answer, row in enumerate(rows)
        for coder_id, themes in zip("xy", row, strict=True)
    ]
    theme, *_ = by_theme(compared(readings, {}), SEED)
    assert theme.respondents == (1, 2)


@given(READINGS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_and_names_are_nothing(readings: list[CoderReading], chance: object) -> None:
    """Whatever order readings come in, and whatever coders are called, every figure is the same."""
    turned = [reading._replace(coder_id="zyx"["xyz".index(reading.coder_id)]) for reading in readings]
    chance.shuffle(turned)  # type: ignore[attr-defined]  # hypothesis's type is `object`
    one, other = compared(readings, {}, THEMES), compared(turned, {}, THEMES)
    first, second = over_all([one], SEED), over_all([other], SEED)
    assert (*first.alpha, first.kappa, first.answers) == near(*second.alpha, second.kappa, second.answers)
    for theme, same in zip(by_theme(one, SEED), by_theme(other, SEED), strict=True):
        assert (*theme.alpha, theme.ac1, theme.kappa) == near(*same.alpha, same.ac1, same.kappa)
        assert (theme.only, theme.respondents) == (same.only[::-1], same.respondents[::-1])


@given(READINGS)
@settings(max_examples=60, deadline=None)
def test_full_agreement_is_one_or_nothing_to_compare(readings: list[CoderReading]) -> None:
    """Where all readers of an answer chose the same, each figure is 1, or there is none, and no interval."""
    same = {reading.answer: reading.theme_ids for reading in readings}
    alike = [reading._replace(theme_ids=same[reading.answer]) for reading in readings]
    shared = compared(alike, {}, THEMES)
    overall = over_all([shared], SEED)
    assert overall.alpha in {(1, None, None), (None, None, None)}
    assert overall.kappa in {1, None}
    for theme in by_theme(shared, SEED):
        assert theme.alpha in {(1, None, None), (None, None, None)}
        assert (theme.by_some, theme.alike, theme.positive) in {(0, 1, 1), (0, 1, None)}


@given(READINGS)
@settings(max_examples=60, deadline=None)
def test_counts_and_alphas_are_those_of_a_plain_loop(readings: list[CoderReading]) -> None:
    """Theme by theme: who chose it on answers with two readers, and Krippendorff's alpha of the decisions."""
    shared = compared(readings, {}, THEMES)
    answers = {reading.answer for reading in readings}
    of_answer = {a: [r.theme_ids for r in readings if r.answer == a] for a in answers}
    twice = {answer: sets for answer, sets in of_answer.items() if len(sets) > 1}
    for theme in by_theme(shared, SEED):
        votes = [[theme.theme_id in chosen for chosen in sets] for sets in twice.values()]
        assert theme.answers == len(votes)
        assert theme.by_all == sum(map(all, votes))
        assert theme.by_some == sum(any(of_unit) and not all(of_unit) for of_unit in votes)
        values = np.full((3, len(votes)), -1)
        for unit, of_unit in enumerate(votes):
            values[: len(of_unit), unit] = of_unit
        alpha = krippendorff_alpha(values)
        assert theme.alpha.figure == (None if np.isnan(alpha) else pytest.approx(alpha))


def drawn_again(shared: SharedAnswers, draws: int) -> tuple[float, float]:
    """Return the middle 95% of alpha when answers, one a respondent, are drawn anew, from scratch."""
    chance = np.random.default_rng(99)
    values = set_values.SetValues.of(shared)
    sizes = values.sets.sum(axis=1)
    crossed = values.sets.astype(int) @ values.sets.T.astype(int)
    distances = masi_distances(crossed, sizes[:, None], sizes[None])
    alphas = [
        krippendorff_alpha(
            values.values[:, chance.integers(0, len(shared.answers), len(shared.answers))], distances
        )
        for _ in range(draws)
    ]
    low, high = np.nanquantile(alphas, (0.025, 0.975))
    return float(low), float(high)


@pytest.mark.parametrize("most_sets", [10_000, 1])
def test_the_interval_is_that_of_samples_worked_out_from_scratch(
    most_sets: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With few sets, and with many, whose chance follows to the first order, it is the plain bootstrap's."""
    monkeypatch.setattr(set_values, "_MOST_SETS", most_sets)
    chance = np.random.default_rng(3)
    answers = ["".join(chance.choice(list(THEMES), 2)) for _ in range(150)]
    texts = [f"{text} {text if chance.random() < 0.7 else chance.choice(list(THEMES))}" for text in answers]
    shared = compared(readings_of(*texts), {})
    _, low, high = over_all([shared], SEED).alpha
    expected_low, expected_high = drawn_again(shared, 3_000)
    assert low == pytest.approx(expected_low, abs=0.015)
    assert high == pytest.approx(expected_high, abs=0.015)


def test_chance_follows_the_samples_to_the_first_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """From sample to sample the expected distances move as in full, within one part in the respondents."""
    chance = np.random.default_rng(4)
    texts = [" ".join("".join(chance.choice(list(THEMES), 2)) for _ in "xy") for _ in range(200)]
    shared = compared(readings_of(*texts), {})
    sampling = Sampling.of([shared.respondents], SEED)
    in_full = set_values.SetValues.of(shared).drawn_sums(sampling)
    monkeypatch.setattr(set_values, "_MOST_SETS", 0)
    first_order = set_values.SetValues.of(shared).drawn_sums(sampling)
    assert first_order[:, [0, 2]].tolist() == in_full[:, [0, 2]].tolist()
    apart = first_order[:, 1] - in_full[:, 1]
    assert np.abs(apart).mean() < in_full[:, 1].mean() / 200
    slope, _ = np.polyfit(first_order[:, 1], in_full[:, 1], 1)
    assert slope == pytest.approx(1, abs=0.15)


def test_answers_of_one_respondent_are_drawn_together() -> None:
    """Ten answers of each respondent, all alike, say no more than one: the interval is as wide."""
    texts = ["a a", "b b", "a b", "c c", "d c", "- -", "b b", "a a", "c c", "ab a"]
    single = compared(readings_of(*texts), {})
    tenfold = [
        reading._replace(answer=10 * reading.answer + copy)
        for reading in readings_of(*texts)
        for copy in range(10)
    ]
    _, low, high = over_all([single], SEED).alpha
    _, low_of_ten, high_of_ten = over_all([compared(tenfold, {})], SEED).alpha
    assert low is not None
    assert high is not None
    assert low_of_ten == pytest.approx(low, abs=0.08)
    assert high_of_ten == pytest.approx(high, abs=0.08)


def test_no_interval_where_nothing_is_joint() -> None:
    """A theme that nobody agreed on has its figure and no interval."""
    theme, other, *_ = by_theme(compared(readings_of(*["a b", "b b", "- a", "c c"] * 4), {}), SEED)
    assert (theme.theme_id, theme.by_all, theme.alpha.low) == ("a", 0, None)
    assert theme.alpha.figure is not None
    assert other.alpha.low is not None


def test_no_interval_of_fewer_than_ten_respondents() -> None:
    """Samples of nine people say nothing of others, of all themes as little as of one; those of ten do."""
    for respondents, has_interval in ((9, False), (10, True)):
        shared = compared(readings_of(*["a a", "a b", "b b", "a a", "b a"] * 2)[: 2 * respondents], {})
        overall, (theme, *_) = over_all([shared], SEED), by_theme(shared, SEED)
        assert overall.respondents == respondents
        assert (overall.alpha.low is not None, theme.alpha.low is not None) == (has_interval, has_interval)


def test_the_seed_fixes_the_samples() -> None:
    """The same seed gives the same interval, another one nearly the same."""
    shared = [compared(readings_of(*["a a", "a b", "b b", "c c", "- c"] * 12), {})]
    alpha, again, other = (over_all(shared, seed).alpha for seed in (SEED, SEED, SEED + 1))
    assert alpha == again != other
    assert alpha == pytest.approx(other, abs=0.03)


def test_many_respondents_are_drawn_less_often() -> None:
    """The samples of 100,000 respondents are 400: together 40 million of them, never less than 200."""
    draws = [Sampling(np.arange(number), SEED).draws for number in (10, 20_000, 100_000, 5_000_000)]
    assert draws == [2_000, 2_000, 400, 200]


def test_the_file_of_sight_holds_every_comment() -> None:
    """Its pairs of sets add up to the 289 comments."""
    with SIGHT_PAIRS.open(encoding="utf-8") as file:
        assert sum(int(row["comments"]) for row in csv.DictReader(file)) == 289
