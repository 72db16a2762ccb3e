"""The names of months in languages in which surveys are made, whole or shortened."""

from __future__ import annotations

from functools import cache
from unicodedata import combining, normalize

_FEWEST_LETTERS = 3
_NAMES = (
    "january januar janvier enero gennaio januari janeiro ionawr",
    "february februar fevrier febrero febbraio februari fevereiro chwefror",
    "march marz mars marzo maart marco mawrth marts",
    "april avril abril aprile ebrill",
    "may mai mayo maggio mei maio maj",
    "june juni juin junio giugno junho mehefin",
    "july juli juillet julio luglio julho gorffennaf",
    "august aout agosto augustus awst augusti",
    "september septembre septiembre settembre setembro medi",
    "october oktober octobre octubre ottobre outubro hydref",
    "november novembre noviembre novembro tachwedd",
    "december dezember decembre diciembre dicembre dezembro rhagfyr desember",
)
"""For each month what it is called in Danish, Dutch, English, French, German, Italian, Norwegian, Portuguese,
Spanish, Swedish and Welsh, without accents."""
_WEEKDAYS = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
_SHORTENED = {"mrt": 3}
"""Short forms that are no beginning of a name."""


@cache
def month_of(word: str) -> int | None:
    """Return the month, from 1, that a word names, whole or by its first letters; None if not one alone."""
    plain = "".join(letter for letter in normalize("NFD", word.casefold()) if not combining(letter))
    if plain in _SHORTENED:
        return _SHORTENED[plain]
    if len(plain) < _FEWEST_LETTERS:
        return None
    months = {
        month for month, names in enumerate(_NAMES, 1) for name in names.split() if name.startswith(plain)
    }
    return months.pop() if len(months) == 1 else None


def is_weekday(word: str) -> bool:
    """Tell whether a word is the English name of a weekday, whole or shortened, as programs write it."""
    plain = word.casefold()
    return plain[:_FEWEST_LETTERS] in _WEEKDAYS and (
        len(plain) <= _FEWEST_LETTERS + 1 or plain.endswith("day")
    )
