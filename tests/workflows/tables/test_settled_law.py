"""The rule `settled` counts what plain sets give, wherever codings are counted, quoted or written."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import TEXTS, small_study
from settled_layers import TEAM_WORK, TeamWork, work
from several_coders import PEOPLE

from coder.domain.tables.quotes import QuoteRequest
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.domain.team.settled_layer import SETTLED
from coder.store import codings, log, surveys
from coder.store.bases import base_sizes
from coder.store.cooccurrence import together
from coder.store.counts import net_counts, theme_counts
from coder.store.readings.counted_scope import counted_scope
from coder.store.readings.undecided_answers import undecided
from coder.store.saturation import saturation
from coder.store.scope import Scope
from coder.workflows.exchange.exchanging import export_data_set
from coder.workflows.reporting.quotes import quote_lists
from coder.workflows.tables.answers_behind import answers_behind
from coder.workflows.tables.codebook_counts import codebook_counts
from coder.workflows.tables.matrices import theme_matrix
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.workflows.study.study import Study

COUNTED = st.sampled_from([(), ("ann", "bo"), ("ann", "bo", "judge"), ("cy",)])
ANSWERED = {number for number, text in enumerate(sum(TEXTS, ()), start=1) if text not in ("", "-", "n/a")}


@pytest.fixture(scope="module")
def study() -> Iterator[Study]:
    """Make one study for all examples."""
    with TemporaryDirectory() as folder:
        made = small_study(Path(folder) / "study")
        yield made
        made.close()


def whose(responses: set[int]) -> set[int]:
    """Return whose answers these are: two boxes each."""
    return {(number + 1) // 2 for number in responses}


def on_answers(pairs: set[tuple[int, str]]) -> dict[str, set[int]]:
    """Map themes to the answers that they count on."""
    on: dict[str, set[int]] = defaultdict(set)
    for response, theme in pairs:
        on[theme].add(response)
    return on


@given(team=TEAM_WORK, coder_ids=COUNTED)
@settings(max_examples=80, deadline=None)
def test_themes_nets_pairs_and_bases_are_as_by_hand(
    study: Study, team: TeamWork, coder_ids: tuple[str, ...]
) -> None:
    """Now and at a step of the log: themes, nets, pairs, who has been read, and what is left out."""
    work(study, team)
    own = team.of(coder_ids)
    step = log.step_at(study.database, log.utc_now())
    on = on_answers(own.counted())
    for as_of in (None, step):
        scope = counted_scope(study.database, Scope(["Q1"], coder_ids, "settled", as_of))
        assert (scope.agreed == "settled") == own.is_of_several
        found = theme_counts(study.database, scope)
        assert {theme: tuple(count) for theme, count in found.items()} == {
            theme: (len(whose(numbers)), len(numbers)) for theme, numbers in on.items()
        }
        members = set().union(*(on.get(theme, set()) for theme in PEOPLE))
        nets = net_counts(study.database, scope, {"people": PEOPLE})
        assert {net: count.respondents for net, count in nets.items()} == (
            {"people": len(whose(members))} if members else {}
        )
        pairs = together(study.database, scope, 1)
        assert {pair.theme_ids: pair.both for pair in pairs} == {
            (first, second): len(on[first] & on[second])
            for first, second in combinations(sorted(on), 2)
            if on[first] & on[second]
        }
        if own.is_of_several:
            # There is one copy of the study, and nobody is trained.
            assert tuple(undecided(study.database, scope)) == (*own.undecided(), 0, 0)
            # A text that anybody took for an answer is one to everybody.
            answers = ANSWERED | {row[0] for row in team.chosen} | {row[0] for row in team.judged}
            unread = whose(answers - own.read())
            read = base_sizes(study.database, "read", scope._replace(only_read=True))[""]
            assert read == len(whose(answers) - unread)


@given(team=TEAM_WORK)
@settings(max_examples=40, deadline=None)
def test_whatever_counts_says_the_same(study: Study, team: TeamWork) -> None:
    """Tables, columns, the codebook's counts, the matrix, quotes and the answers behind are of one count."""
    work(study, team)
    on = on_answers(team.counted())
    counts = {theme: len(whose(numbers)) for theme, numbers in on.items()}
    request = TableRequest(subjects=("Q1",))
    (table,) = printed_tables(study, request)
    assert {row.key: row.respondents for row in table.rows} == counts
    (by_region,) = printed_tables(study, TableRequest(subjects=("Q1",), by="region"))
    totals = [place for place, column in enumerate(by_region.columns) if column.kind == "count"]
    assert {row.key: row.cells[totals[-1]].value for row in by_region.rows} == counts
    in_codebook = codebook_counts(study, "Q1")
    assert {theme: in_codebook[theme].respondents for theme in on if theme != "people"} == {
        theme: count for theme, count in counts.items() if theme != "people"
    }
    columns = {
        theme.theme_id: theme.cells for theme in theme_matrix(study).themes if theme.question_id == "Q1"
    }
    # A net's column is the union of its themes.
    assert {theme: sum(cell or 0 for cell in columns[theme]) for theme in on if theme != "people"} == {
        theme: count for theme, count in counts.items() if theme != "people"
    }
    for row in table.rows:
        behind = codings.matching(study.database, "ann", answers_behind(study, request, row, "", "Q1"))
        assert set(behind) == on[row.key]
    lists = quote_lists(study, "Q1", request=QuoteRequest(most=None, ids=True))
    ids = {response.id: response.number for response in surveys.all_responses(study.database)}
    quoted = {
        quotes.theme_id: {ids[quote.response_id] for quote in quotes.quotes}
        for quotes in lists
        if quotes.quotes
    }
    blank = {number for number, text in enumerate(sum(TEXTS, ()), start=1) if not text.strip()}
    assert quoted == {theme: numbers - blank for theme, numbers in on.items() if numbers - blank}
    scope = counted_scope(study.database, Scope(["Q1"], agreed="settled"))
    assert {arrival.theme_id for arrival in saturation(study.database, scope).arrivals} == on.keys()


