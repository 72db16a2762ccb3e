"""What the commands on the people of a study do; loaded when one of them is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import DONE, ask, opened_study
from coder.cli.plain_output import say, show
from coder.cli.team import question_runs, round_runs
from coder.cli.team.copies_runs import COPIES_RUNS
from coder.cli.team.newcomers import who_acts
from coder.domain.log_moments import local_moment
from coder.errors import CancelledError
from coder.store.team.team_rows import events, rival_people, team
from coder.workflows.team.membership import (
    add_people,
    event_text,
    members,
    rename,
    retire,
)
from coder.workflows.team.people_merging import merge, merge_text, rehearse_merge
from coder.workflows.team.people_parting import part, parted_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Mapping

    from coder.workflows.team.membership import Membership


def _list(args: argparse.Namespace) -> int:
    study = opened_study(args.study)
    if args.history:
        people = team(study.database)
        show(
            f"{local_moment(event.at):%Y-%m-%d %H:%M}  {people.name_of(event.by)}: {event_text(event)}"
            for event in events(study.database)
        )
        return DONE
    memberships = members(study)
    if not memberships:
        say("Nobody has worked on this study yet. Who codes first joins the team.")
        return DONE
    show(_rows(memberships))
    for person, other in team(study.database).alike():
        say(f"'{person.name}' and '{other.name}' are two people. If they are one: coder team merge.")
        if person.name == other.name:
            say(f"To tell them apart in commands: {person.id} and {other.id}")
    for rivals in rival_people(study.database):
        say(str(rivals))
    return DONE


def _rows(memberships: list[Membership]) -> Iterator[str]:
    width = max(len("name"), *(len(member.person.name) for member in memberships))
    yield f"{'name':<{width}}  {'codings':>8}  {'done':>7}  latest"
    for member in memberships:
        latest = f"{local_moment(member.latest):%Y-%m-%d %H:%M}" if member.latest else "nothing yet"
        left = "  has left" if member.person.retired else ""
        name = f"{member.person.name:<{width}}"
        yield f"{name}  {member.codings:>8,}  {member.answers_done:>7,}  {latest}{left}"


def _add(args: argparse.Namespace) -> int:
    study = opened_study(args.study)
    people = add_people(study, args.names, who_acts(study, args))
    say(f"{', '.join(person.name for person in people)} can code now: coder code --coder NAME")
    return DONE


def _rename(args: argparse.Namespace) -> int:
    study = opened_study(args.study)
    person = rename(study, args.name, args.new_name, who_acts(study, args))
    say(f"{args.name} is called {person.name} now.")
    return DONE


def _merge(args: argparse.Namespace) -> int:
    study = opened_study(args.study)
    if not args.yes:
        say(merge_text(rehearse_merge(study, args.name, args.target)))
        if ask("Do it? [y/N] ").casefold() not in {"y", "yes"}:
            raise CancelledError
    say(merge_text(merge(study, args.name, args.target, who_acts(study, args))))
    return DONE


def _part(args: argparse.Namespace) -> int:
    study = opened_study(args.study)
    say(parted_text(part(study, args.name, who_acts(study, args))))
    return DONE


def _retire(args: argparse.Namespace) -> int:
    return _change(args, back=False)


def _bring_back(args: argparse.Namespace) -> int:
    return _change(args, back=True)


def _change(args: argparse.Namespace, *, back: bool) -> int:
    study = opened_study(args.study)
    person = retire(study, args.name, who_acts(study, args), back=back)
    text = "is back in the team." if back else "has left the team; what they coded stays."
    say(f"{person.name} {text}")
    return DONE


RUNS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "list": _list,
    "add": _add,
    "rename": _rename,
    "merge": _merge,
    "part": _part,
    "retire": _retire,
    "bring-back": _bring_back,
    **round_runs.RUNS,
    **question_runs.RUNS,
    **COPIES_RUNS,
}
"""What each command does."""
