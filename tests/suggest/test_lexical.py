"""Ranking by words alone."""

from __future__ import annotations

import pytest
from hashing import TEXTS, THEMES
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.codebook import Theme
from coder.suggest import lexical
from coder.suggest.lexical import LexicalRanker
from coder.suggest.word_stems import folded, stem

RANKER = LexicalRanker(THEMES)


def test_a_keyword_puts_its_theme_first() -> None:
    """An answer that meets one theme's keyword ranks that theme first."""
    assert RANKER.rank("No bed was free")[0][0] == "beds"
    assert RANKER.rank("RECRUITMENT is hard")[0][0] == "staff"


def test_a_keyword_meets_beginnings_of_words_alone() -> None:
    """The keyword `bed` meets "bedding" and not "embedded"."""
    assert RANKER.keywords("Bedding", "beds") == ["bedding"]
    assert RANKER.keywords("It is embedded", "beds") == []


def test_a_keyword_may_be_several_words_with_marks_between() -> None:
    """A keyword such as `s.117` or `out of hours` is met as it is written."""
    ranker = LexicalRanker([Theme("a", "Aftercare", keywords=("s.117", "out of hours", "£"))])
    text = "Our S.117 register, out of hours, costs £5"
    assert [text[start:end] for start, end in ranker.evidence(text, "a")] == ["S.117", "out of hours"]


def test_a_keyword_may_be_one_letter() -> None:
    """A keyword of one letter is met at the beginning of a word, as in Chinese, wherever the word stands."""
    ranker = LexicalRanker([Theme("water", "Water", keywords=("水",))])
    assert ranker.keywords("水质 bad, 水", "water") == ["水质", "水"]


@pytest.mark.parametrize(
    ("keyword", "text", "met"),
    [
        ("recruit", "We are recruiting, nobody was recruited", ["recruiting", "recruited"]),
        ("recruiting", "We recruit and recruited", ["recruit", "recruited"]),
        ("waiting times", "The wait time; a waiting time", ["wait time", "waiting time"]),
        ("policies", "Our policy on police", ["policy"]),
        ("nurse", "Nursing is hard, nurses leave", ["nursing", "nurses"]),
        ("general", "A generation, in general", ["general"]),
        ("classes", "first class", ["class"]),
        ("s.117", "Section s.117 s.118", ["s.117"]),
    ],
)
def test_a_keyword_meets_its_words_in_other_forms(keyword: str, text: str, met: list[str]) -> None:
    """Endings of verbs and nouns do not matter, in words and phrases; other words of the same root do."""
    ranker = LexicalRanker([Theme("other", "Other"), Theme("a", "Theme", keywords=(keyword,))])
    assert ranker.keywords(text, "a") == met
    assert ranker.keyword_columns(text) == ({1} if met else set())
    assert (ranker.rank(text)[0][0] == "a") is bool(met)


def test_each_different_word_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However often a word occurs, and whatever is asked about a text, it is read once."""
    themes = [Theme(f"t{i}", f"Theme {i}", keywords=(f"word{i}", f"word{i} again")) for i in range(50)]
    ranker = LexicalRanker(themes)
    stemmed: list[str] = []

    def noted_stem(word: str) -> str:
        stemmed.append(word)
        return stem(word)

    monkeypatch.setattr(lexical, "stem", noted_stem)
    text = " ".join(f"word{i % 50} again" for i in range(5_000))
    ranker.rank(text)
    assert len(ranker.evidence(text, "t7")) == 5_000 // 50
    assert set(ranker.hits(text)) == {theme.id for theme in themes}
    assert ranker.keywords(text, "t8") == ["word8 again"]
    assert len(stemmed) == len(set(stemmed)) == 50


def test_word_forms_count_as_one_word() -> None:
    """Plural and verb forms of a label's words are met."""
    ranker = LexicalRanker([Theme("a", "Commissioning"), Theme("b", "Housing")])
    assert ranker.rank("They commissioned it")[0][0] == "a"
    assert stem("houses") == stem("housing")


def test_words_of_few_themes_weigh_more() -> None:
    """A word that one theme uses says more than one that two use."""
    ranker = LexicalRanker([Theme("a", "Care plans"), Theme("b", "Care homes"), Theme("c", "Police")])
    assert dict(ranker.rank("care"))["a"] < dict(ranker.rank("plans"))["a"]


def test_equal_scores_keep_the_order_of_the_codebook() -> None:
    """Where nothing is met, themes come as in the codebook, all at 0."""
    assert RANKER.rank("") == [(theme.id, 0.0) for theme in THEMES]


def test_evidence_covers_keywords_and_words() -> None:
    """Evidence joins what overlaps and leaves out other words."""
    text = "Agency workers; finding and KEEPING them"
    assert [text[a:b] for a, b in RANKER.evidence(text, "staff")] == [
        "Agency",
        "workers",
        "finding",
        "KEEPING",
    ]


@given(st.text(), st.sampled_from(THEMES))
def test_evidence_lies_in_order_inside_the_text(text: str, theme: Theme) -> None:
    """Spans are not empty, do not overlap and lie inside whatever the text."""
    ends = [0]
    for start, end in RANKER.evidence(text, theme.id):
        assert ends[-1] <= start < end <= len(text)
        ends.append(end)


@given(st.text())
def test_scores_are_in_range_and_every_theme_has_one(text: str) -> None:
    """A ranking holds each theme once, with scores in [0, 1) that never rise."""
    ranking = RANKER.rank(text)
    scores = [score for _, score in ranking]
    assert {theme_id for theme_id, _ in ranking} == {theme.id for theme in THEMES}
    assert all(0 <= score < 1 for score in scores)
    assert scores == sorted(scores, reverse=True)


@given(st.text())
def test_folding_keeps_every_character_at_its_place(text: str) -> None:
    """Lower case has the text's length, whatever the language."""
    assert len(folded(text)) == len(text)


def test_most_sample_answers_have_their_theme_first() -> None:
    """Words alone find the theme wherever the codebook's words occur."""
    assert [RANKER.rank(TEXTS[i])[0][0] for i in (0, 3, 6, 11)] == ["staff", "money", "beds", "law"]
