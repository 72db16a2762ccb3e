"""A parser whose commands and options take a line each to declare."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Run = Callable[[argparse.Namespace], int]
    Commands = argparse._SubParsersAction["Parser"]  # noqa: SLF001  # the type has no public name


class Parser(argparse.ArgumentParser):
    """A parser whose options take a line each to declare."""

    def __init__(self, prog: str, **settings: Any) -> None:
        super().__init__(prog, formatter_class=argparse.RawDescriptionHelpFormatter, **settings)
        self._options: Callable[[Parser], None] | None = None
        self._is_mixing = False

    def declare_when_used(self, options: Callable[[Parser], None]) -> None:
        """Have options declared when the command is used or explained: what they name takes loading."""
        self._options = options

    def _declare(self) -> None:
        options, self._options = self._options, None
        if options:
            options(self)

    def parse_known_args(  # type: ignore[override]  # its overloads differ in the namespace's type alone
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> tuple[Any, list[str]]:
        """Parse arguments, as argparse does; a study and a file may have options between them."""
        self._declare()
        if self._is_mixing or not self._has_several_arguments():
            return super().parse_known_args(args, namespace)
        # argparse takes the arguments that stand together, and none for those that are left out there.
        self._is_mixing = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._is_mixing = False

    def _has_several_arguments(self) -> bool:
        arguments = self._get_positional_actions()
        return len(arguments) > 1 and not any(argument.nargs == argparse.PARSER for argument in arguments)

    def format_help(self) -> str:
        """Return the help, as argparse does."""
        self._declare()
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        """End the program, as argparse does, with a message in which control characters are made visible."""
        from coder.text.inert import inert

        super().error(inert(message))

    def commands(self, *, required: bool = True) -> Commands:
        """Begin a list of commands."""
        return self.add_subparsers(title="commands", metavar="COMMAND", required=required)

    def option(self, name: str, metavar: str, about: str, **settings: Any) -> None:
        """Add an option, or an argument, that takes a value."""
        self.add_argument(name, metavar=metavar, help=about, **settings)

    def where(self) -> None:
        """Add the option that narrows to some respondents."""
        about = (
            "of some respondents alone, or of some answers: region=London, region=London,Eastern, "
            "region!=London, mood=sad; may come again"
        )
        self.add_argument("--where", metavar="ATTRIBUTE=VALUE", help=about, action="append", default=[])

    def names(self, name: str, metavar: str, about: str, **settings: Any) -> None:
        """Add an option that takes names, with commas between them, and may be repeated."""
        self.add_argument(name, metavar=metavar, help=about, action="append", **settings)

    def choice(self, name: str, choices: Sequence[str], about: str, default: str | None = None) -> None:
        """Add an option that takes one of a few words."""
        self.add_argument(name, choices=choices, default=default, help=about)

    def flag(self, name: str, about: str) -> None:
        """Add an option that is there or not."""
        self.add_argument(name, action="store_true", help=about)

    def mask(self, otherwise: str) -> None:
        """Add the option that masks what gives people away."""
        about = (
            "write [name] or [phone] for what gives people away: what its form proves and names of left-out"
            f" columns (known), what looks like a name too (all), or nothing (none) (default: {otherwise})"
        )
        self.add_argument("--mask", choices=("known", "all", "none"), nargs="?", const="known", help=about)

    def coders(self) -> None:
        """Add the option that says what of several coders' codings counts; None where nobody says it."""
        about = (
            "a theme counts on an answer if the team settled it, else all who finished the answer chose it "
            "(the default); if any coder did, all did, or by consensus"
        )
        self.choice("--coders", ("settled", "any", "all", "consensus"), about)

    def date(self, about: str = "the day that stands in what is made, or its moment") -> None:
        """Add the option that says when what is made counts as made."""
        text = f"{about}: 2026-11-22 (default: SOURCE_DATE_EPOCH, else now)"
        self.option("--date", "DATE", text, default="")

    def excel(self) -> None:
        """Add the option that has a CSV written for Excel."""
        about = "a CSV for Excel: marked as UTF-8, ' before what it would take for a formula"
        self.flag("--excel", f"{about} (default: csv_for_excel in study.toml)")

    def encoding(self) -> None:
        """Add the option that says which encoding a text file has."""
        about = "of a text file: utf-8, cp1252, mac_roman ... (default: found out)"
        self.option("--encoding", "NAME", about)

    def study(self) -> None:
        """Add the argument that names the study."""
        self.option("study", "STUDY", "the study's folder (default: this one)", nargs="?", default=".")

    def study_or_option(self) -> None:
        """Add the argument that names the study, and `--study`, by which earlier versions had it."""
        either = self.add_mutually_exclusive_group()
        about = "the study's folder (default: this one)"
        either.add_argument("study", metavar="STUDY", help=about, nargs="?", default=".")
        either.add_argument("--study", dest="study_option", help=argparse.SUPPRESS)


def add(commands: Commands, name: str, about: str, example: str, run: Run | None = None) -> Parser:
    """Add a command; without `run` it only leads on to others."""
    description = f"{about[0].upper()}{about[1:]}."
    parser = commands.add_parser(name, help=about, description=description, epilog=f"example:\n  {example}")
    if run:
        parser.set_defaults(run=run)
    return parser
