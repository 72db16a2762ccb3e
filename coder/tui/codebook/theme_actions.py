"""What the keys of the codebook screen do to themes: each makes a revision and proposes it."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import partial
from typing import TYPE_CHECKING

from coder.domain.codebook import Theme
from coder.domain.grammar import listed
from coder.domain.near_names import fold_name
from coder.errors import CoderError
from coder.tui.codebook.proposing import (
    begin,
    carry_out,
    get_ready,
    is_small,
    patiently,
    propose,
    show,
)
from coder.tui.kit.pick import Option, Pick
from coder.tui.kit.theme_search import best_themes
from coder.tui.kit.theme_text import NewTheme, theme_summary
from coder.workflows.revising import revising
from coder.workflows.revising.adding_themes import LONGEST_LABEL, new_theme
from coder.workflows.revising.operations import split_into

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coder.domain.codebook import Codebook
    from coder.tui.codebook.screen import CodebookScreen

_FEWEST_PARTS = 2
NO_NET = ""
"""Picked in place of a net: the theme lies under none."""


def edit(screen: CodebookScreen) -> None:
    """Edit the theme at the cursor in place."""
    from coder.tui.codebook.theme_form import ThemeForm

    row = screen.current()
    if row is None:
        return
    get_ready(screen)
    before = screen.study.codebook.find(row.theme.id)

    def edited(theme: Theme | None) -> None:
        if theme is not None:
            screen.guard(_change, screen, before, theme)

    check = partial(label_fault, screen.study.codebook)
    screen.app.push_screen(ThemeForm(f"Edit · {before.id}", before, check), edited)


def _change(screen: CodebookScreen, before: Theme, after: Theme) -> None:
    names = [field.name for field in fields(Theme)]
    changed = {name: getattr(after, name) for name in names if getattr(before, name) != getattr(after, name)}
    propose(screen, begin(screen).change(before.id, **changed), before.id)


def label_fault(codebook: Codebook, theme: Theme) -> str:
    """Return what is wrong with a theme's label in a codebook, or nothing."""
    if not theme.label:
        return "A theme needs a label."
    if len(theme.label) > LONGEST_LABEL:
        return f"A label has at most {LONGEST_LABEL} characters; what it means goes into the definition."
    for other in codebook:
        same = fold_name(other.label) == fold_name(theme.label) and other.status == "active"
        if same and other.id != theme.id and other.shares_question(theme):
            return f"'{other.label}' ({other.id}) has this label already, for the same question."
    return ""


def add(screen: CodebookScreen) -> None:
    """Add a theme after the one at the cursor."""
    from coder.tui.codebook.theme_form import ThemeForm

    get_ready(screen)
    row = screen.current()
    model = row.theme if row and row.theme.status == "active" else None
    questions = model.questions if model else (screen.question_id,) if screen.question_id else ()

    def added(theme: Theme | None) -> None:
        if theme is not None:
            screen.guard(_add, screen, theme, model)

    empty = Theme("", "", questions=questions, parent=model.parent if model else None)
    check = partial(label_fault, screen.study.codebook)
    title = f"A new theme for {listed(questions) or 'every question'}"
    screen.app.push_screen(ThemeForm(title, empty, check), added)


def _add(screen: CodebookScreen, theme: Theme, model: Theme | None) -> None:
    revision = begin(screen)
    like = model.id if model and model.id in revision.after else ""
    named = new_theme(revision, theme.label, theme.questions[0] if theme.questions else None, like)
    new = replace(theme, id=named.id, questions=named.questions, parent=named.parent)
    propose(screen, revision.add(new, like or None), new.id)


def chosen(screen: CodebookScreen) -> list[Theme]:
    """Return the themes that are marked, in the order of the tree; without marks the one at the cursor."""
    row = screen.current()
    marked = [row.theme for row in screen.tree_rows if row.theme.id in screen.marked]
    return marked or ([row.theme] if row else [])


def merge(screen: CodebookScreen) -> None:
    """Merge the marked themes, or the one at the cursor, into a theme that is picked."""
    merge_themes(screen, chosen(screen))


def merge_themes(screen: CodebookScreen, sources: Sequence[Theme]) -> None:
    """Merge themes into one of them, or into another one, or under a new name."""
    if not sources:
        return
    get_ready(screen)
    ids = [theme.id for theme in sources]
    own = [theme for theme in sources if theme.status == "active"] if len(sources) > 1 else []
    others = [theme for theme in _beside(screen, sources) if theme.id not in ids]

    def options(typed: str) -> Sequence[Option[str | NewTheme]]:
        found = [_option(theme, "marked; it stays") for theme in best_themes(typed, own)]
        found += [_option(theme) for theme in best_themes(typed, others)]
        if typed:
            found.append(Option(f"+ under a new name: {typed}", NewTheme(typed, None)))
        return found

    def picked(target: str | NewTheme | None) -> None:
        if target is not None:
            screen.guard(_merge, screen, ids, target)

    labels = ", ".join(theme.label for theme in sources)
    screen.app.push_screen(
        Pick(f"Merge {labels} · into", options, placeholder="a theme, or a new name"), picked
    )


def _beside(screen: CodebookScreen, themes: Sequence[Theme]) -> list[Theme]:
    """Return the themes of the tree that are in use and stand beside one of these on some question."""
    found = (row.theme for row in screen.tree_rows if row.theme.status == "active")
    return [theme for theme in found if any(theme.shares_question(other) for other in themes)]


def _option(theme: Theme, note: str = "") -> Option[str | NewTheme]:
    return Option(theme.label, theme.id, theme_summary(theme), note)


