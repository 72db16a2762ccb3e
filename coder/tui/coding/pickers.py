"""The windows of the coding screen: what they offer, taken from the study."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args

from coder.domain.filters import Filter, ListShow
from coder.domain.near_names import fold_case
from coder.domain.reading_orders import ORDERS, Order
from coder.domain.text_patterns import is_pattern
from coder.store import codings, surveys
from coder.tui.coding.texts.status import SHOW_TEXTS
from coder.tui.kit.fitting import fact
from coder.tui.kit.theme_search import MEANT, best_themes, scored_themes
from coder.tui.kit.theme_text import NewTheme, theme_summary
from coder.tui.kit.windows.window_values import MOST, Option, Pick

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.codebook import Theme
    from coder.domain.responses import Response
    from coder.store.codings import ListCounts
    from coder.tui.coding.desk import Desk

FOUND = 100
_PROPOSED = "noted as a proposal: the codebook of a blind round stays as it began"
_PATTERN_HELP = "A regular expression, whatever the case: beds?, no|none, \\bpay\\b (the word alone), ^We."
MOST_COUNTED = 10_000
"""Answers of a question up to which choices have their counts: a window opens at once, whatever there is."""


@dataclass(frozen=True, slots=True)
class ThemeElsewhere:
    """A theme of other questions, to be used for this one too."""

    theme_id: str
    question_id: str
    """This one."""


PickedTheme = str | NewTheme | ThemeElsewhere
"""The id of a theme; or one that is to be made, or widened."""


def pick_theme(desk: Desk) -> Pick[PickedTheme]:
    """Return the window that finds a theme by its id, or makes a new one of what was typed.

    Themes of other questions come after those of this one, unless they are meant by name; a new one is the
    last, so that Enter makes none while something near exists.
    """
    question_id = desk.listing.question().id
    codebook, is_blind = desk.study.codebook, desk.study.database.sight.is_blind
    offered = codebook.offered(question_id)
    elsewhere = [t for t in codebook if t.codable and t.status == "active" and t not in offered]

    def here(theme: Theme) -> Option[PickedTheme]:
        chosen = "✓" if theme.id in desk.here.standing.spans else ""
        return Option(theme.label, theme.id, theme_summary(theme), chosen)

    def there(theme: Theme) -> Option[PickedTheme]:
        about = f"So far a theme of {', '.join(theme.questions)}. Chosen here it is one of {question_id} too."
        choice = ThemeElsewhere(theme.id, question_id)
        return Option(theme.label, choice, f"{about}\n{theme_summary(theme)}", "use it here too")

    def options(typed: str) -> Sequence[Option[PickedTheme]]:
        if not typed:
            return [here(theme) for theme in best_themes("", offered)[:MOST]]
        fitting = [(score, here(theme)) for score, theme in scored_themes(typed, offered)]
        fitting += [(score, there(theme)) for score, theme in scored_themes(typed, elsewhere)]
        # By the letters first, those of this question before others; then by what may be meant.
        fitting.sort(key=lambda pair: -min(pair[0], MEANT))
        matching = [option for _, option in fitting[:MOST]]
        if all(fold_case(theme.label) != fold_case(typed) for theme in offered):
            for question, where in ((question_id, f"for {question_id}"), (None, "for every question")):
                detail = f"A new theme {where}, {_PROPOSED if is_blind else 'written to codebook.yaml'}."
                matching.append(Option(f"+ new theme: {typed}", NewTheme(typed, question), detail, where))
        return matching

    hint = "part of a label, keyword or definition" if offered else "a name for the first theme"
    return Pick("Find a theme", options, placeholder=hint)


def pick_filter(desk: Desk) -> Pick[Filter]:
    """Return the window that chooses what is listed: each choice narrows it further, "all" begins anew.

    Anything typed can also be searched for.
    """
    from coder.tui.coding.listed.answer_filters import answer_filters

    answers = desk.listing.filter
    fixed = [(fold_case(option.label), option) for option in _fixed_filters(desk, answers)]
    fixed += answer_filters(desk.listing, with_counts=desk.progress.answers <= MOST_COUNTED)
    fixed += _of_attributes(desk, answers)

    def options(typed: str) -> Sequence[Option[Filter]]:
        typed_words = fold_case(typed).split()
        fitting = [option for text, option in fixed if all(word in text for word in typed_words)]
        if typed:
            fitting.append(Option(f"answers with “{typed}” in the text", replace(answers, text=typed)))
        if is_pattern(typed):
            matching = replace(answers, pattern=typed)
            fitting.append(Option(f"answers that match /{typed}/", matching, _PATTERN_HELP))
        return fitting

    return Pick("What to list", options, placeholder="a state, a theme, an attribute, or words to search for")


def _fixed_filters(desk: Desk, answers: Filter) -> list[Option[Filter]]:
    codebook = desk.study.codebook
    shows: tuple[ListShow, ...] = get_args(ListShow)
    counts = _counts(desk, answers)
    options = [
        Option(
            SHOW_TEXTS[show],
            answers.cleared() if show == "all" else replace(answers, show=show),
            note=f"{counts.shows[show]:,}" if counts else "",
        )
        for show in shows
        if show != "recode" or desk.waiting
    ]
    options += [
        Option(
            f"theme: {theme.label}",
            replace(answers, theme_ids=(theme.id,)),
            theme_summary(theme),
            f"{counts.themes.get(theme.id, 0):,}" if counts else "",
        )
        for theme in codebook.offered(answers.question_id or "")
    ]
    return options


def _of_attributes(desk: Desk, answers: Filter) -> Iterator[tuple[str, Option[Filter]]]:
    """Yield what lists those with one value of an attribute, each with the text that it is found by.

    That is what the attribute is called, which may be longer than its line, and its name in the survey.
    """
    respondents = desk.study.settings.respondents
    for attribute in desk.study.attributes:
        for attribute_value, count in surveys.attribute_values(desk.study.database, attribute.name)[:FOUND]:
            label = fact(attribute.title, attribute_value)
            in_full = f"{attribute.title}: {attribute_value}"
            narrowed = answers.having(attribute.name, attribute_value, title=attribute.label)
            detail = in_full if in_full != label else ""
            yield (
                fold_case(f"{in_full} {attribute.name}"),
                Option(label, narrowed, detail, f"{count:,} {respondents}"),
            )


def _counts(desk: Desk, answers: Filter) -> ListCounts | None:
    """Count what each choice would list; None where a key would have to wait for that."""
    if desk.progress.answers > MOST_COUNTED:
        return None
    return codings.list_counts(desk.study.database, desk.session.coder_id, answers)


def pick_order(desk: Desk) -> Pick[Order]:
    """Return the window that chooses the order of the list, with what each does to counts."""
    options = list(_orders(desk))
    at_present = next(
        (index for index, option in enumerate(options) if option.choice == desk.listing.arrangement.order), 0
    )

    def fitting(typed: str) -> Sequence[Option[Order]]:
        typed_words = fold_case(typed).split()
        return [option for option in options if all(word in fold_case(option.label) for word in typed_words)]

    return Pick("The order of the list", fitting, placeholder="an order, or a theme", cursor=at_present)


def _orders(desk: Desk) -> Iterator[Option[Order]]:
    by_theme = ORDERS["theme"]
    for kind, about in ORDERS.items():
        if kind != "theme":
            yield Option(about.name, Order(kind), f"{about.good_for}\n{about.estimates}")
    question_id = desk.listing.question().id
    counts = _counts(desk, Filter(question_id))
    for theme in desk.study.codebook.offered(question_id):
        detail = f"{by_theme.good_for}\n{by_theme.estimates}"
        note = f"{counts.themes.get(theme.id, 0):,} coded so far" if counts else ""
        yield Option(f"{by_theme.name}: {theme.label}", Order("theme", theme.id), detail, note)


def pick_response(desk: Desk) -> Pick[int]:
    """Return the window that finds a response by a part of its id."""

    def options(typed: str) -> Sequence[Option[int]]:
        question_id = desk.listing.question().id
        responses = surveys.find_responses(desk.study.database, typed, FOUND, question_id)
        return [Option(f"{r.id}  {r.text}", r.number, r.text, r.question_id) for r in responses]

    return Pick(
        "Go to",
        options,
        placeholder="part of a respondent's or response's id, as the list has it",
        nothing="No answer has that in its id. A blank box is no answer. Esc closes.",
    )


def pick_of_respondent(desk: Desk, response: Response) -> Pick[int]:
    """Return the window with everything a respondent answered."""
    database, codebook = desk.study.database, desk.study.codebook
    titles = desk.study.attribute_titles
    everything = surveys.responses_of(database, response.respondent_id)
    known = surveys.attributes_of(database, (answer.number for answer in everything))

    def option(answer: Response) -> Option[int]:
        themes = ", ".join(codebook.label(c.theme_id) for c in codings.codings_of(database, answer.number))
        facts = "\n".join(f"{titles[name]}: {text}" for name, text in known.get(answer.number, ()))
        detail = f"{answer.text}\n{'✓ ' + themes if themes else ''}\n{facts}"
        return Option(
            f"{answer.question_id}.{answer.item}  {answer.text or '(blank)'}", answer.number, detail
        )

    rows = [option(answer) for answer in everything]
    numbers = [answer.number for answer in everything]
    index = numbers.index(response.number) if response.number in numbers else 0

    def options(typed: str) -> Sequence[Option[int]]:
        return [row for row in rows if fold_case(typed) in fold_case(row.label)]

    return Pick(f"Everything from {response.respondent_id}", options, cursor=index)
