"""Questions to the team on the command line: asked, read, answered, closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.parser import add

if TYPE_CHECKING:
    from coder.cli.parser import Commands, Parser, Run


def add_questions(team: Commands, run: Run) -> None:
    """Add `coder team questions` and what can be done about them, which `run` runs."""
    about = "questions to the team about answers and themes (A on screen)"
    questions = add(team, "questions", about, "coder team questions list").commands()
    about = "list the open questions with their answers"
    parser = add(questions, "list", about, "coder team questions list my-study", run)
    parser.set_defaults(team_command="questions list")
    parser.study_or_option()
    parser.flag("--all", "closed ones too")
    parser.option("--by", "NAME", "who reads (default: the name you are logged in with)")
    parser = _command(
        questions, run, "ask", "ask the team about an answer or a theme", "'Is this pay?' --about C1.Q1.1"
    )
    parser.option("text", "TEXT", "the question")
    either = parser.add_mutually_exclusive_group(required=True)
    either.add_argument("--about", metavar="ANSWER", help="the id of the answer that it is about")
    either.add_argument("--theme", metavar="THEME", help="the theme that it is about")
    _named(_command(questions, run, "answer", "answer a question", "3f2a 'No: see Pay.'")).option(
        "text", "TEXT", "the answer"
    )
    _named(_command(questions, run, "close", "close a question that is settled", "3f2a"))
    _named(_command(questions, run, "open", "open a closed question again", "3f2a"))


def _command(questions: Commands, run: Run, name: str, about: str, example: str) -> Parser:
    parser = add(questions, name, about, f"coder team questions {name} {example}".rstrip(), run)
    parser.set_defaults(team_command=f"questions {name}")
    parser.option("--study", "STUDY", "the study's folder (default: this one)", default=".")
    parser.option("--by", "NAME", "who asks or answers (default: the name you are logged in with)")
    return parser


def _named(parser: Parser) -> Parser:
    parser.option("question", "QUESTION", "what stands before it in the list, or its beginning")
    return parser
