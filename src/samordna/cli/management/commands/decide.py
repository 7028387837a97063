"""`samordna decide FILE`: the engine's answer to a problem document. Needs no database.

`--ask` reads the question in another way: who takes part, fewest variants, best for the worst-off, or shares. Where the
document has joint bounds or counts variants, the decision is read so without being asked.

The exit code tells what came of it: 0 settled, 5 settled but not worth it, 3 the conditions clash, 4 not finished in time,
2 the file cannot be used, 1 the engine failed.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.cli.deciding.faults import told
from samordna.cli.deciding.readings import answer_report
from samordna.cli.deciding.report import report
from samordna.core.errors import Denied
from samordna.domain.decisions.readings import Read, Reading, read, reading_of
from samordna.domain.decisions.solving import Solved, settle
from samordna_engine import Clash, Malformed, Problem, Settled, Unfinished, Verdict
from samordna_engine.answers import JointClash, MoreVariantsNeeded, SettledJointly, ShapleyShares, TakesPart
from samordna_engine.documents import read_problem, write_answer, write_outcome

ASK = {
    "who": Reading.WHO,
    "variants": Reading.VARIANTS,
    "worst-off": Reading.WORST_OFF,
    "shares": Reading.SHARES,
}
Told = TypeVar("Told")
SETTLED, FAILED, UNUSABLE, CLASH, UNFINISHED, NOT_WORTH_IT = range(6)


class Command(BaseCommand):
    """Reads a problem document, asks the engine in its own bounded process, and prints the answer."""

    help = gettext_lazy("Find the decision that is as alike as possible and as different as necessary, from a file.")  # type: ignore[assignment]  # Django prints it as text

    requires_system_checks = ()  # nothing but the file matters here

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help=_("A problem document (JSON); - reads standard input."))
        parser.add_argument("--json", action="store_true", help=_("Print the outcome document instead of text."))
        parser.add_argument("--ask", choices=list(ASK), help=_("Read the question in another way."))
        parser.add_argument("--language", choices=["sv", "en"], default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, file: Path, json: bool, language: str, ask: str | None, **options: Any) -> None:
        with translation.override(language):
            problem = _read(file)
            reading = ASK[ask] if ask else reading_of(problem)
            if reading is Reading.DECISION:
                solved = _asked(lambda: settle(problem, queue="command"))
                self._tell(problem, solved, json=json)
                code = exit_code(solved)
            else:
                answered = _asked(lambda: read(problem, reading, queue="command"))
                self._tell_answer(problem, answered, json=json)
                code = answer_code(answered)
        if code:
            sys.exit(code)

    def _tell_answer(self, problem: Problem, answered: Read, *, json: bool) -> None:
        if json and answered.answer is not None:
            told = answered.answer
            text = write_outcome(told) if isinstance(told, Settled | Clash | Unfinished) else write_answer(told)
            self.stdout.write(text, ending="")
            return
        for line in answer_report(problem, answered):
            self.stdout.write(line)

    def _tell(self, problem: Problem, solved: Solved, *, json: bool) -> None:
        if json and solved.outcome is not None:
            self.stdout.write(write_outcome(solved.outcome), ending="")
            return
        for line in report(problem, solved):
            self.stdout.write(line)


def _read(file: Path) -> Problem:
    try:
        text = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        sentence = _("The file %(file)s cannot be read: %(why)s.") % {"file": file, "why": error.strerror}
        raise CommandError(sentence, returncode=UNUSABLE) from error
    try:
        return read_problem(text)
    except Malformed as malformed:
        raise CommandError("\n".join(map(told, malformed.faults)), returncode=UNUSABLE) from malformed


def _asked(ask: Callable[[], Told]) -> Told:
    try:
        return ask()
    except Denied as denied:
        raise CommandError(denied.reason, returncode=UNUSABLE) from denied


def exit_code(solved: Solved) -> int:
    """What came of it, as the command's exit code."""
    match solved.outcome:
        case None:
            return FAILED
        case Settled(proposal=proposal):
            return NOT_WORTH_IT if proposal.verdict is Verdict.NOT_WORTH_IT else SETTLED
        case Clash():
            return CLASH
        case _:
            return UNFINISHED


def answer_code(answered: Read) -> int:
    """What came of another reading, as the command's exit code."""
    match answered.answer:
        case None:
            return FAILED
        case Clash() | JointClash() | MoreVariantsNeeded():
            return CLASH
        case Unfinished():
            return UNFINISHED
        case TakesPart(possible=False):
            return CLASH
        case TakesPart(frame=None):
            return UNFINISHED
        case TakesPart(worth_it=False):
            return NOT_WORTH_IT
        case SettledJointly(proposal=proposal):
            return NOT_WORTH_IT if proposal.verdict is Verdict.NOT_WORTH_IT else SETTLED
        case ShapleyShares(whole=0):
            return NOT_WORTH_IT
        case _:
            return SETTLED
