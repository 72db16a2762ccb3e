"""Codings from other programs into the study, and the study's codings out for others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.codings import Coding, read_spans, write_spans
from coder.domain.grammar import agreeing, counted
from coder.domain.privacy.text_cuts import spans_with_cuts, with_cuts
from coder.domain.team.settled_layer import SETTLED
from coder.domain.texts.text_versions import survey_fingerprint, text_version
from coder.errors import CancelledError, CoderError
from coder.formats.codings.coding_files import (
    CodingFile,
    CodingRecord,
    MarkRecord,
    SurveyCoded,
    codings_csv,
    codings_json,
    read_coding_file,
)
from coder.formats.codings.data_set_reading import texts_beside
from coder.formats.codings.data_set_writing import codes_csv, responses_csv, themes_csv, write_data_set
from coder.store import codings, surveys
from coder.store.database import refuse_changes
from coder.store.privacy.withdrawals import tombstones
from coder.store.readings.answer_values import facts_of_answers
from coder.store.team.team_rows import team
from coder.workflows.exchange.counted_records import counted_codings_of
from coder.workflows.exchange.matching import MARKS, Matcher
from coder.workflows.exchange.planned_import import AS_USUAL, PlannedImport
from coder.workflows.exchange.withdrawn_rows import skipped_note, without_withdrawn
from coder.workflows.privacy.masking import Masks
from coder.workflows.study.attributes import answer_attributes, public_attributes
from coder.workflows.study.coders import default_coder, refuse_unknown_coder
from coder.workflows.study.naming_damage import names_damage

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from pathlib import Path

    from coder.domain.codebook import Codebook
    from coder.domain.privacy.masks import Mask
    from coder.domain.progress import Progress
    from coder.domain.responses import Response
    from coder.domain.team.counting_rule import Agreed
    from coder.store.database import Database
    from coder.workflows.exchange.planned_import import CodingChoices, CodingImport
    from coder.workflows.study.study import Study


Tell = Callable[[str], object]


def _in_silence(_: str) -> None:
    """Tell nobody."""


@names_damage
def import_codings(
    study: Study,
    path: Path,
    *,
    coder_id: str | None = None,
    adds_people: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
    choices: CodingChoices = AS_USUAL,
) -> CodingImport:
    """Take the codings of a file into the study: all of them, or none.

    Each coder's codings are one step of theirs, so that undo takes them back. Responses that receive
    a coding become done, unless the file says itself which are. What a file of the same name brought before,
    and this one says otherwise, is changed to that; what the coder has done here since stays.

    Args:
        study: The study.
        path: CSV, TSV or JSON; see `read_coding_file`.
        coder_id: Whose codings they are; among several coders in the file, the one to take.
        adds_people: Whether coders who are nobody of the team join it by this; those of a file for a study
            on which nobody has worked join it in any case.
        dry_run: Whether to check and count alone.
        progress: Called with rows matched and their total; may raise to give up.
        choices: What is done where the file and the study differ, and who is asked.

    Raises:
        UnknownPersonError: It names coders who are nobody of the team.
        CancelledError: Somebody does not agree to what it would do.
        CoderError: The file has faults, all of which are listed, or several coders and none of them
            is `coder_id`.
        ReadOnlyError: The study can only be read.
    """
    if not dry_run:
        refuse_changes(study.database)
    file, note = _file_read(study, path, coder_id, choices)
    matcher = Matcher(study, coder_id or default_coder(), by_text=choices.by_text)
    planned = _planned(study, path.name, file, matcher, choices, progress)
    planned.name_people(matcher.joining, adds_people=adds_people)
    account = planned.account(matcher)
    if note:
        account = replace(account, notes=(note, *account.notes))
    if dry_run:
        return account
    if account.needs_agreement and not choices.agreed(account):
        raise CancelledError
    with study.database.transaction():
        planned.carry_out(account)
    return account


def _file_read(
    study: Study, path: Path, coder_id: str | None, choices: CodingChoices
) -> tuple[CodingFile, str]:
    """Return what is meant of a file, with the texts beside it; and a note on rows that are passed over."""
    file = read_coding_file(path, choices.encoding)
    texts = texts_beside(path) if any(row.spans for row in file.rows) else {}
    rows = (replace(row, text=row.text or texts.get(row.response_id, "")) for row in file.rows)
    whole_file = replace(file, rows=tuple(rows)) if texts else file
    stones = tombstones(study.database)
    own = _of_coder(without_withdrawn(whole_file, stones), coder_id, path.name)
    return own, skipped_note(whole_file, stones)


def _planned(
    study: Study,
    name: str,
    file: CodingFile,
    matcher: Matcher,
    choices: CodingChoices,
    progress: Progress | None,
) -> PlannedImport:
    """Hold a file's rows and marks against the study; raise CoderError if some do not match."""
    matches = matcher.rows(file.rows, progress)
    marks = matcher.marks(file.marks) if file.marks is not None else None
    matcher.check(name)
    return PlannedImport(study, name, matches, marks, choices)


