"""The plain mode from its first line to its last."""

from __future__ import annotations

import queue
import re
from typing import TYPE_CHECKING

from coder.domain.codings import Span
from coder.domain.engine_messages import RankingReady
from coder.store.database import refuse_changes
from coder.tui.coding import choosing
from coder.tui.coding.engine_events import receive
from coder.tui.coding.greeting import greet
from coder.tui.coding.suggestions import Advice
from coder.tui.kit.download_window import when_decided
from coder.tui.plain.actions import plain_actions
from coder.tui.plain.commands import command_of, places
from coder.tui.plain.typed_lines import PlainTerminal
from coder.tui.plain.view import PlainView
from coder.workflows.study.sight_at_work import look_as
from coder.workflows.suggesting.engine import SuggestionEngine

if TYPE_CHECKING:
    from coder.domain.engine_messages import EngineEvent
    from coder.domain.team.rounds import Round
    from coder.tui.plain.commands import ChosenNumber
    from coder.workflows.study.study import Study

ANSWERS_TO = {"second-look": "SecondLookReady", "order": "OrderReady", "drafts": "DraftsReady"}
"""Actions that the engine answers, with the name of its event: the next line waits for it."""
ABOUT_A_THEME = frozenset({"details", "theme-memo", "move-words", "move-words-back"})
"""Actions on the theme at the cursor; a number behind them puts it there."""
PATIENCE = 20.0
"""Seconds for which that is waited for."""
_POLL_SECONDS = 0.05
_HOW = "Type ? and Enter for help, q and Enter to quit."


class PlainEngine:
    """The suggestion engine of the plain mode: what it sends waits until a line has been typed."""

    def __init__(self, view: PlainView) -> None:
        self._view = view
        self._events: queue.SimpleQueue[tuple[SuggestionEngine, EngineEvent]] = queue.SimpleQueue()
        self._engine: SuggestionEngine | None = None

    def start(self) -> None:
        """Start its process, in place of the one there was."""
        self.stop()
        desk = self._view.desk
        if not desk.advice.needs_engine:
            desk.advice.engine_stopped()
            return
        copy = desk.study.database.copy
        engine = SuggestionEngine(
            desk.study.folder,
            desk.session.coder_id,
            lambda event: self._events.put((engine, event)),
            copy.path if copy else None,
        )
        self._engine = desk.advice.engine = engine
        engine.start()

    def stop(self) -> None:
        """End its process, if there is one."""
        if self._engine is not None:
            self._engine.stop()
            self._engine = None

    def take_events(self, until: str = "") -> None:
        """Take in what it has sent.

        Args:
            until: Wait for an event of this class first.
        """
        waited_for = until if self._view.desk.advice.engine else ""
        while True:
            try:
                engine, event = self._events.get(timeout=PATIENCE if waited_for else _POLL_SECONDS)
            except queue.Empty:
                return
            if engine is self._engine:
                self._view.guard(_take_event, self._view, event)
            if waited_for and type(event).__name__ in {waited_for, "EngineStopped"}:
                waited_for = ""


def _take_event(view: PlainView, event: EngineEvent) -> None:
    """Take in an event; a better order of suggestions comes with the next answer, or with `again`."""
    if isinstance(event, RankingReady):
        view.desk.advice.receive(event.ranked)
    else:
        receive(view, event)


def run_plain(
    study: Study,
    coder_id: str,
    question_id: str | None = None,
    *,
    suggestions: bool = True,
    terminal: PlainTerminal | None = None,
    one_round: Round | None = None,
) -> None:
    """Code line by line until the coder quits or no more lines come.

    Args:
        study: The study.
        coder_id: Who codes.
        question_id: The question to begin with; None goes on where the coder was last.
        suggestions: Whether to start the suggestion engine's process.
        terminal: Where lines are read and printed; None: standard input and output.
        one_round: The round to work in; None: all answers.
    """
    look_as(study, coder_id)
    terminal = terminal or PlainTerminal()
    view = PlainView(study, coder_id, Advice(study.codebook, None), terminal, question_id)
    if one_round is not None:
        view.desk.work_in(one_round)
    engine = PlainEngine(view)
    view.restart_engine = engine.start
    settings = study.settings
    terminal.print_lines(filter(None, [f"{settings.title}.", settings.note, _HOW]))
    view.begin()
    view.guard(greet, view)
    if suggestions:
        when_decided(view, study, engine.start)
    try:
        while not view.ends:
            if view.new_answer:
                engine.take_events()
                view.print_answer()
            _do_line(view, engine, terminal.read())
    except EOFError:
        terminal.print_lines(["", "End of input. Everything shown as saved is saved."])
    finally:
        engine.stop()


def _do_line(view: PlainView, engine: PlainEngine, line: str) -> None:
    """Do what a line says."""
    if numbers := places(line):
        for place in numbers:
            view.guard(_choose, view, place)
            view.report_step()
        return
    waits_for = view.guard(_act, view, line)
    view.report_step()
    engine.take_events(waits_for or "")


def _act(view: PlainView, line: str) -> str:
    """Do what a line names; return the class of the engine's event that it waits for, if any."""
    action, view.typed_ahead = command_of(line, plain_actions())
    if action.changes:
        refuse_changes(view.desk.study.database)
    if view.typed_ahead.isdecimal() and action.name in ABOUT_A_THEME:
        theme_id = view.desk.here.theme_at(int(view.typed_ahead))
        view.typed_ahead = ""
        if theme_id is not None:
            view.panes.point_at(theme_id)
    action.run(view)
    view.typed_ahead = ""
    if action.name == "drafts" and not view.desk.advice.awaits_drafts:
        return ""
    return ANSWERS_TO.get(action.name, "")


def _choose(view: PlainView, place: ChosenNumber) -> None:
    """Choose a suggestion by the number printed before it, or take it off."""
    refuse_changes(view.desk.study.database)
    theme_id = None if view.desk.hides else view.desk.here.theme_at(place.number)
    response = view.desk.here.response
    if theme_id is None or response is None:
        view.tell(f"No suggestion has the number {place.number}.", 0)
        return
    if place.words:
        wanted = r"\s+".join(map(re.escape, place.words.split()))
        words = re.search(wanted, response.text, re.IGNORECASE)
        if words is None:
            view.tell(f"These words are not in the answer: “{place.words}”.", 0)
            return
        view.desk.select(Span(words.start(), words.end()))
    choosing.toggle(view, theme_id)
