"""What `coder redact` does where nothing is named: it finds, and lists, asks on a screen, or takes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import DONE, coder_named, opened_study, path_of
from coder.cli.plain_output import has_terminal, say, show, steady_progress
from coder.cli.privacy.found_text import lines_by_kind, next_step, search_lines
from coder.cli.privacy.taken_text import NO_WAY_BACK, taken_line
from coder.cli.screen_opening import open_screen
from coder.domain.privacy.findings import Certainty
from coder.domain.privacy.removals import kind_called
from coder.errors import CoderError
from coder.formats.shared.text_in import read_utf8
from coder.workflows.exchange.survey_import import plan_import
from coder.workflows.privacy.finding import FindRequest, find_places
from coder.workflows.privacy.name_columns import names_in_columns
from coder.workflows.privacy.place_decisions import take_out_decided
from coder.workflows.study.coders import default_coder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from textual.screen import Screen

    from coder.workflows.privacy.finding import Found
    from coder.workflows.study.study import Study


def find(args: argparse.Namespace) -> int:
    """Find what gives people away, and list it, have somebody decide, or take out what is proved."""
    study = opened_study(args.study)
    request = FindRequest(
        kinds=tuple(kind_called(name) for name in args.kind or ()),
        own_names=_own_names(args.names),
        column_names=_column_names(args.names_from, args.column),
        with_guesses=not args.yes,
        with_spacy=not args.without_spacy,
    )
    if has_terminal() and not (args.show or args.yes or args.dry_run):
        _open_screen(study, request, args.by)
        return DONE
    search = find_places(study, request, steady_progress("Searching answer"))
    if search.remark:
        say(search.remark)
    if args.yes:
        return _take_out_proved(args, study, search)
    show(search_lines(search))
    say(next_step(args.study, search))
    return DONE


def _open_screen(study: Study, request: FindRequest, by: str | None) -> None:
    def redaction_screen(person_id: str) -> Screen[None]:
        from coder.tui.privacy.screen import RedactionScreen

        return RedactionScreen(study, person_id, request)

    open_screen(study, by, alone=redaction_screen)


def _take_out_proved(args: argparse.Namespace, study: Study, search: Found) -> int:
    listed_too = "name" in (args.kind or ()) and (args.names or args.names_from)
    places = [
        place
        for place in search.places
        if place.decision != "keep"
        and (place.finding.certainty is Certainty.PROVED or (listed_too and place.finding.kind == "name"))
    ]
    if not places:
        say("Nothing was found that its form proves; the others are for somebody to decide on.")
        return DONE
    show(lines_by_kind(places))
    if args.dry_run:
        say(NO_WAY_BACK)
        return DONE
    by = coder_named(study, args.by) or coder_named(study, default_coder()) or ""
    say(taken_line(take_out_decided(study, places, by)))
    return DONE


def _own_names(file: str | None) -> tuple[str, ...]:
    if file is None:
        return ()
    return tuple(line.strip() for line in read_utf8(path_of(file)).splitlines() if line.strip())


def _column_names(file: str | None, columns: Sequence[str] | None) -> tuple[str, ...]:
    """Return the names in columns of a survey's file."""
    if file is None:
        if columns:
            msg = "--column says which column of a file has the names."
            raise CoderError(msg, "Name the file as well: --names-from answers.xlsx --column Name")
        return ()
    if not columns:
        msg = "Which column of the file has the names is not said."
        raise CoderError(msg, "Say it: --names-from answers.xlsx --column Name")
    return names_in_columns(plan_import(path_of(file)).raw, columns)
