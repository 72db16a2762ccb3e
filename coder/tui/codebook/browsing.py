"""Looking things up on the codebook screen: a theme, the history, themes that are close to each other."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from coder.store import codebook_versions
from coder.tui.codebook.theme_actions import merge_themes, take_back
from coder.tui.kit.pick import Option, Pick
from coder.tui.kit.theme_search import best_themes
from coder.tui.kit.theme_text import theme_summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.codebook import Theme
    from coder.store.codebook_versions import CodebookVersion
    from coder.tui.codebook.screen import CodebookScreen
    from coder.workflows.revising.near_duplicates import Near


def find(screen: CodebookScreen) -> None:
    """Find a theme of the tree, else of another question, and put the cursor on it."""
    here = [row.theme for row in screen.tree_rows]
    ids = {theme.id for theme in here}
    elsewhere = [theme for theme in screen.study.codebook if theme.id not in ids]

    def options(typed: str) -> Sequence[Option[str]]:
        found = best_themes(typed, here) + (best_themes(typed, elsewhere) if typed else [])
        return [Option(theme.label, theme.id, theme_summary(theme), note(theme)) for theme in found]

    def note(theme: Theme) -> str:
        questions = [] if theme.id in ids else list(theme.questions)
        return " · ".join([*questions, *(["retired"] if theme.status == "retired" else [])])

    def found(theme_id: str | None) -> None:
        if theme_id is not None:
            screen.go_to_theme(theme_id)

    screen.app.push_screen(Pick("Find a theme", options, placeholder="part of a label or definition"), found)


def history(screen: CodebookScreen) -> None:
    """List every version, the latest first; picking one shows what taking its revision back would do."""
    versions = [_version(each) for each in codebook_versions.versions_after(screen.study.database)][::-1]

    def options(typed: str) -> Sequence[Option[int]]:
        return [each for each in versions if typed.casefold() in f"{each.label} {each.detail}".casefold()]

    def picked(number: int | None) -> None:
        if number is not None:
            screen.guard(take_back, screen, number)

    title = "History of the codebook · ⏎ shows what taking it back would do"
    screen.app.push_screen(Pick(title, options, placeholder="a theme, a name, a date"), picked)


def _version(version: CodebookVersion) -> Option[int]:
    what = version.label or ("the codebook as the study began" if version.number == 1 else "no change")
    local = datetime.fromisoformat(version.at).astimezone()
    when = f"{local:%Y-%m-%d %H:%M}"
    detail = [what, f"by {version.coder_id}, {when}"]
    detail += [f"why: {version.reason}"] if version.reason else []
    detail += ["Taken back since."] if version.undone else []
    note = f"{'taken back · ' if version.undone else ''}{version.coder_id} · {local:%Y-%m-%d}"
    return Option(f"{version.number:>3}  {what}", version.number, "\n".join(detail), note)


def near_duplicates(screen: CodebookScreen) -> None:
    """List the themes that are close to each other; picking a pair goes on to merge it."""
    if not screen.near:
        screen.notify("No two themes are close to each other.", timeout=3)
        return
    pairs = [_pair(screen, near) for near in screen.near]

    def options(typed: str) -> Sequence[Option[tuple[str, str]]]:
        return [pair for pair in pairs if typed.casefold() in pair.label.casefold()]

    def picked(pair: tuple[str, str] | None) -> None:
        if pair is not None:
            by_id = screen.study.codebook.by_id
            screen.guard(merge_themes, screen, [by_id[theme_id] for theme_id in pair])

    screen.app.push_screen(Pick("Close to each other · ⏎ merges the two", options), picked)


def _pair(screen: CodebookScreen, near: Near) -> Option[tuple[str, str]]:
    themes = [screen.study.codebook.by_id[theme_id] for theme_id in near.theme_ids]
    detail = [near.why, *(f"{theme.label}\n{theme_summary(theme)}" for theme in themes)]
    label = " | ".join(theme.label for theme in themes)
    return Option(label, near.theme_ids, "\n\n".join(detail), f"{near.strength * 100:.0f}%")
