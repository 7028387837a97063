"""What is typed about a time that is looked for. Shape only; operations check meaning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.forums.enums import Weekday
from samordna.domain.scheduling.enums import Wanted
from samordna.domain.scheduling.limits import LARGEST_CALENDAR, LONGEST_WAY
from samordna.domain.scheduling.operations.asking import Sought
from samordna.domain.scheduling.queries.time_rows import RoleChoice
from samordna.web.agreements.forms import Choices, offer
from samordna.web.forms import Overtakable
from samordna.web.forums.forms import clock_field
from samordna.web.organisations.forms import day_field

PLAIN = ("minutes", "first_on", "last_on", "opens", "closes", "answer_by", "title")


class QuestionForm(Overtakable):
    """What is looked for, and who is asked."""

    title = forms.CharField(
        label=gettext_lazy("What the meeting is about"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Empty means the forum's name."),
    )
    minutes = forms.IntegerField(label=gettext_lazy("How many minutes"), min_value=5, max_value=720, initial=60)
    first_on = day_field(_p("window", "Earliest day"), required=True)
    last_on = day_field(_p("window", "Latest day"), required=True)
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Weekdays"),
        choices=Weekday.choices,
        coerce=int,
        initial=[0, 1, 2, 3, 4],
        widget=forms.CheckboxSelectMultiple,
    )
    opens = clock_field(gettext_lazy("Not before"))
    closes = clock_field(gettext_lazy("Over by"))
    answer_by = day_field(gettext_lazy("Answer by"))

    def __init__(self, *args: Any, roles: Sequence[RoleChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles = roles
        for role in roles:
            self.fields[f"role_{role.id}"] = forms.ChoiceField(
                label=f"{role.name}, {role.organisation}",
                choices=[("", _p("wanted", "not asked")), *Wanted.choices],
                required=False,
                initial=role.wanted,
            )

    def sought(self) -> Sought:
        """What was typed, as the operations take it."""
        data = self.cleaned_data
        wanted = {role.id: data[f"role_{role.id}"] for role in self.roles if data[f"role_{role.id}"]}
        return Sought(wanted=wanted, weekdays=data["weekdays"], **{name: data[name] for name in PLAIN})


class SpotForm(forms.Form):
    """Where one could meet."""

    name = forms.CharField(label=_p("field", "Place"), max_length=200)
    seats = forms.IntegerField(
        label=gettext_lazy("How many fit"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=gettext_lazy("Empty: as many as like."),
    )
    online = forms.BooleanField(label=gettext_lazy("One takes part from elsewhere, without travel"), required=False)

    def __init__(self, *args: Any, organisations: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = list(organisations)
        for key, name in self.organisations:
            self.fields[f"way_{key}"] = forms.IntegerField(
                label=_("Minutes from %(name)s") % {"name": name}, required=False, min_value=0, max_value=LONGEST_WAY
            )

    def ways(self) -> dict[str, int]:
        """Minutes by organisation."""
        return {key: self.cleaned_data[f"way_{key}"] or 0 for key, _name in self.organisations}


class TimeForm(forms.Form):
    """A time that is proposed by hand."""

    on = day_field(_p("field", "Day"), required=True)
    begins = clock_field(_p("time", "From"))
    spot_id = forms.ChoiceField(label=_p("field", "Place"), required=False)

    def __init__(self, *args: Any, spots: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "spot_id", spots)


class CalendarForm(forms.Form):
    """A calendar, as a file or as text."""

    file = forms.FileField(
        label=gettext_lazy("Calendar file"),
        required=False,
        help_text=gettext_lazy("Exported from your own calendar; its name ends in .ics."),
        widget=forms.ClearableFileInput(attrs={"accept": ".ics,text/calendar"}),
        max_length=160,
    )
    calendar = forms.CharField(
        label=gettext_lazy("Or its text"),
        required=False,
        max_length=LARGEST_CALENDAR,
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "BEGIN:VCALENDAR"}),
    )

    def clean_file(self) -> UploadedFile[Any] | None:
        """Too large is said before anything is read."""
        upload: UploadedFile[Any] | None = self.cleaned_data["file"]
        if upload and (upload.size or 0) > LARGEST_CALENDAR:
            limit = {"most": LARGEST_CALENDAR}
            raise forms.ValidationError(_("A calendar is at most %(most)s octets. Export fewer days.") % limit)
        return upload

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = self.cleaned_data
        if not self.errors and not data.get("file") and not data.get("calendar"):
            self.add_error("file", _("Choose a file, or paste its text."))
        return data

    def octets(self) -> bytes:
        """What was given."""
        upload = self.cleaned_data["file"]
        return bytes(upload.read()) if upload else self.cleaned_data["calendar"].encode()
