"""Faults in a problem document as sentences, each with its line and field. The codes are the engine's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext_lazy as _p

from samordna_engine.errors import Fault

SENTENCES: Mapping[str, Any] = {
    "asked_elsewhere": gettext_lazy("this question is answered by the engine's function %(function)s, not here"),
    "bad_json": gettext_lazy("this is not JSON (%(what)s)"),
    "blank": gettext_lazy("this must say something"),
    "duplicate_id": gettext_lazy("the id “%(id)s” is used more than once; every id must be its own"),
    "duplicate_key": gettext_lazy("the field “%(name)s” is given twice in the same object"),
    "low_likely_high": gettext_lazy("low, likely and high must come in rising order, not %(low)s, %(likely)s, %(high)s"),
    "missing": gettext_lazy("the field “%(name)s” is missing"),
    "no_frame_value": gettext_lazy("the aspect “%(aspect)s” is left to each participant and has no common value"),
    "no_capacity_option": gettext_lazy("a capacity is about one option of an aspect; name both"),
    "no_joint_aspect": gettext_lazy("a largest number of variants is about one aspect; name it"),
    "no_joint_option": gettext_lazy("only a capacity is about one option"),
    "no_numbers": gettext_lazy("the options of “%(aspect)s” are not numbers; name one of its options instead"),
    "not_ordered": gettext_lazy("at least and at most need an ordered aspect, and “%(aspect)s” is not ordered"),
    "number_needed": gettext_lazy("every option of a range needs a whole number"),
    "one_frame_only": gettext_lazy(
        "a need of the coordination is about the frame, but “%(aspect)s” is left to each participant"
    ),
    "out_of_range": gettext_lazy("the number %(value)s must be between %(low)s and %(high)s"),
    "rising_numbers": gettext_lazy("the numbers of a range must rise from option to option"),
    "table_too_large": gettext_lazy("the rule covers %(cells)s combinations of options; at most %(limit)s are allowed"),
    "too_deep": gettext_lazy("the document is nested too deeply"),
    "too_few": gettext_lazy("at least %(limit)s needed here, %(count)s given"),
    "too_long": gettext_lazy("at most %(limit)s characters are allowed, %(count)s given"),
    "too_many": gettext_lazy("at most %(limit)s allowed here, %(count)s given"),
    "too_many_faults": gettext_lazy("there are more faults than the %(limit)s that are told here"),
    "too_wide": gettext_lazy("the rule is about %(count)s aspects; at most %(limit)s are allowed"),
    "two_options": gettext_lazy("a yes-or-no aspect has exactly two options, not %(count)s"),
    "unknown_aspect": gettext_lazy("there is no aspect “%(aspect)s”"),
    "unknown_condition": gettext_lazy("there is no condition “%(condition)s”"),
    "unknown_field": gettext_lazy("there is no field “%(name)s” here"),
    "unknown_option": gettext_lazy("the aspect “%(aspect)s” has no option “%(option)s”"),
    "unknown_owner": gettext_lazy("there is no participant “%(owner)s”"),
    "unknown_rule": gettext_lazy("this is not a rule; a rule is one of: %(allowed)s"),
    "wrong_choice": gettext_lazy("“%(value)s” is not one of: %(allowed)s"),
    "wrong_length": gettext_lazy("this has %(count)s options where %(limit)s aspects are named"),
    "wrong_type": gettext_lazy("this must be %(expected)s, not %(actual)s"),
}

KINDS: Mapping[str, Any] = {
    "text": _p("kind of value", "text"),
    "a whole number": _p("kind of value", "a whole number"),
    "a number": _p("kind of value", "a number"),
    "true or false": _p("kind of value", "true or false"),
    "nothing": _p("kind of value", "nothing"),
    "an object": _p("kind of value", "an object"),
    "a list": _p("kind of value", "a list"),
    "an estimate": _p("kind of value", "an estimate"),
    "a list of options": _p("kind of value", "a list of options"),
    "an option's id": _p("kind of value", "an option's id"),
    "a list of aspects": _p("kind of value", "a list of aspects"),
    "a list of lists": _p("kind of value", "a list of lists"),
    "an aspect's id": _p("kind of value", "an aspect's id"),
    "a list of literals": _p("kind of value", "a list of literals"),
}


def told(fault: Fault) -> str:
    """Line, field and sentence."""
    facts = {name: KINDS.get(str(value), value) for name, value in fault.facts.items()}
    words = {
        "line": fault.line or 1,
        "field": fault.path or _("the document"),
        "what": SENTENCES[fault.code] % facts,
    }
    return _("Line %(line)s, %(field)s: %(what)s.") % words
