"""What takes words out of a study comes first of all that is received, and wins over the rest.

Words that were taken out elsewhere, and people who withdrew there, leave this copy first, while it still has
the words and can find them in what quotes them. Then what is received is held against all that was ever taken
out: acts of copies that did not know of it come in without.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codings import Span
from coder.domain.copies.acts import blank_digest
from coder.domain.privacy.quoted_passages import WITHDRAWN, QuotedPassages
from coder.domain.privacy.quoting_words import QuotedWords
from coder.domain.privacy.removals import read_redaction
from coder.domain.privacy.replacement_texts import replacement_texts
from coder.domain.privacy.text_cuts import (
    TextCut,
    as_first_was,
    grown_spans,
    joined_cuts,
    span_with_cuts,
    with_cuts_within,
    with_further_cuts,
)
from coder.domain.privacy.text_leaves import (
    joined_ways,
    read_ways,
    replaced,
    text_at,
    written_ways,
)
from coder.domain.privacy.tombstones import read_withdrawal, written_withdrawal
from coder.store.codebook_versions import codebook_from_json
from coder.store.privacy.answer_cuts import cuts_as_made
from coder.store.privacy.deleting_respondents import withdraw
from coder.store.privacy.promised_cleaning import promise_cleaning
from coder.store.privacy.quoting_acts import known_ids, quotes_in
from coder.store.privacy.taking_words_out import WordsOut, take_words_out
from coder.store.privacy.withdrawals import tombstones, withdrawn_answers
from coder.store.team.copies.taking_in import take_in
from coder.store.team.team_rows import PRIVACY_EVENTS, note_event
from coder.workflows.privacy.taking_out import source_without

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from coder.domain.copies.bundles import BundleHead, PackedSurvey
    from coder.domain.copies.received_acts import Content, ReceivedAct
    from coder.domain.privacy.text_leaves import CutsByWay, TextWay
    from coder.domain.privacy.tombstones import Tombstone
    from coder.store.database import Database
    from coder.store.privacy.quoting_acts import FindsQuotes

_PRESENT = "SELECT COUNT(*) FROM respondent WHERE id IN (SELECT value FROM json_each(?))"
_ANSWERS_OF = """SELECT r.id FROM response r JOIN respondent p ON p.number = r.respondent
    WHERE p.id = ? ORDER BY r.number"""
SOURCE: TextWay = ("source",)
"""The text of codebook.yaml in a version of it."""
_OWN_EVENTS = """SELECT a.writer, a.number FROM act a JOIN team_event e ON e.number = a.local
    WHERE a.kind = 'event' AND e.kind IN ('redacted', 'withdrawn')"""


class WordsGone(NamedTuple):
    """What left this copy by what was received."""

    redacted: int
    """Answers."""
    withdrawn: int
    """Respondents."""
    searches: Sequence[FindsQuotes]
    """What finds in further texts what left."""


def take_out_received(database: Database, fresh: Sequence[ReceivedAct]) -> WordsGone:
    """Carry out here what took words out elsewhere; call it inside a transaction, before all else.

    Args:
        database: The study's.
        fresh: The acts that this copy lacks.
    """
    events = privacy_events(fresh)
    withdrawals = [
        read_withdrawal(act.content["at"], act.content["by"], act.content["content"])
        for act in events
        if act.content is not None and act.content["kind"] == "withdrawn"
    ]
    searches: list[FindsQuotes] = []
    untold = _answers_untold(database, withdrawals)
    answers = {answer for stone in (*withdrawals, *untold) for answer in stone.answers}
    texts = _texts(database, answers)
    people = {stone.respondent_id for stone in withdrawals}
    present = database.value(_PRESENT, (json.dumps(sorted(people)),))
    if texts or present:
        passages = QuotedPassages(texts.values())
        searches.append(passages)
        withdraw(database, people, answers, source_without(passages))
    redacted = 0
    words = _words_out(database, events)
    if words.cuts:
        searches.append(words.quoted)
        redacted = len(words.cuts)
        take_words_out(database, words, cuts_as_made(database), source_without(words.quoted))
    if texts or present or redacted:
        promise_cleaning(database)
    if events:
        take_in(database, events, (), lambda source, _: source)
    for stone in untold:
        content = written_withdrawal(stone.respondent_id, stone.reason, stone.answers)
        note_event(database, stone.at, stone.by, "withdrawn", content)
    return WordsGone(redacted, present, searches)


def _answers_untold(database: Database, withdrawals: Sequence[Tombstone]) -> list[Tombstone]:
    """Return withdrawals with the answers of theirs that the copy which tells of them did not have."""
    untold = []
    for stone in withdrawals:
        answers = [answer for (answer,) in database.rows(_ANSWERS_OF, (stone.respondent_id,))]
        further = tuple(answer for answer in answers if answer not in stone.answers)
        if further:
            untold.append(stone._replace(answers=further))
    return untold


def privacy_events(acts: Iterable[ReceivedAct]) -> list[ReceivedAct]:
    """Return the acts that take words out of a study."""
    return [act for act in acts if _is_of_privacy(act)]


def _is_of_privacy(act: ReceivedAct) -> bool:
    return act.kind == "event" and act.content is not None and act.content["kind"] in PRIVACY_EVENTS


def _texts(database: Database, answers: Collection[str]) -> dict[str, str]:
    sql = "SELECT id, text FROM response WHERE id IN (SELECT value FROM json_each(?))"
    return dict(database.rows(sql, (json.dumps(sorted(answers)),)))


def _words_out(database: Database, events: Sequence[ReceivedAct]) -> WordsOut:
    """Return what redactions elsewhere take out that stands here still."""
    further: dict[str, list[TextCut]] = {}
    for act in events:
        if act.content is not None and act.content["kind"] == "redacted":
            for answer, of_answer in read_redaction(act.content["content"]).cuts.items():
                further.setdefault(answer, []).extend(of_answer)
    texts, made = _texts(database, further), cuts_as_made(database)
    cuts: dict[str, Sequence[TextCut]] = {}
    replacements: dict[str, str] = {}
    for answer, text in texts.items():
        own = made.get(answer, ())
        joined = joined_cuts(own)
        if joined_cuts((*own, *further[answer])) == joined:
            continue
        cuts[answer] = further[answer]
        for cut in further[answer]:
            start, end = span_with_cuts(Span(cut.start, cut.end), joined)
            replacements.setdefault(text[start:end], cut.replacement)
    return WordsOut(cuts, QuotedWords(replacements))


def fitted(
    database: Database, fresh: Sequence[ReceivedAct], searches: Sequence[FindsQuotes]
) -> list[ReceivedAct]:
    """Return acts without what was ever taken out of this study; call it once `take_out_received` has.

    Acts about those who withdrew alone become stubs; quotes of words that are still known go; words that
    carry a theme, and of which some were taken out, grow over what stands there now.
    """
    gone = withdrawn_answers(database)
    cuts = {answer: joined_cuts(of_answer) for answer, of_answer in cuts_as_made(database).items()}
    if not (gone or cuts or searches):
        return list(fresh)
    ids = known_ids(database) if searches else set()
    questions = _questions_about(database, fresh, gone)
    fitting = []
    for act in fresh:
        if act.content is None or _is_of_privacy(act):
            fitting.append(act)
            continue
        one = _without_answers(act, gone) if act.kind == "step" else act
        one = _with_grown_spans(one, cuts) if one.kind == "step" else one
        if one.kind == "event" and one.content is not None:
            one = _without_replacements(_without_question(one, questions), gone)
        for search in searches:
            one = _without_quotes(one, search, ids)
        fitting.append(one)
    return fitting


def _without_answers(act: ReceivedAct, gone: Collection[str]) -> ReceivedAct:
    content = act.content
    if content is None:
        return act
    changes = [row for row in content["changes"] if row[0] not in gone]
    exposures = [row for row in content["exposures"] if row[0] not in gone]
    if len(changes) == len(content["changes"]) and len(exposures) == len(content["exposures"]):
        return act
    if not (changes or exposures or content["journal"]):
        return _altered(act, {}, {}, keeps_salt=False)._replace(content=None, altered="")
    return _altered(act, {**content, "changes": changes, "exposures": exposures}, {}, keeps_salt=False)


def _with_grown_spans(act: ReceivedAct, cuts: Mapping[str, Sequence[TextCut]]) -> ReceivedAct:
    content = act.content
    if content is None:
        return act
    changes = [
        [*row[:3], *(grown_spans(cell, cuts[row[0]]) if cell else cell for cell in row[3:5]), *row[5:]]
        if row[0] in cuts and row[1] == "theme"
        else row
        for row in content["changes"]
    ]
    if changes == content["changes"]:
        return act
    return _altered(act, {**content, "changes": changes}, {}, keeps_salt=True)


def _without_quotes(act: ReceivedAct, search: FindsQuotes, ids: Collection[str]) -> ReceivedAct:
    content = act.content
    cuts = quotes_in(act.kind, content, search, ids) if content is not None else {}
    if content is None or not cuts:
        return act
    made = read_ways(act.altered)
    first = {way: as_first_was(of_way, made.get(way, ())) for way, of_way in cuts.items()}
    texts = {
        way: with_cuts_within(text, made.get(way, ()), of_way)
        for way, of_way in cuts.items()
        if of_way and (text := text_at(content, way)) is not None
    }
    new_content = replaced(content, texts)
    if SOURCE in cuts:
        codebook = codebook_from_json(json.dumps(new_content["themes"]))
        new_content["source"] = source_without(search)(content["source"], codebook)
    return _altered(act, new_content, first, keeps_salt=False)


def _questions_about(database: Database, fresh: Sequence[ReceivedAct], gone: Collection[str]) -> set[str]:
    """Return the ids of the questions to the team about answers of those who withdrew."""
    contents_asked = [
        json.loads(content)
        for (content,) in database.rows("SELECT content FROM team_event WHERE kind = 'asked'")
    ]
    contents_asked += [
        act.content["content"]
        for act in fresh
        if act.kind == "event" and act.content is not None and act.content["kind"] == "asked"
    ]
    return {content["question"] for content in contents_asked if content["response"] in gone}


def _without_question(act: ReceivedAct, questions: Collection[str]) -> ReceivedAct:
    content = act.content
    if content is None or content["kind"] not in ("asked", "answered"):
        return act
    text = content["content"]["text"]
    if content["content"]["question"] not in questions or text == WITHDRAWN:
        return act
    new_content = {**content, "content": {**content["content"], "text": WITHDRAWN}}
    cuts: CutsByWay = {("content", "text"): (TextCut(0, len(text), WITHDRAWN),)}
    return _altered(act, new_content, cuts, keeps_salt=False)


def _without_replacements(act: ReceivedAct, gone: Collection[str]) -> ReceivedAct:
    """Return an act without what people wrote to stand in answers of those who withdrew."""
    if act.content is None:
        return act
    texts = {way: text for way, text in replacement_texts(act.content, gone) if text != WITHDRAWN}
    if not texts:
        return act
    cuts: CutsByWay = {way: (TextCut(0, len(text), WITHDRAWN),) for way, text in texts.items()}
    return _altered(act, replaced(act.content, dict.fromkeys(texts, WITHDRAWN)), cuts, keeps_salt=False)


def _altered(act: ReceivedAct, content: Content, cuts: CutsByWay, *, keeps_salt: bool) -> ReceivedAct:
    written = written_ways(joined_ways(read_ways(act.altered), cuts))
    if keeps_salt:
        return act._replace(content=content, altered=written)
    is_guessable = not (act.salt or act.altered)
    digest = blank_digest(act.place.name) if is_guessable else act.digest
    return act._replace(content=content, altered=written, salt=b"", digest=digest)


def as_redacted_here(database: Database, survey: PackedSurvey, head: BundleHead) -> PackedSurvey:
    """Return the answers of a pack without those who withdrew here, and without what was cut out here."""
    gone, made = {stone.respondent_id for stone in tombstones(database)}, cuts_as_made(database)
    respondents = {number for number, respondent_id in survey.respondents if respondent_id in gone}
    responses = []
    for row in survey.responses:
        if row[2] in respondents:
            continue
        theirs = head.cuts.get(row[1], ())
        text = with_further_cuts(row[6], joined_cuts(theirs), joined_cuts((*theirs, *made.get(row[1], ()))))
        responses.append([*row[:6], text])
    people, numbers = {row[2] for row in responses}, {row[0] for row in responses}
    return survey._replace(
        responses=responses,
        respondents=[row for row in survey.respondents if row[0] in people],
        attribute_values=[row for row in survey.attribute_values if row[0] in people],
        answer_values=[row for row in survey.answer_values if row[0] in numbers],
    )


def unaware_notes(database: Database, head: BundleHead, fresh: Sequence[ReceivedAct]) -> list[str]:
    """Return where notes stand that came from a copy which lacks some of what was taken out here.

    They may quote words that are gone here, and that so cannot be looked for.
    """
    unknown = [
        name
        for writer, *name in database.rows(_OWN_EVENTS)
        if writer not in head.chains or name[0] > head.chains[writer].acts
    ]
    if not unknown:
        return []
    return list(Counter(where for act in fresh for where in _notes_in(act)))


def _notes_in(act: ReceivedAct) -> Iterator[str]:
    content = act.content
    if content is None:
        return
    if act.kind == "step":
        yield from (f"a memo on {row[0]}" for row in content["changes"] if row[1] == "memo" and row[4])
        if content["journal"]:
            yield "the journal"
    elif act.kind == "version":
        yield "the codebook"
    elif content["kind"] in ("asked", "answered"):
        yield "questions to the team"
