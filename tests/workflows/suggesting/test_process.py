"""The suggestion engine's process: what it answers, and that nothing said to it can end it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from doubtful_study import TEXTS, TIMES, doubtful_study
from hashing import BrokenEncoder, HashingEncoder, QuickEncoder
from making import small_study
from recode_study import PARTS, split

import coder
from coder.domain.engine_messages import (
    DraftsReady,
    DraftThemes,
    EngineNotice,
    EngineReady,
    EvidenceReady,
    ExplainTheme,
    FindSimilar,
    LearnCodings,
    OrderReady,
    OrderResponses,
    RankingReady,
    RankResponses,
    ReadAnswers,
    ReadingProgress,
    SecondLookReady,
    SimilarReady,
    SpansReady,
    TakeSecondLook,
)
from coder.domain.reading_orders import Order
from coder.domain.study_settings import ADD_NON_RESPONSE, SettingChange, Settings
from coder.suggest.encoding.encoders import SideBySide
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.changing_settings import change_settings
from coder.workflows.suggesting import study_service
from coder.workflows.suggesting.message_codec import read_event, write_message
from coder.workflows.suggesting.process import EngineProcess, _latest_first
from coder.workflows.suggesting.study_service import make_service, read_answers

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from coder.domain.engine_messages import EngineEvent, EngineRequest
    from coder.suggest.service import SuggestionService
    from coder.workflows.study.study import Study

T = TypeVar("T")

WORDS_ALONE = Settings("Small", model="none")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a small study whose suggestions go by words alone."""
    study = small_study(tmp_path / "study", settings=WORDS_ALONE)
    yield study
    study.close()


class Talk:
    """Speaks with a process in this one: each turn waits for its answer before the next is said."""

    def __init__(self, study: Study) -> None:
        self.heard: list[EngineEvent] = []
        self._news = threading.Condition()
        service = make_service(study, "jo", lambda text: self.hear(EngineNotice(text)))
        self.process = EngineProcess(service, {1: "R1.Q1.1", 3: "R2.Q1.1"}, self.hear)

    def hear(self, event: EngineEvent) -> None:
        """Take an event from the process."""
        with self._news:
            self.heard.append(event)
            self._news.notify()

    def say(self, *turns: tuple[str, type[EngineEvent]]) -> None:
        """Say the lines of each turn and wait for the kind of event they should lead to; then end."""

        def lines() -> Iterator[str]:
            for text, kind in turns:
                already = len(self.heard)
                yield from text.splitlines(keepends=True)
                self._await(kind, already)

        self.process.run(lines())

    def all_of(self, kind: type[T]) -> list[T]:
        """Return the events of a kind that were heard, in order."""
        return [event for event in self.heard if isinstance(event, kind)]

    def _await(self, kind: type[EngineEvent], already: int) -> None:
        self.wait_until(lambda: any(isinstance(event, kind) for event in self.heard[already:]))

    def wait_until(self, came: Callable[[], bool]) -> None:
        """Wait until something has been heard."""
        with self._news:
            assert self._news.wait_for(came, timeout=20), f"not come: {self.heard}"


def lines_of(*requests: EngineRequest) -> str:
    """Return requests as the screen sends them."""
    return "".join(map(write_message, requests))


def test_it_ranks_explains_and_finds_what_is_similar(study: Study) -> None:
    """Each request gets its answer, with the study's own numbers, themes and ids."""
    talk = Talk(study)
    talk.say(
        (RANK_THREE, RankingReady),
        (lines_of(ExplainTheme(3, "beds")), EvidenceReady),
        (lines_of(FindSimilar(3, 2)), SimilarReady),
    )
    (ranking,) = talk.all_of(RankingReady)
    (evidence,) = talk.all_of(EvidenceReady)
    (similar,) = talk.all_of(SimilarReady)
    assert (ranking.ranked.response, ranking.ranked.stage) == (3, "words")
    assert ranking.ranked.suggestions[0].theme_id == "beds"
    assert {s.theme_id for s in ranking.ranked.suggestions} == {"pay", "staff", "money", "beds"}
    assert (evidence.response, evidence.theme_id) == (3, "beds")
    assert similar.response == 3
    assert len(similar.similar) <= 2


def test_it_drafts_themes(study: Study) -> None:
    """Of so few answers none, which is said too."""
    talk = Talk(study)
    talk.say((lines_of(DraftThemes("Q1")), DraftsReady))
    assert talk.all_of(DraftsReady) == [DraftsReady("Q1", ())]