def _of_coder(file: CodingFile, coder_id: str | None, name: str) -> CodingFile:
    """Return the file with the codings that are meant, under the coder's name."""
    if coder_id is None or not file.coder_ids:
        return file
    if len(file.coder_ids) == 1:
        rows = (replace(row, coder_id=coder_id) for row in file.rows)
        marks = None if file.marks is None else tuple(replace(mark, coder_id=coder_id) for mark in file.marks)
        return CodingFile(tuple(rows), marks)
    if coder_id not in file.coder_ids:
        msg = f"{name} holds the codings of {len(file.coder_ids)} coders: {', '.join(file.coder_ids)}."
        raise CoderError(msg, "Leave out --coder to import them all, or name one of them.")
    own_rows = tuple(row for row in file.rows if row.coder_id == coder_id)
    own_marks = None if file.marks is None else tuple(m for m in file.marks if m.coder_id == coder_id)
    return CodingFile(own_rows, own_marks)


@names_damage
def codings_as_csv(
    study: Study, coder_id: str | None = None, mask: Mask | None = None, tell: Tell = _in_silence
) -> str:
    """Return the codings that stand, of one coder or of all, as CSV with one row a span.

    An answer that was read with nothing in it has a row without a theme. Masked words are of another text
    than the study's: an import says so and refuses them. `tell` is told what is masked.
    """
    masks = Masks(study, mask or "none")
    records = _masked(masks, coding_records(study, coder_id))
    tell(masks.note())
    return codings_csv(records, _survey(study, masks).fingerprint)


@names_damage
def codings_as_json(
    study: Study, coder_id: str | None = None, mask: Mask | None = None, tell: Tell = _in_silence
) -> str:
    """Return the codings and marks that stand, of one coder or of all, as JSON.

    Memos in which something would be masked are left out: taken in again, they would replace the study's
    own. `tell` is told of that, and what is masked.
    """
    ids = {number: response_id for response_id, number in surveys.response_numbers(study.database).items()}
    people, masks = team(study.database), Masks(study, mask or "none")
    standing = [
        MarkRecord(ids[number], people.name_of(person), aspect, theme_id, content)
        for number, person, aspect, theme_id, content in codings.all_marks(study.database, coder_id)
        if aspect in MARKS
    ]
    marks = [
        mark for mark in standing if mark.aspect != "memo" or masks.in_note(mark.content) == mark.content
    ]
    records = [record for record in coding_records(study, coder_id) if record.coding.theme_id]
    records = _masked(masks, records)
    survey = _survey(study, masks)
    mentioned = {record.response.id for record in records} | {mark.response_id for mark in marks}
    versions = {name: version for name, version in survey.text_versions.items() if name in mentioned}
    coded = survey._replace(text_versions=versions)
    tell(" ".join(filter(None, (masks.note(), _left_out(len(standing) - len(marks))))))
    return codings_json(study.settings.title, study.settings.note, records, marks, coded)


def _left_out(memos: int) -> str:
    verb = agreeing(memos, "gives", "give")
    return f"{counted(memos, 'memo')} that {verb} somebody away stayed behind." if memos else ""


