"""What the reader of a coded data set should know: what was left out of it, and what looks odd in it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coder.domain.near_names import fold_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from coder.domain.codebook import Theme
    from coder.domain.data_sets import CodedDataSet, CodedResponse, Part

_MANY = 5


def data_set_notes(
    data: CodedDataSet,
    responses: Mapping[str, CodedResponse],
    choices: Mapping[str, Collection[str]],
    unlisted: Sequence[Theme],
) -> Iterator[str]:
    """Yield the notes on a data set.

    Args:
        data: What was kept of it.
        responses: All that its files hold, by id.
        choices: The coders of each coded response.
        unlisted: The themes that are used but not listed.
    """
    if unlisted:
        names = [_named(theme) for theme in unlisted]
        yield f"Themes used but not listed in themes.csv ({len(names)}): {_some(names)}."
    yield from _questions(data, responses.values())
    yield from _coders(data, choices)
    bare = sum(response.answered and not response.theme_ids for response in data.responses)
    if bare:
        yield f"{_responses(bare)} without a coding: taken for answers in which no theme is."
    yield from _no_answers(data)
    examples = {fold_name(example) for theme in data.codebook for example in theme.examples}
    if known := sum(fold_name(response.text) in examples for response in data.responses if response.answered):
        yield f"{_responses(known)} given as an example in themes.csv: zero-shot figures flatter."
    parts = {response.id: response.part for response in data.responses}
    if any(parts.values()):
        yield from _split(data, parts)


def _questions(data: CodedDataSet, responses: Iterable[CodedResponse]) -> Iterator[str]:
    counts: dict[str, int] = defaultdict(int)
    for response in responses:
        counts[response.question_id] += 1
    kept = {response.question_id for response in data.responses}
    lost = [question_id for question_id in counts if question_id not in kept]
    if lost:
        number = sum(counts[question_id] for question_id in lost)
        names = _some([question_id or "(blank)" for question_id in lost])
        yield f"Left out: {_responses(number)} to questions in which nothing is coded: {names}."
    asked = dict.fromkeys(question_id for theme in data.codebook for question_id in theme.questions)
    if absent := [question_id for question_id in asked if question_id not in counts]:
        yield f"themes.csv lists themes for questions that no response is to: {_some(absent)}."


def _coders(data: CodedDataSet, choices: Mapping[str, Collection[str]]) -> Iterator[str]:
    if len(data.coder_ids) > 1:
        first, second, *others = data.coder_ids
        lost = sum(first not in by_coder for by_coder in choices.values())
        yield f"Learned are the codings of {first}; those of {second} are held against them."
        if lost:
            yield f"Left out: {_responses(lost)} that others coded and {first} did not."
        if others:
            yield f"Left out: the codings of {_some(others)}."


def _no_answers(data: CodedDataSet) -> Iterator[str]:
    none = [response for response in data.responses if not response.answered]
    if none:
        coded = sum(bool(response.theme_ids) for response in none)
        texts = _some(list(dict.fromkeys(response.text.strip() or "(blank)" for response in none)))
        which = f"{_responses(len(none))} without an answer, {coded:,} of them coded"
        yield f"Left out of learning curve and keys: {which}: {texts}."


def _split(data: CodedDataSet, parts: Mapping[str, Part]) -> Iterator[str]:
    neither = sum(not part for part in parts.values())
    if neither:
        yield f"split.csv puts {_responses(neither)} neither in train nor in test."
    sides: dict[str, set[Part]] = defaultdict(set)
    for response in data.responses:
        sides[response.respondent_id].add(response.part)
    both = sum({"train", "test"} <= found for found in sides.values())
    if both:
        yield f"split.csv has answers of one respondent both in train and in test ({both:,} times)."


def _named(theme: Theme) -> str:
    return f"{theme.label} ({', '.join(theme.questions)})" if any(theme.questions) else theme.label


def _responses(number: int) -> str:
    return "1 response" if number == 1 else f"{number:,} responses"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MANY} more" if len(names) > _MANY else ""
    return f"{', '.join(names[:_MANY])}{more}"
