"""The data-flow statement of a study: what it holds of whom, where, who can read it, what leaves the machine.

It is made for an impact assessment (Article 35 of the GDPR): of what the program does it says what is so,
with how anybody can check it; what only the organisation knows stands at its end as questions.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, listed
from coder.domain.path_names import on_one_line
from coder.domain.privacy.data_flows import DataFlow, DataFlowPart, Grid
from coder.domain.study_settings import PROGRAMS_MODELS
from coder.domain.tables.reports import long_date
from coder.domain.texts.invisible import tidy
from coder.domain.texts.shell_quoting import joined
from coder.store.privacy.holdings import holdings
from coder.version import __version__
from coder.workflows.reporting.study_files import readers_of, study_files
from coder.workflows.study.surroundings.notices import surroundings
from coder.workflows.study.surroundings.remembering import memory_file
from coder.workflows.study.surroundings.studies_withdrawn_from import withdrawals_file
from coder.workflows.suggesting.download_consent import consent_file, is_agreed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from coder.domain.responses import Attribute
    from coder.store.privacy.holdings import Holdings
    from coder.workflows.study.study import Study

_KILO = 1024
_TO_ANSWER = (
    "Who is the controller, and who else decides about these data or is given them?",
    "For what purpose were the answers asked for, and what were respondents told of it?",
    "What is the lawful basis (Article 6)? Answers about health or care are special category data: which "
    "condition of Article 9 holds?",
    "Why is it necessary to keep words as they were written, and until when? (retain_until in study.toml)",
    "How do respondents object, withdraw or ask for what is held of them, and who sees to it?",
    "Is the disk of each machine encrypted, and who administers these machines?",
    "Where do backups of this folder go, how long are they kept, and who deletes from them what was "
    "taken out here?",
    "Who receives tables, quotes, reports and packs, and on what way?",
    "Who was consulted, and what does the data protection officer advise?",
)


def data_flow(study: Study, date: dt.date) -> DataFlow:
    """Return the data-flow statement of a study as it stands; nothing is changed by it.

    Args:
        study: The study.
        date: The day that stands in it.
    """
    held = holdings(study.database)
    return DataFlow(
        study.settings.title,
        date,
        f"{long_date(date)}, made with coder {__version__}",
        study.settings.note,
        (
            _about(study),
            _held(study, held),
            _stored(study),
            _outside(study),
            _leaving(study),
            _kept(study),
            _rights(),
            _safeguards(held),
            DataFlowPart("What the organisation has to add", points=_TO_ANSWER),
        ),
    )


def _about(study: Study) -> DataFlowPart:
    return DataFlowPart(
        "What this is about",
        (
            f"Open answers of a survey, from {study.settings.respondents}, are read by people who mark "
            "the themes in them against a codebook; the themes are counted into tables. The program runs "
            "on the machine of whoever codes. There is no server, no account and no cloud.",
            "What follows was read from the study as it is now. Nothing of the answers themselves stands "
            "in it.",
        ),
    )


def _held(study: Study, held: Holdings) -> DataFlowPart:
    attributes = _named(study, held.attributes)
    rows = [
        (f"{study.settings.respondents}", f"{held.respondents:,}", "an id, as the survey file gave it"),
        ("Answers with a text", f"{held.texts:,}", "word for word; names may stand in them"),
        ("Attributes", f"{len(attributes):,}", listed(attributes) if attributes else "none were imported"),
        *_known_of_answers(study, held),
        ("Codings that stand", f"{held.codings:,}", "themes on answers, with who chose them and when"),
        ("Memos and notes", f"{held.memos + held.notes:,}", "of those who code; they may quote answers"),
        ("Questions to the team", f"{held.questions:,}", "with what was answered; they may quote answers"),
        ("People who code", f"{len(held.people):,}", listed(held.people) if held.people else "nobody yet"),
        ("Steps of the log", f"{held.steps:,}", "what each of them did and when: data about staff"),
        ("Redactions", f"{held.redactions:,}", "times that words were taken out of answers for good"),
        (
            "Withdrawn",
            f"{held.withdrawn:,}",
            "of these the id, the day and the reason are kept, nothing else",
        ),
        ("Versions of the codebook", f"{held.versions:,}", "their examples may be words of answers"),
    ]
    return DataFlowPart(
        "What is held, and of whom", grid=Grid(("What", "How many", "Which"), rows, (25, 12, 63))
    )


def _known_of_answers(study: Study, held: Holdings) -> Iterator[tuple[str, str, str]]:
    of_answers = _named(study, held.answer_attributes)
    if of_answers:
        yield "Attributes of single answers", f"{len(of_answers):,}", listed(of_answers)


def _named(study: Study, attributes: Sequence[Attribute]) -> list[str]:
    """Return what attributes are called, and which of them are private."""
    private = set(map(tidy, study.settings.private))
    return [
        f"{attribute.title} (private: in no export)" if tidy(attribute.name) in private else attribute.title
        for attribute in study.labelled(attributes)
    ]


def _stored(study: Study) -> DataFlowPart:
    folder = Path(os.path.realpath(study.folder))
    frames = [table.frame for table in study.settings.tables if table.frame]
    rows = [(file.name, file.holds, _size(file.size), file.readers) for file in study_files(folder, frames)]
    notices = [f"{notice.message} {notice.advice}" for notice in surroundings(folder)]
    return DataFlowPart(
        "Where it is stored, and who can read it",
        (
            f"The study is the folder {on_one_line(folder)}. It can be entered by: "
            f"{readers_of(folder, folder.parent.stat().st_mode)}. Beyond these, whoever "
            "administers the machine, and whoever has a disk that is not encrypted.",
        ),
        Grid(("File", "What it holds", "Size", "Who can read it"), rows, (24, 42, 12, 22)),
        notices,
    )


def _outside(study: Study) -> DataFlowPart:
    return DataFlowPart(
        "What is kept outside this folder",
        points=(
            f"{on_one_line(memory_file())}: where studies lie of which something was told, so that it is "
            "told once. No answers.",
            f"{on_one_line(withdrawals_file())}: where studies lie from which somebody withdrew, so that "
            "an import of the same survey leaves them out. No answers, and nobody's name or id.",
            f"{on_one_line(consent_file())}: which models may be downloaded on this machine. No answers.",
            "A study that can only be read is opened from a copy in a folder of this user alone under "
            "the system's folder for temporary files, which is deleted when the program ends.",
            "What is shown on the screen can stay in the memory of the terminal program, and what is "
            "copied in the clipboard.",
            "What people write by themselves: tables, quotes, exports, reports, packs. Those in "
            f"{study.folder.name} are listed above; where others went the program does not know.",
        ),
    )


def _leaving(study: Study) -> DataFlowPart:
    return DataFlowPart(
        "What leaves the machine",
        (
            "Nothing. The program has no code that sends anything, asks for no updates and counts no "
            "use. Suggestions are worked out by a model on this machine, in a process of its own.",
            _download(study),
        ),
        points=(
            "Evidence: a test of the program (tests/faults/test_nothing_leaves.py) runs import, coding, "
            "suggestions, tables, report and exports and has the Python interpreter report each attempt "
            "to find a host or to reach one, in all processes that are started. There must be none.",
            "To check it here, on Linux: "
            f"{joined(['unshare', '--map-root-user', '--net', 'coder', 'code', str(study.folder)])} runs "
            "it on a machine without any network, where it works the same. Elsewhere: deny it the "
            "network in the firewall.",
        ),
    )


def _download(study: Study) -> str:
    model = study.settings.model
    if model in PROGRAMS_MODELS or Path(model).expanduser().is_dir():
        return "This study uses a model that is on this machine: nothing is fetched from outside either."
    if not study.settings.allow_download:
        return (
            f"This study names the model {model}. It is not fetched: allow_download is false in study.toml."
        )
    agreed = {True: "has agreed", False: "has refused", None: "has not been asked yet"}[is_agreed(model)]
    return (
        f"This study names the model {model} and allows that it is fetched from its hub; whoever uses "
        f"this machine {agreed}. Fetching sends the name of the model, and the address of the machine, to "
        "the hub: no answers, and nothing worked out from them."
    )


def _kept(study: Study) -> DataFlowPart:
    day = study.settings.retain_until
    limit = f"The answers may be kept until {day} (retain_until in study.toml)." if day else (
        "No last day is stated: retain_until in study.toml is empty."
    )  # fmt: skip
    return DataFlowPart(
        "How long it is kept, and how it is deleted",
        (
            f"{limit} From a month before, the program says so whenever the study is opened; it deletes "
            "nothing by itself.",
        ),
        points=(
            f"To delete the study: delete its folder, {on_one_line(study.folder.absolute())}, and empty "
            "the bin.",
            "Then what was made from it and lies elsewhere: copies of the folder, packs and bundles, "
            "exports, the survey file it was made from.",
            "Backups, synchronised copies, the history of a version control system and the blocks of a "
            "disk are out of the program's reach.",
        ),
    )


def _rights() -> DataFlowPart:
    return DataFlowPart(
        "Names in answers, and people who withdraw",
        points=(
            "coder redact looks for names, addresses and numbers in the answers, and takes out what a "
            "person decides on; coder redact --prove tells whether a text still stands anywhere in the "
            "study.",
            "coder withdraw takes out all that is held of a respondent. Their id, the day and the reason "
            "stay, and tables say how many have withdrawn.",
            "coder quotes and reports can mask what gives people away without changing the study (--mask).",
            "What is held of one respondent is seen by opening their answers, and in coder codings export.",
        ),
    )


def _safeguards(held: Holdings) -> DataFlowPart:
    people = agreeing(len(held.people), "one person", f"{len(held.people)} people")
    return DataFlowPart(
        "How it is kept safe",
        points=(
            "Every change is written to the disk before it is shown as saved, and kept in a log with who "
            f"did it and when; {people} {agreeing(len(held.people), 'is', 'are')} known to this study. A "
            "name is no proof of who was at the keyboard.",
            "coder check tells whether anything was lost, damaged or changed from outside.",
            "A new study can be read by its maker alone. Packs and bundles for others can be locked with "
            "a passphrase (age, by the library pyrage).",
            "Files from outside are read within limits of memory and time, spreadsheets in a process of "
            "their own; nothing in a study's folder is ever run as a program.",
            "Small numbers can be kept back from tables (--suppress), and attributes from all exports "
            "(private).",
            "No decision about anybody is made by the program: a suggestion counts for nothing until a "
            "person takes it.",
        ),
    )


def _size(size: int) -> str:
    if size < _KILO:
        return f"{size} bytes"
    return f"{size / _KILO:,.0f} kB" if size < _KILO**2 else f"{size / _KILO**2:,.1f} MB"
