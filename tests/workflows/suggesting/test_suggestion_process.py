"""The suggestion engine's process: what it answers, and that nothing said to it can end it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from doubtful_study import TEXTS, TIMES, doubtful_study
from making import small_study
from recode_study import PARTS, split

import coder
from coder.domain.study_settings import Settings
from coder.errors import CoderError
from coder.workflows.coding.session import CodingSession
from coder.workflows.suggesting.process import EngineProcess, _latest_first, make_service, read_request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.workflows.study.study import Study

WORDS_ALONE = Settings("Small", model="none")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a small study whose suggestions go by words alone."""
    made = small_study(tmp_path / "study", settings=WORDS_ALONE)
    yield made
    made.close()


class Talk:
    """Speaks with a process in this one: each request waits for its answer before the next is said."""

    def __init__(self, study: Study) -> None:
        self.heard: list[dict[str, Any]] = []
        self._news = threading.Condition()
        self._service = make_service(study, "jo", self.hear)
        self._process = EngineProcess(self._service, {1: "R1.Q1.1", 3: "R2.Q1.1"}, self.hear)

    def hear(self, message: dict[str, Any]) -> None:
        """Take a message from the process."""
        with self._news:
            self.heard.append(message)
            self._news.notify()

    def say(self, *turns: tuple[str, str]) -> list[dict[str, Any]]:
        """Say each line (or lines), wait for the event it should lead to, and return those events."""
        answers: list[dict[str, Any]] = []

        def lines() -> Iterator[str]:
            for line, event in turns:
                before = len(self.heard)
                yield from (f"{part}\n" for part in line.split("\n"))
                answers.append(self._await(event, before))

        self._process.run(lines())
        return answers

    def _await(self, event: str, before: int) -> dict[str, Any]:
        def found() -> list[dict[str, Any]]:
            return [message for message in self.heard[before:] if message["event"] == event]

        with self._news:
            assert self._news.wait_for(found, timeout=20), f"no {event} in {self.heard}"
            return found()[0]


def request(do: str, **fields: Any) -> str:
    """Return a request as a line."""
    return json.dumps({"do": do, **fields})


def test_it_ranks_explains_and_finds_what_is_similar(study: Study) -> None:
    """Each request gets its answer, with the study's own numbers, themes and ids."""
    ranking, evidence, similar = Talk(study).say(
        (request("rank", responses=[3]), "ranking"),
        (request("explain", response=3, theme="beds"), "evidence"),
        (request("similar", response=3, count=2), "similar"),
    )
    assert (ranking["response"], ranking["stage"]) == (3, "words")
    assert ranking["themes"][0][0] == "beds"
    assert {theme for theme, _, _ in ranking["themes"]} == {"pay", "staff", "money", "beds"}
    assert (evidence["response"], evidence["theme"]) == (3, "beds")
    assert similar["response"] == 3
    assert len(similar["similar"]) <= 2


def test_it_tells_unasked_which_words_carry_the_themes(study: Study) -> None:
    """Of the answer on screen and the two that follow, for the themes on number keys; as when asked."""
    talk = Talk(study)
    coded = request("code", response=1, themes=["staff"], done=True)
    lines = f"{coded}\n{request('rank', responses=[3, 2, 5, 8])}"
    asked = request("explain", response=5, theme="beds")
    ordered = request("order", question="Q1", order="spread")
    _, evidence, _ = talk.say((lines, "places"), (asked, "evidence"), (ordered, "order"))
    told = {message["response"]: message["places"] for message in talk.heard if message["event"] == "places"}
    assert list(told) == [3, 2, 5]
    assert set(told[3]) == {"pay", "staff", "money", "beds"}
    assert told[5]["beds"] == (*evidence["spans"], *evidence["elsewhere"])


def test_words_of_an_answer_that_was_left_are_not_worked_on(study: Study) -> None:
    """The next ranking asked for takes their place."""
    heard: list[dict[str, Any]] = []
    service = make_service(study, "jo", print)
    service.code(1, ["staff"], reviewed=True)
    process = EngineProcess(service, {}, heard.append)
    for numbers in ([3, 2, 5], [8]):
        process._do_rank({"responses": numbers})
    process._work()
    assert [message["response"] for message in heard if message["event"] == "places"] == [8]


def test_by_words_alone_it_tells_no_places(study: Study) -> None:
    """Until something was learned the screen marks single words itself."""
    talk = Talk(study)
    talk.say((RANK_THREE, "ranking"), (request("order", question="Q1", order="spread"), "order"))
    assert "places" not in {message["event"] for message in talk.heard}


def test_it_orders_the_answers_of_a_question(study: Study) -> None:
    """Every answer comes once, those likely for the theme first and the confirmed last."""
    CodingSession(study, "jo").nothing_here(1)
    (found,) = Talk(study).say((request("order", question="Q1", order="theme beds"), "order"))
    assert (found["question"], found["order"]) == ("Q1", "theme beds")
    assert (sorted(found["responses"]), found["responses"][-1]) == ([1, 2, 3, 5, 8], 1)
    assert set(found["responses"][:2]) == {3, 5}


def test_of_what_takes_long_the_last_asked_is_done(study: Study) -> None:
    """Another order takes the place of the one that is still being worked out."""
    lines = "\n".join(request("order", question="Q1", order=order) for order in ("spread", "uncertain"))
    talk = Talk(study)
    talk.say((lines, "order"))
    assert [message["order"] for message in talk.heard if message["event"] == "order"] == ["uncertain"]


