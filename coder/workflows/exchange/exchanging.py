"""Codings from other programs into the study, and the study's codings out for others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coder.domain.codings import Change, Span, write_spans
from coder.domain.near_names import nearest
from coder.domain.team.team_people import Team, UnknownPersonError
from coder.errors import CoderError
from coder.formats.codings.coding_files import (
    CodingFile,
    CodingRecord,
    MarkRecord,
    codings_csv,
    codings_json,
    read_coding_file,
)
from coder.formats.codings.data_set_writing import codes_csv, responses_csv, themes_csv, write_data_set
from coder.store import codings, log, surveys
from coder.store.database import refuse_changes
from coder.store.team.team_rows import team
from coder.workflows.coding.planning import DONE
from coder.workflows.exchange.matching import MARKS, MarkMatch, Match, Matcher
from coder.workflows.study.attributes import public_attributes
from coder.workflows.study.coders import default_coder, enter, refuse_unknown_coder
from coder.workflows.study.naming_damage import names_damage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from coder.domain.progress import Progress
    from coder.domain.team.team_people import Person
    from coder.workflows.study.study import Study


@dataclass(frozen=True, slots=True)
class CodingImport:
    """What an import of codings did, or would do."""

    coders: tuple[str, ...]
    """The names of those whose codings they are."""
    added: int = 0
    changed: int = 0
    """Codings that stood already, on other words of the response."""
    standing: int = 0
    """Codings that stood already and were left alone."""
    responses: int = 0
    """Responses with at least one coding of the file."""
    confirmed: int = 0
    """Responses that became done."""
    on_non_responses: int = 0
    """Codings of texts that the study takes for no answer; they are kept, and count."""
    warnings: tuple[str, ...] = ()


@names_damage
def import_codings(
    study: Study,
    path: Path,
    *,
    coder_id: str | None = None,
    encoding: str | None = None,
    adds_people: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> CodingImport:
    """Take the codings of a file into the study: all of them, or none.

    Each coder's codings are one step of theirs, so that undo takes them back. Responses that receive
    a coding become done, unless the file says itself which are.

    Args:
        study: The study.
        path: CSV, TSV or JSON; see `read_coding_file`.
        coder_id: Whose codings they are; among several coders in the file, the one to take.
        encoding: Of a CSV or TSV file; None: it is found out.
        adds_people: Whether coders who are nobody of the team join it by this; those of a file for a study
            on which nobody has worked join it in any case.
        dry_run: Whether to check and count alone.
        progress: Called with rows matched and their total; may raise to give up.

    Raises:
        UnknownPersonError: It names coders who are nobody of the team.
        CoderError: The file has faults, all of which are listed, or several coders and none of them
            is `coder_id`.
        ReadOnlyError: The study can only be read.
    """
    if not dry_run:
        refuse_changes(study.database)
    file = _of_coder(read_coding_file(path, encoding), coder_id, path.name)
    matcher = Matcher(study, coder_id or default_coder())
    matches = matcher.rows(file.rows, progress)
    marks = matcher.marks(file.marks) if file.marks is not None else None
    matcher.check(path.name)
    people_of_team = team(study.database)
    if people_of_team.everybody and matcher.joining and not adds_people:
        raise _unknown(people_of_team, matcher.joining, path.name)
    people = tuple(dict.fromkeys(match.coder_id for match in (*matches, *(marks or ()))))
    total = CodingImport(
        tuple(map(Team([*people_of_team.everybody, *matcher.joining]).name_of, people)),
        responses=len({match.response.number for match in matches}),
        on_non_responses=len(
            {(m.response.number, m.theme_id, m.coder_id) for m in matches if not m.response.answered}
        ),
        warnings=tuple(matcher.warnings),
    )
    with study.database.transaction(passing=dry_run):
        for joining in () if dry_run else matcher.joining:
            enter(study.database, joining)
        for person in people:
            own_matches = [match for match in matches if match.coder_id == person]
            own_marks = None if marks is None else [mark for mark in marks if mark.coder_id == person]
            changes, total = _changes(study, person, own_matches, own_marks, total)
            if changes and not dry_run:
                log.append(study.database, person, f"import of {path.name}", changes)
    return total


def _unknown(people: Team, joining: Sequence[Person], name: str) -> UnknownPersonError:
    names = ", ".join(person.name for person in joining)
    msg = f"{name} holds codings of {names}: nobody of this study's team, which is {', '.join(people.names)}."
    near = [hint for person in joining if (hint := nearest(person.name, people.names))]
    hint = "Whose they are says --coder NAME; that they join the team says --add-coders."
    return UnknownPersonError(msg, " ".join([*near, hint]))


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


def _changes(
    study: Study,
    person: str,
    matches: Sequence[Match],
    marks: Sequence[MarkMatch] | None,
    total: CodingImport,
) -> tuple[list[Change], CodingImport]:
    """Return what one coder's codings change, and the account with them added to it."""
    old_spans = {
        (c.response, c.theme_id): write_spans(c.spans) for c in codings.all_codings(study.database, person)
    }
    changes = list(_theme_changes(matches, old_spans))
    fresh = sum(change.old is None for change in changes)
    total = replace(
        total,
        added=total.added + fresh,
        changed=total.changed + len(changes) - fresh,
        standing=total.standing + len({(m.response.number, m.theme_id) for m in matches}) - len(changes),
    )
    noted = _done_changes(study, person, matches) if marks is None else _mark_changes(study, person, marks)
    changes.extend(noted)
    done = sum(change.aspect == "done" for change in changes)
    return changes, replace(total, confirmed=total.confirmed + done)


