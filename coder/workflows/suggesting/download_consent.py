"""Whether a model that a study names may be downloaded: asked once on this machine.

Who made a study cannot answer for whoever opens it: what was decided is kept in the user's own folder of
settings, never in the study.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from coder.domain.study_settings import PROGRAMS_MODELS
from coder.domain.texts.shell_quoting import quoted
from coder.errors import CoderError
from coder.formats.shared.files_out import replace_file

if TYPE_CHECKING:
    from coder.workflows.study.study import Study


def consent_file() -> Path:
    """Return the file of this user that holds what was decided: a model's name to true or false."""
    settings = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(settings) / "coder" / "models.json"


def is_agreed(name: str) -> bool | None:
    """Return whether a model on the hub may be downloaded on this machine; None if nobody was asked."""
    agreed = _decisions().get(name)
    return agreed if isinstance(agreed, bool) else None


def decide(name: str, *, agreed: bool) -> None:
    """Keep whether a model on the hub may be downloaded on this machine.

    Raises:
        CoderError: It cannot be kept.
    """
    path = consent_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"{path.parent} cannot be made: {error.strerror}."
        raise CoderError(msg, "Set XDG_CONFIG_HOME to a folder that can be written.") from None
    decisions = _decisions() | {name: agreed}
    replace_file(path, json.dumps(decisions, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def _decisions() -> dict[str, object]:
    with suppress(OSError, ValueError, RecursionError):
        decisions = json.loads(consent_file().read_text(encoding="utf-8"))
        if isinstance(decisions, dict):
            return decisions
    return {}


def downloaded_model(study: Study) -> str | None:
    """Return the name on the hub of a model that a study wants downloaded; None if it wants none."""
    name = study.settings.model
    is_folder = name.startswith((".", "/", "~")) or "\\" in name
    if not study.settings.allow_download or name in PROGRAMS_MODELS or is_folder:
        return None
    return None if any(folder.is_dir() for folder in (study.folder / name, Path(name))) else name


def model_to_ask_about(study: Study) -> str | None:
    """Return the name of a model that a study wants downloaded, where nobody was asked and it is not here."""
    name = downloaded_model(study)
    if name is None or is_agreed(name) is not None:
        return None
    return None if (_hub_cache() / f"models--{name.replace('/', '--')}").is_dir() else name


def _hub_cache() -> Path:
    """Return where models of the hub are kept on this machine, by the variables that its library reads."""
    if own := os.environ.get("HF_HUB_CACHE"):
        return Path(own)
    usual = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "huggingface"
    return Path(os.environ.get("HF_HOME") or usual) / "hub"


def not_agreed(name: str) -> CoderError:
    """Return what is said where a model is not here, and nobody has agreed to its download."""
    msg = f"The model '{name}', which study.toml names, is not on this machine; nobody has agreed to it."
    return CoderError(msg, f"Suggestions go by the words alone. To agree: coder model allow {quoted(name)}")
