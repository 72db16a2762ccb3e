"""A model that a stranger's study names: nothing is downloaded before somebody on this machine agreed."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from coding_study import press
from making import small_study
from piloting import settle

from coder import cli
from coder.domain.study_settings import Settings
from coder.tui.app import CoderApp
from coder.tui.kit.windows.pick import PickWindow
from coder.workflows.suggesting import study_service
from coder.workflows.suggesting.download_consent import (
    consent_file,
    decide,
    is_agreed,
    model_to_ask_about,
)
from coder.workflows.suggesting.study_service import make_service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

MODEL = "stranger/model"


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a machine on which nobody has decided anything and no model lies; return its settings' folder."""
    for variable in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    for variable in ("HF_HOME", "HF_HUB_CACHE"):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path / "XDG_CONFIG_HOME"


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Note for each time that a model is loaded whether it might have been downloaded."""
    noted: list[bool] = []

    def load(_name: str, *, allow_download: bool = False) -> None:
        noted.append(allow_download)

    monkeypatch.setattr(study_service, "load_encoder", load)
    return noted


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Make a study as a stranger might: it names a model, and says that it may be downloaded."""
    settings = Settings("Strange", model=MODEL, allow_download=True)
    with closing(small_study(tmp_path / "study", settings=settings)) as study:
        yield study


def test_nothing_is_downloaded_unasked(study: Study, downloads: list[bool]) -> None:
    """What the study says does not count until somebody here has agreed; then it does."""
    for agreed in (None, False, True):
        if agreed is not None:
            decide(MODEL, agreed=agreed)
        make_service(study, "jo", print)
    assert downloads == [False, False, True]


def test_it_is_said(study: Study) -> None:
    """Without anybody to ask, a notice says that nothing was downloaded, and how to agree."""
    notices: list[str] = []
    make_service(study, "jo", notices.append)
    assert f"coder model allow {MODEL}" in notices[0]


def test_it_is_asked_once(study: Study, machine: Path) -> None:
    """There is something to ask until somebody has decided; the study's folder holds nothing of it."""
    before = sorted(path.name for path in study.folder.iterdir())
    assert model_to_ask_about(study) == MODEL
    decide("another/model", agreed=True)
    assert model_to_ask_about(study) == MODEL
    decide(MODEL, agreed=False)
    assert model_to_ask_about(study) is None
    assert json.loads(consent_file().read_text(encoding="utf-8")) == {MODEL: False, "another/model": True}
    assert consent_file().is_relative_to(machine)
    assert sorted(path.name for path in study.folder.iterdir()) == before


@pytest.mark.parametrize(
    ("name", "allowed"),
    [("default", True), ("none", True), ("./folder", True), ("~/folder", True), (MODEL, False)],
)
def test_nothing_to_ask(tmp_path: Path, name: str, allowed: bool) -> None:
    """A study that wants no download raises no question."""
    settings = Settings("Plain", model=name, allow_download=allowed)
    with closing(small_study(tmp_path / "s", settings=settings)) as study:
        assert model_to_ask_about(study) is None


def test_a_model_that_is_here_needs_no_question(study: Study, tmp_path: Path) -> None:
    """What was downloaded before is used without the network."""
    (tmp_path / "XDG_CACHE_HOME/huggingface/hub/models--stranger--model").mkdir(parents=True)
    assert model_to_ask_about(study) is None


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b'{"stranger/model": "yes"}', b"[" * 100_000])
def test_damaged_decisions(content: bytes) -> None:
    """A file of decisions that makes no sense agrees to nothing."""
    consent_file().parent.mkdir(parents=True)
    consent_file().write_bytes(content)
    assert is_agreed(MODEL) is None
    decide(MODEL, agreed=True)
    assert is_agreed(MODEL) is True


def test_the_command_agrees_and_refuses(capsys: pytest.CaptureFixture[str]) -> None:
    """`coder model allow` decides for this machine, also after somebody has said no."""
    assert cli.main(["model", "allow", MODEL, "--never"]) == cli.DONE
    assert is_agreed(MODEL) is False
    assert cli.main(["model", "allow", MODEL]) == cli.DONE
    assert is_agreed(MODEL) is True
    assert str(consent_file()) in capsys.readouterr().err


@pytest.mark.parametrize(
    ("keys", "agreed"), [(("enter",), False), (("down", "enter"), True), (("escape",), None)]
)
async def test_the_screen_asks(
    study: Study, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...], agreed: bool | None
) -> None:
    """A window asks when the study is opened; the engine starts after the answer."""
    started: list[bool | None] = []
    monkeypatch.setattr(CoderApp, "restart_engine", lambda _: started.append(is_agreed(MODEL)))
    async with CoderApp(study, "jo").run_test() as pilot:
        await pilot.pause(0.3)
        await settle(pilot)
        assert isinstance(pilot.app.screen, PickWindow)
        assert started == []
        await press(pilot, *keys)
        assert started == [agreed]
        assert is_agreed(MODEL) is agreed
