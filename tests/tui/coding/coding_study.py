"""The coding screen on a small study: a quiet program, a quiet engine, and what is stored."""

from __future__ import annotations

from contextlib import asynccontextmanager
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING

from piloting import SMALL, settle
from textual.events import Key
from textual.keys import _character_to_key

from coder.domain.engine_messages import RankingReady
from coder.domain.ranking import RankedResponse, Suggestion
from coder.store import codings, log
from coder.tui.app import CoderApp, EngineMessage
from coder.tui.coding.screen import CodingScreen
from coder.workflows.suggesting.engine import SuggestionEngine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from textual.pilot import Pilot

    from coder.domain.codings import Change, Span
    from coder.domain.engine_messages import EngineEvent
    from coder.domain.reading_orders import Order
    from coder.workflows.study.study import Study


_KEYS = {"up", "down", "escape", "ctrl+s"}
_NAMES = {"\n": "enter", "\b": "backspace", **{key: key for key in _KEYS}}


class QuietEngine(SuggestionEngine):
    """Notes what the screen asks for; a test answers in its place."""

    def __init__(self) -> None:
        super().__init__(Path(), "jo", lambda _: None)
        self.coded: list[tuple[int, tuple[str, ...], bool]] = []
        self.copies: list[tuple[int, ...]] = []
        self.ranked: list[list[int]] = []
        self.explained: list[tuple[int, str]] = []
        self.looked: list[tuple[int, int]] = []
        self.orders: list[tuple[str, Order]] = []
        self.second_looks: list[str] = []
        self.drafts_of: list[str] = []
        self.read_anew = 0

    def code(
        self, response: int, theme_ids: Sequence[str], *, done: bool, copies: Sequence[int] = ()
    ) -> None:
        """Note what stands on a response, and which say the same."""
        self.coded.append((response, tuple(theme_ids), done))
        self.copies.append(tuple(copies))

    def read_answers(self) -> None:
        """Note that the answers are to be read anew."""
        self.read_anew += 1

    def rank(self, responses: Sequence[int]) -> None:
        """Note the responses to rank."""
        self.ranked.append(list(responses))

    def explain(self, response: int, theme_id: str) -> None:
        """Note the theme to explain."""
        self.explained.append((response, theme_id))

    def similar(self, response: int, count: int) -> None:
        """Note the response whose like is looked for."""
        self.looked.append((response, count))

    def order(self, question_id: str, order: Order) -> None:
        """Note the order to work out."""
        self.orders.append((question_id, order))

    def second_look(self, question_id: str) -> None:
        """Note the question whose codings are to be checked."""
        self.second_looks.append(question_id)

    def draft_themes(self, question_id: str) -> None:
        """Note the question for which themes are to be drafted."""
        self.drafts_of.append(question_id)

    def stop(self) -> None:
        """There is no process to end."""


@asynccontextmanager
async def coding(
    study: Study, size: tuple[int, int] = SMALL
) -> AsyncIterator[tuple[Pilot[None], CodingScreen]]:
    """Run the program on a study until its whole list is there."""
    async with CoderApp(study, "jo", suggestions=False).run_test(size=size) as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, CodingScreen)
        screen.list_anew(screen.desk.here.number)
        yield pilot, screen


def engine_of(pilot: Pilot[None]) -> QuietEngine:
    """Give the program an engine that a test answers for."""
    app = pilot.app
    assert isinstance(app, CoderApp)
    assert app.advice is not None
    engine = QuietEngine()
    app._engine = app.advice.engine = engine
    return engine


async def send(pilot: Pilot[None], engine: QuietEngine, event: EngineEvent) -> None:
    """Let the engine say something."""
    pilot.app.post_message(EngineMessage(engine, event))
    await settle(pilot)


async def send_ranking(pilot: Pilot[None], engine: QuietEngine, response: int, **strengths: float) -> None:
    """Let the engine rank the themes of an answer."""
    suggestions = tuple(starmap(Suggestion, strengths.items()))
    await send(pilot, engine, RankingReady(RankedResponse(response, "learned", suggestions)))


async def burst(pilot: Pilot[None], *typed: str) -> None:
    """Type texts, and keys by their names, without waiting for anything in between."""
    for part in typed:
        for character in [part] if part in _KEYS else part:
            key = _NAMES.get(character) or _character_to_key(character)
            pilot.app.post_message(Key(key, None if part in _KEYS else character))
    await settle(pilot)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each when all is still."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def themes_on(study: Study, response: int) -> dict[str, tuple[Span, ...]]:
    """Return the stored themes of an answer, with the words that carry them."""
    return {coding.theme_id: coding.spans for coding in codings.codings_of(study.database, response)}


def marks_on(study: Study, response: int) -> dict[str, str]:
    """Return what else is stored of an answer: done, flag, memo."""
    return {mark.aspect: mark.content for mark in codings.marks_on(study.database, "jo", [response])}


def changes_of(study: Study, response: int) -> list[Change]:
    """Return every change that was logged of an answer."""
    return [change for _, change in log.history(study.database, response)]
