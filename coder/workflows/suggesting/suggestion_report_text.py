"""How good suggestions have been, in words and as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.codebook import Codebook
    from coder.workflows.suggesting.suggestion_report import Lately, Left, SuggestionReport, Tally

_COLUMNS = ("shown", "accepted", "taken off", "passed over")
_UNSEEN = "chosen unseen"
_GAP = "  "
_FIRST_WORDS = {1: "first", 3: "among the first three", 9: "on a number key"}


def report_lines(report: SuggestionReport, codebook: Codebook, width: int = 100) -> Iterator[str]:
    """Yield what became of the suggestions that a coder saw, for a screen or a terminal.

    Args:
        report: The report.
        codebook: Has the themes' labels.
        width: Of a line, in characters.
    """
    yield f"Suggestions that {report.coder_id} saw at the first decision about an answer"
    sections = (
        ("Lately", _lately(report)),
        ("By place, of confirmed answers", _by_rank(report)),
        ("By theme", _by_theme(report, codebook, width)),
        ("Work left, at the pace so far", _left(report)),
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
    content = asdict(report)
    for kind in ("ranks", "themes"):
        tallies = getattr(report, kind)
        content[kind] = {key: {"shown": tally.shown, **asdict(tally)} for key, tally in tallies.items()}
    content["left"] = [{**asdict(left), "keys": left.keys} for left in report.left]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _lately(report: SuggestionReport) -> Iterator[str]:
    told = 0
    for lately in report.lately:
        if lately.answers > told:
            yield from _found(f"  The last {_answers(lately.answers)}", lately, "on them")
        told = max(told, lately.answers)
    if not told:
        yield "  No answer with suggestions on screen is confirmed yet."
    if report.hidden.answers:
        hidden = f"  {_answers(report.hidden.answers)} with suggestions hidden until the first choice"
        yield from _found(hidden, report.hidden, "by then")


def _found(answers: str, lately: Lately, when: str) -> Iterator[str]:
    shares = [
        f"{share:.0%} {_FIRST_WORDS[k]}" for k, share in lately.among_first.items() if share is not None
    ]
    themes = "1 theme" if lately.chosen == 1 else f"{lately.chosen:,} themes"
    yield f"{answers}, {themes} chosen {when}{':' if shares else '.'}"
    if shares:
        yield f"    {', '.join(shares)}"


def _by_rank(report: SuggestionReport) -> Iterator[str]:
    if report.ranks:
        yield _row("place", 5, _COLUMNS)
    for rank, tally in report.ranks.items():
        yield _row(str(rank), 5, _cells(tally))


def _by_theme(report: SuggestionReport, codebook: Codebook, width: int) -> Iterator[str]:
    headings = (*_COLUMNS, _UNSEEN)
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
    parts = (tally.accepted, tally.removed, tally.passed_over)
    return (f"{tally.shown:,}", *(f"{part / tally.shown:.0%}" if tally.shown else "" for part in parts))


def _row(name: str, width: int, cells: tuple[str, ...]) -> str:
    columns = zip(cells, (*_COLUMNS, _UNSEEN), strict=False)
    return _GAP.join([f"{_GAP}{name:{width}}", *(f"{cell:>{len(heading)}}" for cell, heading in columns)])


def _left(report: SuggestionReport) -> Iterator[str]:
    for left in report.left:
        yield f"  {left.question_id}: {_pace(left)}"


def _pace(left: Left) -> str:
    if not left.answers:
        return "done"
    answers = f"{_answers(left.answers)} left"
    if left.keys_an_answer is None:
        return answers
    of = f"the last {left.pace_of:,}" if left.pace_of > 1 else "the one"
    return f"{answers}, about {left.keys:,} keys ({left.keys_an_answer:.1f} an answer, of {of} confirmed)"


def _answers(count: int) -> str:
    return "1 answer" if count == 1 else f"{count:,} answers"
