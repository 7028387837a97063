"""What a provider of sign-in says about somebody, once it is believed, and every reason not to believe it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CLOCK_SECONDS = 300  # the provider's clock and ours may differ by so much


class Fault(StrEnum):
    """Why an answer is not believed. The value is what the journal keeps."""

    UNASKED = "unasked"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    SIGNATURE = "signature"
    KEY = "key"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    EXPIRED = "expired"
    CLOCK = "clock"
    REPLAYED = "replayed"
    INCOMPLETE = "incomplete"
    UNREADABLE = "unreadable"
    LEVEL = "level"


SENTENCES: Mapping[Fault, Promise] = {
    Fault.UNASKED: _("The sign-in had been waiting too long, or was begun in another browser. Begin again."),
    Fault.CANCELLED: _("You cancelled the sign-in. Nothing has changed. Begin again when you like."),
    Fault.REFUSED: _("The provider would not let you in here. Ask those who look after sign-in in your organisation."),
    Fault.UNREACHABLE: _("The provider did not answer as it should. Wait a few minutes and begin again."),
    Fault.SIGNATURE: _(
        "The answer was not signed by the provider, so it cannot be believed. Tell those who run this site."
    ),
    Fault.KEY: _("The answer was signed with a key that the provider has not published. Tell those who run this site."),
    Fault.ISSUER: _("The answer came from another provider than the one that was asked. Tell those who run this site."),
    Fault.AUDIENCE: _("The answer was meant for another site than this. Tell those who run this site."),
    Fault.EXPIRED: _("The answer was too old when it came. Begin again. If it happens again, a clock may be wrong."),
    Fault.CLOCK: _(
        "The answer is dated later than now. The provider's clock or this site's is wrong by more than five minutes. "
        "Tell those who run this site."
    ),
    Fault.REPLAYED: _("The answer has been used before, or belongs to another sign-in. Begin again."),
    Fault.INCOMPLETE: _("The provider did not say who you are. Tell those who run this site."),
    Fault.UNREADABLE: _("The answer could not be read. Begin again. If it happens again, tell those who run this site."),
    Fault.LEVEL: _("The sign-in was not of the level that was asked for. Begin again, and choose a surer way."),
}


class Unbelievable(Exception):
    """The answer cannot be believed, and why."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault, self.detail = fault, detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """Who the provider says it is. `email`: where it says that it has been checked. `assurance`: its word for the level."""

    subject: str
    name: str = ""
    email: str = ""
    affiliations: tuple[str, ...] = ()
    assurance: str = ""

    def checked(self) -> Vouched:
        """Itself; `Unbelievable` when it does not say who it is about, or says more than anybody is called."""
        if not 0 < len(self.subject) <= 255 or "\x00" in self.subject:
            raise Unbelievable(Fault.INCOMPLETE, "subject")
        return self
