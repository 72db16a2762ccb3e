"""Random studies as files, and their tables worked out from these files by pandas alone.

Nothing of the program is imported here: the rules are those of docs/tables.md, written a second time.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

Rule = Literal["any", "all", "settled"]
Base = Literal["answered", "asked", "coded", "read"]
Unit = Literal["respondents", "mentions"]

QUESTIONS = {"Q1": 3, "Q2": 1}
"""Open questions with their boxes."""
NOT_STATED, TOTAL = "Not stated", "Total"
NON_RESPONSES = ("", "n/a", "See above.")
_WORDS = ("beds", "nurses", "money", "waiting", "travel", "phone", "garden", "night", "crisis", "school")
_REGIONS = ("North", "East", "South", "West", "")
_SIZES = ("small", "large")
NETS = {"care": ("staff", "beds"), "place": ("roads", "homes", "parks")}
"""Nets with the themes under them; `care` may be chosen itself."""
THEMES = ("staff", "beds", "roads", "homes", "parks", "money", "other", "care")
CODABLE_NET = "care"


@dataclass(frozen=True)
class MadeStudy:
    """A random study as three files, and what they say."""

    survey: Path
    codebook: Path
    codings: Path
    answers: pd.DataFrame
    """A row an answer: respondent, question, item, text, region, size."""
    chosen: pd.DataFrame
    """A row a coding: respondent, question, item, coder, theme."""
    weights: dict[str, float]
    """The survey weight of each respondent who has one that counts; empty where the survey has none."""
    draw: random.Random
    """Goes on drawing by the study's seed."""
    finished: pd.DataFrame
    """A row an answer that a coder has finished: respondent, question, item, coder."""


@dataclass(frozen=True)
class Wanted:
    """What a table is asked for."""

    question: str
    unit: Unit = "respondents"
    base: Base = "answered"
    rule: Rule = "settled"
    by: str = ""
    where: str = ""
    coder: str = ""

    def options(self) -> list[str]:
        """Return it as the command line has it."""
        options = ["--question", self.question, "--count", self.unit, "--base", self.base]
        options += ["--coder", self.coder] if self.coder else ["--coders", self.rule]
        options += ["--by", self.by] if self.by else []
        return [*options, *(["--where", self.where] if self.where else [])]


def made_study(folder: Path, seed: int) -> MadeStudy:
    """Make a random study of one to three coders as files in a folder."""
    draw = random.Random(seed)  # noqa: S311 - studies are no secrets
    people = [f"R{number:03}" for number in range(1, draw.randint(8, 60))]
    rows = [_respondent(draw, person) for person in people]
    is_weighted = seed % 2 == 1
    for row in rows:
        row["wt"] = draw.choice([f"{draw.uniform(0.2, 4):.3f}"] * 9 + ["", "0", "-1.5"])
    wide = pd.DataFrame(rows)
    wide.to_csv(folder / "survey.csv", index=False)
    (folder / "codebook.yaml").write_text(codebook_text(), "utf-8")
    answers = pd.DataFrame(
        {
            "respondent": row["id"], "question": question, "item": item, "text": row[_column(question, item)],
            "region": row["region"], "size": row["size"],
        }
        for row in rows for question, boxes in QUESTIONS.items() for item in range(1, boxes + 1)
    )  # fmt: skip
    coders = ["ann", "bob", "cat"][: draw.randint(1, 3)]
    chosen, finished, lines = [], [], []
    for coder in coders:
        share_read, share_done = draw.uniform(0.3, 1), draw.uniform(0.5, 1)
        for answer in answers.itertuples():
            # Now and then somebody judges an "n/a" to be an answer, and codes it; never a blank.
            readable = answer.text not in NON_RESPONSES or (answer.text and draw.random() < 0.1)
            if not readable or draw.random() > share_read:
                continue
            key = {"respondent": answer.respondent, "question": answer.question, "item": answer.item}
            themes = draw.sample(THEMES, draw.choice((0, 1, 1, 1, 2, 3)))
            done = not themes or draw.random() < share_done
            finished += [{**key, "coder": coder}] if done else []
            chosen += [{**key, "coder": coder, "theme": theme} for theme in themes]
            lines += [{**key, "coder": coder, "theme": theme, "done": int(done)} for theme in themes or [""]]
    renamed = {"respondent": "respondent_id", "question": "question_id", "theme": "theme_id"}
    pd.DataFrame(lines).rename(columns=renamed).to_csv(folder / "codings.csv", index=False)
    key_columns = ["respondent", "question", "item", "coder"]
    return MadeStudy(
        folder / "survey.csv", folder / "codebook.yaml", folder / "codings.csv", answers,
        pd.DataFrame(chosen, columns=[*key_columns, "theme"]),
        {row["id"]: float(row["wt"]) for row in rows if is_weighted and float(row["wt"] or 0) > 0}, draw,
        pd.DataFrame(finished, columns=key_columns),
    )  # fmt: skip