def test_probabilities_come_with_four_decimals(study: Study) -> None:
    """What more there is of them nobody sees."""
    CodingSession(study, "jo").toggle(1, "money")
    talk = Talk(study)
    talk.say((RANK_THREE, RankingReady))
    probabilities = [s.probability for s in talk.all_of(RankingReady)[0].ranked.suggestions]
    assert probabilities == [round(probability, 4) for probability in probabilities]
    assert len(set(probabilities)) > 1


def test_it_tells_unasked_which_words_carry_the_themes(study: Study) -> None:
    """Of the answer on screen and the two that follow, for the themes on number keys; as when asked."""
    talk = Talk(study)
    talk.say(
        (lines_of(LearnCodings(1, ("staff",), done=True), RankResponses((3, 2, 5, 8))), SpansReady),
        (lines_of(ExplainTheme(5, "beds")), EvidenceReady),
        (lines_of(OrderResponses("Q1", Order("spread"))), OrderReady),
    )
    places = {event.response: event.spans for event in talk.all_of(SpansReady)}
    assert list(places) == [3, 2, 5]
    assert set(places[3]) == {"pay", "staff", "money", "beds"}
    (evidence,) = talk.all_of(EvidenceReady)
    assert places[5]["beds"] == evidence.spans + evidence.elsewhere


