"""What is typed in a chain. Operations check what it means."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.change.enums import CauseKind, EffectKind, PlacingAnswer, StartKind
from samordna.web.followup.forms import day
from samordna.web.forms import Overtakable

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Choices = Iterable[tuple[str, Any]]
ANSWERS = [
    (PlacingAnswer.TAKEN.value, gettext_lazy("We take it on")),
    (PlacingAnswer.SENT_BACK.value, gettext_lazy("Send back: something is missing, or it is not ours")),
    (PlacingAnswer.REFUSED.value, gettext_lazy("No, we do not take it on")),
]


def words(label: StrOrPromise, help_text: StrOrPromise = "", *, rows: int = 3, required: bool = True) -> forms.CharField:
    """A field for running text."""
    return forms.CharField(label=label, help_text=help_text, required=required, widget=forms.Textarea(attrs={"rows": rows}))


class SeenForm(forms.Form):
    """What a turn begins from: something seen, or a thing that lies in the hidden fields."""

    kind = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
    thing_id = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=120)
    said = words(gettext_lazy("What you have seen"), gettext_lazy("What happens, how often, for whom. Why comes next."))
    analyse_by = day(gettext_lazy("To be analysed by"), gettext_lazy("Empty means within a month."))

    def __init__(self, *args: Any, begins: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if begins != StartKind.OBSERVED:
            del self.fields["said"]

    def clean_kind(self) -> str:
        """Where nothing is named it is something seen."""
        return self.cleaned_data["kind"] or StartKind.OBSERVED


class BeginForm(SeenForm):
    """A new chain."""

    title = forms.CharField(
        label=gettext_lazy("What the chain is about"),
        max_length=200,
        help_text=gettext_lazy("In a few words, without figures or names that not everybody may read."),
    )
    field_order = ("title", "said", "analyse_by")


class FindingForm(Overtakable):
    """What the result says."""

    finding = words(
        gettext_lazy("What does it say?"),
        gettext_lazy("For whom is it so, where and when, and what does it mean for them? Why comes next."),
        rows=5,
    )


class CauseForm(forms.Form):
    """Why it is so."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of cause"), choices=CauseKind.choices, widget=forms.RadioSelect)
    text = words(gettext_lazy("Why is it so?"), gettext_lazy("One cause at a time. What lies behind that?"))


class NeedForm(forms.Form):
    """What has to change."""

    text = words(gettext_lazy("What has to change?"), gettext_lazy("What has to be different, not yet how."))
    cause_id = forms.ChoiceField(label=gettext_lazy("Because of"), required=False)

    def __init__(self, *args: Any, causes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext_lazy("No cause in particular")), *causes]
        self.fields["cause_id"] = forms.ChoiceField(label=gettext_lazy("Because of"), required=False, choices=choices)


class ConcludeForm(forms.Form):
    """The analysis is done, and why nothing has to change if that is so."""

    none_reason = words(
        gettext_lazy("Why does nothing have to change?"),
        gettext_lazy("Leave it empty when there are change needs. With a reason here the chain is closed."),
        required=False,
    )


