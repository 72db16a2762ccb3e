"""Acts and settings that quote words of answers: in every text that people wrote, wherever it stands."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from coder.domain.privacy.replacement_texts import PLACED, replacement_texts
from coder.domain.privacy.text_leaves import leaves, replaced
from coder.store.privacy.text_places import MEMBERS
from coder.store.team.copies.act_contents import contents

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from coder.domain.copies.acts import ActKind
    from coder.domain.copies.received_acts import Content
    from coder.domain.privacy.text_cuts import TextCut
    from coder.domain.privacy.text_leaves import CutsByWay, TextWay
    from coder.store.database import Database

_SOURCE: TextWay = ("source",)
_MEMO_CELLS = (3, 4)
"""Where in a change the values before and after stand."""
_IDS = """SELECT id FROM response UNION SELECT id FROM respondent UNION SELECT id FROM question
    UNION SELECT name FROM attribute UNION SELECT name FROM answer_attribute
    UNION SELECT id FROM person UNION SELECT name FROM person
    UNION SELECT theme FROM main.coding UNION SELECT theme FROM main.change UNION SELECT id FROM round"""
_DRAFTS = "drafts."
"""What the names of settings begin with that are worked out from answers, and soon are again."""
_OWN = "privacy."


class FindsQuotes(Protocol):
    """Finds in notes what is to leave a study."""

    def cuts_in(self, text: str) -> tuple[TextCut, ...]:
        """Return where it stands in a text, each with what is to stand there."""

    def cleaned(self, text: str) -> str:
        """Return a text without it."""


class QuotingAct(NamedTuple):
    """An act that quotes words which are to leave the study."""

    kind: ActKind
    local: int
    """Its number in this copy."""
    content: Content
    """What it says with them, in words that every copy understands."""
    cuts: CutsByWay
    """Where they stand in it; a text without cuts is to be written anew as a whole."""

    @property
    def passages(self) -> list[tuple[TextWay, str]]:
        """The texts that quote them, by the way to each."""
        return [(way, text) for way, text in leaves(self.content) if way in self.cuts]


def quoting_acts(database: Database, quoted: FindsQuotes) -> Iterator[QuotingAct]:
    """Yield all acts that quote words, of whatever kind."""
    numbers: dict[ActKind, list[int]] = defaultdict(list)
    for kind, local in database.rows("SELECT kind, local FROM act WHERE local IS NOT NULL"):
        numbers[kind].append(local)
    derived = database.rows("SELECT number FROM codebook_version WHERE derived <> ''")
    numbers["version"] += [number for (number,) in derived]
    ids = known_ids(database)
    for kind, locals_ in numbers.items():
        for local, content in contents(database, kind, locals_):
            if cuts := quotes_in(kind, content, quoted, ids):
                yield QuotingAct(kind, local, content, cuts)


def quotes_in(kind: ActKind, content: Content, quoted: FindsQuotes, ids: Collection[str]) -> CutsByWay:
    """Return where what an act says quotes words.

    Args:
        kind: What the act is.
        content: What it says.
        quoted: The words.
        ids: Texts that are ids or names: as a whole they are no quotes.
    """
    cuts: CutsByWay = {}
    for way, text in _texts_of(kind, content):
        of_text = quoted.cuts_in(text)
        if of_text and text not in ids:
            cuts[way] = of_text
    if kind == "version" and (cuts or quoted.cuts_in(content["source"])):
        cuts[_SOURCE] = ()
    return cuts


def clean_settings(database: Database, quoted: FindsQuotes) -> None:
    """Take words out of what is kept as settings; what is worked out from answers goes as a whole."""
    for key, text in database.rows("SELECT key, value FROM setting"):
        if key.startswith(_DRAFTS):
            database.execute("DELETE FROM setting WHERE key = ?", (key,))
        elif not key.startswith(_OWN) and (cleaned := cleaned_setting(text, quoted)) != text:
            database.set_setting(key, cleaned)


def cleaned_setting(text: str, quoted: FindsQuotes) -> str:
    """Return a setting, a text or JSON, without words."""
    try:
        content: Any = json.loads(text)
    except (ValueError, RecursionError):
        return quoted.cleaned(text)
    texts = {way: quoted.cleaned(leaf) for way, leaf in leaves(content)}
    changed = {way: leaf for way, leaf in texts.items() if quoted.cuts_in(_leaf(content, way))}
    return json.dumps(replaced(content, changed), ensure_ascii=False) if changed else text


def _leaf(content: Any, way: TextWay) -> str:
    for part in way:
        content = content[part]
    return str(content)


def _texts_of(kind: ActKind, content: Content) -> Iterator[tuple[TextWay, str]]:
    if kind == "event" and content["kind"] in PLACED:
        # Else there are kinds, finders and decisions, which are no texts.
        yield from replacement_texts(content)
        return
    for member, holds in MEMBERS[kind].items():
        if holds in ("note", "JSON"):
            yield from leaves(content[member], (member,))
        elif holds == "memo":
            for place, row in enumerate(content[member]):
                if row[1] == "memo":
                    for cell in _MEMO_CELLS:
                        if row[cell]:
                            yield (member, place, cell), row[cell]


def known_ids(database: Database) -> set[str]:
    """Return the texts that are ids or names in a study: as a whole they quote nobody."""
    ids = {name for (name,) in database.rows(_IDS)}
    for (themes,) in database.rows("SELECT themes FROM codebook_version"):
        ids |= {str(theme["id"]) for theme in json.loads(themes)["themes"]}
    return ids
