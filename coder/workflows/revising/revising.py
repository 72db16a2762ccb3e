"""Revising the codebook: see what a revision would do, do it in one step, take it back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.revising.decisions import Doubt, doubts
from coder.domain.revising.revision_text import summary
from coder.domain.revising.revisions import Revision
from coder.domain.revising.version_differences import Difference, compare
from coder.domain.tables.counts import Count
from coder.errors import CoderError, OutdatedError
from coder.store import codebook_versions, codings, counts, log, surveys
from coder.store.codebook_versions import Origin
from coder.store.database import rehearsal
from coder.store.scope import Scope
from coder.workflows.revising.typed_operations import option_of
from coder.workflows.study.codebook_file import (
    in_use,
    keep_promise,
    parsed,
    promise,
    read_source,
    refuse_edits,
    refuse_link,
)
from coder.workflows.study.revision_effects import Work, backward, forward, write_carried

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from coder.domain.codebook import Codebook
    from coder.domain.codings import Change
    from coder.store.codebook_versions import CodebookVersion
    from coder.workflows.study.study import Study

NOTHING = Count(0, 0)


class Touched(NamedTuple):
    """What of the coding a revision concerns."""

    codings: int
    answers: int
    respondents: int
    coder_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of a question's table before a revision and after it."""

    question_id: str
    theme_id: str
    label_before: str
    """Empty if the theme comes with the revision."""
    label_after: str
    """Empty if it goes."""
    before: Count
    after: Count

    @property
    def counted(self) -> bool:
        """Tell whether the row stands in a table, before or after."""
        return self.before != NOTHING or self.after != NOTHING

    @property
    def changed(self) -> bool:
        """Tell whether the row's label or numbers change."""
        return (self.label_before, self.before) != (self.label_after, self.after)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a revision would do. Nothing of it is written."""

    version: int
    """The version of the codebook that it was made against."""
    revision: Revision
    source: str
    """The text that codebook.yaml would have."""
    file: str
    """The text it had when the plan was made."""
    undoes: int | None = None
    """The version whose revision is taken back."""
    label: str = ""
    """What the revision does, in a line."""
    differences: tuple[Difference, ...] = ()
    touched: Mapping[str, Touched] = field(default_factory=dict)
    """Theme id to what of its coding changes or needs a fresh look."""
    rows: tuple[RowChange, ...] = ()
    """The rows whose label or numbers change, nets included."""
    to_recode: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Theme id to the codings of each coder that need a person."""
    doubts: tuple[Doubt, ...] = ()
    left: tuple[str, ...] = ()
    """Taking back: responses that were decided on since, and stay as they are."""

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to apply."""
        return self.revision.before == self.revision.after and not self.touched


def begin(study: Study) -> Revision:
    """Return the revision that people's edits of codebook.yaml make so far; operations can join it.

    Raises:
        CoderError: The file is missing or has faults.
    """
    return Revision(in_use(study).codebook, parsed(study, read_source(study)))


def plan(study: Study, revision: Revision) -> Plan:
    """Work out what a revision would do, by doing it and taking all of it back.

    Raises:
        CoderError: The revision makes no sound codebook, or another one came in between.
    """
    file = read_source(study)
    version = in_use(study)
    refuse_outdated(version, revision)
    return _rehearsed(study, Plan(version.number, revision, _written(file, revision.after), file))


def plan_undo(study: Study, number: int | None = None) -> Plan:
    """Work out what taking back a revision would do: one by its number, or the latest that stands.

    Raises:
        CoderError: There is no such revision, it is taken back already, something later stands on it,
            or codebook.yaml has edits that are not in use.
    """
    refuse_edits(study)
    undoes = codebook_versions.latest_standing(study.database) if number is None else number
    if undoes is None:
        msg = "No revision of the codebook stands that could be taken back."
        raise CoderError(msg, "See: coder codebook history")
    file = read_source(study)
    work = backward(study.database, undoes)
    source = _written(file, work.revision.after)
    return _rehearsed(study, Plan(in_use(study).number, work.revision, source, file, undoes))


def apply(study: Study, chosen: Plan, coder_id: str, reason: str = "") -> int:
    """Carry out a plan, all or nothing: the codebook, its file and the codings.

    Returns:
        The number of the codebook's new version.

    Raises:
        CoderError: Something must be decided first; the codebook was revised, its file edited or its
            themes coded with since, so that the plan is no longer true; codebook.yaml is a link that nobody
            has agreed to write through; or the study cannot be written.
    """
    _refuse_doubts(chosen)
    refuse_link(study)
    if read_source(study) != chosen.file:
        msg = "codebook.yaml was edited since the plan was made."
        raise OutdatedError(msg, "Make the plan anew: coder codebook plan")
    origin = Origin(log.utc_now(), coder_id, chosen.label, reason, undoes=chosen.undoes)
    with study.database.transaction():
        work = _work(study, chosen)
        _refuse_overtaken(study, chosen, work)
        number = _carry_out(study, work, chosen.source, origin)
        promise(study, chosen.file)
    study.codebook, study.version, study.waiting = work.revision.after, number, False
    keep_promise(study)
    return number


def refuse_outdated(version: CodebookVersion, revision: Revision) -> None:
    """Raise CoderError if a revision was made against another codebook than the one in use."""
    if version.codebook != revision.before:
        msg = f"The codebook was revised meanwhile: version {version.number} ({version.label}) by "
        msg += f"{version.coder_id} is in use."
        raise OutdatedError(msg, "Make the plan anew, against that: coder codebook plan")


def _refuse_doubts(chosen: Plan) -> None:
    if chosen.doubts:
        decisions = [decision for doubt in chosen.doubts for decision in doubt.decisions]
        options = [f"{option_of(decision)} ({decision.effect})" for decision in decisions]
        msg = " ".join(doubt.message for doubt in chosen.doubts)
        raise CoderError(msg, f"Decide: {'; '.join(options)}.")


def _refuse_overtaken(study: Study, chosen: Plan, work: Work) -> None:
    """Raise OutdatedError if codings made since leave something to decide, or need another codebook."""
    uses = codebook_versions.themes_in_use(study.database)
    undecided = chosen.undoes is None and doubts(chosen.revision, uses)
    if undecided or work.revision.after != chosen.revision.after:
        msg = "Themes that the plan concerns were coded with since it was made."
        raise OutdatedError(msg, "Make the plan anew: coder codebook plan")


def _written(file: str, after: Codebook) -> str:
    """Return the text of codebook.yaml, edited to say what a revision makes of the codebook."""
    from coder.formats.codebooks.yaml.editing import edited_text

    return edited_text(file, "codebook.yaml", after)


def _work(study: Study, chosen: Plan) -> Work:
    refuse_outdated(in_use(study), chosen.revision)
    if chosen.undoes is not None:
        return backward(study.database, chosen.undoes)
    return forward(study.database, chosen.revision)


def _carry_out(study: Study, work: Work, source: str, origin: Origin) -> int:
    database, after = study.database, work.revision.after
    carried = write_carried(work.revision.carried) if origin.undoes is None else {}
    number = codebook_versions.add_version(database, after, source, origin._replace(carried=carried))
    log.append_revision(database, number, origin.at, origin.label, work.changes)
    if origin.undoes is not None:
        codebook_versions.set_undone(database, origin.undoes)
    return number


def _rehearsed(study: Study, chosen: Plan) -> Plan:
    """Return a plan with what it would change: it is carried out, looked at, and taken back."""
    uses = codebook_versions.themes_in_use(study.database)
    label = _label(study, chosen)
    before, after = chosen.revision.before, chosen.revision.after
    with rehearsal(study.database):
        work = _work(study, chosen)
        then = _counts(study, before)
        _carry_out(study, work, chosen.source, Origin(log.utc_now(), "", label, undoes=chosen.undoes))
        now = _counts(study, after)
    return replace(
        chosen,
        label=label,
        differences=tuple(compare(before, after)),
        touched=_touched(study, work.changes),
        rows=tuple(_rows(before, after, then, now)),
        to_recode=_to_recode(work.changes),
        doubts=() if chosen.undoes else tuple(doubts(chosen.revision, uses)),
        left=tuple(_names(study, work.left)),
    )


def _label(study: Study, chosen: Plan) -> str:
    if chosen.undoes is None:
        return summary(chosen.revision)
    undone = codebook_versions.version(study.database, chosen.undoes)
    if undone is None:
        return f"take back revision {chosen.undoes}"
    what = f"take back revision {undone.undoes}" if undone.undoes else undone.label
    return f"take back revision {chosen.undoes} ({what})"


def _names(study: Study, numbers: Iterable[int]) -> Iterator[str]:
    for number in sorted(set(numbers)):
        found = surveys.response(study.database, number)
        yield found.id if found else str(number)


_Counts = dict[tuple[str, str], Count]


def _counts(study: Study, codebook: Codebook) -> _Counts:
    """Count every theme and net under a codebook: (question id, theme id) to its count."""
    members = {theme.id: codebook.members(theme.id) for theme in codebook}
    found: _Counts = {}
    for question in surveys.questions(study.database):
        counted = counts.net_counts(study.database, Scope([question.id]), members)
        found |= {(question.id, theme_id): count for theme_id, count in counted.items()}
    return found


def _rows(before: Codebook, after: Codebook, then: _Counts, now: _Counts) -> Iterator[RowChange]:
    order = [theme.id for theme in after] + [theme.id for theme in before if theme.id not in after]
    questions = dict.fromkeys(question_id for question_id, _ in (*then, *now))
    for question_id in questions:
        for theme_id in order:
            row = RowChange(
                question_id,
                theme_id,
                before.label(theme_id) if theme_id in before else "",
                after.label(theme_id) if theme_id in after else "",
                then.get((question_id, theme_id), NOTHING),
                now.get((question_id, theme_id), NOTHING),
            )
            if row.counted and row.changed:
                yield row


def _touched(study: Study, changes: Mapping[str, list[Change]]) -> dict[str, Touched]:
    found: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for coder_id, own in changes.items():
        for change in own:
            if change.aspect == "theme" or _begins_or_ends(change):
                found[change.theme_id].add((change.response, coder_id))
    touched = {}
    for theme_id, pairs in found.items():
        answers = {response for response, _ in pairs}
        people = tuple(sorted({coder_id for _, coder_id in pairs}))
        respondents = codings.respondents_of(study.database, answers)
        touched[theme_id] = Touched(len(pairs), len(answers), respondents, people)
    return touched


def _to_recode(changes: Mapping[str, list[Change]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for coder_id, own in changes.items():
        for change in own:
            if _begins_or_ends(change) and change.new is not None:
                found[change.theme_id][coder_id] += 1
    return {theme_id: dict(by_coder) for theme_id, by_coder in found.items()}


def _begins_or_ends(change: Change) -> bool:
    """Tell whether a coding comes before a person or no longer does; one that waits may get other choices."""
    return change.aspect == "recode" and (change.old is None or change.new is None)
