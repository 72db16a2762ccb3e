"""Quotes: which answers are chosen, what of them, and what is told of the respondents."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from asking import theme_table
from hypothesis import given, settings
from hypothesis import strategies as st
from making import small_study
from quoted_study import ANSWERS, NOTE, quoted_study
from recode_study import redefined

from coder.domain.codings import PickedWords, Span
from coder.domain.tables.quotes import QuoteRequest, marked_words, shortened
from coder.domain.tables.requests import TableOptions
from coder.errors import CoderError
from coder.store import surveys
from coder.workflows.coding.session import CodingSession
from coder.workflows.reporting.quote_choice import Candidate, choose, distance, word_vectors
from coder.workflows.reporting.quotes import READ_FIRST, quote_lists

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.tables.quotes import QuoteList
    from coder.workflows.study.study import Study

FIVE = QuoteRequest()
ALL = QuoteRequest(most=None)
ANYBODY = replace(ALL, agreed="any")
WORDS = ("beds", "nurses", "rent", "wages", "queue", "the", "ward")
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join), max_size=9)
SPREAD_SLACK = 0.97


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Return a study with six answers coded `pay`."""
    made = quoted_study(tmp_path / "study")
    yield made
    made.close()


def texts(quotes: QuoteList) -> list[str]:
    """Return the quotes' texts."""
    return [quote.text for quote in quotes.quotes]


def quotes_for(study: Study, question_id: str, theme: str, request: QuoteRequest = FIVE) -> QuoteList:
    """Return the quotes of one theme, or net, of a question."""
    (quotes,) = quote_lists(study, question_id, [theme], request)
    return quotes


def spread(chosen: Sequence[str], among: Sequence[str]) -> float:
    """Return the mean distance between two of the texts chosen, by their words among all."""
    vectors = dict(zip(among, word_vectors(among), strict=True))
    apart = [distance(vectors[one], vectors[other]) for one, other in combinations(chosen, 2)]
    return fmean(apart) if apart else 0.0


def test_each_quote_is_a_coded_answer_word_for_word(coded_sample: Study) -> None:
    """Every quote of every theme of the sample is an answer that the theme's codings are on."""
    by_id = {response.id: response for response in surveys.all_responses(coded_sample.database)}
    lists = quote_lists(coded_sample, request=QuoteRequest(most=None, ids=True))
    for quotes in lists:
        for quote in quotes.quotes:
            answer = by_id[quote.response_id]
            assert quotes.theme_id in CodingSession(coded_sample, "jo").standing(answer.number).theme_ids
            assert (quote.text, quote.respondent_id) == (answer.text, answer.respondent_id)
    assert sum(len(quotes.quotes) for quotes in lists) == 459


def test_the_themes_are_those_of_the_tables_in_their_order(coded_sample: Study) -> None:
    """With the same counts, whichever question."""
    for question in ("Q15", "Q16", "Q17"):
        rows = theme_table(coded_sample, question).rows
        lists = quote_lists(coded_sample, question)
        assert [(q.theme_id, q.label, q.respondents, q.answers) for q in lists] == [
            (row.key, row.label, row.respondents, row.mentions) for row in rows
        ]


def test_the_samples_quotes_are_more_unlike_than_the_first_five(coded_sample: Study) -> None:
    """By mean distance over all themes with a choice; of single themes never less by more than 3 %.

    Different respondents, moderate length and one theme alone come before what words differ in.
    """
    chosen, first = [], []
    for quotes in quote_lists(coded_sample):
        everything = texts(quotes_for(coded_sample, quotes.question_id, quotes.theme_id, ALL))
        if len(everything) > len(quotes.quotes):
            chosen.append(spread(texts(quotes), everything))
            first.append(spread(everything[:5], everything))
    assert len(chosen) > 20
    assert all(mine >= SPREAD_SLACK * theirs for mine, theirs in zip(chosen, first, strict=True))
    assert fmean(chosen) > fmean(first)


