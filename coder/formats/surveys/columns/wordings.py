"""What the wordings of columns say: which of them ask one question, box by box, and which follow another.

Platforms put a box behind its question (`Question [First]`, `Question - First`, `Question: 1`) or before it
(`Box #1:Question`). A wording is split at every place where one of them may have put the two together; boxes
of one question are columns that share a question and differ in short labels or numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coder.domain.near_names import fold_name
from coder.formats.surveys.columns.box_habits import is_any_question, is_any_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ORDINAL = (
    r"first|second|third|fourth|fifth|1st|2nd|3rd|[45]th|erste[nrs]?|zweite[nrs]?|dritte[nrs]?|"
    r"premi[eè]re?|deuxi[eè]me|troisi[eè]me|primer[oa]?|segund[oa]|tercer[oa]?|prim[oa]|second[oa]|terz[oa]|"
    r"eerste|tweede|derde|pierwsz[aey]|drug[ai]e?|trzeci[ae]?|cyntaf|ail|trydydd"
)
_CARDINAL = (
    r"one|two|three|four|five|six|eins|zwei|drei|vier|un|deux|trois|quatre|uno|dos|tres|cuatro|due|tre|quattro|"
    r"een|twee|drie|vier|i{1,3}|iv|v"
)
_NUMBER = re.compile(
    rf"(?:#|no\.?|nr\.?|n°)? ?\d{{1,2}}(?: (?:of|von|de|di|van|z) \d)?|{_ORDINAL}|{_CARDINAL}"
)
_INNER_ORDINAL = re.compile(rf"\b(?:{_ORDINAL})\b")
_LAST_NUMBER = re.compile(rf"^(.*?)[\s\-–—:.(\[#]+({_NUMBER.pattern})[)\]]?([?:.]?)$")
_NUMBERED_LABEL = re.compile(rf".*(?:#|\b)\d{{1,2}}|{_NUMBER.pattern}|(?:the )?(?:{_ORDINAL})(?: \w+)?")
_LEADING_NUMBER = re.compile(
    r"\s*(?:[qQ](?:uestion)?|[fF](?:rage)?|Pregunta|Vraag|Pytanie|Quest[ãa]o|Domanda|Cwestiwn)?[ .]?"
    r"(\d{1,3})(?:[._\-]?\w{1,3})*(?:\[\w+\])*\s*[.):]\s+(?=\S)"
)
_SEPARATOR = re.compile(r"\s+[-–—|>]+\s+|:{1,2}\s*|\s*\[|\s+\(|(?<=[?.!])\s+|(?<=[?:.])-|-(?=[A-Z\d])")
_BEFORE = re.compile(r":{1,2}\s*|\s+[-–—|]\s+")
_NUMBER_OF_BOX = re.compile(r"[\W_]*\d+[\W_]*$")
_TRIMMED_BEFORE = " \t-–—:."
_TRIMMED = " \t-–—:.[](){}|>#"

NO_LABEL = "[]"
"""A box that a platform shows in brackets, and that has no label in them."""

_LABEL_WORDS, _LABEL_WIDTH = 7, 60
_FREE_LABEL_WORDS = 20
_QUESTION_WORDS, _QUESTION_WIDTH = 2, 10
_ENDING_WORDS, _LONG_ENDING_WORDS = 4, 5
_ASKING = re.compile(
    r"(what|why|how|which|who|when|where|is|are|do|does|did|would|was|wie|warum|wer|wo|welche[rsn]?|"
    r"qu['eio]\w*|comment|pourquoi|c[oó]mo|por|cu[aá]l\w*|che|come|perch[eé]|cosa|wat|waarom|hoe|welke|co|jak|"
    r"dlaczego|beth|sut|pam)\b",
    re.IGNORECASE,
)

SPECIFY = (
    r"specify|explain|elaborate|write.?in|please (state|comment|describe|give|list|say|tell)|say why|"
    r"free text|text entry|bitte (angeben|erläutern|begründen|beschreiben)|präzis\w+|pr[eé]cise[rz]|"
    r"expliquez|especifi(que|car?)\w*|expli(que|car)|specific(a|are|ate|hi|hino)|spieg\w+|toelicht\w*|specificeer|"
    r"proszę (podać|opisać|wyjaśnić)|"
    r"nodwch|eglurwch|manylwch"
)
"""Words that ask to write what was meant: a pattern."""
_OTHER = (
    r"other|others|other word\(?s?\)?|sonstige\w*|andere\w*|anderes|autres?|otr[oa]s?|altr[oiae]|anders|"
    r"inn[aey]|arall"
)
_FOLLOWS = re.compile(
    rf"\b(?:{SPECIFY})\b|^(?:{_OTHER})\b|\b(?:{_OTHER})$|^(?:if|wenn|falls|si|se|indien|jeśli|os)\b.*"
    rf"\b(?:{_OTHER}|yes|no|ja|nein|oui|non|sí|sì|tak|nie|nee)\b|"
    r"^(?:if (?:so|not)|wenn (?:ja|nicht)|si (?:oui|non)),|"
    r"^(?:why|why not|reasons?|comments?|warum|begründung|kommentare?|anmerkungen|pourquoi|commentaires?|"
    r"¿?por qu[eé]|comentarios?|perché|commenti|waarom|opmerkingen|dlaczego|komentarz|pam|sylwadau)\W*$|"
    r"^(?:why|warum|pourquoi|¿?por qu[eé]|perché|waarom|dlaczego|pam)(?: \w+){1,4}\?$",
    re.IGNORECASE,
)
_FOLLOWING_WORDS = 8
_FOLLOWING_IF_WORDS = 14


@dataclass(frozen=True, slots=True)
class WordingReading:
    """One way to read a wording: a question, and what its box is called."""

    key: str
    """The question, folded, with its number before it: what boxes of one question have in common."""
    question: str
    """As it is written."""
    box: str
    """As it is written; empty where the whole wording is the question."""
    is_numbered: bool = False
    """Whether the box is a number and nothing else: first, 2, #3."""
    is_vague: bool = False
    """Whether it says nothing but "comment" or "text" beside its number."""
    is_item: bool = False
    """Whether the box is a label in brackets, as those of a matrix: each may be a question of its own."""


