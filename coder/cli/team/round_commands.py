"""Rounds on the command line: who codes which answers, blind, and how far they have come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.parser import add

if TYPE_CHECKING:
    from coder.cli.parser import Commands, Parser, Run


def add_rounds(team: Commands, run: Run) -> None:
    """Add `coder team round`, `assign` and `handover`, which `run` runs."""
    about = "rounds of coding: who codes which answers, blind to each other"
    rounds = add(team, "round", about, "coder team round list").commands()
    _add_new(rounds, run)
    about = "list the rounds, with how far their people have come"
    parser = add(rounds, "list", about, "coder team round list my-study", run)
    parser.set_defaults(team_command="round list")
    parser.study_or_option()
    about = "show a round: its answers, its codebook, its people"
    _of_round(_command(rounds, run, "round show", about, "Pilot"))
    about = "say that you have finished a round: your codings in it are locked"
    parser = _of_round(_command(rounds, run, "round finish", about, "Pilot"))
    parser.option("--coder", "NAME", "who has finished (default: the name you are logged in with)")
    about = "let somebody who has finished a round change their codings again"
    _of_round(_command(rounds, run, "round reopen", about, "Pilot jo")).option("name", "NAME", "who")
    about = "end a round: everybody sees everything, and no coding is locked"
    _of_round(_command(rounds, run, "round end", about, "Pilot"))
    _add_assign(team, run)
    _add_train(team, run)
    _add_repeat(team, run)
    about = "hand over what somebody has yet to do: open answers of rounds, and codings to be looked at again"
    parser = _command(team, run, "handover", about, "sam jo")
    parser.option("name", "NAME", "who hands over")
    parser.option("target", "OTHER", "who takes it on")


def _add_new(rounds: Commands, run: Run) -> None:
    about = "begin a round: the same answers for each of its coders"
    parser = _of_round(
        _command(rounds, run, "round new", about, "Pilot --random 60 --of Q16 --coders jo,sam")
    )
    parser.names("--coders", "NAMES", "who codes in it: jo,sam")
    parser.names("--of", "Q", "answers to these questions: Q15,Q16 (default: all)")
    _add_drawing(parser)


def _add_assign(team: Commands, run: Run) -> None:
    about = "deal the answers to a question out to people, with a hidden overlap"
    parser = _command(team, run, "assign", about, "Q16 --split jo,sam --overlap 10%")
    parser.option("question", "Q", "the question")
    parser.names("--split", "NAMES", "whom the answers are dealt out to, in turn and at random: jo,sam")
    parser.names("--to", "NAMES", "who gets all of them, such as with --where: sam")
    about = "the share that two people read, hidden among the rest: 10%% (default: 0)"
    parser.option("--overlap", "SHARE", about)
    about = "a round that goes on, or the name of a new one (default: that of the question)"
    parser.option("--round", "ROUND", about)
    _add_drawing(parser)


def _add_train(team: Commands, run: Run) -> None:
    about = (
        "train a new coder: they code, blind, what is coded already, and are measured by it theme by theme"
    )
    parser = _command(team, run, "train", about, "kim --gold settled --pass 0.80 --of Q16 --random 50")
    parser.option("name", "NEWBIE", "who is trained; once they have finished: what came of it")
    parser.option(
        "--gold", "WHO", "measure by this person's codings, or by what the team has settled: settled"
    )
    parser.option(
        "--pass", "KAPPA", "what each theme is to reach (default: 0.80)", dest="to_pass", type=float
    )
    parser.names("--of", "Q", "answers to these questions: Q15,Q16 (default: all)")
    parser.option("--random", "N", "so many, drawn at random (default: all that are coded)", type=int)
    parser.option("--seed", "N", "draw as with this number", type=int)
    parser.flag("--again", "begin another training, though they have had one")


def _add_repeat(team: Commands, run: Run) -> None:
    about = "have somebody code again what they have coded, to see how far they agree with themselves"
    parser = _command(team, run, "repeat", about, "jo --random 30 --round Pilot")
    parser.option("name", "NAME", "who")
    parser.option("--random", "N", "so many answers, or such a share: 30, 5%% (default: all they have done)")
    parser.option("--round", "ROUND", "of their answers in this round (default: of all that they have done)")
    parser.names("--of", "Q", "answers to these questions: Q15,Q16 (default: all)")
    parser.option("--as", "NEW", "what the new round is called (default: 'NAME again')", dest="as_round")
    parser.flag("--suggestions", "suggest themes in it, by words alone (default: none are)")
    parser.option("--seed", "N", "draw as with this number", type=int)


def _add_drawing(parser: Parser) -> None:
    parser.option("--random", "N", "so many, drawn at random (default: all)", type=int)
    parser.where()
    parser.flag("--respondents", "draw and deal out whole respondents, each with all that they answered")
    about = "draw as with this number (default: one of its own, kept in the history)"
    parser.option("--seed", "N", about, type=int)
    parser.flag("--blind", "each sees their own codings alone until all have finished (this is the default)")
    parser.flag("--open", "not blind")
    parser.flag("--suggestions", "suggest themes in it (default: they stand in the codebook's order)")


def _of_round(parser: Parser) -> Parser:
    parser.option("round", "ROUND", "what it is called")
    return parser


def _command(commands: Commands, run: Run, name: str, about: str, example: str) -> Parser:
    command = name.rpartition(" ")[2]
    parser = add(commands, command, about, f"coder team {name} {example}".rstrip(), run)
    parser.set_defaults(team_command=name)
    parser.option("--study", "STUDY", "the study's folder (default: this one)", default=".")
    parser.option("--by", "NAME", "who does it (default: the name you are logged in with)")
    return parser
