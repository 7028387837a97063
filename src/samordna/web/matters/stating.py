"""One press of a button while a need or a condition is being built: what was pressed, and what the page then shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from samordna.core.errors import Denied
from samordna.domain.matters.rules import Subject
from samordna.web.forms import attempt
from samordna.web.matters.building import Builder, changed, read_builder, sentence_or_fault
from samordna.web.matters.forms import ConditionForm, NeedForm

Save = Callable[[dict[str, Any]], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stating:
    """What is being stated and how it is kept. `whole`: by the coordinator, for all."""

    need: bool
    subjects: Sequence[Subject]
    unit: str
    save: Save
    withdraw: Callable[[str], object]
    whole: bool = False

    def form(self, data: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None) -> forms.Form:
        """The form beside the builder."""
        kept = dict(initial) if initial else None
        if self.need:
            return NeedForm(data, initial=kept, unit=self.unit)
        return ConditionForm(data, initial=kept, unit=self.unit, whole=self.whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """What came of it. `done`: something was kept and the page starts afresh; `leave`: the next step was asked for."""

    builder: Builder
    form: forms.Form
    sentence: str = ""
    fault: str = ""
    status: int = 200
    done: str = ""
    leave: bool = False

    def context(self) -> dict[str, Any]:
        """For the template."""
        further = getattr(self.form, "further", [])
        return {
            "builder": self.builder,
            "form": self.form,
            "sentence": self.sentence,
            "fault": self.fault,
            "further_open": any(field.errors or field.value() not in (None, "", "open") for field in further),
        }


def fresh(stating: Stating) -> Pressed:
    """The page before anything has been pressed."""
    subjects = {subject.id: subject for subject in stating.subjects}
    return Pressed(builder=Builder(subjects=subjects, prose=not subjects and not stating.need), form=stating.form())


def press(data: QueryDict, stating: Stating) -> Pressed:
    """Do what the pressed button says."""
    builder, do = read_builder(data, stating.subjects), data.get("do", "show")
    kept = stating.form(initial=data.dict())
    if do == "next":
        return _leave(data, builder, kept)
    if do == "clear":
        return fresh(stating)
    if do.startswith("withdraw-"):
        return _withdraw(builder, kept, stating, do.removeprefix("withdraw-"))
    if do not in {"show", "save"}:
        return Pressed(builder=changed(builder, do, data), form=kept)
    return _save(data, builder, stating, save=do == "save")


def _leave(data: QueryDict, builder: Builder, kept: forms.Form) -> Pressed:
    if not builder.lines and not data.get("prose", "").strip():
        return Pressed(builder=builder, form=kept, leave=True)
    fault = _("You have begun something that is not saved yet. Save it, or clear it.")
    return Pressed(builder=builder, form=kept, fault=fault, status=422)


def _withdraw(builder: Builder, kept: forms.Form, stating: Stating, stated_id: str) -> Pressed:
    try:
        stating.withdraw(stated_id)
    except Denied as denied:
        if not denied.reason:
            raise
        return Pressed(builder=builder, form=kept, fault=denied.reason, status=422)
    done = "" if builder.begun else _("Taken back.")
    return Pressed(builder=builder, form=kept, done=done)


def _save(data: QueryDict, builder: Builder, stating: Stating, *, save: bool) -> Pressed:
    form = stating.form(data)
    sentence, fault = sentence_or_fault(builder)
    form.is_valid()
    if builder.prose and not builder.lines and not str(data.get("prose", "")).strip():
        form.add_error("prose", _("Write the condition."))
    if fault or form.errors:
        return Pressed(builder=builder, form=form, sentence=sentence, fault=fault, status=422)
    shown = sentence or str(form.cleaned_data.get("prose", ""))
    if not save or builder.seen != shown:
        return Pressed(builder=builder, form=form, sentence=shown)
    arguments = form.cleaned_data | ({} if builder.prose and not builder.lines else {"rule": builder.data()})
    if builder.lines:
        arguments.pop("prose", None)
    attempt(form, lambda: stating.save(arguments))
    if form.errors:
        return Pressed(builder=builder, form=form, sentence=shown, status=422)
    return Pressed(builder=builder, form=form, done=_("Saved: %(sentence)s") % {"sentence": shown})
