"""What is wrong with what was typed, gathered so that everything is said at once, field by field."""

from __future__ import annotations

from datetime import date
from unicodedata import category

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from samordna.core.errors import Invalid

LONGEST_TEXT = 10_000  # characters of running text in one field; a page of text is about 3,000


class Findings:
    """Sentences by field name. The first sentence about a field stands."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}

    def say(self, field: str, sentence: str) -> None:
        """Add a sentence about a field."""
        self.fields.setdefault(field, sentence)

    def insist(self) -> None:
        """Raise `Invalid` if anything has been found."""
        if self.fields:
            raise Invalid(self.fields)

    def line(self, field: str, value: str, longest: int, *, required: bool = True) -> str:
        """One line without surrounding blanks that is there (if required) and not too long."""
        value = self.text(field, value, required=required, longest=longest)
        if any(category(character) in ("Cc", "Zl", "Zp") for character in value):
            self.say(field, _("Write this on one line, without line breaks and tabs."))
        return value

    def text(self, field: str, value: str, *, required: bool = True, longest: int = LONGEST_TEXT) -> str:
        """Running text, which may have many lines."""
        value = value.strip()
        if required and not value:
            self.say(field, _("Fill this in."))
        if len(value) > longest:
            self.say(
                field,
                _("At most %(longest)s characters fit here; this has %(length)s.")
                % {"longest": longest, "length": len(value)},
            )
        if "\x00" in value:
            self.say(field, _("The text contains a character that cannot be stored. Type it again without it."))
        return value

    def choice(self, field: str, value: str, choices: list[str], *, required: bool = True) -> str:
        """One of these values."""
        if value not in choices and (value or required):
            self.say(field, _("Choose one of the alternatives."))
        return value

    def days(self, field: str, value: int, most: int) -> int:
        """A number of days from none to the most."""
        if not 0 <= value <= most:
            self.say(field, _("Write a number of days between 0 and %(most)s.") % {"most": most})
        return value

    def email(self, field: str, value: str) -> str:
        """An e-mail address, or nothing."""
        value = self.line(field, value, 254, required=False).lower()
        try:
            if value:
                validate_email(value)
        except ValidationError:
            self.say(field, _("This is not an e-mail address. Write it as name@example.se."))
        return value

    def span(self, start_field: str, start: date, end_field: str, end: date | None) -> None:
        """An end comes after its start."""
        if end is not None and end <= start:
            self.say(
                end_field,
                _("The last day must come after the first: the time runs up to, but not including, the day you give."),
            )
