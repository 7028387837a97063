"""`samordna call OPERATION --as HOLDING JSON`: any operation from the command line, with the same rights and journal."""

from __future__ import annotations

import importlib
import inspect
import json
import sys
from typing import Any, get_type_hints

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError

from samordna.core.actor import Actor, Via
from samordna.core.errors import Denied, Invalid
from samordna.core.operation import REGISTRY, Registered
from samordna.domain.organisations.access import actor_for_holding

STEPS = (
    *("organisations", "site", "collaborations", "matters", "forums", "scheduling", "decisions", "adherence"),
    *("knowledge", "minutes", "conversations", "events", "worth", "introductions", "followup", "change", "admissions"),
    *("assessments", "search"),
)


def operations() -> dict[str, Registered]:
    """Every operation, with each step's module loaded so that it has registered."""
    for step in STEPS:
        importlib.import_module(f"samordna.domain.{step}.operations")
    return REGISTRY


def arguments_of(registered: Registered, given: dict[str, Any]) -> dict[str, Any]:
    """The JSON values as the types that the operation declares; raises CommandError with a line per fault."""
    function = inspect.unwrap(registered.call)
    hints, parameters = get_type_hints(function), inspect.signature(function).parameters
    faults, values = [], {}
    for name in given:
        if name not in parameters or name == "actor":
            faults.append(_("%(name)s: there is no such argument.") % {"name": name})
            continue
        try:
            values[name] = TypeAdapter(hints[name]).validate_python(given[name])
        except ValidationError as error:
            faults.append(f"{name}: {error.errors()[0]['msg']}")
    for name, parameter in parameters.items():
        if name not in given and name != "actor" and parameter.default is inspect.Parameter.empty:
            faults.append(_("%(name)s: is needed.") % {"name": name})
    if faults:
        raise CommandError("\n".join(faults), returncode=2)
    return values


def shown(result: object) -> object:
    """An operation's result as JSON: the id of what was made, or the value itself."""
    if isinstance(result, (list, tuple)):
        return [shown(part) for part in result]
    return getattr(result, "pk", result)


class Command(BaseCommand):
    help = "Runs one operation with arguments as JSON; without an operation, lists them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("operation", nargs="?")
        parser.add_argument("arguments", nargs="?", default="{}", help="JSON, or - to read it from standard input")
        parser.add_argument("--as", dest="holding", help="id of the holding to act as")
        parser.add_argument("--purpose", help="act as the system, for this stated purpose")

    def handle(self, *args: Any, **options: Any) -> None:
        known = operations()
        if not options["operation"]:
            self.stdout.write("\n".join(f"{name}  ({known[name].action})" for name in sorted(known)))
            return
        if options["operation"] not in known:
            raise CommandError(_("There is no operation %(name)s.") % {"name": options["operation"]}, returncode=2)
        registered = known[options["operation"]]
        values = arguments_of(registered, self._json(options["arguments"]))
        self.stdout.write(json.dumps({"result": shown(self._run(registered, self._actor(options), values))}, default=str))

    def _json(self, text: str) -> dict[str, Any]:
        try:
            given = json.loads(sys.stdin.read() if text == "-" else text)
        except json.JSONDecodeError as error:
            place = {"line": error.lineno, "column": error.colno, "fault": error.msg}
            raise CommandError(_("Not JSON: line %(line)d, column %(column)d: %(fault)s") % place, returncode=2) from error
        if not isinstance(given, dict):
            raise CommandError(_("The arguments are written as a JSON object."), returncode=2)
        return given

    def _actor(self, options: dict[str, Any]) -> Actor:
        if options["purpose"]:
            return Actor.command(options["purpose"])
        if not options["holding"]:
            raise CommandError(_("Say who acts: --as HOLDING, or --purpose TEXT for the system itself."), returncode=2)
        try:
            return actor_for_holding(options["holding"], Via.COMMAND)
        except Denied as denied:
            raise CommandError(_("Nobody holds that role now."), returncode=3) from denied

    def _run(self, registered: Registered, actor: Actor, values: dict[str, Any]) -> object:
        try:
            return registered.call(actor=actor, **values)
        except Invalid as invalid:
            raise CommandError("\n".join(f"{k}: {v}" for k, v in invalid.fields.items()), returncode=2) from invalid
        except Denied as denied:
            raise CommandError(
                denied.reason or _("There is nothing there, or it is not yours to see."), returncode=3
            ) from denied
