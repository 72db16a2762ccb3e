"""Tables: from the codings that stand (or stood) to what a report prints."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.study_settings import TableSetting
from coder.domain.tables.requests import FrequencyTable, TableBase, TableOptions
from coder.store import counts, surveys
from coder.store.database import one_moment
from coder.store.recoding import waiting_by_theme
from coder.tables.theme_rows import FrequencyRows, counted_themes, nets_of
from coder.tables.rare_themes import NOBODY, Joined, rare_themes
from coder.tables.theme_notes import Coverage, table_notes
from coder.workflows.tables.gathering import Counting, counting_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.domain.codebook import Theme
    from coder.domain.tables.requests import Counts
    from coder.store.counts import Count
    from coder.workflows.study.study import Study

DEFAULT = TableOptions()


def frequency_table(
    study: Study,
    question_id: str,
    options: TableOptions = DEFAULT,
    *,
    coder_ids: Sequence[str] = (),
    as_of: str | None = None,
) -> FrequencyTable:
    """Count who mentions each theme of a question.

    Args:
        study: The study.
        question_id: An open question of it, whatever the case.
        options: What to count and show.
        coder_ids: Whose codings; empty means anybody's.
        as_of: A date, a time, or a version of the codebook, as `past_of` reads it; the codings that stood
            then, under the codebook of that moment.

    Raises:
        CoderError: The study has no such question or coder, or `as_of` is no moment of it.
    """
    with one_moment(study.database):
        return table_of(study, counting_of(study, [question_id], options, coder_ids, as_of), options)


def table_of(study: Study, counting: Counting, options: TableOptions) -> FrequencyTable:
    """Count the themes of one or more questions; call it within one moment of the database."""
    sizes = counting.sizes()
    found = counting.themes()
    themes = themes_of(counting, found)
    nets = counting.unions(nets_of(counting.codebook, themes)) if options.nets else {}
    base = TableBase(options.base, counting.base_size(options.base, sizes), sizes.asked, sizes.answered)
    joined = _joined(counting, themes, found, nets, options)
    rows = FrequencyRows(counting.codebook, found, nets, base, options, joined)
    behind = Coverage(
        sizes.answers,
        sizes.unread,
        counting.coders,
        bool(counting.coder_ids),
        counting.when,
        0 if options.zeros else sum(theme.id not in found for theme in themes),
        len(joined.theme_ids),
        () if counting.when else _waiting(study, counting),
    )
    setting = setting_of(study, counting)
    names = " or ".join(filter(None, (", ".join(counting.question_ids[:-1]), counting.question_ids[-1])))
    notes = table_notes(names, study.settings.respondents, base, options, behind)
    return FrequencyTable(
        question_id=" + ".join(counting.question_ids),
        number=setting.number,
        title=setting.title,
        options=options,
        respondents_word=study.settings.respondents,
        base=base,
        rows=rows.nested(themes) if options.nets else rows.flat(themes),
        notes=tuple(filter(None, (study.settings.note, *setting.notes, *notes))),
    )


def _waiting(study: Study, counting: Counting) -> tuple[tuple[str, int], ...]:
    """Return what waits to be recoded: labels of themes, and how many of their codings."""
    found: Counter[str] = Counter()
    for question_id in counting.question_ids:
        found.update(waiting_by_theme(study.database, question_id))
    return tuple((counting.codebook.label(theme_id), times) for theme_id, times in sorted(found.items()))


def codings_of(table: FrequencyTable) -> int:
    """Return how many codings a table counts, one for each theme on each answer."""
    return sum(row.mentions for row in table.rows if row.kind != "net")


def themes_of(counting: Counting, found: Counts) -> list[Theme]:
    """Return the themes with rows in a table of some questions, in the codebook's order.

    Where two of several questions' themes have the same label, the label has its theme's question after it.
    """
    each = (counted_themes(counting.codebook, question_id, found) for question_id in counting.question_ids)
    themes = {theme.id: theme for themes in each for theme in themes}
    places = {theme.id: place for place, theme in enumerate(counting.codebook)}
    ordered = sorted(themes.values(), key=lambda theme: places.get(theme.id, len(places)))
    labels = Counter(theme.label for theme in ordered)
    return [_told_apart(theme) if labels[theme.label] > 1 else theme for theme in ordered]


def _told_apart(theme: Theme) -> Theme:
    return replace(theme, label=f"{theme.label} ({', '.join(theme.questions) or theme.id})")


def _joined(
    counting: Counting, themes: Iterable[Theme], found: Counts, nets: Counts, options: TableOptions
) -> Joined:
    if not options.other:
        return NOBODY
    rare = rare_themes(counting.codebook, themes, found, nets, options.other)
    return replace(rare, counts=counting.unions(rare.members))


def codebook_counts(study: Study, question_id: str | None) -> dict[str, Count]:
    """Count every theme and net as a table does, those without a coding left out.

    Args:
        study: The study.
        question_id: The question whose themes and answers are counted; None means all of them together.
    """
    tree = study.codebook.tree(question_id)
    members = {theme.id: study.codebook.members(theme.id) for theme, _ in tree}
    asked = [question_id] if question_id else [question.id for question in surveys.questions(study.database)]
    return counts.net_counts(study.database, asked, members)


def setting_of(study: Study, counting: Counting) -> TableSetting:
    """Return what `study.toml` says about the table of some questions."""
    first, *more = counting.questions
    if more:
        return TableSetting(" + ".join(counting.question_ids), title=f"{', '.join(counting.question_ids)}")
    for setting in study.settings.tables:
        if setting.what == first.id and not setting.by:
            return setting
    return TableSetting(first.id, title=first.label or first.id)