def _merge(screen: CodebookScreen, source_ids: Sequence[str], target: str | NewTheme) -> None:
    revision = begin(screen)
    if isinstance(target, NewTheme):
        new = new_theme(revision, target.label, like=source_ids[0])
        revision, target = revision.add(new, source_ids[0]), new.id
    sources = [each for each in source_ids if each != target]
    propose(screen, revision.merge(sources, target), target)


def split(screen: CodebookScreen) -> None:
    """Split the theme at the cursor into parts whose names are typed."""
    from coder.tui.codebook.names_window import Names

    row = screen.current()
    if row is None:
        return
    get_ready(screen)
    source = screen.study.codebook.find(row.theme.id)

    def named(names: Sequence[str] | None) -> None:
        if names is not None:
            screen.guard(_split, screen, source, names)

    text = f"The names of its parts, one a line; '{source.label}' itself may be one of them."
    say = partial(_parts, screen, source)
    screen.app.push_screen(Names(f"Split {source.label}", text, say), named)


def _parts(screen: CodebookScreen, source: Theme, names: Sequence[str]) -> tuple[str, bool]:
    """Say what the parts of a split are, and whether they will do."""
    pool = [theme for theme in screen.study.codebook if theme.shares_question(source)]
    # Of two with the same label, the one in use.
    pool.sort(key=lambda theme: theme.status == "active")
    beside = {fold_name(theme.label): theme for theme in pool}
    parts = [(name, beside.get(fold_name(name))) for name in names]
    lines = [f"  {name}: {_part(theme, source)}" for name, theme in parts]
    if len(parts) < _FEWEST_PARTS:
        return "\n".join([*lines, "Two parts at least."]), False
    return "\n".join(lines), all(theme is None or theme.status == "active" for _, theme in parts)


def _part(theme: Theme | None, source: Theme) -> str:
    if theme is None:
        return "a new theme"
    if theme.status == "retired":
        return f"✗ there is one ({theme.id}), and it is retired: bring it back first"
    return "goes on, narrower than before" if theme.id == source.id else f"there is one already ({theme.id})"


def _split(screen: CodebookScreen, source: Theme, names: Sequence[str]) -> None:
    revision = begin(screen)
    revision = split_into(revision, revision.after.find(source.id), names)
    propose(screen, revision, revision.carried.splits[0].parts[0])


def move(screen: CodebookScreen) -> None:
    """Move the marked themes, or the one at the cursor, under a net that is picked."""
    themes = chosen(screen)
    if not themes:
        return
    get_ready(screen)
    nets = _nets(screen, themes)

    def options(typed: str) -> Sequence[Option[str | NewTheme]]:
        found: list[Option[str | NewTheme]] = [_option(theme, note) for theme, note in nets(typed)]
        if typed:
            found.append(Option(f"+ under a new net: {typed}", NewTheme(typed, None)))
        return found if typed else [Option("(no net)", NO_NET), *found]

    def picked(net: str | NewTheme | None) -> None:
        if net is not None:
            screen.guard(_move, screen, [theme.id for theme in themes], net)

    labels = ", ".join(theme.label for theme in themes)
    screen.app.push_screen(Pick(f"Move {labels} · under", options, placeholder="a net, or a new one"), picked)


def _nets(screen: CodebookScreen, themes: Sequence[Theme]) -> Callable[[str], list[tuple[Theme, str]]]:
    """Return what finds the themes that these can lie under: nets first, each with what it is."""
    codebook = screen.study.codebook
    below = {theme_id for theme in themes for theme_id in codebook.members(theme.id)}
    pool = [theme for theme in _beside(screen, themes) if theme.id not in below]

    def found(typed: str) -> list[tuple[Theme, str]]:
        best = best_themes(typed, pool)
        nets = [(theme, "net") for theme in best if codebook.is_net(theme.id) or not theme.codable]
        return nets + [(t, "becomes a net") for t in best if not codebook.is_net(t.id) and t.codable]

    return found


def _move(screen: CodebookScreen, theme_ids: Sequence[str], net: str | NewTheme) -> None:
    revision = begin(screen)
    if isinstance(net, NewTheme):
        new = replace(new_theme(revision, net.label, like=theme_ids[0]), parent=None, codable=False)
        revision, net = revision.add(new, theme_ids[0]), new.id
    for theme_id in theme_ids:
        revision = revision.move(theme_id, net or None)
    propose(screen, revision, theme_ids[0])


def retire(screen: CodebookScreen) -> None:
    """Offer the theme at the cursor no longer; or again, if it is retired."""
    row = screen.current()
    if row is not None:
        revision, theme_id = begin(screen), row.theme.id
        retired = row.theme.status == "retired"
        propose(screen, revision.bring_back(theme_id) if retired else revision.retire(theme_id), theme_id)


def undo(screen: CodebookScreen) -> None:
    """Take back the latest revision that stands."""
    take_back(screen, None)


def take_back(screen: CodebookScreen, number: int | None) -> None:
    """Take back a revision; one made on this screen that touched no coding at once."""
    patiently(screen, _take_back, screen, number)


def _take_back(screen: CodebookScreen, number: int | None) -> None:
    plan = revising.plan_undo(screen.study, number)
    if plan.undoes in screen.made and is_small(screen, plan):
        carry_out(screen, plan, "")
    else:
        show(screen, plan)


def waiting_edits(screen: CodebookScreen) -> None:
    """Show what the edits of codebook.yaml that wait would do."""
    revision = revising.begin(screen.study)
    if revision.before == revision.after:
        msg = "codebook.yaml has no edits that wait."
        raise CoderError(msg, "Edits that concern no coding are taken up by themselves.")
    propose(screen, revision)
