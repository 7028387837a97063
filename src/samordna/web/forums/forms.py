"""What is typed about forums. Shape only; operations check meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.forums.enums import (
    Every,
    Formality,
    ForumKind,
    Method,
    Power,
    Quorum,
    Raising,
    Rhythm,
    SeatTask,
    Share,
    Voice,
    Weekday,
)
from samordna.domain.forums.limits import LONGEST_DEADLINE
from samordna.web.agreements.forms import Choices, offer
from samordna.web.forms import Overtakable
from samordna.web.organisations.forms import day_field

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


def clock_field(label: StrOrPromise) -> forms.TimeField:
    """What the clocks show."""
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write the time as 09:30.")},
    )


class ForumForm(forms.Form):
    """What a forum is called and for, what comes out of it, who prepares it, when and where it meets."""

    name = forms.CharField(label=_p("field", "Name"), max_length=120)
    purpose = forms.CharField(label=_("What it is for"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))
    formality = forms.ChoiceField(
        label=_("Formal or informal"), choices=Formality.choices, widget=forms.RadioSelect, initial=Formality.FORMAL
    )
    power = forms.ChoiceField(label=_("What comes out of it"), choices=Power.choices, widget=forms.RadioSelect)
    area_ids = forms.MultipleChoiceField(
        label=_("Areas it decides on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only for a forum that decides. None means every area of the collaboration."),
    )
    prepares_role_id = forms.ChoiceField(
        label=_("Prepares and calls"), required=False, help_text=_("A role, so that it goes on when somebody leaves.")
    )
    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices)
    rhythm_note = forms.CharField(
        label=_("More about when"), required=False, max_length=200, help_text=_("Such as: three in spring, two in autumn.")
    )
    place = forms.CharField(
        label=_p("field", "Place"), required=False, max_length=200, help_text=_("Where one usually meets, or a link.")
    )

    def __init__(self, *args: Any, roles: Choices = (), areas: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "prepares_role_id", roles, _p("choice", "The coordinator"))
        field, choices = self.fields["area_ids"], list(areas)
        if choices and isinstance(field, forms.MultipleChoiceField):
            field.choices = choices
        else:
            del self.fields["area_ids"]


class DescribedForm(Overtakable, ForumForm):
    """A forum said anew."""


class StartForm(ForumForm):
    """A new forum, of a kind."""

    kind = forms.ChoiceField(choices=ForumKind.choices, widget=forms.HiddenInput)


class RoutineForm(forms.Form):
    """How a forum decides."""

    method = forms.ChoiceField(label=_("How it decides"), choices=Method.choices, widget=forms.RadioSelect)
    voice = forms.ChoiceField(label=_("A voice each"), choices=Voice.choices, widget=forms.RadioSelect)
    quorum = forms.ChoiceField(
        label=_("Have to be there"), choices=Quorum.choices, help_text=_("For a decision to count. Counted in voices.")
    )
    share = forms.ChoiceField(
        label=_("Qualified majority"), choices=Share.choices, help_text=_("Only when it decides by qualified majority.")
    )
    raising = forms.ChoiceField(label=_("Who may raise an item"), choices=Raising.choices, widget=forms.RadioSelect)
    items_days = forms.IntegerField(
        label=_("Items in, days before the meeting"), min_value=0, max_value=LONGEST_DEADLINE, initial=0
    )
    call_days = forms.IntegerField(
        label=_("Call out, days before the meeting"), min_value=0, max_value=LONGEST_DEADLINE, initial=0
    )
    papers_days = forms.IntegerField(
        label=_("Papers out, days before the meeting"), min_value=0, max_value=LONGEST_DEADLINE, initial=0
    )
    starts_on = day_field(_("From and including"), _("Empty means today."))


class SeatForm(forms.Form):
    """Roles that get a seat each."""

    role_ids = forms.MultipleChoiceField(
        label=_p("field", "Roles"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one role."),
            "invalid_choice": _(
                "A role that you had chosen cannot get a seat any more: somebody else has seated it meanwhile, or it has "
                "ended. Look the list over and choose again."
            ),
        },
    )
    task = forms.ChoiceField(
        label=_p("field", "Sits as"),
        choices=SeatTask.choices,
        help_text=_("Members, chairs and deputies speak for their organisation's party; the others for nobody."),
    )

    def __init__(self, *args: Any, roles: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role_ids"].choices = roles  # type: ignore[attr-defined]  # a choice field


class JointDayForm(forms.Form):
    """A day on which one sits together."""

    weekday = forms.TypedChoiceField(label=_p("field", "Day"), choices=Weekday.choices, coerce=int)
    every = forms.TypedChoiceField(label=_("How often"), choices=Every.choices, coerce=int)
    begins = clock_field(_p("time", "From"))
    ends = clock_field(_p("time", "To"))
    place = forms.CharField(label=_p("field", "Place"), max_length=200)
    valid_from = day_field(_("From and including"), _("Empty means today."))
    valid_to = day_field(_("Up to, but not including"), _("Empty means until further notice."))


class CloseForm(forms.Form):
    """Why a forum is closed."""

    reason = forms.CharField(label=_p("field", "Reason"), widget=forms.Textarea(attrs={"rows": 4}))


class ShareForm(forms.Form):
    """Which collaboration is to own the forum, too."""

    collaboration_id = forms.ChoiceField(label=_p("field", "Collaboration"))

    def __init__(self, *args: Any, collaborations: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "collaboration_id", collaborations, _p("choice", "Choose"))