def test_it_finds_what_is_worth_a_second_look(tmp_path: Path) -> None:
    """A coding that agrees with no word is found among many that do."""
    study = doubtful_study(tmp_path / "many")
    (found,) = Talk(study).say((request("second_look", question="Q1"), "second_look"))
    assert {tuple(doubt[:3]) for doubt in found["doubted"][:2]} == {
        (7, "pay", "wrong"),
        (7, "beds", "missing"),
    }
    assert len(found["doubted"]) == len(TEXTS) * TIMES // 2
    study.close()


def test_it_says_that_it_is_ready_first(study: Study) -> None:
    """The first message is `ready`; it ends when there is nothing more to hear."""
    talk = Talk(study)
    talk.say()
    assert talk.heard[0] == {"event": "ready"}


def test_codings_are_learned_before_the_next_ranking(study: Study) -> None:
    """What stood before the start and what was coded since both count as learned."""
    CodingSession(study, "jo").toggle(1, "money")
    CodingSession(study, "sam").toggle(3, "pay")
    first, second = Talk(study).say(
        (request("rank", responses=[3]), "ranking"),
        (request("code", response=3, themes=["money"], done=True) + "\n" + RANK_THREE, "ranking"),
    )
    assert first["stage"] == second["stage"] == "learned"
    chances = [{theme: chance for theme, chance, _ in r["themes"]} for r in (first, second)]
    assert chances[1]["money"] > chances[0]["money"]


RANK_THREE = json.dumps({"do": "rank", "responses": [3]})

NONSENSE = (
    "", "not json", "[]", "null", "12", '"rank"', "{}", '{"do": null}', '{"do": []}', '{"do": "dance"}',
    '{"do": "rank"}', '{"do": "rank", "responses": 3}', '{"do": "rank", "responses": [[1]]}',
    '{"do": "code", "response": "1", "themes": [], "done": true}',
    '{"do": "code", "response": 1, "themes": [null], "done": true}',
    '{"do": "explain", "response": 1}', '{"do": "similar", "response": 1, "count": "2"}',
    '{"do": "explain", "response": 1, "theme": "nowhere"}',
    '{"do": "explain", "response": 99, "theme": "beds"}',
    '{"do": "order", "question": 1, "order": "file"}', '{"do": "order", "question": "Q9", "order": "spread"}',
    '{"do": "second_look", "question": "Q1"}', '{"do": "second_look", "question": "Q9"}',
    '{"do": "similar", "response": 99, "count": 1}', '{"do": "__init__"}', "\x00", '{"do": "rank"' * 1000,
)  # fmt: skip


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
    answers = talk.say(*((line, "notice") for line in NONSENSE), (RANK_THREE, "ranking"))
    assert all(answer["text"] for answer in answers[:-1])
    assert answers[-1]["themes"][0][0] == "beds"


@pytest.mark.parametrize(
    "line",
    [
        RANK_THREE,
        request("code", response=1, themes=[], done=False),
        request("explain", response=1, theme="pay"),
        request("similar", response=1, count=5),
        request("order", question="Q1", order="theme beds"),
        request("second_look", question="Q1"),
    ],
)
def test_requests_are_read_as_they_were_sent(line: str) -> None:
    """A request that has all it needs is taken."""
    assert read_request(line) == json.loads(line)


def test_a_long_line_of_nonsense_is_not_repeated_whole() -> None:
    """The notice shows the beginning of what was not understood."""
    with pytest.raises(CoderError) as caught:
        read_request("x" * 10_000)
    assert len(caught.value.message) < 200


def test_of_several_rankings_the_last_is_wanted() -> None:
    """Of what was asked meanwhile, codings come first and only the last ranking is answered."""
    waiting: list[dict[str, Any]] = [
        {"do": "rank", "responses": [1]},
        {"do": "similar", "response": 1},
        {"do": "code", "response": 1},
        {"do": "rank", "responses": [2]},
        {"do": "code", "response": 2},
    ]
    assert list(_latest_first(waiting)) == [waiting[2], waiting[4], waiting[3], waiting[1]]


def test_a_model_may_lie_in_the_study(study: Study) -> None:
    """A folder of the study is found there, wherever the program was started."""
    (study.folder / "models" / "mine").mkdir(parents=True)
    study.settings = Settings("Small", model="models/mine")
    notices: list[dict[str, Any]] = []
    make_service(study, "jo", notices.append)
    assert "mine holds no model.safetensors" in notices[0]["text"]


def test_unusable_models_are_told(study: Study) -> None:
    """Where the model in the settings is not there, a notice says so and words alone go on."""
    study.settings = Settings("Small", model="./nowhere")
    talk = Talk(study)
    (answer,) = talk.say((RANK_THREE, "ranking"))
    assert "nowhere" in talk.heard[0]["text"]
    assert answer["stage"] == "words"


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
        heard = (json.loads(line) for line in process.stdout)

        def ask(lines: str, event: str) -> dict[str, Any]:
            assert process.stdin is not None
            process.stdin.write(lines + "\n")
            process.stdin.flush()
            return next(message for message in heard if message["event"] == event)

        assert next(heard)["event"] == "ready"
        assert "understand" in ask("nonsense", "notice")["text"]
        coded = request("code", response=1, themes=["staff"], done=True)
        assert ask(f"{coded}\n{RANK_THREE}", "ranking")["stage"] == "learned"
        assert ask(request("explain", response=3, theme="beds"), "evidence")["theme"] == "beds"
        assert ask(request("similar", response=3, count=1), "similar")["response"] == 3
        process.stdin.close()
        assert process.wait(timeout=20) == 0


def test_it_writes_vectors_beside_the_study(study: Study) -> None:
    """The cache is a folder of its own, which can be deleted."""
    Talk(study).say()
    with closing(study.database):
        assert (study.folder / "cache" / "vectors.db").is_file()
