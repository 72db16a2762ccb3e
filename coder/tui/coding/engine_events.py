"""What the coding screen does with the events of the suggestion engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from coder.domain.engine_messages import (
    AnswersRead,
    DraftsReady,
    EngineNotice,
    EngineReady,
    EngineStopped,
    EvidenceReady,
    OrderReady,
    RankingReady,
    ReadingProgress,
    SecondLookReady,
    SimilarReady,
    SpansReady,
)
from coder.tui.coding.codebook_steps.pressing import press
from coder.tui.coding.desk import ask_why, prepare
from coder.tui.coding.ordering import begin, receive_order
from coder.tui.coding.second_look import receive_second_look
from coder.tui.coding.several.similar import receive_similar
from coder.workflows.study.question_languages import note_readings

if TYPE_CHECKING:
    from coder.domain.engine_messages import EngineEvent
    from coder.tui.coding.contract import CodingView


def receive(view: CodingView, event: EngineEvent) -> None:
    """Show what the engine sent."""
    match event:
        case RankingReady():
            _receive_ranking(view, event)
        case SpansReady():
            _receive_spans(view, event)
        case EvidenceReady():
            _receive_evidence(view, event)
        case SimilarReady():
            receive_similar(view, event)
        case OrderReady():
            receive_order(view, event)
        case SecondLookReady():
            receive_second_look(view, event)
        case DraftsReady():
            press(view, "receive drafts", event)
        case _:
            _receive_state(view, event)


def _receive_state(
    view: CodingView, event: EngineReady | AnswersRead | ReadingProgress | EngineNotice | EngineStopped
) -> None:
    """Show how the engine fares; the other events answer requests."""
    match event:
        case EngineReady():
            prepare(view.desk)
            begin(view)
        case AnswersRead():
            view.desk.advice.receive_reading(event)
            view.draw_titles()
            view.panes.draw_reasons()
        case ReadingProgress():
            _receive_progress(view, event)
        case EngineNotice():
            view.tell(event.text, 5, warning=True, about="Suggestions")
        case EngineStopped():
            _receive_stopped(view, event)
        case _:
            assert_never(event)


def _receive_ranking(view: CodingView, event: RankingReady) -> None:
    view.desk.advice.receive(event.ranked)
    if event.ranked.response != view.desk.here.number:
        return
    if view.desk.rerank():
        view.panes.draw_answer()
    ask_why(view.desk)


def _receive_spans(view: CodingView, event: SpansReady) -> None:
    view.desk.advice.receive_spans(event.response, event.spans)
    if event.response == view.desk.here.number:
        view.panes.draw_reasons()


def _receive_evidence(view: CodingView, event: EvidenceReady) -> None:
    here = view.desk.here
    if (event.response, event.theme_id) == (here.number, here.cursor_theme):
        view.desk.advice.receive_spans(event.response, {event.theme_id: event.spans + event.elsewhere})
        view.desk.keep_reasons(event)
        view.panes.draw_reasons()


def _receive_progress(view: CodingView, event: ReadingProgress) -> None:
    # In one transaction, once all were told.
    if readings := view.desk.advice.take_readings():
        note_readings(view.desk.study, readings)
    busy_with = f"reading {event.done:,} of {event.total:,}" if event.done < event.total else ""
    if busy_with != view.desk.advice.busy_with:
        view.desk.advice.is_busy_with(busy_with)
        view.draw_titles()
    if not busy_with:
        # What was ranked before all texts were known is stale, also where none was left to read.
        prepare(view.desk)


def _receive_stopped(view: CodingView, event: EngineStopped) -> None:
    view.desk.advice.engine_stopped()
    view.list_anew(view.desk.here.number)
    view.panes.draw_reasons()
    text = f"The suggestion engine stopped ({event.reason}). Coding goes on with suggestions by words"
    text += "; the engine is started again." if view.revive_engine() else "."
    view.tell(text, 12, warning=True, about="Suggestions")
