"""Acts that are here already, out of which another copy has taken more: it leaves this copy too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codings import Span
from coder.domain.privacy.placeholders import placeholder_spans
from coder.domain.privacy.quoted_passages import WITHDRAWN
from coder.domain.privacy.quoting_words import QuotedWords
from coder.domain.privacy.text_cuts import joined_cuts, span_with_cuts
from coder.domain.privacy.text_leaves import (
    joined_ways,
    read_ways,
    replaced,
    text_at,
    with_cuts_by_way,
    written_ways,
)
from coder.formats.codebooks.yaml.editing import edited_or_new
from coder.store.codebook_versions import codebook_from_json
from coder.store.privacy.answer_cuts import cuts_as_made
from coder.store.privacy.taking_words_out import WordsOut, follow_reworded_cuts, take_words_out
from coder.store.team.copies.act_contents import contents
from coder.store.team.copies.taking_in import take_in
from coder.workflows.privacy.taking_out import source_without
from coder.workflows.team.copies.words_first import SOURCE, privacy_events

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.copies.received_acts import Content, ReceivedAct
    from coder.domain.privacy.text_leaves import CutsByWay
    from coder.store.database import Database
    from coder.store.privacy.quoting_acts import FindsQuotes


class _Altered(NamedTuple):
    """An act that is here, and that another copy has altered as well."""

    act: ReceivedAct
    """As it came."""
    content: Content
    """What it says here."""
    made: CutsByWay
    """What was cut out of it here."""
    joined: CutsByWay
    """What both have cut out of it."""
    further: CutsByWay
    """What is still to be cut out here; a text without cuts was written anew there as a whole."""
    salt: bytes
    is_reworded: bool
    """Whether both have written the text of the codebook's file anew, each otherwise."""


def _altered_acts(database: Database, known: Sequence[ReceivedAct]) -> Iterator[_Altered]:
    for act in known:
        if not act.altered or act.content is None:
            continue
        local, altered, salt = database.row(
            "SELECT local, altered, salt FROM act WHERE writer = ? AND number = ?", tuple(act.place.name)
        )
        if local is None:
            continue
        made, theirs = read_ways(altered), read_ways(act.altered)
        joined = joined_ways(made, theirs)
        new_cuts = {way: tuple(cut for cut in joined[way] if cut not in made.get(way, ())) for way in theirs}
        further = {way: cuts for way, cuts in new_cuts.items() if cuts or way not in made}
        ((_, content),) = contents(database, act.kind, [local])
        is_reworded = SOURCE in made and SOURCE in theirs and content["source"] != act.content["source"]
        if further or is_reworded or not altered:
            yield _Altered(act, content, made, joined, further, b"" if theirs else salt, is_reworded)


def take_out_altered(database: Database, known: Sequence[ReceivedAct]) -> list[FindsQuotes]:
    """Take out here, wherever they stand, words that other copies cut out of notes alone; in a transaction.

    No event says where such words stood: they are known by the notes that both have.
    """
    replacements: dict[str, str] = {}
    for altered in _altered_acts(database, known):
        for way, cuts in altered.further.items():
            text, joined = text_at(altered.content, way), joined_cuts(altered.made.get(way, ()))
            for cut in cuts:
                start, end = span_with_cuts(Span(cut.start, cut.end), joined)
                was_cut = any(own.start < cut.end and cut.start < own.end for own in joined)
                words, replacement = _words_cut((text or "")[start:end], cut.replacement, was_cut=was_cut)
                # A passage of somebody who withdrew is found by their answers, and may be any words.
                if words and replacement != WITHDRAWN:
                    replacements.setdefault(words, replacement)
    if not replacements:
        return []
    quoted = QuotedWords(replacements)
    take_words_out(database, WordsOut({}, quoted), cuts_as_made(database), source_without(quoted))
    return [quoted]


def _words_cut(passage: str, replacement: str, *, was_cut: bool) -> tuple[str, str]:
    """Return the words that another copy cut out of a passage, and what stands there; none: nothing tells.

    Where something stands for words already, it may stand elsewhere for others ("a colleague"). Words are
    known there only if the rest of it was left, as "a friend of Jo" became "a friend of [name 1]".
    """
    passage, replacement = passage.strip(), replacement.strip()
    if not was_cut:
        return passage, replacement
    for start, end in placeholder_spans(replacement):
        before, behind = replacement[:start], replacement[end:]
        is_left = passage.startswith(before) and passage.endswith(behind)
        if (before or behind) and is_left and len(passage) > len(before) + len(behind):
            return passage[start : len(passage) - len(behind)], replacement[start:end]
    return "", ""


def altered_elsewhere(database: Database, known: Sequence[ReceivedAct]) -> list[ReceivedAct]:
    """Return the acts that are here, of which other copies have cut more: as they are without all of it.

    Args:
        database: The study's.
        known: Acts that came and are here.
    """
    acts = []
    for act, content, made, joined, further, salt, is_reworded in list(_altered_acts(database, known)):
        new_content = with_cuts_by_way(content, made, {way: cuts for way, cuts in further.items() if cuts})
        for way, of_way in further.items():
            if not of_way and (text := text_at(act.content, way)) is not None:
                # It was written anew there as a whole.
                new_content = replaced(new_content, {way: text})
        if is_reworded and act.content is not None:
            new_content = _with_common_comments(new_content, act.content["source"])
        acts.append(act._replace(content=new_content, altered=written_ways(joined), salt=salt))
    return acts


def _with_common_comments(content: Content, their_source: str) -> Content:
    """Return a version of the codebook whose comments are those that stand in another copy's file as well.

    Both were written anew as a whole, and neither copy can tell why a comment is not in the other.
    """
    theirs = set(their_source.splitlines())
    lines = content["source"].splitlines(keepends=True)
    source = "".join(line for line in lines if "#" not in line or line.rstrip("\r\n") in theirs)
    codebook = codebook_from_json(json.dumps(content["themes"]))
    return {**content, "source": edited_or_new(source, codebook)}


def follow_reworded(database: Database, altered: Sequence[ReceivedAct]) -> list[ReceivedAct]:
    """Take in what other copies have made of what stands for earlier words; return the other acts.

    Call it before steps are taken in, whose spans go by it.
    """
    reworded = privacy_events(altered)
    if reworded:
        made = cuts_as_made(database)
        take_in(database, reworded, (), lambda source, _: source)
        follow_reworded_cuts(database, made)
    return [act for act in altered if act not in reworded]
