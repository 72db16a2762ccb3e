"""How people and programs number columns: what `q15_1`, `challenge2`, `v12` or `comment3` count.

Without a wording the name alone has to say whether its number is that of a box or that of a question:

- A number behind a question's number is a box: `q15_1`, `Q15[SQ002]`. Behind a full stop or as a letter it
  may be a question of a block as well (`Q1.2`, `q15b`): in doubt.
- A number behind a word that says what is listed is a box if the numbers run from 1: `challenge1`,
  `challenge2`. Numbers with gaps (`vob7`, `vob14`) and codes of two letters (`ae1`, `ae2`) count questions.
- A number behind a word for any question, variable or column is a question's: `q1`, `Frage 2`, `v12`,
  `item3`, `VAR00002`, `Unnamed: 3`, `Column33`.
- A number behind a word for any text may be either: `comment1`, `open_2`: in doubt.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Habit = Literal["boxes", "perhaps boxes", "perhaps questions", "questions"]
"""What some names that differ in their numbers alone stand for; "perhaps": a person has to say."""

_ANY_QUESTION = frozenset({
    "q", "qu", "que", "quest", "question", "questions", "frage", "fragen", "f", "fr", "pregunta", "preg",
    "p", "domanda", "dom", "d", "vraag", "vr", "pytanie", "pyt", "cwestiwn", "pergunta", "kysymys",
    "sporsmal", "spørsmål", "fråga", "spørgsmål", "questão", "questao", "cuestión",
    "otázka", "kérdés", "soru", "întrebarea", "întrebare", "pitanje", "vprašanje", "küsimus", "klausimas",
    "вопрос", "питання", "ερώτηση", "item", "items", "it", "v", "var", "vars", "variable", "variabele",
    "variabile", "zmienna", "x", "y", "c", "col", "column", "columns", "colonne", "colonna", "columna",
    "coluna", "spalte", "kolom", "kolumna", "kolumn", "unnamed", "field", "feld", "champ", "campo",
    "veld", "pole", "no", "nr", "num", "number", "nummer", "numero", "número", "numéro", "s", "sq", "sec",
    "section", "abschnitt", "seccion", "sección", "sezione", "sectie", "part", "teil", "partie", "parte",
    "deel", "block", "page", "seite", "pagina", "module", "modul", "statement", "task", "scale", "a", "b",
    "e", "g", "h", "i", "j", "k", "l", "m", "n", "o", "r", "t", "u", "w", "z", "id", "score", "data",
})  # fmt: skip
"""Words, and single letters, that stand before the number of a question, variable or column."""

_ANY_TEXT = frozenset({
    "open", "openend", "openended", "oe", "text", "txt", "freetext", "textbox", "verbatim", "comment",
    "comments", "answer", "response", "resp", "reply", "other", "explain", "why", "reason", "notes",
    "note", "antwort", "kommentar", "kommentare", "freitext", "offen", "sonstiges", "commentaire",
    "réponse", "reponse", "texte", "autre", "comentario", "respuesta", "texto", "otro", "commento",
    "risposta", "testo", "altro", "antwoord", "opmerking", "toelichting", "komentarz", "odpowiedz",
    "odpowiedź", "tekst", "sylw", "ateb", "feedback", "opinion", "str", "string", "char",
})  # fmt: skip
"""Words that say that a column holds text, and nothing of what it is about."""

_BLOCKS = frozenset({"s", "b", "m", "sec", "section", "block", "part", "teil", "page", "module"})
_MOST_BOXES = 20
_WORDING = 3
"""Words that are more than a name."""
_CODE_LETTERS = 2
"""So few letters are a code, and no word that says what is listed: `ae1`, `f2`."""


def is_any_question(words: str) -> bool:
    """Tell whether words end in one that stands before the number of any question or section.

    A letter behind several words is none: `What do you like about X? (1)`.
    """
    tokens = re.findall(r"[^\W\d_]+", words.casefold())
    return not tokens or (tokens[-1] in _ANY_QUESTION and (len(tokens[-1]) > 1 or len(tokens) < _WORDING))


def is_code(name: str) -> bool:
    """Tell whether a name is a code and no wording: `Question 1`, `Q15 a`, `Unnamed: 3`."""
    tokens = re.findall(r"[^\W\d_]+", name.casefold())
    return all(token in _ANY_QUESTION for token in tokens)


def is_any_text(words: str) -> bool:
    """Tell whether words say that this is text, and not what it is about."""
    tokens = re.findall(r"[^\W\d_]+", words.casefold())
    return bool(tokens) and all(token in _ANY_TEXT or token in _ANY_QUESTION for token in tokens)


def habit_of(stem: str, names: Sequence[str], numbers: Sequence[int], other_names: Collection[str]) -> Habit:
    """Return what the numbers of some names without wording count.

    Args:
        stem: What the names have in common.
        names: Of the columns, in the file's order.
        numbers: The number behind the stem, or the place of the letter in the alphabet.
        other_names: Those of all other columns of the file.
    """
    mark = names[0][len(stem) :].strip()
    if mark[:1].isdigit():  # `VAR00002`: all its digits are one number
        stem = stem.rstrip("0123456789")
    if not stem[-1:].isdigit():
        return _behind_word(stem, numbers)
    letters = re.sub(r"[\W\d_]+", "", stem).casefold()
    if letters in _BLOCKS:
        return "perhaps questions"
    if mark[:1] == ".":
        return _behind_full_stop(letters, other_names)
    return "perhaps boxes" if mark[-1:].isalpha() or mark.rstrip(")]")[-1:].isalpha() else "boxes"


def _behind_word(stem: str, numbers: Sequence[int]) -> Habit:
    letters = sum(map(str.isalpha, stem))
    run = list(numbers) == list(range(numbers[0], numbers[0] + len(numbers)))
    if is_any_question(stem) or not stem[:1].isalpha() or letters <= _CODE_LETTERS or not run:
        return "questions"
    if is_any_text(stem) or numbers[0] != 1 or letters == _CODE_LETTERS + 1 or len(numbers) > _MOST_BOXES:
        return "perhaps questions"
    return "boxes"


def _behind_full_stop(letters: str, other_names: Collection[str]) -> Habit:
    """Return what `Q15.1` is, by whether the other questions of the file are numbered in blocks, too."""
    alike = [name.strip().casefold() for name in other_names]
    if any(re.fullmatch(rf"{re.escape(letters)}[ _]?\d+", name) for name in alike):
        return "boxes"
    in_blocks = any(re.fullmatch(rf"{re.escape(letters)}[ _]?\d+\.\d+", name) for name in alike)
    return "perhaps questions" if in_blocks else "perhaps boxes"
