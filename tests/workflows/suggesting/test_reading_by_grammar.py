"""How the engine's process comes to read answers by their grammar, and what it does without."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.suggest.carrying_words import PassageReading
from coder.suggest.service import SuggestionService
from coder.text import english_grammar
from coder.text.clause_readers import GrammarReading, RuleReading
from coder.text.english_grammar import EnglishGrammar
from coder.workflows.suggesting.process import EngineProcess
from coder.workflows.suggesting.reading_by_grammar import AnswerReadings

if TYPE_CHECKING:
    import pytest

    from coder.domain.engine_messages import EngineEvent

from coder.domain.codebook import Theme
from coder.domain.engine_messages import EngineNotice, EvidenceReady, RankResponses, SpansReady
from coder.workflows.suggesting.message_codec import write_message

TEXT = "We have no beds on the ward at night, and nobody tells the families what happens next."


class SlowGrammar(EnglishGrammar):
    """Is loaded once it may be; cuts nothing."""

    def __init__(self, *, broken: bool = False) -> None:
        super().__init__()
        self.may_load, self.loads, self._broken = threading.Event(), 0, broken

    def load(self) -> None:
        """Wait, then be there or not."""
        self.may_load.wait(30)
        self.loads += 1
        if self._broken:
            msg = "The grammar cannot be loaded."
            raise CoderError(msg)


def served(readings: AnswerReadings, *lines: str) -> list[EngineEvent]:
    """Return what the process sends; it has learned one answer, so it ranks by more than words."""
    themes = (Theme("beds", "Beds", keywords=("bed",)), Theme("law", "Law"))
    service = SuggestionService(
        {"Q1": themes}, None, None, passages=PassageReading(None, readings.in_language)
    )
    service.load([(1, "Q1", TEXT), (2, "Q1", "Beds")])
    service.code(2, ["beds"], reviewed=True)
    events: list[EngineEvent] = []
    EngineProcess(service, {}, events.append, readings=readings).run(lines)
    return events


def test_english_is_read_by_grammar_and_other_languages_by_rules() -> None:
    """So is what nobody is sure of; without spaCy English too."""
    with_grammar, without = AnswerReadings(EnglishGrammar()), AnswerReadings()
    assert isinstance(with_grammar.in_language("en"), GrammarReading)
    assert isinstance(with_grammar.in_language("de"), RuleReading)
    assert isinstance(with_grammar.in_language(""), RuleReading)
    assert isinstance(without.in_language("en"), RuleReading)
    assert without.are_ready


def test_nothing_is_loaded_before_an_answer_is_ranked_by_more_than_words() -> None:
    """Nor when a study is opened and closed again."""
    grammar = SlowGrammar()
    readings = AnswerReadings(grammar)
    assert not [event for event in served(readings) if isinstance(event, SpansReady)]
    assert grammar.loads == 0


def test_a_grammar_that_cannot_be_loaded_is_told_and_rules_are_used() -> None:
    """One notice; the words are then those of the rules."""
    grammar = SlowGrammar(broken=True)
    grammar.may_load.set()
    readings, loaded = AnswerReadings(grammar), threading.Event()
    complaints: list[str] = []

    def when_ready(complaint: str) -> None:
        complaints.append(complaint)
        loaded.set()

    readings.begin(when_ready)
    readings.begin(when_ready)
    assert loaded.wait(30)
    assert complaints == ["The grammar cannot be loaded."]
    assert readings.are_ready
    assert isinstance(readings.in_language("en"), RuleReading)
    ranking = write_message(RankResponses((1,)))
    events = served(readings, ranking)
    assert not [event for event in events if isinstance(event, EngineNotice)]


def test_words_wait_until_the_grammar_is_there() -> None:
    """Words found by rules meanwhile would be others a moment later."""
    grammar = SlowGrammar()
    readings = AnswerReadings(grammar)
    themes = (Theme("beds", "Beds", keywords=("bed",)), Theme("law", "Law"))
    service = SuggestionService({"Q1": themes}, None, None)
    service.load([(1, "Q1", TEXT), (2, "Q1", "Beds")])
    service.code(2, ["beds"], reviewed=True)
    events: list[EngineEvent] = []
    process = EngineProcess(service, {}, events.append, readings=readings)
    process._rank([1])
    process._explain(1, "beds")
    for _ in range(20):
        process._work()
    assert not [event for event in events if isinstance(event, SpansReady)]
    (evidence,) = [event for event in events if isinstance(event, EvidenceReady)]
    assert evidence.spans == ()
    grammar.may_load.set()
    assert process._lines.get(timeout=30) == ""
    process._work()
    (spans,) = [event for event in events if isinstance(event, SpansReady)]
    assert spans.spans["beds"]


def test_without_spacy_all_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is hidden nothing of it is looked for, and answers are read by rules."""
    monkeypatch.setattr(english_grammar, "find_spec", lambda _: None)
    readings = AnswerReadings.installed()
    assert readings.are_ready
    assert isinstance(readings.in_language("en"), RuleReading)


def test_neither_the_screen_nor_the_readings_import_spacy() -> None:
    """Only the first answer that is parsed does."""
    code = (
        "import sys, coder.tui.coding.screen, coder.workflows.suggesting.reading_by_grammar as r;"
        "r.AnswerReadings.installed(); print('spacy' in sys.modules, 'torch' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.split() == ["False", "False"]
