"""The engine for one question: laws of ranking, learning and explaining."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hashing import LABELS, TEXTS, THEMES, HashingEncoder
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.codebook import Theme
from coder.errors import CoderError
from coder.suggest import Suggester
from coder.suggest.sliced_work import run_to_end

if TYPE_CHECKING:
    from coder.suggest.encoding.encoders import Encoder

KEYS = list(range(len(TEXTS)))
IDS = [theme.id for theme in THEMES]


def taught(encoder: Encoder | None = None) -> Suggester:
    """Return an engine that has seen the whole small survey coded."""
    suggester = Suggester(THEMES, encoder)
    suggester.prepare(TEXTS)
    suggester.add(TEXTS, LABELS, KEYS)
    return suggester


@pytest.fixture(params=["words", "vectors"])
def encoder(request: pytest.FixtureRequest) -> Encoder | None:
    """Give no encoder, then one."""
    return HashingEncoder() if request.param == "vectors" else None


def test_keywords_lead_before_any_coding(encoder: Encoder | None) -> None:
    """With no coding an answer that meets a theme's keyword has that theme first."""
    suggester = Suggester(THEMES, encoder)
    best = suggester.rank(["No bed was free", "We recruit in vain", "Budget, budget"]).argmax(axis=1)
    assert [IDS[column] for column in best] == ["beds", "staff", "money"]


def test_columns_follow_the_order_of_the_themes(encoder: Encoder | None) -> None:
    """Turning the codebook round turns the columns round."""
    forward, backward = Suggester(THEMES, encoder), Suggester(THEMES[::-1], encoder)
    assert np.allclose(forward.rank(TEXTS), backward.rank(TEXTS)[:, ::-1], atol=1e-5)


def test_coding_teaches(encoder: Encoder | None) -> None:
    """Codings put their theme first for answers whose words the codebook lacks."""
    suggester = taught(encoder)
    best = suggester.rank(["Vacancies stay open", "The wards are full", "Court judgments change"]).argmax(
        axis=1
    )
    assert [IDS[column] for column in best] == ["staff", "beds", "law"]


def test_nothing_here_is_learned() -> None:
    """Answers coded with no theme lower every theme for answers like them."""
    without, with_them = Suggester(THEMES, HashingEncoder()), Suggester(THEMES, HashingEncoder())
    for suggester in (without, with_them):
        suggester.prepare(TEXTS)
        suggester.add(TEXTS[:12], LABELS[:12])
    with_them.add(TEXTS[12:], LABELS[12:])
    assert (with_them.rank(TEXTS[12:]) < without.rank(TEXTS[12:])).all()


def test_an_unfinished_response_hardly_speaks_against_other_themes() -> None:
    """While the coder chooses, the themes not chosen yet fall less than once she is done."""
    text = "Agency costs"
    done, choosing = taught(), taught()
    done.add([text], [{"staff"}], ["x"])
    choosing.add([text], [{"staff"}], ["x"], complete=False)
    money = IDS.index("money")
    assert choosing.rank([text])[0, money] > done.rank([text])[0, money]


def test_the_same_key_twice_counts_once(encoder: Encoder | None) -> None:
    """A response coded again under its key is learned as it stands now."""
    once, twice = taught(encoder), taught(encoder)
    twice.add(TEXTS[:3], [{"law"}, {"law"}, set()], KEYS[:3])
    twice.add(TEXTS[:3], LABELS[:3], KEYS[:3])
    assert len(twice) == len(once)
    assert np.allclose(once.rank(TEXTS), twice.rank(TEXTS), atol=0.01)


def test_without_keys_the_same_text_counts_twice() -> None:
    """Two respondents may say the same."""
    suggester = Suggester(THEMES)
    suggester.add(["Beds", "Beds"], [{"beds"}, {"beds"}])
    assert len(suggester) == 2


def test_removing_restores_the_ranking(encoder: Encoder | None) -> None:
    """What is added and removed again leaves no trace; unknown keys are passed over."""
    suggester = taught(encoder)
    earlier = suggester.rank(TEXTS)
    suggester.add(["Beds beds beds", "Budget"], [{"law"}, {"staff"}], ["x", "y"])
    assert np.abs(suggester.rank(TEXTS) - earlier).max() > 0.02
    suggester.remove(["x", "y", "never added"])
    assert np.allclose(suggester.rank(TEXTS), earlier, atol=0.01)