def readings_of(wording: str, *, named_alike: bool = False) -> dict[str, WordingReading]:
    """Return every way to read a wording, by question.

    Args:
        wording: Of one column.
        named_alike: Whether the column's name says already that it is a box: labels may be longer then.
    """
    number, text = _without_number(wording)
    readings = [
        *_numbered(text),
        *(reading for reading in _boxes_behind(text, named_alike=named_alike)),
        *_boxes_before(text),
    ]
    if named_alike:
        readings.append(WordingReading(fold_name(text), text, ""))
    keyed: dict[str, WordingReading] = {}
    for reading in readings:
        key = f"{number}|{reading.key}"
        keyed.setdefault(key, replace(reading, key=key))
    return keyed


def _without_number(wording: str) -> tuple[str, str]:
    """Return a question's own number, and its wording without it."""
    match = _LEADING_NUMBER.match(wording)
    return (match[1], wording[match.end() :]) if match else ("", wording.strip())


def _numbered(text: str) -> Iterator[WordingReading]:
    """Yield a wording without the number at its end, or the ordinal in it: `First challenge`."""
    folded = fold_name(text)
    last = _LAST_NUMBER.match(folded)
    if last and last[1].strip(_TRIMMED) and not is_any_question(last[1]):
        question = last[1].strip(_TRIMMED)
        written = text[: len(last[1])].strip(_TRIMMED) if len(folded) == len(text) else question
        is_vague = is_any_text(question)
        yield WordingReading(question, written + last[3], last[2], is_numbered=True, is_vague=is_vague)
    inner = _INNER_ORDINAL.search(folded)
    if any(reading.is_numbered for reading in _boxes_before(text)):  # `1st thing:Name three things`
        return
    if inner and re.search(r"\w", folded[inner.end() :]):
        question = " ".join(f"{folded[: inner.start()]} {folded[inner.end() :]}".split())
        if question and not is_any_question(question):
            is_vague = is_any_text(question)
            yield WordingReading(
                question, _with_capital(question), inner[0], is_numbered=True, is_vague=is_vague
            )


