"""Asking whether a model, which a study names, may be downloaded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from coder.tui.kit.windows.window_values import Option, Pick
from coder.workflows.suggesting.download_consent import decide, model_to_ask_about

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coder.workflows.study.study import Study


class _Asking(Protocol):
    def ask(self, window: Pick[bool], take: Callable[[bool | None], object]) -> None:
        """Ask; `take` is given what is answered."""

    def guard(self, act: Callable[..., object], *arguments: object) -> object:
        """Do something; an error is shown."""


def when_decided(view: _Asking, study: Study, act: Callable[[], object]) -> None:
    """Do something; first ask about a model that the study wants downloaded, if nobody was asked yet.

    What is decided is kept for this machine; Esc leaves it open, and it is asked again next time.
    """
    name = model_to_ask_about(study)
    if name is None:
        act()
        return

    def take(agreed: bool | None) -> None:
        if agreed is not None:
            view.guard(partial(decide, name, agreed=agreed))
        act()

    view.ask(_window(name), take)


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
