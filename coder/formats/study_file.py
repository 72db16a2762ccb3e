"""`study.toml`: a study's settings, written once with comments, then edited by people."""

from __future__ import annotations

import json
import tomllib
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from coder.domain.codebook import nearest
from coder.domain.settings import Settings, TableSetting
from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_TEMPLATE = """\
# Settings of this study. Edit them in any text editor; they are read when the study is opened.

title = {title}
# Shown wherever the study is:
note = {note}
# What those who answered are called:
respondents = {respondents}

# Suggestions: "default" is the model that was installed with the program, "none" uses the words alone;
# a folder with a sentence-transformers model, or a model's name on the hub, works too. A model on the
# hub is fetched only where allow_download is true. Answers never leave this machine.
model = {model}
allow_download = {allow_download}
# Hide the suggestions for an answer until you have chosen its first theme yourself:
hide_until_first_choice = {hide_until_first_choice}

# Answers that say nothing. They are kept, but not counted as answers. Blank cells always belong here.
non_responses = [
{non_responses}]
"""

_TABLE = """
[[table]]
number = {number}
question = {question}
title = {title}
notes = {notes}
"""


def write_settings(settings: Settings) -> str:
    """Return the text of a new `study.toml`."""
    texts = {
        field.name: _toml(getattr(settings, field.name))
        for field in fields(Settings)
        if field.name != "tables"
    }
    texts["non_responses"] = "".join(f"    {_toml(text)},\n" for text in settings.non_responses)
    tables = (
        _TABLE.format(
            number=_toml(table.number),
            question=_toml(table.question_id),
            title=_toml(table.title),
            notes=_toml(table.notes),
        )
        for table in settings.tables
    )
    return _TEMPLATE.format(**texts) + "".join(tables)


def read_settings(path: Path) -> Settings:
    """Read a `study.toml`.

    Raises:
        CoderError: No such file, not TOML (with line and column), an unknown key or a wrong type.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        hint = "Go to a study's folder, or name it; make one with: coder new DIR --from FILE, or coder demo."
        msg = f"{path.parent} is not a study: it has no {path.name}."
        raise CoderError(msg, hint) from None
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}."
        raise CoderError(msg, "Check its permissions.") from error
    except (ValueError, RecursionError) as error:
        # Besides what tomllib and UTF-8 refuse: a number of too many digits, brackets nested too deeply.
        msg = f"{path}: {error}."
        raise CoderError(msg, "Mend that line; a text in TOML stands in double quotes.") from error
    blocks = data.pop("table", [])
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        msg = f"{path}: table is {blocks!r}."
        raise CoderError(msg, "Each table is a block of lines that begins with [[table]].")
    tables = tuple(_table(path, place, block) for place, block in enumerate(blocks, start=1))
    defaults = Settings(title=path.parent.name)
    _refuse_unknown(path, data, [field.name for field in fields(Settings) if field.name != "tables"])
    values = {key: _checked(path, key, value, getattr(defaults, key)) for key, value in data.items()}
    return Settings(**{"title": defaults.title, **values, "tables": tables})


def _table(path: Path, place: int, block: Mapping[str, Any]) -> TableSetting:
    known = {"number": "number", "question": "question_id", "title": "title", "notes": "notes"}
    _refuse_unknown(path, block, list(known))
    if "question" not in block:
        msg = f"{path}: [[table]] block {place} names no question."
        raise CoderError(msg, 'Add a line such as question = "Q15".')
    # A number may stand without quotes.
    values = {known[key]: str(value) for key, value in block.items() if key != "notes"}
    return TableSetting(**values, notes=_checked(path, "notes", block.get("notes", []), ()))


def _refuse_unknown(path: Path, data: Mapping[str, Any], known: list[str]) -> None:
    for key in data:
        if key not in known:
            hint = nearest(key, known) or f"Known are: {', '.join(known)}."
            msg = f"{path}: there is no setting '{key}'."
            raise CoderError(msg, hint)


def _checked(path: Path, key: str, value: Any, default: Any) -> Any:
    if (
        isinstance(default, tuple)
        and isinstance(value, list)
        and all(isinstance(text, str) for text in value)
    ):
        return tuple(value)
    if type(value) is type(default):
        return value
    wanted = {str: "a text in quotes", bool: "true or false", tuple: "a list of texts in quotes"}[
        type(default)
    ]
    msg = f"{path}: {key} is {value!r}."
    raise CoderError(msg, f"It must be {wanted}.")


def _toml(value: Any) -> str:
    # A JSON string is a TOML basic string, but for DEL, which JSON leaves bare.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
