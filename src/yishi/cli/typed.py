"""What is typed on the command line: its help, and what is wrong with it, in either language."""

import argparse
import re
from collections.abc import Sequence
from typing import Any, ClassVar, Final, NoReturn

from yishi.wording import LANGUAGES, Catalogue


class Layout(argparse.HelpFormatter):
    """Help as usual, with the word before the usage from the catalogue."""

    catalogue: ClassVar[Catalogue]

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Begin with the usage, under the catalogue's word for it."""
        said = self.catalogue.text("cli.usage") if prefix is None else prefix
        super().add_usage(usage, actions, groups, said)


class Subcommands(argparse._SubParsersAction):  # type: ignore[type-arg]
    """Commands whose own help begins with the sentence that the list of commands has for them."""

    def add_parser(self, name: str, **given: Any) -> Any:
        """Add a command; its sentence is told in both places."""
        given.setdefault("description", given.get("help"))
        return super().add_parser(name, **given)


class Parser(argparse.ArgumentParser):
    """A parser that speaks the catalogue's language; its subcommands do so too."""

    catalogue: ClassVar[Catalogue]

    def __init__(self, *, add_help: bool = True, **given: Any) -> None:
        layout: Any = type("Layout", (Layout,), {"catalogue": self.catalogue})
        super().__init__(add_help=False, formatter_class=layout, **given)
        self.register("action", "parsers", Subcommands)
        if add_help:  # what has none is taken into others, by the headings it came with
            self._positionals.title = self.catalogue.text("cli.positionals")
            self._optionals.title = self.catalogue.text("cli.options")
            said = self.catalogue.text("cli.help")
            self.add_argument("-h", "--help", action="help", help=said)

    def error(self, message: str) -> NoReturn:
        """Say what is typed wrong and where it is told what can be typed; end with 2."""
        said = wrong(message, self.catalogue)
        following = self.catalogue.text("cli.see_help", command=self.prog)
        self.exit(2, f"{self.format_usage()}{self.prog}: {said} {following}\n")


def parser_in(catalogue: Catalogue) -> type[Parser]:
    """The parser that speaks this language."""
    return type("Parser", (Parser,), {"catalogue": catalogue})


def language(typed: Sequence[str]) -> str:
    """The language asked for, known before anything else is read: also errors are said in it."""
    for place, word in enumerate(typed):
        said = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and place + 1 < len(typed):
            said = typed[place + 1]
        if said in LANGUAGES:
            return said
    return LANGUAGES[0]


def wrong(message: str, catalogue: Catalogue) -> str:
    """What the library found wrong, in the catalogue's words."""
    for pattern, id_ in _SHAPES:
        match = re.fullmatch(pattern, message)
        if match is not None:
            return catalogue.text(id_, **match.groupdict())
    return catalogue.text("cli.misfit")


_NAMED = r"argument (?P<name>[^:]+): "
_SHAPES: Final = (
    (r"the following arguments are required: (?P<names>.+)", "cli.required"),
    (r"unrecognized arguments: (?P<words>.+)", "cli.unknown"),
    (_NAMED + r"invalid choice: (?P<value>.+?)(, .*)? \(choose from (?P<known>.+)\)", "cli.choice"),
    (_NAMED + r"invalid \S+ value: (?P<value>.+)", "cli.value"),
    (_NAMED + r"expected .+", "cli.nothing_after"),
    (_NAMED + r"ignored explicit argument (?P<value>.+)", "cli.nothing_wanted"),
    (r"ambiguous option: (?P<name>.+) could match (?P<known>.+)", "cli.ambiguous"),
)
"""How argparse words what is wrong, and the message that says it."""
