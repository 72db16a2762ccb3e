"""What is said when a study is opened: who has worked on it, and what waits."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from coder.store import surveys
from coder.store.team.workers import people_at_work
from coder.tui.coding.recode_queue import tell_waiting
from coder.tui.coding.texts.round_texts import round_text, rounds_waiting

if TYPE_CHECKING:
    from pathlib import Path

    from coder.tui.coding.contract import CodingView
    from coder.workflows.study.study import Study
    from coder.workflows.study.surroundings.remembering import News

GREETING_SECONDS = 12
_MOST_NAMED = 3
"""Questions that are not there so many are named of."""
_DAMAGED = "The study's database is damaged."
_EDITS_WAIT = "codebook.yaml has edits that concern codings. They wait: b, then p shows what they would do."


def edits_told(study: Study) -> str:
    """Return what is said where codebook.yaml is not the version of the codebook in use."""
    if study.file_fault and not study.read_only:
        return f"{study.differing_file} Themes cannot be made or changed meanwhile."
    return study.differing_file or _EDITS_WAIT


def greet(view: CodingView) -> bool:
    """Say so where a study is damaged or read only, only others worked on it, or something waits.

    Returns:
        Whether something was said.
    """
    desk = view.desk
    if unknown_ids := surveys.unknown_questions(desk.study.database):
        text = f"It holds answers to questions that it does not have: {', '.join(unknown_ids[:_MOST_NAMED])}."
        hint = "All that is wrong: coder check"
        view.tell(f"{text}\n{hint}", GREETING_SECONDS, warning=True, about=_DAMAGED)
        return True
    if desk.study.read_only:
        _greet_reader(view)
        return True
    if desk.study.file_fault:
        view.tell(edits_told(desk.study), GREETING_SECONDS, warning=True)
        return True
    if desk.study.import_remarks:
        view.tell("\n".join(desk.study.import_remarks), GREETING_SECONDS, warning=True)
        return True
    if text := desk.study.retention:
        view.tell(text, GREETING_SECONDS, warning=True)
        return True
    return _greet_coder(view)


def _greet_coder(view: CodingView) -> bool:
    desk, coder_id = view.desk, view.desk.person_id
    if text := round_text(desk) or rounds_waiting(desk):
        view.tell(text, GREETING_SECONDS)
        return True
    people = people_at_work(desk.study.database)
    if people and coder_id not in people:
        names = sorted(map(desk.study.name_of, people))
        own_name = desk.study.name_of(coder_id)
        text = f"{', '.join(names)} worked on this study; you are {own_name}, with codings of your own."
        hint = f"To go on with those of {names[0]}: coder code --coder {names[0]}"
        view.tell(f"{text} {hint}", GREETING_SECONDS)
        return True
    if tell_waiting(view):
        return True
    waits = edits_told(desk.study) if desk.study.edits_wait else desk.study.clashes
    if waits:
        view.tell(waits, GREETING_SECONDS)
    return bool(waits)


def _greet_reader(view: CodingView) -> None:
    """Say that the study can only be read, whose codings there are to see, and what differs."""
    desk, coder_id = view.desk, view.desk.person_id
    study, people = desk.study, people_at_work(desk.study.database)
    lines = [
        f"It is shown as it stood at {datetime.now().astimezone():%H:%M}; nothing can be changed here."
        f" To code it, copy {study.folder.absolute()} to a folder that you can write to."
    ]
    if people and coder_id not in people:
        names = sorted(map(study.name_of, people))
        lines.append(f"Codings of {', '.join(names)} are seen with: coder code --coder {names[0]}")
    lines += [study.differing_file] if study.differing_file else []
    view.tell("\n".join(lines), GREETING_SECONDS, about="This study is read only.")


def look_around(folder: Path) -> News:
    """Return what the coder has not been told yet of where a study lies and of copies of its files.

    It may take a while, so it is for a thread.
    """
    # Not at the top: nothing of this is for the first paint.
    from coder.workflows.study.surroundings import remembering

    return remembering.look_around(folder)


def tell_news(view: CodingView, news: News) -> None:
    """Tell what a look around has brought, once: what matters most, and how much more there is."""
    notices = news.notices
    foremost = next((notice for notice in notices if notice.is_fault), notices[0])
    more = len(notices) - 1
    hint = f"That and {more} more: coder check" if more else "What to do: coder check"
    view.tell(f"{foremost.brief} {hint}", GREETING_SECONDS)
    news.note_told()