def test_a_respondent_is_quoted_once_while_there_are_others(coded_sample: Study) -> None:
    """Five quotes are of five councils wherever five mention the theme."""
    for quotes in quote_lists(coded_sample, request=QuoteRequest(ids=True)):
        who = {quote.respondent_id for quote in quotes.quotes}
        assert len(who) == min(len(quotes.quotes), quotes.respondents)


@given(TEXTS, st.integers(1, 5))
def test_no_other_choice_is_twice_as_unlike(answers: list[str], most: int) -> None:
    """The two nearest texts chosen lie at least half as far apart as in any other choice."""
    candidates = [Candidate(text, place) for place, text in enumerate(dict.fromkeys(answers))]
    alike = [replace(candidate, text=candidate.text.ljust(40, ".")) for candidate in candidates]
    vectors = word_vectors([candidate.text for candidate in alike])

    def nearest(places: Sequence[int]) -> float:
        pairs = combinations(places, 2)
        return min((distance(vectors[one], vectors[other]) for one, other in pairs), default=0.0)

    chosen = choose(alike, most)
    best = max((nearest(c) for c in combinations(range(len(alike)), len(chosen))), default=0.0)
    assert nearest(chosen) >= best / 2 - 1e-9


def test_of_two_answers_nearly_alike_one_is_left_out(study: Study) -> None:
    """Five of six: the supermarket's wages come once."""
    chosen = texts(quotes_for(study, "Q1", "pay"))
    assert len(chosen) == 5
    assert sum("supermarket" in text for text in chosen) == 1


@given(TEXTS, st.integers(1, 5))
def test_choosing_is_steady_and_never_repeats(answers: list[str], most: int) -> None:
    """Twice the same; as many as asked for, unless fewer texts differ."""
    candidates = [Candidate(text, place % 3) for place, text in enumerate(answers)]
    chosen = choose(candidates, most)
    assert chosen == choose(candidates, most)
    assert len({answers[place] for place in chosen}) == len(chosen) == min(most, len(set(answers)))


def test_short_and_mixed_answers_come_last() -> None:
    """One word, or an answer with other themes too; both at once when nothing else is left."""
    long = ["Adverts for posts bring nobody", "Nurses leave us for agencies", "Rent eats what carers earn"]
    candidates = [
        Candidate("Pay", 0),
        Candidate("Beds", 5, alone=False),
        Candidate("Wages and beds and a queue", 1, alone=False),
        *(Candidate(text, place) for place, text in enumerate(long, start=6)),
    ]
    chosen = choose(candidates, 6)
    assert (set(chosen[:3]), set(chosen[3:5]), chosen[5]) == ({3, 4, 5}, {0, 2}, 1)


def test_attribute_values_not_yet_there_are_preferred() -> None:
    """Of answers that differ as much from the first, that of another region is taken."""
    answers = ["wages fall", "rent rises", "posts stay"]
    regions = ("North", "North", "South")
    pairs = enumerate(zip(answers, regions, strict=True))
    candidates = [Candidate(text, place, (region,)) for place, (text, region) in pairs]
    assert {regions[place] for place in choose(candidates, 2)} == {"North", "South"}


def test_of_very_many_some_are_compared() -> None:
    """However many there are, those looked at come from the whole survey."""
    candidates = [Candidate(f"word{place} stays", place) for place in range(9000)]
    chosen = choose(candidates, 3)
    assert len(chosen) == 3
    assert all(place % 5 == 0 for place in chosen)


def test_an_answer_of_several_coders_counts_once(study: Study) -> None:
    """Whoever coded it; by name, only the answers that one coder coded."""
    CodingSession(study, "sam").code_many([2, 3], "pay")
    everybody = quotes_for(study, "Q1", "pay", ANYBODY)
    assert (everybody.answers, texts(everybody)) == (6, list(ANSWERS))
    assert everybody.provenance.codings == 6
    sam = quotes_for(study, "q1", "Pay", replace(ALL, coder_ids=("sam",)))
    assert texts(sam) == list(ANSWERS[1:3])


def test_a_net_quotes_the_answers_of_its_themes(study: Study) -> None:
    """Each answer once, as the net's row counts them."""
    CodingSession(study, "jo").code_many([1, 2], "staff")
    people = quotes_for(study, "Q1", "people", ALL)
    row = next(row for row in theme_table(study, "Q1", TableOptions(nets=True)).rows if row.kind == "net")
    assert texts(people) == list(ANSWERS)
    assert (people.answers, people.respondents, people.provenance.codings) == (
        6,
        row.respondents,
        row.mentions,
    )