def _with_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _boxes_behind(text: str, *, named_alike: bool) -> Iterator[WordingReading]:
    if text.endswith("[]") and not is_any_question(text):
        question = text[:-2].strip()
        yield WordingReading(fold_name(question.strip(_TRIMMED)), question, NO_LABEL)
    for separator in _SEPARATOR.finditer(text):
        question, box = text[: separator.start()].strip(), text[separator.end() :].strip(_TRIMMED)
        numbered = _NUMBER.fullmatch(fold_name(box)) is not None
        bare = question.strip(_TRIMMED)
        if not bare or is_any_question(bare) or not _is_label(box, named_alike=named_alike):
            continue
        if numbered or len(bare.split()) >= _QUESTION_WORDS or len(bare) >= _QUESTION_WIDTH:
            in_brackets = text.endswith("]") and text[separator.start() :].lstrip(_TRIMMED_BEFORE)[:1] == "["
            is_item = in_brackets and not numbered and not any(map(str.isdigit, box))
            shown, is_vague = question.rstrip(_TRIMMED), is_any_text(bare)
            yield WordingReading(fold_name(bare), shown, box, numbered, is_vague, is_item)


def _boxes_before(text: str) -> Iterator[WordingReading]:
    for separator in _BEFORE.finditer(text):
        box, question = text[: separator.start()].strip(), text[separator.end() :].strip()
        length = len(question.split())
        numbered = _NUMBERED_LABEL.fullmatch(fold_name(box)) is not None
        asks = question.endswith("?") or length >= _LONG_ENDING_WORDS
        if (
            _is_label(box)
            and length >= _ENDING_WORDS
            and (numbered or asks)
            and not follows_another(question)
        ):
            yield WordingReading(fold_name(question), question, box, numbered)


def _is_label(box: str, *, named_alike: bool = False) -> bool:
    """Tell whether some words can be what a box is called, and no question of their own."""
    if not box or "?" in box or follows_another(box):
        return False
    if named_alike:
        return len(box.split()) <= _FREE_LABEL_WORDS
    return len(box.split()) <= _LABEL_WORDS and len(box) <= _LABEL_WIDTH and not _ASKING.match(box)


def follows_another(text: str) -> bool:
    """Tell whether words ask to explain or complete the answer to a question before them."""
    stripped = _without_number(text)[1].strip()
    most = _FOLLOWING_IF_WORDS if stripped[:2].casefold() in ("if", "os", "si", "se") else _FOLLOWING_WORDS
    return len(stripped.split()) <= most and _FOLLOWS.search(stripped) is not None


def completes_a_choice(wording: str) -> bool:
    """Tell whether a wording is, or ends in, what completes a closed question: `Which? - Other (specify)`."""
    text = _without_number(wording)[1]
    ends = [text[separator.end() :].strip(_TRIMMED) for separator in _SEPARATOR.finditer(text)]
    begins = [text[: separator.start()] for separator in _BEFORE.finditer(text)]
    return any(follows_another(words) for words in (text, *ends, *begins) if words)


def share_a_question(first: str, second: str) -> bool:
    """Tell whether two wordings begin with the same question, before a box each or before one of them."""
    return bool(_questions_in(first) & _questions_in(second))


def _questions_in(wording: str) -> set[str]:
    text = _without_number(wording)[1]
    heads = (text[: separator.start()].strip(_TRIMMED) for separator in _SEPARATOR.finditer(text))
    return {fold_name(head) for head in heads if not is_any_question(head)}


def shared_reading(readings: Sequence[WordingReading]) -> WordingReading:
    """Return how some wordings are read that ask one question, each with its own box.

    Boxes of several kinds, each numbered (`Good 1`, `Bad 1`, `Good 2`, `Bad 2`), are items as well.
    """
    kinds = Counter(_NUMBER_OF_BOX.sub("", reading.box).casefold() for reading in readings if reading.box)
    take_turns = len(kinds) > 1 and min(kinds.values()) > 1
    return replace(readings[0], is_item=take_turns or all(reading.is_item for reading in readings))


def best_reading(shared: Sequence[WordingReading]) -> WordingReading:
    """Return the reading that says most of the ways in which some wordings are one question."""
    return max(
        shared, key=lambda reading: (reading.is_numbered and not reading.is_vague, len(reading.question))
    )


def shared_wording(wordings: Sequence[str]) -> str:
    """Return the question that the wordings of its boxes share, or "" if they share none."""
    if len(set(wordings)) == 1:
        return wordings[0]
    readings = [readings_of(wording, named_alike=True) for wording in wordings]
    keys = set(readings[0]).intersection(*readings[1:])
    return best_reading([readings[0][key] for key in keys]).question if keys else ""
