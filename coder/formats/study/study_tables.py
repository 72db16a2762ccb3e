"""The tables that `study.toml` lists, each a block `[[table]]`."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any, get_args

from coder.domain.near_names import nearest
from coder.domain.study_settings import (
    RESPONSE_RATES,
    KeptOptions,
    NoAnswer,
    NumbersShown,
    Percents,
    ShowN,
    TableLayout,
    TableSetting,
    ValueSelection,
)
from coder.domain.tables.counting_words import BaseKind, CountUnit, RowOrder
from coder.domain.team.counting_rule import Agreed
from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_TEXTS = ("title", "by", "stub", "frame")
_NUMBERS = ("low", "suppress")
_ROWS = ("values", "join", "exclude")
_COLUMNS = ("columns", "join_columns", "exclude_columns")
_CHOICES = {
    "numbers": get_args(NumbersShown),
    "percents": get_args(Percents)[1:],
    "show_n": get_args(ShowN),
    "no_answer": get_args(NoAnswer),
}
_SWITCHES = {"total": True, "weighted": True, "intervals": False, "letters": False}
"""Settings that are true or false, with what they are if nothing is said."""
_ASKED = {
    "count": get_args(CountUnit),
    "base": get_args(BaseKind),
    "order": get_args(RowOrder),
    "coders": get_args(Agreed),
}
"""Options of `coder tables` that are one of a few words."""
_TYPED = tuple(field.name for field in fields(KeptOptions))
_LAYOUT = ("heads", "percent_signs", "turn", *_CHOICES)
_KEYS = ("what", "number", *_TEXTS, "notes", *_ROWS, *_COLUMNS, *_SWITCHES, *_TYPED, *_LAYOUT, *_NUMBERS)
_OLD_NAME = "question"
"""What `what` was called while only themes had tables."""

_WANTED = {
    str: "a text in quotes",
    bool: "true or false",
    int: "a whole number",
    tuple: "a list of texts in quotes",
    dict: 'names with the values they join, as in { "Agree" = ["Agree a little", "Agree a lot"] }',
}


def write_tables(tables: Iterable[TableSetting]) -> str:
    """Return the blocks of a study's tables; what is not set has no line."""
    return "".join(_block(table) for table in tables)


def _block(table: TableSetting) -> str:
    settings: dict[str, object] = {"number": table.number, "what": table.subject, "title": table.title}
    settings |= {key: getattr(table, key) for key in ("by", "stub", "frame", "notes")}
    for keys, selection in ((_ROWS, table.rows), (_COLUMNS, table.columns)):
        settings |= dict(zip(keys, (selection.order, selection.joined, selection.excluded), strict=True))
    lines = [f"{key} = {toml(setting)}\n" for key, setting in settings.items() if setting or key == "what"]
    switches = {key: getattr(table, key) for key in _SWITCHES}
    lines += [f"{key} = {toml(switch)}\n" for key, switch in switches.items() if switch != _SWITCHES[key]]
    lines += _changed_lines(table.choices, KeptOptions(), _TYPED)
    lines += _changed_lines(table.layout, TableLayout(), _LAYOUT)
    numbers = {key: getattr(table, key) for key in _NUMBERS}
    lines += [f"{key} = {number}\n" for key, number in numbers.items() if number is not None]
    return f"\n[[table]]\n{''.join(lines)}"


def _changed_lines(chosen: object, usual: object, keys: Iterable[str]) -> list[str]:
    settings = {key: getattr(chosen, key) for key in keys}
    return [
        f"{key} = {toml(setting)}\n" for key, setting in settings.items() if setting != getattr(usual, key)
    ]


def read_tables(path: Path, blocks: Any) -> tuple[TableSetting, ...]:
    """Return the tables of a `study.toml`, in order.

    Raises:
        CoderError: A block without what it counts, an unknown key, a wrong type, or keys that do not go
            together; the message says in which block.
    """
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        msg = f"{path}: table is {blocks!r}."
        raise CoderError(msg, "Each table is a block of lines that begins with [[table]].")
    return tuple(_table(f"{path}: [[table]] block {number}", block) for number, block in enumerate(blocks, 1))


