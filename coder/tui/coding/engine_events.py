"""What the coding screen does with the messages of the suggestion engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coder.tui.coding.list.order import receive_order, take_up
from coder.tui.coding.views import ask_why, rerank, themes_title

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coder.tui.coding.screen import CodingScreen


def _receive_ranking(screen: CodingScreen, message: dict[str, Any]) -> None:
    number = screen.advice.receive(message)
    if screen.response is None or number != screen.response.number:
        return
    if not screen.touched:
        # The order on the keys never changes under a coder's fingers once the first theme is chosen.
        rerank(screen)
        screen.refresh_answer()
    ask_why(screen)


def _receive_places(screen: CodingScreen, message: dict[str, Any]) -> None:
    number = message["response"]
    screen.advice.receive_places(number, message["places"])
    if screen.response and number == screen.response.number:
        screen.refresh_reasons()


def _receive_evidence(screen: CodingScreen, message: dict[str, Any]) -> None:
    number, theme_id = message["response"], message["theme"]
    if screen.response and number == screen.response.number and theme_id == screen.current_theme():
        screen.advice.receive_places(number, {theme_id: [*message["spans"], *message["elsewhere"]]})
        screen.reasons = message
        screen.refresh_reasons()


def _receive_progress(screen: CodingScreen, message: dict[str, Any]) -> None:
    done, total = message["done"], message["total"]
    state = f"reading {done:,} of {total:,}" if done < total else ""
    if state != screen.engine_state:
        screen.engine_state = state
        screen.themes.set_title(themes_title(screen))
    if not state and screen.response is not None:
        # What was ranked before all texts were known is stale, also where none was left to read.
        screen.advice.prepare([screen.response.number, *screen.upcoming()])


def _receive_notice(screen: CodingScreen, message: dict[str, Any]) -> None:
    screen.app.notify(message["text"], title="Suggestions", severity="warning", markup=False)


def _receive_stopped(screen: CodingScreen, message: dict[str, Any]) -> None:
    screen.advice.engine = None
    screen.engine_state = ""
    screen.load_list()
    text = f"The suggestion engine stopped ({message['reason']}). Coding goes on with suggestions by words."
    screen.app.notify(text, title="Suggestions", severity="warning", timeout=12, markup=False)


def _receive_ready(screen: CodingScreen, _: dict[str, Any]) -> None:
    if screen.response is not None:
        screen.advice.prepare([screen.response.number, *screen.upcoming()])
    take_up(screen)


def _receive_similar(screen: CodingScreen, message: dict[str, Any]) -> None:
    from coder.tui.coding.similar import show_similar

    show_similar(screen, message["response"], message["similar"])


def _receive_second_look(screen: CodingScreen, message: dict[str, Any]) -> None:
    from coder.tui.coding.second_look.look import receive_second_look

    receive_second_look(screen, message)


RECEIVERS: Mapping[str, Callable[[CodingScreen, dict[str, Any]], None]] = {
    "ready": _receive_ready,
    "ranking": _receive_ranking,
    "places": _receive_places,
    "evidence": _receive_evidence,
    "progress": _receive_progress,
    "similar": _receive_similar,
    "order": receive_order,
    "second_look": _receive_second_look,
    "notice": _receive_notice,
    "stopped": _receive_stopped,
}
