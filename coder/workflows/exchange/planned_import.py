"""An import of codings once its rows are matched: whose they are, what it would change, and doing it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coder.domain.codings import Change
from coder.domain.grammar import counted, listed_few
from coder.domain.near_names import nearest
from coder.domain.team.team_people import Team, UnknownPersonError
from coder.errors import CoderError, OutdatedError
from coder.store import log, surveys
from coder.store.team.seeing import refuse_for_others
from coder.store.team.team_rows import team
from coder.workflows.exchange.earlier_imports import (
    brought_before,
    files_that_brought,
    import_label,
    refuse_unknown_file,
)
from coder.workflows.exchange.import_changes import (
    ImportChanges,
    Key,
    import_changes,
    statement,
)
from coder.workflows.study.coders import enter
from coder.workflows.study.finished_rounds import refuse_finished
from coder.workflows.study.old_themes import lineage_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from coder.domain.team.team_people import Person
    from coder.workflows.exchange.matching import MarkMatch, Match, Matcher
    from coder.workflows.study.study import Study

_KEPT_NAMED = 10


@dataclass(frozen=True, slots=True)
class CodingImport:
    """What an import of codings did, or would do."""

    coders: tuple[str, ...]
    """The names of those whose codings they are."""
    added: int = 0
    changed: int = 0
    """Codings that stood already, on other words of the response."""
    removed: int = 0
    """Codings that the file brought before, and does not hold any more."""
    standing: int = 0
    """Codings that stood already and were left alone."""
    responses: int = 0
    """Responses with at least one coding of the file."""
    confirmed: int = 0
    """Responses that became done."""
    opened: int = 0
    """Responses that are done no longer."""
    nothing_here: int = 0
    """Responses that were read with nothing in them, as the file says."""
    on_non_responses: int = 0
    """Codings of texts that the study takes for no answer; they are kept, and count."""
    kept: tuple[str, ...] = ()
    """What a coder has made, changed or taken off here, and the file says otherwise: each in words."""
    other_files: tuple[str, ...] = ()
    """The names of other files from which some of that came."""
    notes: tuple[str, ...] = ()
    """What became of themes that the file names."""
    trusted: str = ""
    """What was trusted without anything in the file that tells it; empty for most."""
    warnings: tuple[str, ...] = ()

    @property
    def needs_agreement(self) -> bool:
        """Whether something would go that stands."""
        return bool(self.removed or self.opened)


@dataclass(frozen=True, slots=True)
class CodingChoices:
    """What is done where a file and the study differ, and who is asked."""

    only_adds: bool = False
    """Nothing that stands is changed or taken away."""
    exactly: bool = False
    """The file is right also where a coder has worked here since."""
    replaced: str = ""
    """The name of another file whose codings it takes the place of."""
    by_text: bool = False
    """Codings go to the answers that have the texts which were coded, whatever their ids."""
    retired_too: bool = False
    """Codings with retired themes are taken as well."""
    encoding: str | None = None
    """Of a CSV or TSV file; None: it is found out."""
    who_is: Callable[[str, Team], Person | None] | None = None
    """Says which person of the team a name means that nobody has; None: a new one. Without it such a name is
    refused."""
    agreed: Callable[[CodingImport], bool] = lambda _: True
    """Says whether what an import would take away may go."""


AS_USUAL = CodingChoices()


class PlannedImport:
    """What a file holds, in the study's terms, and what taking it in changes.

    Args:
        study: The study.
        name: The file's name.
        matches: Its rows.
        marks: Its marks; None: the rows say which answers are done.
        choices: What is done where it and the study differ.
    """

    def __init__(
        self,
        study: Study,
        name: str,
        matches: Sequence[Match],
        marks: Sequence[MarkMatch] | None,
        choices: CodingChoices,
    ) -> None:
        self._study = study
        self._name = name
        self._matches = matches
        self._marks = marks
        self._choices = choices
        self._joining: list[Person] = []

    def name_people(self, joining: Sequence[Person], *, adds_people: bool) -> None:
        """Settle who the people are whom the file names and the team lacks.

        Raises:
            UnknownPersonError: Nobody says who they are.
        """
        people = team(self._study.database)
        if people.everybody and joining and not adds_people:
            if self._choices.who_is is None:
                raise _unknown(people, joining, self._name)
            meant = {person.id: self._choices.who_is(person.name, people) for person in joining}
            ids = {own_id: person.id for own_id, person in meant.items() if person is not None}
            self._matches = [replace(m, coder_id=ids.get(m.coder_id, m.coder_id)) for m in self._matches]
            if self._marks is not None:
                self._marks = [replace(m, coder_id=ids.get(m.coder_id, m.coder_id)) for m in self._marks]
            joining = [person for person in joining if person.id not in ids]
        self._joining = list(joining)

    def account(self, matcher: Matcher) -> CodingImport:
        """Return what the import would do.

        Raises:
            CoderError: The file holds nothing; it would code with retired themes, or change what a round of
                coding locks or hides; or it takes the place of a file that brought nothing.
        """
        if not self._people():
            msg = f"{self._name} holds no codings and no answer that was read: nothing is imported."
            raise CoderError(msg, "Below its header it needs a row for each coding, or for each answer read.")
        refuse_unknown_file(self._study.database, self._people(), self._choices.replaced)
        outcomes = self._outcomes()
        self._refuse_retired(outcomes)
        self._refuse_of_rounds(outcomes)
        kept = {person: outcome.kept for person, outcome in outcomes.items() if outcome.kept}
        others = {name for person, keys in kept.items() for name in self._files_of(person, keys)}
        matches = self._matches
        return CodingImport(
            tuple(map(self._name_of, outcomes)),
            added=_total(outcomes, old=False, new=True),
            changed=_total(outcomes, old=True, new=True),
            removed=_total(outcomes, old=True, new=False),
            standing=sum(key.aspect == "theme" for outcome in outcomes.values() for key in outcome.standing),
            responses=len({match.response.number for match in matches if match.theme_id}),
            confirmed=sum(outcome.count("done", old=False, new=True) for outcome in outcomes.values()),
            opened=sum(outcome.count("done", old=True, new=False) for outcome in outcomes.values()),
            nothing_here=len({match.response.number for match in matches if not match.theme_id}),
            on_non_responses=len(
                {(m.response.number, m.theme_id, m.coder_id) for m in matches if not m.response.answered}
            ),
            kept=tuple(self._in_words(kept)),
            other_files=tuple(sorted(others)),
            notes=tuple(matcher.themes.notes()),
            trusted=matcher.trusted(),
            warnings=tuple(matcher.warnings),
        )

    def carry_out(self, account: CodingImport) -> None:
        """Do the import, inside a transaction of the caller.

        Raises:
            OutdatedError: Somebody has worked on the study since what it would do was said.
        """
        outcomes = self._outcomes()
        if _total(outcomes, old=True, new=False) != account.removed:
            msg = "Somebody has coded since it was worked out what the import would take away."
            raise OutdatedError(msg, "Import the file again.")
        for person in self._joining:
            enter(self._study.database, person)
        label = import_label(self._name, self._choices.replaced)
        self._refuse_of_rounds(outcomes)
        for coder_id, outcome in outcomes.items():
            if outcome.changes:
                log.append(self._study.database, coder_id, label, outcome.changes)

    def _people(self) -> list[str]:
        coder_ids = [match.coder_id for match in self._matches]
        return list(dict.fromkeys([*coder_ids, *(mark.coder_id for mark in self._marks or ())]))

    def _name_of(self, coder_id: str) -> str:
        return Team([*team(self._study.database).everybody, *self._joining]).name_of(coder_id)

    def _outcomes(self) -> dict[str, ImportChanges]:
        """Return for each coder what the import changes."""
        study, choices = self._study, self._choices
        merged_into = lineage_of(study).merged_into
        outcomes = {}
        for coder_id in self._people():
            marks = None if self._marks is None else [m for m in self._marks if m.coder_id == coder_id]
            said = statement([m for m in self._matches if m.coder_id == coder_id], marks)
            brought = brought_before(study.database, coder_id, self._name, choices.replaced, merged_into)
            standing = _standing(study, coder_id)
            outcome = import_changes(
                said, brought, standing, only_adds=choices.only_adds, exactly=choices.exactly
            )
            outcome.changes += _marks_that_go(outcome.changes, standing)
            outcomes[coder_id] = outcome
        return outcomes

    def _files_of(self, coder_id: str, keys: Sequence[Key]) -> list[str]:
        files = files_that_brought(self._study.database, coder_id, keys)
        return [name for name in files if name != self._name]

    def _in_words(self, kept: Mapping[str, Sequence[Key]]) -> Iterator[str]:
        """Yield what stays as its coder left it."""
        numbers = surveys.response_numbers(self._study.database) if kept else {}
        ids = {number: response_id for response_id, number in numbers.items()}
        for coder_id, keys in kept.items():
            name = self._name_of(coder_id)
            for key in keys:
                theme = f": {self._study.codebook.label(key.theme_id)}" if key.theme_id else ""
                what = "" if key.aspect == "theme" else f" ({key.aspect})"
                yield f"{ids[key.response]}{theme}{what}, {name}"

    def _refuse_of_rounds(self, outcomes: dict[str, ImportChanges]) -> None:
        """Raise CoderError if rounds of coding lock what would change, or hide it from who is at work."""
        for coder_id, outcome in outcomes.items():
            responses = {change.response for change in outcome.changes}
            refuse_for_others(self._study.database, coder_id, responses)
            refuse_finished(self._study, coder_id, responses)

    def _refuse_retired(self, outcomes: dict[str, ImportChanges]) -> None:
        """Raise CoderError if answers would be given themes that are retired, unless that is wanted."""
        retired = {theme.id for theme in self._study.codebook if theme.status == "retired"}
        times = Counter(
            change.theme_id
            for outcome in outcomes.values()
            for change in outcome.changes
            if change.aspect == "theme" and change.old is None and change.theme_id in retired
        )
        if not times or self._choices.retired_too:
            return
        rows: dict[str, list[str]] = {}
        for match in self._matches:
            rows.setdefault(match.theme_id, []).append(match.where)
        lines = [
            f"{self._name}: '{self._study.codebook.label(theme_id)}' is retired, and no longer chosen:"
            f" {counted(number, 'coding')} with it would be new"
            f" ({listed_few(rows[theme_id], _KEPT_NAMED)})."
            for theme_id, number in times.items()
        ]
        hint = "Nothing was imported. Name themes in use; or take them all the same: --with-retired."
        raise CoderError("\n".join(lines), hint)


def _unknown(people: Team, joining: Sequence[Person], name: str) -> UnknownPersonError:
    names = ", ".join(person.name for person in joining)
    msg = f"{name} holds codings of {names}: nobody of this study's team, which is {', '.join(people.names)}."
    near = [hint for person in joining if (hint := nearest(person.name, people.names))]
    hint = "Whose they are says --coder NAME; that they join the team says --add-coders."
    return UnknownPersonError(msg, " ".join([*near, hint]))


def _total(outcomes: dict[str, ImportChanges], *, old: bool, new: bool) -> int:
    return sum(outcome.count("theme", old=old, new=new) for outcome in outcomes.values())


def _standing(study: Study, coder_id: str) -> dict[Key, str]:
    """Return what stands of a coder's work, as the log writes it."""
    rows = study.database.stream(
        """SELECT response, 'theme', theme, spans FROM coding WHERE coder = :coder
        UNION ALL SELECT response, aspect, theme, value FROM mark WHERE coder = :coder""",
        {"coder": coder_id},
    )
    return {Key(response, aspect, theme): content for response, aspect, theme, content in rows}


def _marks_that_go(changes: Sequence[Change], standing: dict[Key, str]) -> list[Change]:
    """Return the changes after which what was changed waits for nothing: no fresh look, no second one."""
    return [
        Change(change.response, aspect, standing[key], None, change.theme_id, "import")
        for change in changes
        if change.aspect == "theme"
        for aspect in (("recode", "kept") if change.new is None else ("kept",))
        if (key := Key(change.response, aspect, change.theme_id)) in standing
    ]
