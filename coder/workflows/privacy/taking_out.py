"""Taking words out of a study: one transaction, and what is promised to be cleaned after it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codings import Span
from coder.domain.near_names import nearest
from coder.domain.privacy.placeholders import Placeholders, placeholder_spans
from coder.domain.privacy.quoting_words import QuotedWords
from coder.domain.privacy.removals import refuse_unfit_replacement, written_redaction
from coder.domain.privacy.text_cuts import TextCut, joined_cuts, span_before_cuts, span_with_cuts
from coder.errors import CoderError
from coder.formats.codebooks.reading import parse_codebook
from coder.formats.codebooks.yaml.editing import edited_or_new
from coder.formats.codebooks.yaml.yaml_text import write_codebook
from coder.store import log
from coder.store.checks import faults
from coder.store.database import refuse_changes
from coder.store.privacy.answer_cuts import cuts_as_made
from coder.store.privacy.promised_cleaning import promise_cleaning
from coder.store.privacy.taking_words_out import WordsOut, take_words_out
from coder.store.team.team_rows import note_event
from coder.workflows.privacy.quoting_texts import doubtful_texts, quoting_texts
from coder.workflows.study.cleaning import copies_to_delete, finish_cleaning, second_versions
from coder.workflows.study.codebook_file import in_use, note_file_behind, read_source, refuse_edits
from coder.workflows.study.sight_at_work import sees_everything

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from coder.domain.codebook import Codebook
    from coder.domain.privacy.removals import Kind, Removal, WordsToTakeOut
    from coder.store.database import Database
    from coder.store.privacy.quoting_acts import FindsQuotes
    from coder.store.team.copies.stored_versions import SourceEditing
    from coder.workflows.privacy.quoting_texts import QuotingText
    from coder.workflows.study.study import Study


class RemovalPlan(NamedTuple):
    """What taking words out would do."""

    answers: int
    passages: int
    kinds: Mapping[str, int]
    """How many passages of each kind."""
    quoting: Sequence[QuotingText]
    """Texts that quote the words, which go there as well."""
    doubtful: Sequence[QuotingText]
    """Texts that may quote a part of the words, and stay as they are."""
    copies: Sequence[Path]
    """Files beside the database that hold it as it was: they are deleted."""
    second_versions: Sequence[str]
    """Names of what a program that synchronises the folder left there: it stays, and may hold the words."""
    key: Mapping[str, str]
    """The words, each with what is to stand in their place."""


class TakenOut(NamedTuple):
    """What was taken out."""

    answers: int
    passages: int
    kinds: Mapping[str, int]
    quoting: int
    """Memos, notes, versions of the codebook and the like that quoted the words."""
    doubtful: Sequence[QuotingText]
    """Texts that may quote a part of the words, and are as they were."""
    unfinished: str
    """Why not all is cleaned yet; empty if it is."""
    key: Mapping[str, str]
    """The words, each with what stands in their place: they are nowhere in the study any more."""


class _Prepared(NamedTuple):
    made: dict[str, tuple[TextCut, ...]]
    cuts: dict[str, list[TextCut]]
    kinds: list[Kind]
    words: WordsOut
    key: dict[str, str]


@sees_everything
def plan_removals(
    study: Study, removals: Iterable[Removal], words: Iterable[WordsToTakeOut] = ()
) -> RemovalPlan:
    """Work out what taking words out of a study would do; nothing is changed.

    Raises:
        CoderError: A removal names an answer or a place that is not there.
    """
    prepared = _prepared(study.database, removals, words)
    return RemovalPlan(
        len(prepared.cuts),
        len(prepared.kinds),
        Counter(prepared.kinds),
        quoting_texts(study.database, prepared.words.quoted),
        doubtful_texts(study.database, prepared.key, prepared.words.quoted.cuts_in),
        copies_to_delete(study),
        second_versions(study),
        prepared.key,
    )


@sees_everything
def take_out(
    study: Study, removals: Iterable[Removal], by: str, words: Iterable[WordsToTakeOut] = ()
) -> TakenOut:
    """Take words out of a study: its answers, and whatever quotes them. It cannot be taken back.

    Args:
        study: The study.
        removals: What to take out, by the texts as they stand.
        by: The id of who does it.
        words: More words that may stand in notes: they are looked for there alone.

    Raises:
        CoderError: A removal names an answer or a place that is not there, or where other words stand than
            somebody saw; the study can only be read, or its codebook.yaml has edits that are not in use.
    """
    refuse_changes(study.database)
    refuse_edits(study)
    old_source = read_source(study)
    database = study.database
    database.execute("PRAGMA secure_delete = ON")
    with database.transaction():
        prepared = _prepared(database, removals, words)
        refuse_damage(database)
        version = in_use(study)
        quoting = take_words_out(
            database, prepared.words, prepared.made, source_without(prepared.words.quoted)
        )
        note_event(database, log.utc_now(), by, "redacted", written_redaction(prepared.cuts, prepared.kinds))
        promise_cleaning(database)
        if in_use(study).hash != version.hash:
            note_file_behind(study, old_source)
    study.go_on_with(in_use(study))
    return TakenOut(
        len(prepared.cuts),
        len(prepared.kinds),
        Counter(prepared.kinds),
        len(quoting),
        doubtful_texts(database, prepared.key, prepared.words.quoted.cuts_in),
        finish_cleaning(study),
        prepared.key,
    )


def source_without(quoted: FindsQuotes) -> SourceEditing:
    """Return what edits a text of codebook.yaml to say a codebook, and takes words out of its comments."""

    def write(source: str, codebook: Codebook) -> str:
        edited = edited_or_new(source, codebook)
        cleaned = quoted.cleaned(edited)
        if cleaned == edited:
            return edited
        try:
            if parse_codebook(cleaned, "codebook.yaml") == codebook:
                return cleaned
        except CoderError:
            pass
        return write_codebook(codebook)

    return write


def _prepared(database: Database, removals: Iterable[Removal], words: Iterable[WordsToTakeOut]) -> _Prepared:
    by_answer: dict[str, list[Removal]] = defaultdict(list)
    for removal in removals:
        by_answer[removal.response_id].append(removal)
    texts: dict[str, str] = dict(
        database.rows(
            "SELECT id, text FROM response WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(by_answer)),),
        )
    )
    made = cuts_as_made(database)
    placeholders = Placeholders(_with_placeholders(database, made))
    replacements: dict[str, str] = {}
    cuts: dict[str, list[TextCut]] = {}
    kinds: list[Kind] = []
    for response_id, of_answer in by_answer.items():
        if response_id not in texts:
            msg = f"There is no answer '{response_id}'."
            raise CoderError(msg, nearest(response_id, _all_ids(database)))
        text, earlier = texts[response_id], joined_cuts(made.get(response_id, ()))
        for removal in _in_order(of_answer, text):
            passage = text[removal.start : removal.end]
            _refuse_other_words(removal, passage)
            replacement = removal.replacement or placeholders.of(removal.kind, passage)
            refuse_unfit_replacement(replacement)
            replacements.setdefault(passage, replacement)
            kinds.append(removal.kind)
            span = Span(removal.start, removal.end)
            if not _is_within_replacement(span, earlier, response_id):
                first = span_before_cuts(span, earlier)
                cuts.setdefault(response_id, []).append(TextCut(*first, replacement))
    for passage, kind, chosen in words:
        replacement = chosen or placeholders.of(kind, passage)
        refuse_unfit_replacement(replacement)
        replacements.setdefault(passage, replacement)
    return _Prepared(made, cuts, kinds, WordsOut(cuts, QuotedWords(replacements)), replacements)


def _in_order(removals: Iterable[Removal], text: str) -> list[Removal]:
    """Return the removals of an answer in order; raise CoderError if one is not in it or two overlap."""
    ordered = sorted(set(removals), key=lambda removal: (removal.start, removal.end))
    behind = 0
    for removal in ordered:
        if not 0 <= removal.start < removal.end <= len(text):
            msg = (
                f"Answer '{removal.response_id}' has {len(text):,} characters: there is no passage from"
                f" {removal.start:,} to {removal.end:,}."
            )
            raise CoderError(msg, "Characters are counted from 0; the end is the first one that stays.")
        if removal.start < behind:
            msg = f"Two passages of answer '{removal.response_id}' overlap at character {removal.start:,}."
            raise CoderError(msg, "Name the whole passage once.")
        behind = removal.end
    return ordered


def _refuse_other_words(removal: Removal, passage: str) -> None:
    if removal.seen not in ("", passage):
        msg = f"Answer '{removal.response_id}' has changed since: other words stand there now."
        raise CoderError(msg, "Nothing was taken out. Search again, and decide on what stands there.")


def _is_within_replacement(span: Span, earlier: Sequence[TextCut], response_id: str) -> bool:
    """Tell whether a passage is a part of what somebody wrote in the place of earlier words.

    It goes with the event that says what stands there.

    Raises:
        CoderError: It is the whole of that, or stands in a placeholder: no word of the respondent's.
    """
    for cut in earlier:
        standing = span_with_cuts(Span(cut.start, cut.end), earlier)
        if standing.start <= span.start and span.end <= standing.end:
            if span == standing or placeholder_spans(cut.replacement):
                msg = f"Of answer '{response_id}' this passage was taken out before."
                raise CoderError(msg, "What stands there now is no word of the respondent's.")
            return True
    return False


def _with_placeholders(database: Database, made: Mapping[str, Sequence[TextCut]]) -> list[str]:
    texts = [text for (text,) in database.rows("SELECT text FROM response WHERE instr(text, '[')")]
    return texts + [cut.replacement for cuts in made.values() for cut in cuts]


def _all_ids(database: Database) -> list[str]:
    return [response_id for (response_id,) in database.rows("SELECT id FROM response")]


def refuse_damage(database: Database) -> None:
    """Raise CoderError if the database is not whole: hashes worked out anew would hide it."""
    damages = faults(database)
    if damages:
        msg = f"Nothing was taken out, as the study's database is not whole: {damages[0].message}"
        raise CoderError(msg, f"{damages[0].repair} All that is wrong: coder check")