@given(team=TEAM_WORK)
@settings(max_examples=25, deadline=None)
def test_a_data_set_holds_what_counts(study: Study, team: TeamWork) -> None:
    """Its codes are the themes that count, each by whoever decided on them."""
    work(study, team)
    with TemporaryDirectory() as folder:
        export_data_set(study, Path(folder) / "set")
        with (Path(folder) / "set" / "codes.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        with (Path(folder) / "set" / "responses.csv").open(encoding="utf-8", newline="") as file:
            responses = {row["response_id"] for row in csv.DictReader(file)}
    ids = {response.id: response.number for response in surveys.all_responses(study.database)}
    theme_ids = {theme.label: theme.id for theme in study.codebook}
    assert {(ids[row["response_id"]], theme_ids[row["theme"]]) for row in rows} == team.counted()
    if team.is_of_several:
        for row in rows:
            deciding = team.decides(ids[row["response_id"]])[1]
            assert row["coder"] in {"settled" if who == SETTLED else who for who in deciding}
        assert {ids[response_id] for response_id in responses} == team.read()


@given(team=TEAM_WORK)
@settings(max_examples=40, deadline=None)
def test_other_rules_know_the_layer_as_their_words_say(study: Study, team: TeamWork) -> None:
    """What was settled changes nothing of `any` and `all`; a consensus has it in place of adjudications."""
    work(study, team._replace(layer={}))
    plain = {agreed: theme_counts(study.database, Scope(["Q1"], agreed=agreed)) for agreed in ("any", "all")}
    work(study, team)
    assert {a: theme_counts(study.database, Scope(["Q1"], agreed=a)) for a in ("any", "all")} == plain
    consensus = theme_counts(study.database, Scope(["Q1"], agreed="consensus"))
    for theme in {theme for themes in team.layer.values() for theme in themes}:
        assert consensus[theme].mentions >= sum(theme in themes for themes in team.layer.values())


def test_one_coder_counts_and_reads_as_ever(study: Study) -> None:
    """Half-coded answers of the only coder count, no note speaks of coders, and no rule is named."""
    work(study, TeamWork({(1, "pay", "ann"), (3, "beds", "ann")}, {(1, "ann")}, set(), {}))
    tables = [
        printed_tables(study, TableRequest(subjects=("Q1",), options=TableOptions(agreed=agreed)))[0]
        for agreed in ("settled", "any")
    ]
    assert tables[0].rows == tables[1].rows
    assert tables[0].notes == tables[1].notes
    assert not any("settled" in note or "Codings of" in note for note in tables[0].notes)


def test_the_notes_say_what_is_left_out(study: Study) -> None:
    """How many answers with how many themes are not settled, and that half-coded ones count for nothing."""
    chosen = {(1, "pay", "ann"), (1, "beds", "bo"), (1, "money", "bo"), (2, "pay", "ann")}
    chosen |= {(3, "pay", "bo")}
    work(study, TeamWork(chosen, {(1, "ann"), (1, "bo"), (2, "ann"), (2, "bo")}, set(), {}))
    (table,) = printed_tables(study, TableRequest(subjects=("Q1",)))
    text = "\n".join(table.notes)
    assert "2 answers with 4 themes not settled" in text
    assert "1 answer has themes of coders who have not finished it: these count for nothing." in text
    assert not table.rows


@pytest.mark.parametrize(
    ("agreed", "warning"),
    [
        ("all", "Warning: 1 answer with themes was finished by some of these coders alone"),
        ("any", "Warning: on 1 answer themes count that others who finished it left out."),
        ("consensus", "Warning: 1 answer was finished by two coders who differ"),
        ("all", "Warning: on 1 answer the team, or an adjudication, settled otherwise"),
    ],
)
def test_a_rule_that_does_not_fit_is_warned_of(study: Study, agreed: str, warning: str) -> None:
    """Where only a part is coded twice, where people differ, and where something was settled otherwise."""
    chosen = {(1, "pay", "ann"), (2, "pay", "ann"), (2, "pay", "bo"), (3, "beds", "ann"), (3, "beds", "bo")}
    done = {(1, "ann"), (2, "ann"), (2, "bo"), (3, "ann"), (3, "bo")}
    team = TeamWork(chosen | {(2, "beds", "bo")}, done, set(), {3: frozenset()})
    work(study, team)
    options = TableOptions(agreed=agreed)  # type: ignore[arg-type]
    (table,) = printed_tables(study, TableRequest(subjects=("Q1",), options=options))
    assert any(note.startswith(warning) for note in table.notes), table.notes