def test_removing_all_restores_the_codebook_ranking() -> None:
    """With every coding gone the engine knows what it knew at first."""
    suggester, fresh = taught(), Suggester(THEMES)
    fresh.prepare(TEXTS)
    suggester.remove(KEYS)
    assert np.allclose(suggester.rank(TEXTS), fresh.rank(TEXTS), atol=0.01)


def test_equal_histories_give_equal_rankings(encoder: Encoder | None) -> None:
    """The engine is deterministic to the last bit."""
    assert (taught(encoder).rank(TEXTS) == taught(encoder).rank(TEXTS)).all()


def test_it_learns_without_background() -> None:
    """Without `prepare` the coded answers serve as background, as soon as there are some."""
    suggester = Suggester(THEMES)
    texts = [f"{text} {number}" for number in range(3) for text in TEXTS]
    suggester.add(texts, LABELS * 3)
    assert IDS[suggester.rank(["The wards are full"])[0].argmax()] == "beds"


@pytest.mark.parametrize("many", [1, 2, 200])
def test_any_number_of_themes(many: int) -> None:
    """One theme works as well as two hundred, before and after codings."""
    themes = [Theme(f"t{i}", f"Subject {i}") for i in range(many)]
    suggester = Suggester(themes, HashingEncoder())
    assert suggester.rank(TEXTS).shape == (len(TEXTS), many)
    suggester.add(TEXTS, [{"t0"}] * len(TEXTS))
    assert suggester.rank(TEXTS)[:, 0].min() > 0.5


@given(st.lists(st.text(), max_size=5), st.lists(st.sets(st.sampled_from(IDS)), min_size=5, max_size=5))
def test_probabilities_lie_inside_zero_and_one(texts: list[str], labels: list[set[str]]) -> None:
    """Whatever the texts and codings, the array has its shape and values in (0, 1)."""
    suggester = Suggester(THEMES, HashingEncoder())
    suggester.add(texts, labels[: len(texts)])
    for answers in (texts, ["", "Beds"]):
        probabilities = suggester.rank(answers)
        assert probabilities.shape == (len(answers), len(THEMES))
        assert ((probabilities > 0) & (probabilities < 1)).all()


def test_calibration_keeps_the_order() -> None:
    """Refining changes probabilities, not the order of themes it rests on."""
    suggester = Suggester(THEMES)
    texts = [f"{text}, {word}" for word in ("one", "two", "three", "four", "five") for text in TEXTS]
    suggester.prepare(texts)
    suggester.add(texts, LABELS * 5)
    assert len(list(suggester.refine())) > 4
    order = np.argsort(-suggester.rank(TEXTS), axis=1)[:, 0]
    assert [IDS[column] for column in order[:2]] == ["staff", "staff"]


def test_explain_points_at_words_and_likes() -> None:
    """Evidence has the part that carries the theme, its keywords and the nearest coded responses."""
    suggester = taught(HashingEncoder())
    text = "The day was long and we talked about many things over tea, but there was no hospital bed"
    evidence = suggester.explain(text, "beds")
    ((start, end),) = evidence.spans
    assert "bed" in text[start:end]
    assert start > 0
    assert evidence.keywords == ("bed",)
    assert {one.key for one in evidence.nearest} <= {6, 7, 8}


def test_a_response_is_not_given_as_like_itself() -> None:
    """Its own key is left out of the nearest."""
    suggester = taught()
    assert 6 not in {one.key for one in suggester.explain(TEXTS[6], "beds", key=6).nearest}
    assert 6 in {one.key for one in suggester.explain(TEXTS[6], "beds").nearest}


@given(st.text(), st.sampled_from(IDS))
def test_explain_spans_lie_inside_the_text(text: str, theme_id: str) -> None:
    """Whatever the text, spans are parts of it."""
    for start, end in EXPLAINER.explain(text, theme_id).spans:
        assert 0 <= start < end <= len(text)


EXPLAINER = taught()


@given(st.lists(st.sampled_from(["bed", "agency", "budget", "day", "and", "Act", "."]), max_size=60))
def test_places_are_apart_and_the_first_is_the_evidence(words: list[str]) -> None:
    """Best first, none overlapping, inside the text; for several themes at once as for each alone."""
    text = " ".join(words)
    of_themes = EXPLAINER.carrying_spans(text, IDS)
    assert list(of_themes) == IDS
    for theme_id, spans in of_themes.items():
        evidence = EXPLAINER.explain(text, theme_id)
        assert (*evidence.spans, *evidence.elsewhere) == spans
        in_order = sorted(spans)
        assert all(one.end <= other.start for one, other in pairwise(in_order))
        assert all(0 <= start < end <= len(text) for start, end in spans)