def _theme_changes(matches: Iterable[Match], old_spans: dict[tuple[int, str], str]) -> Iterator[Change]:
    spans: dict[tuple[int, str], set[Span]] = {}
    first_matches: dict[tuple[int, str], Match] = {}
    for match in matches:
        key = (match.response.number, match.theme_id)
        spans.setdefault(key, set()).update(match.spans)
        first_matches.setdefault(key, match)
    for key, match in first_matches.items():
        new_spans = write_spans(tuple(spans[key]))
        if old_spans.get(key) != new_spans:
            yield Change(
                match.response.number,
                "theme",
                old_spans.get(key),
                new_spans,
                match.theme_id,
                match.origin,
                words_by=match.words_by if new_spans else "",
            )


def _done_changes(study: Study, person: str, matches: Iterable[Match]) -> Iterator[Change]:
    confirmed = codings.confirmed(study.database, person)
    for number in dict.fromkeys(match.response.number for match in matches):
        if number not in confirmed:
            yield Change(number, "done", None, DONE, origin="import")


def _mark_changes(study: Study, person: str, marks: Iterable[MarkMatch]) -> Iterator[Change]:
    # Of a mark that the file gives twice, the later stands.
    for mark in {(mark.response.number, mark.aspect, mark.theme_id): mark for mark in marks}.values():
        number = mark.response.number
        old_content = codings.current_value(study.database, person, number, mark.aspect, mark.theme_id)
        if old_content != mark.content:
            yield Change(number, mark.aspect, old_content, mark.content, mark.theme_id, "import")


@names_damage
def codings_as_csv(study: Study, coder_id: str | None = None) -> str:
    """Return the codings that stand, of one coder or of all, as CSV with one row a span."""
    return codings_csv(_records(study, coder_id))


@names_damage
def codings_as_json(study: Study, coder_id: str | None = None) -> str:
    """Return the codings and marks that stand, of one coder or of all, as JSON."""
    ids = {number: response_id for response_id, number in surveys.response_numbers(study.database).items()}
    people = team(study.database)
    marks = (
        MarkRecord(ids[number], people.name_of(person), aspect, theme_id, content)
        for number, person, aspect, theme_id, content in codings.all_marks(study.database, coder_id)
        if aspect in MARKS
    )
    return codings_json(study.settings.title, study.settings.note, _records(study, coder_id), marks)


@names_damage
def export_data_set(study: Study, folder: Path, coder_id: str | None = None) -> tuple[int, int]:
    """Write the coded data set: the responses somebody coded or confirmed, their themes, the codebook.

    Returns:
        How many responses were written, and how many answers were left out as not yet read.
    """
    database = study.database
    records = list(_records(study, coder_id))
    read = {record.response.number for record in records}
    read |= {mark.response for mark in codings.all_marks(database, coder_id) if mark.aspect == "done"}
    responses = [response for response in surveys.all_responses(database) if response.number in read]
    respondents = dict.fromkeys(response.respondent_id for response in responses)
    attributes = {
        respondent_id: surveys.respondent_attributes(database, respondent_id) for respondent_id in respondents
    }
    names = [attribute.name for attribute in public_attributes(study)]
    questions = [question.id for question in surveys.questions(database)]
    files = {
        "responses.csv": responses_csv(responses, names, attributes),
        "codes.csv": codes_csv(records),
        "themes.csv": themes_csv(study.codebook, questions),
    }
    write_data_set(folder, files)
    answers = sum(
        response.answered and response.number not in read for response in surveys.all_responses(database)
    )
    return len(responses), answers


def _records(study: Study, coder_id: str | None) -> Iterator[CodingRecord]:
    if coder_id is not None:
        refuse_unknown_coder(study.database, coder_id)
    responses = {response.number: response for response in surveys.all_responses(study.database)}
    people = team(study.database)
    for coding in codings.all_codings(study.database, coder_id):
        named = replace(coding, coder_id=people.name_of(coding.coder_id))
        yield CodingRecord(responses[coding.response], named, study.codebook.label(coding.theme_id))
