"""Messages of the screen and the engine: each comes back as it was sent, and nothing else is taken."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.codings import Span
from coder.domain.engine_messages import (
    EngineEvent,
    EngineRequest,
    ExplainTheme,
    LearnCodings,
    OrderReady,
    RankingReady,
    SecondLookReady,
    SpansReady,
)
from coder.domain.ranking import RankedResponse, Suggestion
from coder.domain.reading_orders import Order
from coder.domain.second_look import Doubted
from coder.errors import CoderError
from coder.workflows.suggesting.message_codec import read_event, read_request, write_message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FINITE = st.floats(allow_nan=False, allow_infinity=False)
st.register_type_strategy(float, FINITE)
SPANS = st.dictionaries(st.text(), st.lists(st.from_type(Span)).map(tuple))
st.register_type_strategy(SpansReady, st.builds(SpansReady, spans=SPANS))

REQUESTS = st.one_of(*(st.from_type(kind) for kind in get_args(EngineRequest)))
EVENTS = st.one_of(*(st.from_type(kind) for kind in get_args(EngineEvent)))


@given(REQUESTS)
def test_requests_are_read_as_they_were_sent(request: EngineRequest) -> None:
    """Whatever the screen asks is one line, and arrives as the same value."""
    line = write_message(request)
    assert (line.count("\n"), line[-1]) == (1, "\n")
    assert read_request(line) == request


@given(EVENTS)
def test_events_are_read_as_they_were_sent(event: EngineEvent) -> None:
    """Whatever the engine says is one line, and arrives as the same value."""
    line = write_message(event)
    assert (line.count("\n"), line[-1]) == (1, "\n")
    assert read_event(line) == event


@given(REQUESTS, EVENTS)
def test_neither_end_takes_what_is_meant_for_the_other(request: EngineRequest, event: EngineEvent) -> None:
    """A request is no event, and an event no request."""
    with pytest.raises(CoderError):
        read_event(write_message(request))
    with pytest.raises(CoderError):
        read_request(write_message(event))


def broken(content: Any) -> Iterator[Any]:
    """Yield a parsed message with one fault, for each fault it can have at any depth."""
    if isinstance(content, dict):
        for name in content:
            others = {key: member for key, member in content.items() if key != name}
            yield others
            yield {**others, f"{name}s": content[name]}
            yield from ({**others, name: fault} for fault in broken(content[name]))
        yield {**content, "extra": 1}
        yield list(content.values())
    elif isinstance(content, list):
        for place, member in enumerate(content):
            yield from ([*content[:place], fault, *content[place + 1 :]] for fault in broken(member))
        yield dict(enumerate(content))
    else:
        yield from ([content], {"content": content}, None, [], {})
        yield from (wrong for wrong in (3, "x", True, 0.5) if not fits(wrong, content))


def fits(wrong: object, right: object) -> bool:
    """Tell whether a value is of another's type; a whole number may stand for one with a fraction."""
    return type(wrong) is type(right) or (type(wrong), type(right)) == (int, float)


RANKING = RankingReady(RankedResponse(3, "learned", (Suggestion("pay", 0.5), Suggestion("beds", 0.25))))
WHOLE: list[tuple[Callable[[str], object], EngineRequest | EngineEvent]] = [
    (read_request, LearnCodings(3, ("pay", "beds"), done=True)),
    (read_request, ExplainTheme(3, "pay")),
    (read_event, RANKING),
    (read_event, OrderReady("Q1", Order("theme", "beds"), (3, 2, 1))),
    (read_event, SecondLookReady("Q1", (Doubted(7, "pay", "wrong", 0.9, 0.1),))),
]


@pytest.mark.parametrize(("read", "message"), WHOLE)
def test_a_message_with_any_one_fault_is_refused(
    read: Callable[[str], object], message: EngineRequest | EngineEvent
) -> None:
    """A field that is missing, misnamed, too many, too deep or of a wrong type, at any depth."""
    content = json.loads(write_message(message))
    faults = list(broken(content))
    assert len(faults) > 10
    for fault in faults:
        with pytest.raises(CoderError):
            pytest.fail(f"taken: {fault} as {read(json.dumps(fault))}")


@pytest.mark.parametrize(
    "spans", [[[1]], [[1, 2, 3]], [[1, "2"]], [[1, 2.0]], [1, 2], [[True, 2]], "12", None]
)
def test_a_span_has_a_beginning_and_an_end(spans: object) -> None:
    """A span is two whole numbers, and nothing else."""
    content = {"message": "SpansReady", "response": 3, "spans": {"pay": spans}}
    with pytest.raises(CoderError):
        read_event(json.dumps(content))
    assert read_event(json.dumps({**content, "spans": {"pay": [[1, 2]]}})) == SpansReady(
        3, {"pay": (Span(1, 2),)}
    )


@pytest.mark.parametrize(
    "line",
    [
        "", "not json", "[]", "null", "12", '"RankResponses"', "{}", '{"message": null}', '{"message": []}',
        '{"message": "dance"}', '{"message": "__init__"}', '{"message": "CoderError"}', "\x00",
        '{"message": "RankResponses"' * 1000, "[" * 100_000, '{"a":' * 100_000, "1" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_message_is_refused(line: str) -> None:
    """Whatever a line holds, it is told in a sentence that does not repeat much of it."""
    for read in (read_request, read_event):
        with pytest.raises(CoderError) as caught:
            read(line)
        assert len(caught.value.message) < 200


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | FINITE | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_no_other_json_is_taken(content: object) -> None:
    """Anything that JSON can hold and that is no message is refused."""
    for read in (read_request, read_event):
        with pytest.raises(CoderError):
            read(json.dumps(content))