class PlaceForm(forms.Form):
    """Whose a change need is."""

    to = forms.ChoiceField(label=gettext_lazy("Whose is it?"), widget=forms.RadioSelect)
    words = words(gettext_lazy("What you want to say with it"), required=False)
    answer_by = day(
        gettext_lazy("Answered by"), gettext_lazy("Empty means within three weeks. One's own is taken on at once.")
    )

    def __init__(self, *args: Any, sides: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = gettext_lazy("Whose is it?")
        self.fields["to"] = forms.ChoiceField(label=label, choices=list(sides), widget=forms.RadioSelect)


class AnswerForm(forms.Form):
    """The answer to a change need that one was given."""

    answer = forms.ChoiceField(label=_p("field", "Your answer"), choices=ANSWERS, widget=forms.RadioSelect)
    reason = words(gettext_lazy("Reason"), gettext_lazy("Needed for sending back and for no."), required=False)


class ReplanForm(forms.Form):
    """Another role or another day."""

    role_id = forms.ChoiceField(label=gettext_lazy("Responsible role"))
    by = day(gettext_lazy("To be done by"), required=True)
    measure_on = day(gettext_lazy("Measured again"), required=True)
    reason = words(gettext_lazy("Why is it planned anew?"))

    def __init__(self, *args: Any, roles: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role_id"] = forms.ChoiceField(label=gettext_lazy("Responsible role"), choices=list(roles))


class ChangeForm(forms.Form):
    """What is changed, by whom and when, in what, and how one will see whether it helped."""

    what = words(gettext_lazy("What do you change?"))
    for_the_individual = words(gettext_lazy("What does it do for the individual?"), rows=2)
    convenience = words(
        gettext_lazy("Whose convenience does it serve?"),
        gettext_lazy("If it makes things easier for an organisation, say which."),
        rows=2,
        required=False,
    )
    target = forms.ChoiceField(label=gettext_lazy("What is changed by it?"), required=False)
    role_id = forms.ChoiceField(label=gettext_lazy("Responsible role"))
    by = day(gettext_lazy("To be done by"), required=True)
    measure = forms.ChoiceField(label=gettext_lazy("How will you see whether it helped?"))
    measure_text = forms.CharField(
        label=gettext_lazy("How, in your own words"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Needed when no indicator or questionnaire shows it."),
    )
    measure_on = day(gettext_lazy("Measured again"), required=True)

    def __init__(self, *args: Any, roles: Choices, targets: Choices, measures: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none, own = gettext_lazy("Nothing of this, or not written down yet"), gettext_lazy("Something else, in own words")
        self.fields["target"] = forms.ChoiceField(
            label=self.fields["target"].label,
            required=False,
            choices=[("", none), *targets],
            help_text=gettext_lazy("The decision, agreement, routine, goal or matter that it changes."),
        )
        self.fields["role_id"] = forms.ChoiceField(
            label=gettext_lazy("Responsible role"),
            choices=list(roles),
            help_text=gettext_lazy("A role, not a person: whoever holds it then is asked."),
        )
        self.fields["measure"] = forms.ChoiceField(label=self.fields["measure"].label, choices=[("words:", own), *measures])

    def arguments(self) -> dict[str, Any]:
        """As the operation takes them."""
        data = dict(self.cleaned_data)
        for name in ("target", "measure"):
            kind, _colon, thing = data.pop(name).partition(":")
            data |= {f"{name}_kind": kind, f"{name}_id": thing}
        return data


class FinishForm(forms.Form):
    """The change is made; where the day of its measuring has passed, by which day it is measured then."""

    words = words(gettext_lazy("How did it go?"), required=False)
    measure_on = day(gettext_lazy("Measured again"), gettext_lazy("The day that was planned has passed."), required=True)

    def __init__(self, *args: Any, passed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not passed:
            del self.fields["measure_on"]


class EffectForm(forms.Form):
    """What came of a change."""

    kind = forms.ChoiceField(label=gettext_lazy("What came of it?"), choices=EffectKind.choices, widget=forms.RadioSelect)
    said = words(
        gettext_lazy("What do you see?"),
        gettext_lazy("Everybody who reads the chain reads this. Leave out figures that not everybody may see."),
    )
    next_on = day(gettext_lazy("Looked at again"), gettext_lazy("Needed when it is too early to say."))


class OutcomeForm(forms.Form):
    """The chain is closed."""

    outcome = words(
        gettext_lazy("What came of it?"), gettext_lazy("What is better now, for whom, and what you have learnt.")
    )


class VersionForm(forms.Form):
    """Which document gets a next version."""

    agreement_id = forms.ChoiceField(label=gettext_lazy("Document"))

    def __init__(self, *args: Any, documents: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreement_id"] = forms.ChoiceField(label=gettext_lazy("Document"), choices=list(documents))


class RevisionForm(forms.Form):
    """Which decision is changed, and why."""

    decision_id = forms.ChoiceField(label=_p("field", "Decision"))
    because = words(
        gettext_lazy("Why is it changed?"), gettext_lazy("It goes to the matter, and to everybody who answers.")
    )

    def __init__(self, *args: Any, decisions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision_id"] = forms.ChoiceField(label=_p("field", "Decision"), choices=list(decisions))
