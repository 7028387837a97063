"""The first set-up, and the settings for whoever looks after the site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samordna.core import clock
from samordna.domain.site.access import check_set_up_key, forget_set_up_key
from samordna.domain.site.operations import change_mail, change_site, hand_site_over, set_site_up, try_mail
from samordna.domain.site.operations.setting_up import Administrator, same_twice
from samordna.domain.site.queries import SitePage, checks, site_page
from samordna.web.door import Request, public, requires
from samordna.web.forms import attempt, typed
from samordna.web.site.setup_forms import MailForm, OwnerForm, SetUpForm, SiteForm


@require_http_methods(["GET", "HEAD", "POST"])
@public("nobody has an account yet; it asks for the key that the server printed, and closes for ever once it is used")
def set_up(request: Request) -> HttpResponse:
    """Begin the site: organisation, administrator, language and mail."""
    key = request.POST.get("key", "") or request.GET.get("nyckel", "")
    actor = check_set_up_key(key)
    form = SetUpForm(typed(request))
    if form.is_valid() and attempt(form, lambda: _begin(actor, key, form)) is not None:
        forget_set_up_key()
        messages.success(request, _("The site is set up. Sign in with the address and the password that you chose."))
        return redirect("account_login")
    return render(request, "site/set_up.html", {"form": form, "key": key}, status=422 if form.errors else 200)


def _begin(actor: Any, key: str, form: SetUpForm) -> object:
    given = form.cleaned_data
    same_twice(given["password"], given["again"])
    somebody = Administrator(name=given["name"], email=given["email"], password=given["password"], role="")
    about = {name: given[name] for name in ("organisation", "kind", "number", "language")}
    return set_site_up(actor=actor, key=key, administrator=somebody, mail=form.mail(), **about)


@require_safe
@requires("site.look_after")
def settings(request: Request) -> HttpResponse:
    """Everything about the site in one place, and how it is doing."""
    return _page(request, site_page(request.actor, clock.now()))


@require_POST
@requires("site.look_after")
def site_changing(request: Request) -> HttpResponse:
    """Change what the site is called and says of itself."""
    form = SiteForm(request.POST)
    page = site_page(request.actor, clock.now())
    if form.is_valid() and attempt(form, lambda: change_site(actor=request.actor, **form.cleaned_data)) is not None:
        return _saved(request, _("The settings are saved."))
    return _page(request, page, site=form)


@require_POST
@requires("site.look_after")
def mail_changing(request: Request) -> HttpResponse:
    """Name the mail server."""
    form = MailForm(request.POST)
    page = site_page(request.actor, clock.now())
    if form.is_valid() and attempt(form, lambda: change_mail(actor=request.actor, mail=form.mail())) is not None:
        return _saved(request, _("The mail server is saved. Send yourself a test."))
    return _page(request, page, mail=form)


@require_POST
@requires("site.look_after")
def mail_trying(request: Request) -> HttpResponse:
    """Send a test to oneself."""
    form = forms.Form(request.POST)
    page = site_page(request.actor, clock.now())
    sent = attempt(form, lambda: try_mail(actor=request.actor)) if form.is_valid() else None
    if sent is not None:
        return _saved(request, _("A test is on its way to %(address)s.") % {"address": sent})
    return _page(request, page, trial=form)


@require_POST
@requires("site.look_after")
def handing_over(request: Request) -> HttpResponse:
    """Let another role look after the site."""
    page = site_page(request.actor, clock.now())
    form = OwnerForm(request.POST, owners=page.owners)
    if form.is_valid() and attempt(form, lambda: hand_site_over(actor=request.actor, **form.cleaned_data)) is not None:
        messages.success(request, _("Another role looks after the site now."))
        return redirect("home")
    return _page(request, page, owner=form)


def _saved(request: Request, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("settings")


def _page(request: Request, page: SitePage, **bound: forms.Form) -> HttpResponse:
    shown = ("mail_host", "mail_port", "mail_security", "mail_user", "mail_from")
    context = {
        "page": page,
        "checks": checks(clock.now()),
        "site_form": bound.get("site")
        or SiteForm(initial={"name": page.name, "language": page.language, "contact": page.contact}),
        "mail_form": bound.get("mail") or MailForm(initial={name: getattr(page, name) for name in shown}),
        "owner_form": bound.get("owner") or OwnerForm(initial={"role_id": page.owner_role_id}, owners=page.owners),
        "trial": bound.get("trial"),
    }
    return render(request, "site/settings.html", context, status=422 if bound else 200)