def test_a_theme_may_be_in_two_places() -> None:
    """The next best place is where the theme's words are again."""
    filler = "we met on a sunny day and talked over tea with many biscuits for hours"
    text = f"No bed was free. {filler}. {filler}. The wards had no beds either."
    first, second = EXPLAINER.carrying_spans(text, ["beds"])["beds"][:2]
    assert {"bed" in text[start:end].lower() for start, end in (first, second)} == {True}
    with pytest.raises(CoderError, match="'bed'"):
        EXPLAINER.carrying_spans(text, ["bed"])


def test_an_unknown_theme_is_named_with_the_nearest() -> None:
    """A misspelt theme id is an error that offers the right one, and nothing is learned."""
    suggester = Suggester(THEMES)
    with pytest.raises(CoderError, match="'bed'") as caught:
        suggester.add(["Beds"], [{"bed"}])
    assert "beds" in caught.value.hint
    assert len(suggester) == 0


def test_themes_must_be_there_and_differ() -> None:
    """No themes, or two with one id, are refused."""
    for themes in ((), (THEMES[0], THEMES[0])):
        with pytest.raises(CoderError):
            Suggester(themes)


def test_arguments_of_different_lengths_are_refused() -> None:
    """Two texts with one label set are a mistake of the caller's."""
    with pytest.raises(ValueError, match="zip"):
        Suggester(THEMES).add(["Beds", "Budget"], [{"beds"}])


def test_vectors_of_the_caller_are_only_read() -> None:
    """With the caller's vectors nothing is encoded by ranking."""
    from coder.suggest.encoding.text_vectors import Vectors

    encoder = HashingEncoder()
    suggester = Suggester(THEMES, vectors=Vectors(encoder))
    suggester.prepare(TEXTS)
    suggester.add(TEXTS, LABELS, KEYS)
    suggester.rank(TEXTS)
    suggester.explain(TEXTS[0], "staff")
    assert encoder.encoded == []


def test_out_of_fold_rankings_have_not_seen_their_answer() -> None:
    """Every answer gets a ranking by models fitted on others, beside what was chosen for it."""
    suggester = taught()
    probabilities, coded = run_to_end(suggester.out_of_fold())
    assert probabilities.shape == coded.shape == (len(TEXTS), len(THEMES))
    assert coded.sum() == sum(map(len, LABELS))
    assert not np.allclose(probabilities, suggester.rank(TEXTS))


def test_texts_may_come_in_any_collection(encoder: Encoder | None) -> None:
    """Lists, tuples, arrays and generators of texts, and of themes, mean the same."""
    suggester = Suggester((theme for theme in THEMES), encoder)
    suggester.add(np.array(TEXTS), (set(labels) for labels in LABELS))
    ranked = suggester.rank(TEXTS)
    for same in (tuple(TEXTS), np.array(TEXTS), (text for text in TEXTS)):
        assert np.array_equal(suggester.rank(same), ranked)


@pytest.mark.parametrize("wrong", [None, float("nan"), 7])
def test_what_is_no_text_is_refused_and_nothing_learned(encoder: Encoder | None, wrong: object) -> None:
    """A blank cell of another program is named by its place; the texts beside it are not learned."""
    suggester = taught(encoder)
    texts: list[Any] = ["Beds", wrong]
    earlier = len(suggester)
    with pytest.raises(CoderError, match="Text 1 is no text"):
        suggester.add(texts, [["beds"], ["beds"]])
    with pytest.raises(CoderError, match="Text 1 is no text"):
        suggester.rank(texts)
    assert len(suggester) == earlier
    assert suggester.rank(TEXTS).shape == (len(TEXTS), len(THEMES))


def test_one_text_or_theme_where_many_are_wanted_is_refused() -> None:
    """A bare string is not taken for its letters."""
    suggester = Suggester(THEMES)
    with pytest.raises(CoderError, match="list of texts"):
        suggester.rank("No beds")
    with pytest.raises(CoderError, match="no set of theme ids"):
        suggester.add(["No beds"], ["beds"])


def test_an_id_of_another_kind_is_refused() -> None:
    """A number, as in a table of zeros and ones, is named like any unknown theme."""
    ones: list[Any] = [np.ones(3)]
    with pytest.raises(CoderError, match="no theme"):
        Suggester(THEMES).add(["No beds"], ones)
