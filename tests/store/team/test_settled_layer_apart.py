"""The settled layer stands where a coder does, and is nobody."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from report_study import ANN, BEDS, BOB, twice_coded

from coder.domain.codings import Change
from coder.domain.team.settled_layer import SETTLED, SETTLED_NAME
from coder.errors import CoderError
from coder.store import codings, log
from coder.store.checks import faults
from coder.store.methods_facts import origins
from coder.store.readings.read_by_coder import answers_read, coder_work, half_coded
from coder.store.readings.shared_readings import shared_readings
from coder.store.team import team_rows, workers
from coder.workflows.exchange.exchanging import codings_as_csv, codings_as_json
from coder.workflows.study.coders import checked_name, join
from coder.workflows.team.membership import members, rename

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Two people's codings, and nothing settled yet."""
    with closing(twice_coded(tmp_path / "study")) as opened:
        yield opened


def settle(study: Study) -> None:
    """Settle an answer on which the two differ: beds, as ann has it."""
    changes = [
        Change(BEDS, "theme", None, "", "beds", "adjudication"),
        Change(BEDS, "done", None, "1"),
        Change(BEDS, "flag", None, "1"),
    ]
    with study.database.transaction():
        log.append_entry(study.database, log.Entry(SETTLED, "settled", by_person="cy"), changes)


def told(study: Study) -> list[object]:
    """Return all that lists, counts or compares people, or is read as theirs."""
    database = study.database
    return [
        workers.people_at_work(database),
        workers.coders_with_codings(database),
        workers.coders_of(database, "Q1"),
        [member.person.name for member in members(study) if member.answers_done],
        coder_work(database),
        answers_read(database),
        half_coded(database, "Q1"),
        shared_readings(database, "Q1", [ANN, BOB]),
        origins(database),
        list(codings.all_codings(database)),
        list(codings.all_marks(database)),
        codings.codings_of(database, BEDS),
        codings_as_csv(study),
        codings_as_json(study),
    ]


def test_what_is_settled_is_nobodys(study: Study) -> None:
    """People are listed, counted, compared and exported as before; who settled joins them."""
    before = told(study)
    settle(study)
    assert told(study) == before
    assert {person.id for person in team_rows.team(study.database).people} == {ANN, BOB, "cy"}
    assert workers.layers_with_codings(study.database)[SETTLED] == 1


def test_the_step_says_who_acted(study: Study) -> None:
    """The layer has a name for people, the step has the person, and the log is whole."""
    settle(study)
    assert study.name_of(SETTLED) == "settled"
    assert study.database.value("SELECT by_person FROM step WHERE coder = ?", (SETTLED,)) == "cy"
    assert faults(study.database) == []


@pytest.mark.parametrize(
    "name", [SETTLED, SETTLED_NAME, "Settled", " SETTLED ", "\uff53ettled", "settled\u200b"]
)
def test_nobody_can_be_called_so(study: Study, name: str) -> None:
    """Neither as the layer's id is written, nor by its name in another spelling; a round may be."""
    with pytest.raises(CoderError):
        join(study.database, name)
    with pytest.raises(CoderError):
        rename(study, ANN, name, ANN)
    assert {person.name for person in team_rows.team(study.database).people} == {ANN, BOB}


def test_who_tries_is_told_why(study: Study) -> None:
    """The message says what the name means; a name that holds it is one."""
    with pytest.raises(CoderError, match=r"what the team has settled is called 'settled'"):
        join(study.database, "Settled")
    assert join(study.database, "Settled Sam").name == "Settled Sam"
    assert checked_name("settled") == "settled"
