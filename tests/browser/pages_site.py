"""The frame's own pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from samordna.domain.organisations.enums import RoleKind
from samordna.domain.search.index import rebuild
from samordna.domain.site.access import set_up_key
from samordna.domain.site.models import Site
from tests import factories as f
from tests.browser.pages import Visit, page


def _somebody() -> Any:
    held = f.holding(f.organisation("Sunnanå kommun"))
    f.holding(f.organisation("Samverkanskansliet"), RoleKind.COORDINATOR, person=held.person)
    return held


@page("Mitt, when nothing waits")
def home() -> Visit:
    return Visit(address=reverse("home"), holding=_somebody())


@page("Mitt, when a matter waits for an answer")
def home_with_matter() -> Visit:
    held = _somebody()
    f.position(f.matter(title="Betalningsansvar vid utskrivning"), held.role.organisation)
    return Visit(address=reverse("home"), holding=held)


@page("Mitt, with small acts and other roles")
def home_with_other_roles() -> Visit:
    held = _somebody()
    given = f.matter(title="Betalningsansvar vid utskrivning", answer_by=f.START)
    lead = f.holding(given.collaboration.host, role=given.collaboration.coordinator_role, person=held.person)
    f.position(given, held.role.organisation)
    return Visit(address=reverse("home"), holding=lead)


@page("The menu of roles, open")
def roles() -> Visit:
    return Visit(address=reverse("home"), holding=_somebody(), act=lambda seen: seen.locator(".acting summary").click())


@page("Every component")
def gallery() -> Visit:
    return Visit(address=reverse("gallery"), holding=_somebody())


@page("About")
def about() -> Visit:
    return Visit(address=reverse("about"))


@page("Accessibility statement")
def accessibility() -> Visit:
    return Visit(address=reverse("accessibility"))


@page("Nothing here")
def absent() -> Visit:
    return Visit(address="/finns-inte/", holding=_somebody(), status=404)


@page("Signing in")
def sign_in() -> Visit:
    return Visit(address=reverse("account_login"))


@page("Signing in, refused")
def sign_in_refused() -> Visit:
    def send(seen: Any) -> None:
        seen.fill("#id_login", "nobody@example.se")
        seen.fill("#id_password", "wrong")
        seen.click("form.form button[type=submit]")
        seen.wait_for_selector(".error-summary")

    return Visit(address=reverse("account_login"), act=send)


@page("Sign-up is closed")
def sign_up() -> Visit:
    return Visit(address=reverse("account_signup"))


@page("Forgotten password")
def forgotten() -> Visit:
    return Visit(address=reverse("account_reset_password"))


@page("One's account")
def account() -> Visit:
    return Visit(address=reverse("account"), holding=_somebody())


@page("Changing the password")
def password() -> Visit:
    held = _somebody()
    held.person.set_password("a few words in a row")
    held.person.save()
    return Visit(address=reverse("account_change_password"), holding=held)


@page("Passkeys and codes")
def factors() -> Visit:
    return Visit(address=reverse("mfa_index"), holding=_somebody())


@page("Where one is signed in")
def sessions() -> Visit:
    return Visit(address=reverse("usersessions_list"), holding=_somebody())


@page("Signing out")
def sign_out() -> Visit:
    return Visit(address=reverse("account_logout"), holding=_somebody())


@page("Changing the e-mail address")
def email() -> Visit:
    return Visit(address=reverse("account_email"), holding=_somebody())


@page("The search page, with what was found")
def search() -> Visit:
    held = _somebody()
    f.position(f.matter(title="Betalningsansvar vid utskrivning", purpose="Samma dagar i länet"), held.role.organisation)
    rebuild()
    return Visit(address=reverse("search") + "?q=utskrivningar", holding=held)


@page("The search page, before anything is typed")
def search_empty() -> Visit:
    return Visit(address=reverse("search"), holding=_somebody())


@page("The palette over a page")
def palette() -> Visit:
    rebuild()
    return Visit(address=reverse("home"), holding=_somebody(), act=lambda seen: seen.keyboard.press("Control+k"))


@page("Settings of the site")
def settings() -> Visit:
    held = f.holding(f.organisation("Samverkanskansliet"), RoleKind.ADMINISTRATOR)
    Site.objects.create(pk=1, name="Samordna", owner_role=held.role, set_up_at=f.NOW)
    return Visit(address=reverse("settings"), holding=held)


@page("The first set-up")
def set_up() -> Visit:
    return Visit(address=f"{reverse('set_up')}?nyckel={set_up_key()}")


@page("The help")
def help_index() -> Visit:
    return Visit(address=reverse("help"))


@page("A guide")
def guide() -> Visit:
    return Visit(address=reverse("guide", args=["drift"]))
