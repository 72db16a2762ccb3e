"""What the reader of a coded data set should know: what was left out of it, and what looks odd in it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coder.domain.grammar import counted, listed_few
from coder.domain.near_names import fold_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from coder.domain.codebook import Theme
    from coder.domain.data_sets import CodedDataSet, CodedResponse, DataSetPart

_MANY = 5


def data_set_notes(
    data_set: CodedDataSet,
    responses: Mapping[str, CodedResponse],
    choices: Mapping[str, Collection[str]],
    unlisted: Sequence[Theme],
) -> Iterator[str]:
    """Yield the notes on a data set.

    Args:
        data_set: What was kept of it.
        responses: All that its files hold, by id.
        choices: The coders of each coded response.
        unlisted: The themes that are used but not listed.
    """
    if unlisted:
        names = [_named(theme) for theme in unlisted]
        yield f"Themes used but not listed in themes.csv ({len(names)}): {_some(names)}."
    yield from _questions(data_set, responses.values())
    yield from _coders(data_set, choices)
    bare = sum(response.answered and not response.theme_ids for response in data_set.responses)
    if bare:
        yield f"{counted(bare, 'response')} without a coding: taken for answers in which no theme is."
    yield from _no_answers(data_set)
    examples = {fold_name(example) for theme in data_set.codebook for example in theme.examples}
    answers = (response for response in data_set.responses if response.answered)
    if quoted := sum(fold_name(answer.text) in examples for answer in answers):
        yield f"{counted(quoted, 'response')} given as an example in themes.csv: zero-shot figures flatter."
    splits = {response.id: response.split for response in data_set.responses}
    if any(splits.values()):
        yield from _split(data_set, splits)


def _questions(data_set: CodedDataSet, responses: Iterable[CodedResponse]) -> Iterator[str]:
    counts: dict[str, int] = defaultdict(int)
    for response in responses:
        counts[response.question_id] += 1
    coded_questions = {response.question_id for response in data_set.responses}
    left_out = [question_id for question_id in counts if question_id not in coded_questions]
    if left_out:
        number = sum(counts[question_id] for question_id in left_out)
        names = _some([question_id or "(blank)" for question_id in left_out])
        yield f"Left out: {counted(number, 'response')} to questions in which nothing is coded: {names}."
    listed = dict.fromkeys(question_id for theme in data_set.codebook for question_id in theme.questions)
    if absent := [question_id for question_id in listed if question_id not in counts]:
        yield f"themes.csv lists themes for questions that no response is to: {_some(absent)}."


def _coders(data_set: CodedDataSet, choices: Mapping[str, Collection[str]]) -> Iterator[str]:
    if len(data_set.coder_ids) > 1:
        learned, compared, *left_out = data_set.coder_ids
        lost = sum(learned not in by_coder for by_coder in choices.values())
        yield f"Learned are the codings of {learned}; those of {compared} are held against them."
        if lost:
            yield f"Left out: {counted(lost, 'response')} that others coded and {learned} did not."
        if left_out:
            yield f"Left out: the codings of {_some(left_out)}."


def _no_answers(data_set: CodedDataSet) -> Iterator[str]:
    none = [response for response in data_set.responses if not response.answered]
    if none:
        coded = sum(bool(response.theme_ids) for response in none)
        texts = _some(list(dict.fromkeys(response.text.strip() or "(blank)" for response in none)))
        which = f"{counted(len(none), 'response')} without an answer, {coded:,} of them coded"
        yield f"Left out of learning curve and keys: {which}: {texts}."


def _split(data_set: CodedDataSet, splits: Mapping[str, DataSetPart]) -> Iterator[str]:
    neither = sum(not part for part in splits.values())
    if neither:
        yield f"split.csv puts {counted(neither, 'response')} neither in train nor in test."
    sides: dict[str, set[DataSetPart]] = defaultdict(set)
    for response in data_set.responses:
        sides[response.respondent_id].add(response.split)
    both = sum({"train", "test"} <= splits_of_respondent for splits_of_respondent in sides.values())
    if both:
        yield f"split.csv has answers of one respondent both in train and in test ({both:,} times)."


def _named(theme: Theme) -> str:
    return f"{theme.label} ({', '.join(theme.questions)})" if any(theme.questions) else theme.label


def _some(names: Sequence[str]) -> str:
    return listed_few(names, _MANY)