def _table(where: str, block: Mapping[str, Any]) -> TableSetting:
    refuse_unknown(where, block, (*_KEYS, _OLD_NAME))
    subject = block.get("what", block.get(_OLD_NAME))
    if subject is None:
        msg = f"{where} does not say what it counts."
        raise CoderError(msg, 'Add a line such as what = "Q15".')
    # A number may stand without quotes.
    optional: dict[str, Any] = {"number": str(block.get("number", ""))}
    optional |= {key: checked(where, key, block[key], "") for key in _TEXTS if key in block}
    optional |= {key: _limit(where, key, block[key]) for key in _NUMBERS if key in block}
    table = TableSetting(
        checked(where, "what", subject, ""),
        **optional,
        notes=checked(where, "notes", block.get("notes", []), ()),
        rows=_values(where, block, _ROWS),
        columns=_values(where, block, _COLUMNS),
        **{key: checked(where, key, block.get(key, usual), usual) for key, usual in _SWITCHES.items()},
        layout=_layout(where, block),
        choices=_choices(where, block),
    )
    if table.subject == RESPONSE_RATES and not (table.by and table.frame):
        msg = f"{where} is of response rates and lacks {'frame' if table.by else 'by'}."
        raise CoderError(msg, 'Add lines such as by = "region" and frame = "frame.csv".')
    return table


def _layout(where: str, block: Mapping[str, Any]) -> TableLayout:
    usual = TableLayout()
    given: dict[str, Any] = {
        key: checked(where, key, block[key], getattr(usual, key)) for key in _LAYOUT if key in block
    }
    _refuse_other_words(where, given, _CHOICES)
    layout = TableLayout(**given)
    if layout.show_n == "count" and not layout.turn:
        msg = f"{where}: show_n is 'count', which is a column of a turned table."
        raise CoderError(msg, 'Add turn = true, or say show_n = "labels".')
    return layout


def _choices(where: str, block: Mapping[str, Any]) -> KeptOptions:
    usual = KeptOptions()
    chosen: dict[str, Any] = {}
    for key in _TYPED:
        if key in block:
            # A limit may stand without quotes, and one condition without brackets.
            setting = str(block[key]) if key == "other" and type(block[key]) is int else block[key]
            setting = [setting] if key == "where" and isinstance(setting, str) else setting
            chosen[key] = checked(where, key, setting, getattr(usual, key))
    _refuse_other_words(where, chosen, _ASKED)
    return KeptOptions(**chosen)


def _refuse_other_words(where: str, chosen: Mapping[str, Any], words: Mapping[str, Sequence[str]]) -> None:
    for key, choices in words.items():
        if key in chosen and chosen[key] not in choices:
            msg = f"{where}: {key} is {chosen[key]!r}."
            raise CoderError(msg, nearest(chosen[key], choices) or f"It may be: {', '.join(choices)}.")


def _limit(where: str, key: str, value: Any) -> int:
    limit: int = checked(where, key, value, 0)
    if limit < 0:
        msg = f"{where}: {key} is {limit}."
        raise CoderError(msg, "It must be 0 (for none) or more.")
    return limit


def _values(where: str, block: Mapping[str, Any], keys: Sequence[str]) -> ValueSelection:
    order, join, exclude = keys
    joined = checked(where, join, block.get(join, {}), {})
    lists = {name: checked(where, f"{join}.{name}", members, ()) for name, members in joined.items()}
    return ValueSelection(
        checked(where, order, block.get(order, []), ()),
        lists,
        checked(where, exclude, block.get(exclude, []), ()),
    )


def refuse_unknown(where: object, data: Iterable[str], known: Sequence[str]) -> None:
    """Raise CoderError if a key is none of those known; the hint gives the nearest."""
    for key in data:
        if key not in known:
            hint = nearest(key, known) or f"Known are: {', '.join(known)}."
            msg = f"{where}: there is no setting '{key}'."
            raise CoderError(msg, hint)


def checked(where: object, key: str, value: Any, default: Any) -> Any:
    """Return a value of the default's type, a list of texts as a tuple.

    Raises:
        CoderError: It is of another type.
    """
    if (
        isinstance(default, tuple)
        and isinstance(value, list)
        and all(isinstance(text, str) for text in value)
    ):
        return tuple(value)
    if type(value) is type(default):
        return value
    msg = f"{where}: {key} is {value!r}."
    raise CoderError(msg, f"It must be {_WANTED[type(default)]}.")


def toml(value: object) -> str:
    """Return a text, a truth value, a list of texts, or a table of such lists as TOML writes it."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{toml(name)} = {toml(texts)}' for name, texts in value.items())} }}"
    # A JSON string is a TOML basic string, but for DEL, which JSON leaves bare.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
