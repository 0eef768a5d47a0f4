"""``nox -s defence -- PATH``: three questions for one student.

Two are control questions about tasks that the submission has; the third is about the student's own
lines, or about a check that failed. The same seed draws the same questions; ``--key`` adds what a
good answer has in it.
"""

from __future__ import annotations

import random
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader import language
from grader.cli import arguments, printable, show
from grader.cli.progress import grade
from grader.fact import FactError
from grader.grading.options import add_to, request_of
from grader.language import _
from grader.reports.sentences import hint, say
from grader.result.check import CheckResult
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict
from kit import lines, questions

COMMON = 2  # questions that do not depend on the student's lines
NAMES = (
    *("--server", "--client", "--mode", "--variant"),
    *("--seed", "--sandbox", "--portable", "--lang"),
)


@dataclass(frozen=True)
class Asked:
    """A question, with the teacher's key to it."""

    text: str
    key: str


def parser() -> arguments.Parser:
    """The arguments."""
    made = arguments.Parser(
        prog="python3 noxfile.py -s defence --",
        description=_("Draw three questions for one student."),
    )
    made.add_argument("path", nargs="?", metavar=_("PATH"), help=_("folder to grade"))
    add_to(made.add_argument, language.default(), NAMES)
    stored = _("a stored result of it: nothing is graded then")
    made.add_argument("--result", metavar=_("FILE"), help=stored)
    made.add_argument("--key", action="store_true", help=_("say what a good answer has in it"))
    made.set_defaults(only=[], task=None, jobs=None)
    return made


def drawn(result: GradeResult, folder: Path | None, lang: str, rng: random.Random) -> list[Asked]:
    """Three questions: two of the list, one about this submission if it gives any."""
    begun = [check for variant in result.variants if variant.is_begun for check in variant.checks]
    tasks = {check.task for check in begun if check.verdict is not Verdict.TODO}
    common = [q for q in questions.read(lang) if q.task in tasks or not tasks]
    own = [*_about_failures(result), *(_about_lines(folder) if folder else ())]
    chosen = rng.sample(common, k=min(len(common), COMMON + (not own)))
    asked = [Asked(_about_task(q.task, q.text), q.key) for q in chosen]
    return [*asked, *([rng.choice(own)] if own else [])]


def _about_task(task: int, text: str) -> str:
    return _("(task {number}) {question}").format(number=task, question=text)


def _about_failures(result: GradeResult) -> Iterator[Asked]:
    failed = (check for check in result.checks if check.verdict is Verdict.FAIL)
    for check in failed:
        line = _(
            "The check {check} failed: {why}. Which of your lines is it about, and what helps?"
        )
        yield Asked(line.format(check=check.id, why=say(check.message)), _key(check))


def _key(check: CheckResult) -> str:
    return hint(check.message) or _("see task {number} in tasks.md").format(number=check.task)


def _about_lines(folder: Path) -> Iterator[Asked]:
    for line in lines.that_matter(folder):
        text = _("{file}, line {number}: {code}. What happens if this line is removed?")
        if line.text.endswith(":"):
            text = _(
                "{file}, line {number}: {code}. What happens if this line is removed, and what "
                "is inside it stays?"
            )
        key = _("these checks find it: {checks}").format(checks=", ".join(line.checks))
        words = {"file": line.file, "number": line.number, "code": f"`{line.text}`"}
        yield Asked(text.format(**words), key)


def _result(options: Namespace, reader: arguments.Parser) -> tuple[GradeResult, Path | None]:
    """What was found, and where the files are if they are in a folder."""
    try:
        request = request_of(options)
        folder = Path(request.submission) if request.submission else None
        if options.result:
            return show.read(options.result), folder
    except FactError as error:
        reader.error(say(error.fact))
    except ValueError as error:
        reader.error(str(error))
    return grade(request), folder


def main(words: Sequence[str] | None = None) -> int:
    """The command line; returns the exit status."""
    words = sys.argv[1:] if words is None else words
    printable.use(language.default())
    lang = printable.use(arguments.language_of(words))
    reader = parser()
    options = reader.parse_args(words)
    result, folder = _result(options, reader)
    seed = result.seed if options.seed is None else options.seed
    label = _("{submission}: three questions, seed {seed}")
    print(label.format(submission=result.submission, seed=seed))
    for number, asked in enumerate(drawn(result, folder, lang, random.Random(seed)), 1):
        print(f"\n{number}. {asked.text}")
        if options.key:
            print(_("   Key: {text}").format(text=asked.key))
    return 0


if __name__ == "__main__":
    sys.exit(main())
