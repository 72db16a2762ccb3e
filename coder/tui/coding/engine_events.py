"""What the coding screen does with the events of the suggestion engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from coder.domain.engine_messages import (
    EngineNotice,
    EngineReady,
    EngineStopped,
    EvidenceReady,
    OrderReady,
    PlacesReady,
    RankingReady,
    ReadingProgress,
    SecondLookReady,
    SimilarReady,
)
from coder.tui.coding.list.order import receive_order, take_up
from coder.tui.coding.second_look.look import receive_second_look
from coder.tui.coding.similar import show_similar
from coder.tui.coding.views import ask_why, rerank, themes_title

if TYPE_CHECKING:
    from coder.domain.engine_messages import EngineEvent
    from coder.tui.coding.screen import CodingScreen


def receive(screen: CodingScreen, event: EngineEvent) -> None:
    """Show what the engine sent."""
    match event:
        case RankingReady():
            _receive_ranking(screen, event)
        case PlacesReady():
            _receive_places(screen, event)
        case EvidenceReady():
            _receive_evidence(screen, event)
        case SimilarReady():
            show_similar(screen, event.response, event.similar)
        case OrderReady():
            receive_order(screen, event)
        case SecondLookReady():
            receive_second_look(screen, event)
        case _:
            _receive_state(screen, event)


def _receive_state(
    screen: CodingScreen, event: EngineReady | ReadingProgress | EngineNotice | EngineStopped
) -> None:
    """Show how the engine fares; the other events answer requests."""
    match event:
        case EngineReady():
            _receive_ready(screen)
        case ReadingProgress():
            _receive_progress(screen, event)
        case EngineNotice():
            screen.app.notify(event.text, title="Suggestions", severity="warning", markup=False)
        case EngineStopped():
            _receive_stopped(screen, event)
        case _:
            assert_never(event)


def _receive_ready(screen: CodingScreen) -> None:
    if screen.response is not None:
        screen.advice.prepare([screen.response.number, *screen.upcoming()])
    take_up(screen)


def _receive_ranking(screen: CodingScreen, event: RankingReady) -> None:
    screen.advice.receive(event.ranked)
    if screen.response is None or event.ranked.response != screen.response.number:
        return
    if not screen.touched:
        # The order on the keys never changes under a coder's fingers once the first theme is chosen.
        rerank(screen)
        screen.refresh_answer()
    ask_why(screen)


def _receive_places(screen: CodingScreen, event: PlacesReady) -> None:
    screen.advice.receive_places(event.response, event.places)
    if screen.response and event.response == screen.response.number:
        screen.refresh_reasons()


def _receive_evidence(screen: CodingScreen, event: EvidenceReady) -> None:
    on_screen = screen.response is not None and event.response == screen.response.number
    if on_screen and event.theme_id == screen.current_theme():
        screen.advice.receive_places(event.response, {event.theme_id: event.spans + event.elsewhere})
        screen.reasons = event
        screen.refresh_reasons()


def _receive_progress(screen: CodingScreen, event: ReadingProgress) -> None:
    state = f"reading {event.done:,} of {event.total:,}" if event.done < event.total else ""
    if state != screen.engine_state:
        screen.engine_state = state
        screen.themes.set_title(themes_title(screen))
    if not state and screen.response is not None:
        # What was ranked before all texts were known is stale, also where none was left to read.
        screen.advice.prepare([screen.response.number, *screen.upcoming()])


def _receive_stopped(screen: CodingScreen, event: EngineStopped) -> None:
    screen.advice.engine = None
    screen.engine_state = ""
    screen.load_list()
    text = f"The suggestion engine stopped ({event.reason}). Coding goes on with suggestions by words."
    screen.app.notify(text, title="Suggestions", severity="warning", timeout=12, markup=False)
