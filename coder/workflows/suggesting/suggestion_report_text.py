"""The report on suggestions as lines of text and as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from coder.domain.grammar import counted
from coder.workflows.suggesting.suggestion_report import suggestion_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.codebook import Codebook
    from coder.workflows.study.study import Study
    from coder.workflows.suggesting.suggestion_report import (
        RemainingWork,
        SuggestionQuality,
        SuggestionReport,
        Tally,
    )

_HEADINGS = ("shown", "accepted", "taken off", "passed over")
_UNSEEN = "chosen unseen"
_GAP = "  "
_AMONG_FIRST = {1: "first", 3: "among the first three", 9: "on a number key"}


def lines_for_coder(study: Study, coder_id: str, width: int) -> Iterator[str]:
    """Yield what became of the suggestions that a coder of a study saw, in lines of so many characters."""
    yield from report_lines(suggestion_report(study, coder_id), study.codebook, width)


def report_lines(report: SuggestionReport, codebook: Codebook, width: int = 100) -> Iterator[str]:
    """Yield what became of the suggestions that a coder saw, for a screen or a terminal.

    Args:
        report: The report.
        codebook: Has the themes' labels.
        width: Of a line, in characters.
    """
    yield f"Suggestions that {report.coder} saw at the first decision about an answer"
    sections = (
        ("Lately", _lately(report)),
        ("By place, of confirmed answers", _by_rank(report)),
        ("By theme", _by_theme(report, codebook, width)),
        ("Seconds from one answer done to the next, median", _paces(report)),
        ("Work left, at the pace so far", _remaining(report)),
        ("Languages of the answers, and what ranked last", [f"  {line}" for line in report.reading]),
    )
    for title, lines in sections:
        content = list(lines)
        if content:
            yield from ("", title, *content)
    yield ""
    yield f"Chosen on the coding screen with suggestions on it: {report.chosen_shown:,}"
    yield f"and without: {report.chosen_hidden:,}"


def report_json(report: SuggestionReport) -> str:
    """Return everything that the report holds as JSON."""
    content = {
        "coder_id": report.coder,
        "ranks": {rank: _tally_content(tally) for rank, tally in report.ranks.items()},
        "themes": {theme_id: _tally_content(tally) for theme_id, tally in report.themes.items()},
        "lately": [_quality_content(quality) for quality in report.lately],
        "hidden": _quality_content(report.hidden),
        "seconds": [asdict(pace) for pace in report.paces],
        "left": [{**asdict(remaining), "keys": remaining.keys} for remaining in report.remaining],
        "chosen_shown": report.chosen_shown,
        "chosen_hidden": report.chosen_hidden,
        "reading": list(report.reading),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _tally_content(tally: Tally) -> dict[str, int]:
    return {"shown": tally.on_screen, **asdict(tally)}


def _quality_content(quality: SuggestionQuality) -> dict[str, Any]:
    return {"answers": quality.answers, "chosen": quality.theme_count, "among_first": quality.among_first}


def _lately(report: SuggestionReport) -> Iterator[str]:
    most = 0
    for quality in report.lately:
        if quality.answers > most:
            yield from _quality(f"  The last {counted(quality.answers, 'answer')}", quality, "on them")
        most = max(most, quality.answers)
    if not most:
        yield "  No answer with suggestions on screen is confirmed yet."
    if report.hidden.answers:
        answers = counted(report.hidden.answers, "answer")
        hidden = f"  {answers} with suggestions hidden until the first choice"
        yield from _quality(hidden, report.hidden, "by then")


def _quality(answers: str, quality: SuggestionQuality, when: str) -> Iterator[str]:
    shares = [
        f"{share:.0%} {_AMONG_FIRST[k]}" for k, share in quality.among_first.items() if share is not None
    ]
    themes = counted(quality.theme_count, "theme")
    yield f"{answers}, {themes} chosen {when}{':' if shares else '.'}"
    if shares:
        yield f"    {', '.join(shares)}"


def _by_rank(report: SuggestionReport) -> Iterator[str]:
    if report.ranks:
        yield _row("place", 5, _HEADINGS)
    for rank, tally in report.ranks.items():
        yield _row(str(rank), 5, _cells(tally))


def _by_theme(report: SuggestionReport, codebook: Codebook, width: int) -> Iterator[str]:
    headings = (*_HEADINGS, _UNSEEN)
    room = width - len(_row("", 0, headings))
    labels = {theme_id: _cut(codebook.label(theme_id), room) for theme_id in report.themes}
    longest = max(map(len, labels.values()), default=0)
    if labels:
        yield _row("", longest, headings)
    for theme_id, tally in report.themes.items():
        yield _row(labels[theme_id], longest, (*_cells(tally), f"{tally.unseen:,}"))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _cells(tally: Tally) -> tuple[str, ...]:
    counts, total = (tally.accepted, tally.removed, tally.passed_over), tally.on_screen
    return (f"{total:,}", *(f"{count / total:.0%}" if total else "" for count in counts))


def _row(name: str, width: int, cells: tuple[str, ...]) -> str:
    columns = zip(cells, (*_HEADINGS, _UNSEEN), strict=False)
    return _GAP.join([f"{_GAP}{name:{width}}", *(f"{cell:>{len(heading)}}" for cell, heading in columns)])


def _paces(report: SuggestionReport) -> Iterator[str]:
    for pace in report.paces:
        keys = "by Space, with the first suggestion" if pace.takes_first else "by other keys"
        yield f"  {pace.median_seconds:.1f} {keys} ({counted(pace.answers, 'answer')})"


def _remaining(report: SuggestionReport) -> Iterator[str]:
    for remaining in report.remaining:
        yield f"  {remaining.question_id}: {_pace(remaining)}"


def _pace(remaining: RemainingWork) -> str:
    if not remaining.answers:
        return "done"
    repeats = f", {remaining.repeats:,} of which repeat another" if remaining.repeats else ""
    answers = f"{counted(remaining.answers, 'answer')} left{repeats}"
    if remaining.keys_an_answer is None:
        return answers
    of = f"the last {remaining.pace_of:,}" if remaining.pace_of > 1 else "the one"
    an_answer = f"{remaining.keys_an_answer:.1f} an answer, of {of} confirmed"
    return f"{answers}, about {remaining.keys:,} keys ({an_answer})"