def _respondent(draw: random.Random, person: str) -> dict[str, str]:
    row = {"id": person, "region": draw.choice(_REGIONS), "size": draw.choice(_SIZES)}
    for question, boxes in QUESTIONS.items():
        for item in range(1, boxes + 1):
            says = draw.random() < 0.75
            text = (
                f"{' '.join(draw.sample(_WORDS, 4))} {person.lower()}" if says else draw.choice(NON_RESPONSES)
            )
            row[_column(question, item)] = text
    return row


def _column(question: str, item: int) -> str:
    return f"{question}_{item}" if QUESTIONS[question] > 1 else question


def codebook_text() -> str:
    """Return the codebook of a random study, as a file has it."""
    parents = {theme: net for net, themes in NETS.items() for theme in themes}
    nets = [
        f"  - id: {net}\n    label: {net.title()}\n    codable: {str(net == CODABLE_NET).lower()}\n"
        for net in NETS
    ]
    themes = [
        f"  - id: {theme}\n    label: {theme.title()} theme\n"
        + (f"    parent: {parents[theme]}\n" if theme in parents else "")
        for theme in THEMES
        if theme not in NETS
    ]
    return f"title: Random\nthemes:\n{''.join(nets + themes)}"


_KEY = ["respondent", "question", "item"]


def counted_codings(study: MadeStudy, wanted: Wanted) -> pd.DataFrame:
    """Return which themes count on which answers: a row each, once."""
    chosen = study.chosen[study.chosen["question"] == wanted.question]
    finished = study.finished[study.finished["question"] == wanted.question]
    at_work = set(chosen["coder"]) | set(finished["coder"])
    if wanted.coder:
        chosen = chosen[chosen["coder"] == wanted.coder]
    elif wanted.rule == "all":
        agreed = chosen.groupby([*_KEY, "theme"])["coder"].transform("nunique")
        chosen = chosen[agreed == chosen["coder"].nunique()]
    elif wanted.rule == "settled" and len(at_work) > 1:
        readers = finished.groupby(_KEY)["coder"].nunique().rename("readers").reset_index()
        by_readers = chosen.merge(finished, on=[*_KEY, "coder"])
        votes = by_readers.groupby([*_KEY, "theme"])["coder"].nunique().rename("votes").reset_index()
        both = votes.merge(readers, on=_KEY)
        chosen = both[both["votes"] == both["readers"]]
    return chosen[[*_KEY, "theme"]].drop_duplicates()


def groups(study: MadeStudy, wanted: Wanted) -> dict[str, set[str]]:
    """Return the respondents of each column: those of each value, and all."""
    people = study.answers.drop_duplicates("respondent").set_index("respondent")
    if wanted.where:
        name, sign, text = re.split("(!?=)", wanted.where)
        people = people[people[name].isin(text.split(",")) == (sign == "=")]
    columns = {TOTAL: set(people.index)}
    if wanted.by:
        for attribute_value, members in people.groupby(wanted.by):
            columns[str(attribute_value) or NOT_STATED] = set(members.index)
    return columns


def base_of(study: MadeStudy, wanted: Wanted, members: set[str]) -> set[str]:
    """Return the respondents whom percentages of a column are of."""
    if wanted.base == "asked":
        return members
    if wanted.base == "coded":
        return members & set(counted_codings(study, wanted)["respondent"])
    answers = study.answers[study.answers["question"] == wanted.question]
    judged = study.chosen.merge(answers, on=_KEY)["respondent"]
    answered = set(answers[~answers["text"].isin(NON_RESPONSES)]["respondent"]) | set(judged)
    return members & answered


def themes_under(theme: str) -> set[str]:
    """Return the themes that a row counts: its own, and of a net those under it."""
    return {theme, *NETS.get(theme, ())}


def percent_of(study: MadeStudy, wanted: Wanted, theme: str, members: set[str]) -> float | None:
    """Return the share of a column's base that mentions a theme or net, weighted if the survey is.

    None where nobody could be counted.
    """
    base = base_of(study, wanted, members)
    codings = counted_codings(study, wanted)
    who = set(codings[codings["theme"].isin(themes_under(theme))]["respondent"])
    weights = study.weights or dict.fromkeys(base, 1.0)
    whole = sum(weights.get(person, 0) for person in base)
    return 100 * sum(weights.get(person, 0) for person in base & who) / whole if whole else None


def effective_base(study: MadeStudy, wanted: Wanted, members: set[str]) -> float:
    """Return Kish's effective base of a column: (sum of weights) squared over the sum of their squares."""
    weights = pd.Series([study.weights.get(person, 0.0) for person in base_of(study, wanted, members)])
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares else 0.0


def count_of(study: MadeStudy, wanted: Wanted, theme: str, members: set[str]) -> int:
    """Return the count of a theme or net in a column: of respondents a union, of mentions a sum."""
    codings = counted_codings(study, wanted)
    codings = codings[codings["theme"].isin(themes_under(theme)) & codings["respondent"].isin(members)]
    return len(codings) if wanted.unit == "mentions" else codings["respondent"].nunique()
