"""Random studies with a row an answer, and their tables by what is known of answers, by pandas alone.

Nothing of the program is imported here: the rules are those of docs/tables.md, written a second time. Which
codings count is worked out by `recomputed_studies`.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd
from recomputed_studies import (
    NON_RESPONSES,
    NOT_STATED,
    THEMES,
    TOTAL,
    MadeStudy,
    Wanted,
    codebook_text,
    counted_codings,
    themes_under,
)

if TYPE_CHECKING:
    from pathlib import Path

MOODS, REGIONS = ("glad", "sad", "calm", ""), ("North", "South", "")
DAYS = pd.date_range("2025-11-03", "2026-02-20")
_KEY = ["respondent", "question", "item"]
_WORDS = ("beds", "nurses", "money", "waiting", "travel", "phone", "garden", "night", "crisis", "school")
BETWEEN = " \N{MIDDLE DOT} "


@dataclass(frozen=True)
class Part:
    """A column of a table, or all of it: which of its answers, and of whom."""

    answers: pd.DataFrame
    """Rows of the study's answers to the question."""
    everybody: set[str] | None
    """The respondents, where all of them were asked; None where only those who have such a row."""


def made_long_study(folder: Path, seed: int) -> MadeStudy:
    """Make a random study of one to three coders as files in a folder, with a row an answer."""
    draw = random.Random(1_000 + seed)  # noqa: S311 - studies are no secrets
    rows = []
    people = [f"R{number:03}" for number in range(1, draw.randint(12, 50))]
    weights = {person: draw.choice([f"{draw.uniform(0.2, 4):.3f}"] * 9 + ["", "0"]) for person in people}
    for person in people:
        region = draw.choice(REGIONS)
        for question, most in (("Q1", 4), ("Q2", 2)):
            for item in range(1, draw.randint(0, most) + 1):
                text = f"{' '.join(draw.sample(_WORDS, 4))} {person.lower()} {question} {item}"
                rows.append(
                    {
                        "respondent": person, "question": question, "item": item,
                        "text": text if draw.random() < 0.8 else draw.choice(NON_RESPONSES[1:]),
                        "region": region, "mood": draw.choice(MOODS), "wt": weights[person],
                        "day": "" if draw.random() < 0.1 else f"{draw.choice(DAYS):%Y-%m-%d}",
                    }
                )  # fmt: skip
    # Whatever is drawn, moods and days differ within somebody, so they are known of answers.
    first = {"respondent": "R000", "question": "Q1", "text": "first of all", "region": "North", "wt": "1.5"}
    rows += [
        {**first, "item": 1, "mood": "glad", "day": "2025-12-01"},
        {**first, "item": 2, "text": "beds at night", "mood": "sad", "day": "2026-01-05"},
    ]
    answers = pd.DataFrame(rows)
    names = {"respondent": "id", "text": "answer"}
    answers.drop(columns="item").rename(columns=names).to_csv(folder / "survey.csv", index=False)
    (folder / "codebook.yaml").write_text(codebook_text(), "utf-8")
    coders = ["ann", "bob", "cat"][: draw.randint(1, 3)]
    chosen, finished, lines = [], [], []
    for coder in coders:
        share_read, share_done = draw.uniform(0.4, 1), draw.uniform(0.5, 1)
        for answer in answers.itertuples():
            if (answer.text in NON_RESPONSES and draw.random() > 0.1) or draw.random() > share_read:
                continue
            key = {name: getattr(answer, name) for name in _KEY}
            themes = draw.sample(THEMES, draw.choice((0, 1, 1, 1, 2, 3)))
            done = not themes or draw.random() < share_done
            finished += [{**key, "coder": coder}] if done else []
            chosen += [{**key, "coder": coder, "theme": theme} for theme in themes]
            lines += [{**key, "coder": coder, "theme": theme, "done": int(done)} for theme in themes or [""]]
    columns = {"respondent": "respondent_id", "question": "question_id", "theme": "theme_id"}
    pd.DataFrame(lines).rename(columns=columns).to_csv(folder / "codings.csv", index=False)
    usable = {person: float(text) for person, text in weights.items() if float(text or 0) > 0} | {"R000": 1.5}
    return MadeStudy(
        folder / "survey.csv", folder / "codebook.yaml", folder / "codings.csv", answers,
        pd.DataFrame(chosen, columns=[*_KEY, "coder", "theme"]), usable if seed % 2 else {}, draw,
        pd.DataFrame(finished, columns=[*_KEY, "coder"]),
    )  # fmt: skip


