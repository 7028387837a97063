"""What is typed about meetings and items. Shape only; operations check meaning."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.forums.enums import ItemKind
from samordna.web.agreements.forms import Choices, offer
from samordna.web.forms import Overtakable
from samordna.web.forums.forms import clock_field
from samordna.web.organisations.forms import day_field


class MeetingForm(forms.Form):
    """When and where a meeting is."""

    on = day_field(_p("field", "Day"), required=True)
    begins = clock_field(_p("time", "From"))
    ends = clock_field(_p("time", "To"))
    title = forms.CharField(
        label=_("A name of its own"), required=False, max_length=120, help_text=_("Empty means the forum's name.")
    )
    place = forms.CharField(
        label=_p("field", "Place"),
        required=False,
        max_length=200,
        help_text=_("Empty: where the forum usually meets."),
    )
    link = forms.CharField(
        label=_("Link for taking part from elsewhere"),
        required=False,
        max_length=300,
        help_text=_("It begins with https://."),
    )


class ChangedMeetingForm(Overtakable, MeetingForm):
    """A meeting said anew."""


class ItemForm(forms.Form):
    """Something to take up."""

    kind = forms.ChoiceField(
        label=_("What the meeting is to do with it"), choices=ItemKind.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_p("field", "What it is about"), max_length=160)
    purpose = forms.CharField(
        label=_("What you want of the meeting"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=600)
    owner_role_id = forms.ChoiceField(label=_("Answers for it"), required=False)
    matter_id = forms.ChoiceField(label=_("Matter"), required=False, help_text=_("What a decision is about, if it is one."))
    area_id = forms.ChoiceField(
        label=_("Or the area of a question"),
        required=False,
        help_text=_("For a decision that is not about a matter, so that it can be seen who may decide."),
    )
    meeting_id = forms.ChoiceField(label=_("When it is to be taken up"), required=False)

    def __init__(
        self,
        *args: Any,
        roles: Choices = (),
        matters: Choices = (),
        areas: Choices = (),
        meetings: Choices | None = None,
        unseen_matter: bool = False,
        unseen_area: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner_role_id", roles)
        offer(self, "matter_id", matters, _("A matter that you cannot see") if unseen_matter else "")
        offer(self, "area_id", areas, _("An area that you cannot see") if unseen_area else "")
        if meetings is None:
            del self.fields["meeting_id"]
        else:
            offer(self, "meeting_id", meetings, _p("choice", "Whenever there is time: the backlog"))


class DescribedItemForm(Overtakable, ItemForm):
    """An item said anew."""


class PaperForm(forms.Form):
    """Something to read: a link or a text."""

    name = forms.CharField(label=_p("field", "Name"), max_length=160)
    address = forms.CharField(
        label=_p("field", "Link"), required=False, max_length=500, help_text=_("It begins with https://.")
    )
    text = forms.CharField(label=_("Or a text"), required=False, widget=forms.Textarea(attrs={"rows": 8}))


class WhyForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_p("field", "Reason"), widget=forms.Textarea(attrs={"rows": 4}))