def test_what_waits_to_be_recoded_is_left_out(tmp_path: Path) -> None:
    """And counted apart; another coder's coding of the same answer stands."""
    study = quoted_study(tmp_path / "study", theme_id="money")
    redefined(study)
    waiting = quotes_for(study, "Q1", "money")
    assert (waiting.quotes, waiting.answers, waiting.waiting) == ((), 0, 6)
    assert waiting.summary == "0 quotes of 0 answers, by 0 councils; 6 more answers to be recoded"
    CodingSession(study, "sam").toggle(2, "money")
    assert texts(quotes_for(study, "Q1", "money", ANYBODY)) == [ANSWERS[1]]
    study.close()


def test_the_marked_words_can_be_quoted(study: Study) -> None:
    """What several coders marked together; an answer without marks is quoted whole."""
    CodingSession(study, "jo").mark_spans(2, "pay", [Span(0, 7), Span(35, 46)])
    CodingSession(study, "sam").mark_spans(2, "pay", [Span(4, 26)])
    found = texts(quotes_for(study, "Q1", "pay", replace(ANYBODY, marked_words=True)))
    assert found[:2] == [ANSWERS[0], "Adverts for social workers … body at all"]
    assert texts(quotes_for(study, "Q1", "pay", ANYBODY))[1] == ANSWERS[1]


def test_words_kept_with_a_suggestion_are_quoted_by_the_sentence(tmp_path: Path) -> None:
    """Twelve words cut from two sentences read badly; a clause, or what somebody marked, is quoted as is."""
    answer = "Wages fall behind. Carers leave us, and rent eats what they earn. Nobody applies."
    study = quoted_study(tmp_path / "kept", [answer] * 3, "money")
    ragged, clause = Span(6, 25), Span(19, 35)
    session = CodingSession(study, "jo")
    session.toggle(1, "pay", origin="suggestion", words=PickedWords((ragged,)))
    session.toggle(2, "pay", origin="suggestion", words=PickedWords((clause,)))
    session.toggle(3, "pay", origin="hand", words=PickedWords((ragged,)))
    found = texts(quotes_for(study, "Q1", "pay", replace(ALL, marked_words=True)))
    assert found == [
        "Wages fall behind. Carers leave us, and rent eats what they earn.",
        "Carers leave us,",
        "fall behind. Carers",
    ]
    assert texts(quotes_for(study, "Q1", "pay", ALL)) == [answer] * 3
    study.close()


def test_long_answers_are_cut_on_request_alone(study: Study) -> None:
    """After a word, with a mark; and the notes say so."""
    cut = quotes_for(study, "Q1", "pay", replace(ALL, shorten=24))
    assert texts(cut)[1] == "Adverts for social…"
    assert any("cut at 24 characters" in note for note in cut.notes)


@given(st.text("ab \n", max_size=40), st.integers(1, 40))
def test_a_cut_text_is_a_beginning(text: str, length: int) -> None:
    """Never longer than asked for, and word for word but for the mark at its end."""
    cut = shortened(text, length)
    assert len(cut) <= length or cut == text
    assert cut == text or (cut[-1] == "…" and text.startswith(cut[:-1]))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=4))
def test_marked_words_stand_in_the_text(places: list[tuple[int, int]]) -> None:
    """Each part is in the answer, in its order; nothing marked is the whole answer."""
    text = "Adverts for social workers bring nobody"
    found = marked_words(text, [Span(start, start + length) for start, length in places])
    rest = text
    for part in found.split(" … "):
        assert part in rest
        rest = rest.partition(part)[2]
    assert places or found == text


