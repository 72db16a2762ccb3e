"""Asking whether a model, which a study names, may be downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.tui.kit.windows.window_screens import window_screen
from coder.tui.kit.windows.window_values import Option, Pick
from coder.workflows.suggesting.download_consent import decide, model_to_ask_about

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import App

    from coder.workflows.study.study import Study


def when_decided(app: App[None], study: Study, act: Callable[[], object]) -> None:
    """Do something; first ask about a model that the study wants downloaded, if nobody was asked yet.

    What is decided is kept for this machine; Esc leaves it open, and it is asked again next time.
    """
    name = model_to_ask_about(study)
    if name is None:
        act()
        return

    def take(agreed: bool | None) -> None:
        try:
            if agreed is not None:
                decide(name, agreed=agreed)
        except CoderError as error:
            app.notify(error.hint, title=error.message, severity="error", timeout=15, markup=False)
        act()

    app.push_screen(window_screen(_window(name)), take)


def _window(name: str) -> Pick[bool]:
    detail = (
        f"The study's settings (study.toml) name a model for suggestions:\n{name}\nIt is not on this machine "
        "and would be downloaded from huggingface.co. Answers never leave this machine.\n"
        "You are asked once; coder model allow changes it."
    )

    def options(_typed: str) -> Sequence[Option[bool]]:
        return [
            Option("Download nothing: suggestions go by the words alone", False, detail),
            Option("Download it", True, detail),
        ]

    return Pick("Download a model?", options, placeholder="Esc: ask again next time")