def parts_of(study: MadeStudy, wanted: Wanted) -> dict[str, Part]:
    """Return the columns of a table by name, and the total: each has its answers, of whom it may be."""
    answers = study.answers
    conditions = [condition for condition in wanted.where.split(" ") if condition]
    of_answers = False
    for condition in conditions:
        name, _, right = condition.partition("=")
        denied = name.endswith("!")
        column = {"box": "item"}.get(name.rstrip("!"), name.rstrip("!"))
        answers = answers[answers[column].astype(str).isin(right.split(",")) != denied]
        of_answers = of_answers or column != "region"
    everybody = None if of_answers else set(answers["respondent"])
    to_question = answers[answers["question"] == wanted.question]
    parts = {TOTAL: Part(to_question, everybody)}
    if wanted.by:
        named = to_question.assign(column=_columns(to_question, wanted.by))
        for value, rows in named.groupby("column"):
            # Of respondents' own attributes all are asked, whatever they wrote.
            in_region = answers[answers["region"] == ("" if value == NOT_STATED else value)]
            asked = set(in_region["respondent"]) if wanted.by == "region" and not of_answers else None
            parts[str(value)] = Part(rows, asked)
    return parts


def _columns(answers: pd.DataFrame, by: str) -> pd.Series[str]:
    if by == "day.month":
        months = pd.to_datetime(answers["day"], errors="coerce").dt.strftime("%B %Y")
        return months.fillna(NOT_STATED)
    columns = [answers["item" if name == "box" else name].astype(str) for name in by.split(":")]
    named = [column.where(column != "", NOT_STATED) for column in columns]
    if len(named) == 1:
        return named[0]
    # Whoever lacks an attribute of their own is in no combination.
    crossed = named[0] + BETWEEN + named[1]
    return crossed.where(columns[0] != "") if by.startswith("region:") else crossed


def codings_in(study: MadeStudy, wanted: Wanted, part: Part) -> pd.DataFrame:
    """Return which themes count on the answers of a column."""
    codings = counted_codings(study, wanted).merge(part.answers[_KEY], on=_KEY)
    if wanted.base == "read":
        codings = codings[codings["respondent"].isin(_answered(study, part) - _unread(study, wanted))]
    return codings


def people_in(study: MadeStudy, wanted: Wanted, part: Part) -> set[str]:
    """Return the respondents whom percentages of a column are of."""
    rows = part.answers
    if wanted.base == "asked":
        return part.everybody if part.everybody is not None else set(rows["respondent"])
    if wanted.base == "coded":
        return set(codings_in(study, wanted, part)["respondent"])
    answered = _answered(study, part)
    return answered - _unread(study, wanted) if wanted.base == "read" else answered


def _answered(study: MadeStudy, part: Part) -> set[str]:
    return set(_answers_in(study, part)["respondent"])


def _answers_in(study: MadeStudy, part: Part) -> pd.DataFrame:
    """Return the rows that are answers: no non-responses, but such as somebody has coded."""
    rows = part.answers
    judged = study.chosen[_KEY].drop_duplicates().assign(is_judged=True)
    judged_rows = rows[_KEY].merge(judged, on=_KEY, how="left")["is_judged"].notna().to_numpy()
    return rows[~rows["text"].isin(NON_RESPONSES) | judged_rows]


def _unread(study: MadeStudy, wanted: Wanted) -> set[str]:
    """Return who has an answer that counts and that the one coder of the study has not finished."""
    answers = _answers_in(study, parts_of(study, replace(wanted, by=""))[TOTAL])
    finished = study.finished[_KEY].drop_duplicates().assign(is_done=True)
    is_done = answers[_KEY].merge(finished, on=_KEY, how="left")["is_done"].notna().to_numpy()
    return set(answers[~is_done]["respondent"])


def mentions_in(codings: pd.DataFrame, wanted: Wanted, theme: str) -> int:
    """Return the count of a theme or net among the codings of a column: of respondents a union, or a sum."""
    of_theme = codings[codings["theme"].isin(themes_under(theme))]
    return len(of_theme) if wanted.unit == "mentions" else of_theme["respondent"].nunique()


def share_in(study: MadeStudy, codings: pd.DataFrame, theme: str, base: set[str]) -> float | None:
    """Return the percentage of a base that mentions a theme or net in some codings; None of nobody."""
    who = set(codings[codings["theme"].isin(themes_under(theme))]["respondent"])
    weights = study.weights or dict.fromkeys(base, 1.0)
    whole = sum(weights.get(person, 0) for person in base)
    return 100 * sum(weights.get(person, 0) for person in base & who) / whole if whole else None


def effective_base_in(study: MadeStudy, base: set[str]) -> float:
    """Return Kish's effective base: (sum of weights) squared over the sum of their squares."""
    weights = [study.weights.get(person, 0.0) for person in base]
    squares = sum(weight**2 for weight in weights)
    return sum(weights) ** 2 / squares if squares else 0.0