def test_values_that_few_share_are_kept_back(study: Study) -> None:
    """R1's region is its alone; what stands before a value counts with it."""
    request = replace(ALL, attributes=("type", "Region"))
    first, second, *_ = quotes_for(study, "Q1", "pay", request).quotes
    assert [(told.name, told.value, told.kept_back) for told in first.attributes] == [
        ("type", "County", False),
        ("region", "", True),
    ]
    assert [told.value for told in second.attributes] == ["County", "South"]
    swapped = quotes_for(study, "Q1", "pay", replace(ALL, attributes=("region", "type"))).quotes[0]
    assert [told.kept_back for told in swapped.attributes] == [True, True]
    known = quotes_for(study, "Q1", "pay", replace(request, fewest=1)).quotes[0]
    assert [told.value for told in known.attributes] == ["County", "Isles"]


def test_nobody_is_named_unless_asked(study: Study) -> None:
    """With ids, nothing else needs keeping back."""
    assert {
        (q.respondent_id, q.response_id, q.attributes) for q in quotes_for(study, "Q1", "pay").quotes
    } == {("", "", ())}
    named = quotes_for(study, "Q1", "pay", replace(ALL, ids=True, attributes=("region",))).quotes[0]
    assert (named.respondent_id, named.response_id, named.attributes[0].value) == ("R1", "R1.Q1.1", "Isles")


def test_notes_say_what_a_reader_must_know(study: Study) -> None:
    """The study's own first; that quotes are verbatim and chosen; what stands after them."""
    found = quotes_for(study, "Q1", "pay", QuoteRequest(most=2, attributes=("region",), marked_words=True))
    assert (found.study_note, found.notes[0], found.title) == (NOTE, READ_FIRST, "Q1. What is hardest?")
    said = " ".join(found.notes)
    assert "chosen to differ" in said
    assert "After each quote: Region." in said
    assert "words that coders marked" in said
    assert "chosen" not in " ".join(quotes_for(study, "Q1", "pay", ALL).notes)


def test_blank_answers_are_never_quoted(tmp_path: Path) -> None:
    """Whoever codes an empty cell gets no empty quote."""
    study = small_study(tmp_path / "study")
    CodingSession(study, "jo").code_many([1, 9], "pay")
    found = quotes_for(study, "Q1", "pay")
    assert (found.answers, texts(found)) == (2, ["We lost four staff to agency last year"])
    assert texts(quotes_for(study, "Q1", "pay", ALL)) == texts(found)
    study.close()


def test_themes_by_name_in_every_question(coded_sample: Study) -> None:
    """Without a question, a theme is quoted in those it is for."""
    found = quote_lists(coded_sample, None, ["Availability of beds", "q15-joint-working"])
    assert [(quotes.question_id, quotes.theme_id) for quotes in found] == [
        ("Q15", "q15-joint-working"),
        ("Q16", "q16-beds"),
        ("Q18", "q16-beds"),
        ("Q18", "q15-joint-working"),
    ]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (QuoteRequest(attributes=("contact",)), "'contact' is private"),
        (QuoteRequest(attributes=("regoin",)), "no attribute 'regoin'"),
        (QuoteRequest(coder_ids=("nobody",)), "has coded nothing"),
        (QuoteRequest(most=0), "--most is 0"),
        (QuoteRequest(shorten=0), "--shorten is 0"),
    ],
)
def test_what_cannot_be_done_is_told(study: Study, request_: QuoteRequest, message: str) -> None:
    """A private or unknown attribute, a coder without codings, numbers that leave nothing."""
    with pytest.raises(CoderError, match=message):
        quote_lists(study, request=request_)


@pytest.mark.parametrize(("question", "theme"), [("Q9", "pay"), ("Q1", "bets"), (None, "bets")])
def test_unknown_questions_and_themes_are_told(study: Study, question: str | None, theme: str) -> None:
    """With a question or without."""
    with pytest.raises(CoderError, match="has no"):
        quote_lists(study, question, [theme])


@given(TEXTS)
@settings(max_examples=15)
def test_all_quotes_are_all_answers(answers: list[str]) -> None:
    """With no choice, each answer is quoted, in the survey's order."""
    with TemporaryDirectory() as folder:
        study = quoted_study(Path(folder) / "study", [*answers, "beds"])
        assert texts(quotes_for(study, "Q1", "pay", ALL)) == [*answers, "beds"]
        study.close()