def test_encoders_beside_the_leading_one_are_loaded_meanwhile(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread loads them while rankings go on; once all texts have their vectors, the screen is told."""
    slow = HashingEncoder()
    monkeypatch.setattr(study_service, "load_encoder", lambda *_, **__: SideBySide(QuickEncoder(), slow))
    talk = Talk(study)

    def lines() -> Iterator[str]:
        yield RANK_THREE
        talk.wait_until(lambda: len(talk.all_of(ReadingProgress)) > 1)
        yield RANK_THREE
        talk.wait_until(lambda: len(talk.all_of(RankingReady)) > 1)

    talk.process.run(lines())
    assert {(event.done, event.total) for event in talk.all_of(ReadingProgress)} == {(5, 5)}
    before, after = (event.ranked for event in talk.all_of(RankingReady))
    assert before.stage == after.stage == "embeddings"
    assert {"Beds", "Staff", "Nobody stays"} <= set(slow.encoded)


def test_a_beside_encoder_that_cannot_be_loaded_is_told_once(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The leading one goes on alone."""
    monkeypatch.setattr(
        study_service, "load_encoder", lambda *_, **__: SideBySide(QuickEncoder(), BrokenEncoder())
    )
    talk = Talk(study)
    talk.say((RANK_THREE, EngineNotice), (RANK_THREE, RankingReady))
    (notice,) = talk.all_of(EngineNotice)
    assert "cannot be loaded" in notice.text


@pytest.mark.parametrize(("same_words", "learned"), [(True, [1, 4, 6]), (False, [1, 2, 4, 5, 6])])
def test_answers_of_the_same_words_teach_once(
    tmp_path: Path, learned: list[int], *, same_words: bool
) -> None:
    """At the beginning, if they are coded alike; later, what is decided on one is not taught by copies."""
    settings = Settings("Small", model="none", same_words=same_words)
    texts = [("Beds!",), ("beds",), ("pay",), ("BEDS",), ("Beds.",), ("money",)]
    with closing(small_study(tmp_path / "study", texts=texts, settings=settings)) as study:
        session = CodingSession(study, "jo")
        session.code_many([1, 2, 4, 5], "beds")
        for number in (1, 2, 6):
            session.confirm(number)
        service = make_service(study, "jo", print)
        assert coded_in(service) == set(learned)
        EngineProcess(service, {}, print)._serve(LearnCodings(2, ("money",), done=True, copies=(1, 6)))
        assert coded_in(service) & {1, 2, 6} == {2}


def test_a_changed_list_of_non_responses_is_read(tmp_path: Path) -> None:
    """Nobody is led to a text that says nothing, nor is it learned from; taken back, it is as before."""
    texts = [("none at all",), ("None at all!",), ("no beds",), ("no beds at all",)]
    settings = Settings("Small", model="none")
    with closing(small_study(tmp_path / "study", texts=texts, settings=settings)) as study:
        session = CodingSession(study, "jo")
        session.nothing_here(1)
        service = make_service(study, "jo", print)
        heard: list[EngineEvent] = []
        anew = partial(read_answers, service, study, "jo")
        process = EngineProcess(service, {}, heard.append, read_answers=anew)
        assert coded_in(service) == {1}
        change_settings(study, "jo", [SettingChange(ADD_NON_RESPONSE, "none at all")])
        process._serve(ReadAnswers())
        assert service.whole("Q1").numbers == [3, 4]
        assert coded_in(service) == set()
        session.undo()
        process._serve(ReadAnswers())
        assert service.whole("Q1").numbers == [1, 2, 3, 4]
        assert coded_in(service) == {1}
        assert heard == []


def coded_in(service: SuggestionService) -> set[Hashable]:
    """Return the answers that a service has learned from."""
    return set(service._engines[0].suggester._coded.keys())


def test_words_of_an_answer_that_was_left_are_not_worked_on(study: Study) -> None:
    """The next ranking asked for takes their place."""
    heard: list[EngineEvent] = []
    service = make_service(study, "jo", print)
    service.code(1, ["staff"], reviewed=True)
    process = EngineProcess(service, {}, heard.append)
    for responses in ((3, 2, 5), (8,)):
        process._serve(RankResponses(responses))
    process._work()
    assert [event.response for event in heard if isinstance(event, SpansReady)] == [8]


def test_by_words_alone_it_tells_no_places(study: Study) -> None:
    """Until something was learned the screen marks single words itself."""
    talk = Talk(study)
    talk.say((RANK_THREE, RankingReady), (lines_of(OrderResponses("Q1", Order("spread"))), OrderReady))
    assert talk.all_of(SpansReady) == []


def test_it_orders_the_answers_of_a_question(study: Study) -> None:
    """Every answer comes once, those likely for the theme first and the confirmed last."""
    CodingSession(study, "jo").nothing_here(1)
    talk = Talk(study)
    talk.say((lines_of(OrderResponses("Q1", Order("theme", "beds"))), OrderReady))
    (order,) = talk.all_of(OrderReady)
    assert (order.question_id, order.order) == ("Q1", Order("theme", "beds"))
    assert (sorted(order.responses), order.responses[-1]) == ([1, 2, 3, 5, 8], 1)
    assert set(order.responses[:2]) == {3, 5}


def test_of_what_takes_long_the_last_asked_is_done(study: Study) -> None:
    """Another order takes the place of the one that is still being worked out."""
    talk = Talk(study)
    orders = lines_of(OrderResponses("Q1", Order("spread")), OrderResponses("Q1", Order("uncertain")))
    talk.say((orders, OrderReady))
    assert [event.order.kind for event in talk.all_of(OrderReady)] == ["uncertain"]


def test_it_finds_what_is_worth_a_second_look(tmp_path: Path) -> None:
    """A coding that agrees with no word is found among many that do."""
    study = doubtful_study(tmp_path / "many")
    talk = Talk(study)
    talk.say((lines_of(TakeSecondLook("Q1")), SecondLookReady))
    (look,) = talk.all_of(SecondLookReady)
    assert look.question_id == "Q1"
    assert {doubt[:3] for doubt in look.doubted[:2]} == {(7, "pay", "wrong"), (7, "beds", "missing")}
    assert len(look.doubted) == len(TEXTS) * TIMES // 2
    study.close()


def test_it_says_that_it_is_ready_first(study: Study) -> None:
    """The first message is that it is ready; it ends when there is nothing more to hear."""
    talk = Talk(study)
    talk.say()
    assert talk.heard[0] == EngineReady()


def test_codings_are_learned_before_the_next_ranking(study: Study) -> None:
    """What stood before the start and what was coded since both count as learned."""
    CodingSession(study, "jo").toggle(1, "money")
    CodingSession(study, "sam").toggle(3, "pay")
    talk = Talk(study)
    coded = lines_of(LearnCodings(3, ("money",), done=True))
    talk.say((RANK_THREE, RankingReady), (coded + RANK_THREE, RankingReady))
    older, newer = (event.ranked for event in talk.all_of(RankingReady))
    assert older.stage == newer.stage == "learned"
    chance_before, chance = (
        {s.theme_id: s.probability for s in ranked.suggestions}["money"] for ranked in (older, newer)
    )
    assert chance > chance_before


RANK_THREE = lines_of(RankResponses((3,)))

NONSENSE = (
    "\n", "not json\n", "[]\n", '{"message": "dance"}\n', '{"message": "__init__"}\n',
    '{"message": "RankResponses"}\n', '{"message": "RankResponses", "responses": 3}\n', "\x00\n",
    lines_of(ExplainTheme(1, "nowhere")), lines_of(ExplainTheme(99, "beds")),
    lines_of(OrderResponses("Q9", Order("spread"))), lines_of(OrderResponses("Q1", Order("theme"))),
    lines_of(TakeSecondLook("Q1")), lines_of(TakeSecondLook("Q9")), lines_of(FindSimilar(99, 1)),
)  # fmt: skip
"""Lines that are no request, and requests that cannot be fulfilled."""


def test_codings_that_wait_to_be_recoded_hint_at_the_parts(study: Study) -> None:
    """After a split the answer is suggested the parts before any other theme."""
    CodingSession(study, "jo").toggle(1, "staff")
    split(study)
    (ranked,) = make_service(study, "jo", print).rank([1])
    assert {s.theme_id for s in ranked.suggestions[:2]} == set(PARTS)
    assert ranked.suggestions[1].probability > ranked.suggestions[2].probability + 0.1
    (unhinted,) = make_service(study, "sam", print).rank([1])
    assert unhinted.suggestions[1].probability < ranked.suggestions[1].probability


def test_nonsense_gets_a_notice_and_work_goes_on(study: Study) -> None:
    """A request that is not understood is told, whatever it is, and the next one is answered."""
    talk = Talk(study)
    talk.say(*((line, EngineNotice) for line in NONSENSE), (RANK_THREE, RankingReady))
    notices = talk.all_of(EngineNotice)
    assert len(notices) == len(NONSENSE)
    assert all(notice.text for notice in notices)
    assert talk.all_of(RankingReady)[-1].ranked.suggestions[0].theme_id == "beds"


def test_of_several_rankings_the_last_is_wanted() -> None:
    """Of what was asked meanwhile, what is learned comes first and only the last ranking is answered."""
    requests: list[EngineRequest] = [
        RankResponses((1,)),
        FindSimilar(1, 5),
        LearnCodings(1, (), done=False),
        RankResponses((2,)),
        ReadAnswers(),
        LearnCodings(2, (), done=False),
    ]
    assert list(_latest_first(requests)) == [requests[index] for index in (2, 4, 5, 3, 1)]


def test_a_model_may_lie_in_the_study(study: Study) -> None:
    """A folder of the study is found there, wherever the program was started."""
    (study.folder / "models" / "mine").mkdir(parents=True)
    study.settings = Settings("Small", model="models/mine")
    notices: list[str] = []
    make_service(study, "jo", notices.append)
    assert "mine holds no model.safetensors" in notices[0]


def test_unusable_models_are_told(study: Study) -> None:
    """Where the model in the settings is not there, a notice says so and words alone go on."""
    study.settings = Settings("Small", model="./nowhere")
    talk = Talk(study)
    talk.say((RANK_THREE, RankingReady))
    assert isinstance(talk.heard[0], EngineNotice)
    assert "nowhere" in talk.heard[0].text
    assert talk.all_of(RankingReady)[0].ranked.stage == "words"


def test_as_a_process(tmp_path: Path) -> None:
    """Started as the screen starts it: it answers, survives nonsense, and ends with its input."""
    small_study(tmp_path / "study", settings=WORDS_ALONE).close()
    command = [sys.executable, "-m", "coder.workflows.suggesting.process", str(tmp_path / "study"), "jo"]
    environment = {**os.environ, "PYTHONPATH": str(Path(coder.__file__).parents[1])}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        heard = map(read_event, process.stdout)

        def ask(lines: str, kind: type[T]) -> T:
            assert process.stdin is not None
            process.stdin.write(lines)
            process.stdin.flush()
            return next(event for event in heard if isinstance(event, kind))

        assert next(heard) == EngineReady()
        assert "understand" in ask("nonsense\n", EngineNotice).text
        coded = lines_of(LearnCodings(1, ("staff",), done=True))
        assert ask(coded + RANK_THREE, RankingReady).ranked.stage == "learned"
        assert ask(lines_of(ExplainTheme(3, "beds")), EvidenceReady).theme_id == "beds"
        assert ask(lines_of(FindSimilar(3, 1)), SimilarReady).response == 3
        process.stdin.close()
        assert process.wait(timeout=20) == 0


def test_it_writes_vectors_beside_the_study(study: Study) -> None:
    """The cache is a folder of its own, which can be deleted."""
    Talk(study).say()
    with closing(study.database):
        assert (study.folder / "cache" / "vectors.db").is_file()