@names_damage
def export_data_set(
    study: Study,
    folder: Path,
    coder_id: str | None = None,
    agreed: Agreed = "settled",
    mask: Mask | None = None,
    tell: Tell = _in_silence,
) -> tuple[int, int]:
    """Write the coded data set: the responses somebody coded or confirmed, their themes, the codebook.

    Args:
        study: The study.
        folder: Where to.
        coder_id: Whose codings; None for everybody's.
        agreed: Which of several coders' codings there are: those by which themes count.
        mask: What of the answers and of the codebook is masked; None: nothing.
        tell: Is told what is masked.

    Returns:
        How many responses were written, and how many answers were left out as not yet read.
    """
    database = study.database
    if coder_id is not None:
        refuse_unknown_coder(database, coder_id)
    done = _done(database, coder_id) | _done(database, SETTLED)
    records = _as_records(study, counted_codings_of(database, coder_id, agreed), done)
    read = {record.response.number for record in records} | {response for response, _ in done}
    masks = Masks(study, mask or "none")
    records = _masked(masks, records)
    responses = [
        _with_masks(masks, response)
        for response in surveys.all_responses(database)
        if response.number in read
    ]
    attributes = _known_of(database, responses)
    of_answers = [attribute for attribute in answer_attributes(study) if attribute.of == "answer"]
    names = [attribute.name for attribute in (*public_attributes(study), *of_answers)]
    questions = [question.id for question in surveys.questions(database)]
    files = {
        "responses.csv": responses_csv(responses, names, attributes),
        "codes.csv": codes_csv(records, _survey(study, masks).fingerprint),
        "themes.csv": themes_csv(_masked_codebook(masks, study.codebook), questions),
    }
    write_data_set(folder, files)
    tell(masks.note())
    answers = sum(
        response.answered and response.number not in read for response in surveys.all_responses(database)
    )
    return len(responses), answers


def _known_of(database: Database, responses: Iterable[Response]) -> dict[int, dict[str, str]]:
    """Map the numbers of responses to what is known of each and of who gave it: names and values."""
    respondent_of = {response.number: response.respondent_id for response in responses}
    of_respondents = {
        respondent_id: surveys.respondent_attributes(database, respondent_id)
        for respondent_id in dict.fromkeys(respondent_of.values())
    }
    of_answers = facts_of_answers(database, respondent_of)
    return {
        number: {**of_respondents[respondent_id], **dict(of_answers.get(number, ()))}
        for number, respondent_id in respondent_of.items()
    }


def coding_records(study: Study, coder_id: str | None) -> list[CodingRecord]:
    """Return the codings that stand, and the answers that were read with nothing in them, by response."""
    if coder_id is not None:
        refuse_unknown_coder(study.database, coder_id)
    done = _done(study.database, coder_id)
    standing = list(codings.all_codings(study.database, coder_id))
    empty = done - {(coding.response, coding.coder_id) for coding in standing}
    standing += [Coding(response, "", person) for response, person in sorted(empty)]
    standing.sort(key=lambda coding: coding.response)
    return _as_records(study, standing, done)


def _done(database: Database, coder_id: str | None) -> set[tuple[int, str]]:
    """Return what a layer, or everybody, has marked as done: response and coder."""
    marks = codings.all_marks(database, coder_id)
    return {(mark.response, mark.coder_id) for mark in marks if mark.aspect == "done"}


def _as_records(
    study: Study, standing: Iterable[Coding], done: Container[tuple[int, str]]
) -> list[CodingRecord]:
    responses = {response.number: response for response in surveys.all_responses(study.database)}
    people = team(study.database)
    return [
        CodingRecord(
            responses[coding.response],
            coding._replace(coder_id=people.name_of(coding.coder_id)),
            study.codebook.label(coding.theme_id) if coding.theme_id else "",
            (coding.response, coding.coder_id) in done,
            text_version(responses[coding.response].text),
        )
        for coding in standing
    ]


def _masked(masks: Masks, records: list[CodingRecord]) -> list[CodingRecord]:
    """Return records whose answers, and the words coded in them, are masked."""
    return [_masked_record(masks, record) for record in records] if masks.mask != "none" else records


def _masked_codebook(masks: Masks, codebook: Codebook) -> Codebook:
    if masks.mask == "none":
        return codebook
    return replace(codebook, themes=tuple(map(masks.in_theme, codebook)), note=masks.in_note(codebook.note))


def _masked_record(masks: Masks, record: CodingRecord) -> CodingRecord:
    cuts = masks.cuts_of(record.response.number, record.response.text)
    if not cuts:
        return record
    response = _with_masks(masks, record.response)
    spans = read_spans(spans_with_cuts(write_spans(record.coding.spans), cuts))
    return record._replace(
        response=response,
        coding=record.coding._replace(spans=spans),
        text_version=text_version(response.text),
    )


def _with_masks(masks: Masks, response: Response) -> Response:
    return response._replace(text=with_cuts(response.text, masks.cuts_of(response.number, response.text)))


def _survey(study: Study, masks: Masks) -> SurveyCoded:
    """Return what names the survey, and the text of each of its responses; masked, as it is written out.

    From a digest of a text a name in it could be guessed.
    """
    versions = {
        response.id: text_version(_with_masks(masks, response).text)
        for response in surveys.all_responses(study.database)
    }
    return SurveyCoded(survey_fingerprint(versions.items()), versions)
