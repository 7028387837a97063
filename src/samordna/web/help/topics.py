"""Which passage of which guide helps on which page. Every passage that is named here exists; a test reads them."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from django.urls import reverse

TOPICS: Mapping[str, str] = {
    "search": "deltagare#hitta-det-du-letar-efter",
    "organisation": "deltagare#säg-vem-man-kontaktar-om-vad",
    "organisations": "deltagare#säg-vem-man-kontaktar-om-vad",
    "open_contact_path": "deltagare#säg-vem-man-kontaktar-om-vad",
    "toolbox": "deltagare#verktygslådan-vad-ni-kan-erbjuda",
    "service": "deltagare#verktygslådan-vad-ni-kan-erbjuda",
    "open_service": "deltagare#verktygslådan-vad-ni-kan-erbjuda",
    "match_situation": "deltagare#vem-kan-hjälpa",
    "profile": "deltagare#berätta-vad-ni-är",
    "compare_profiles": "deltagare#berätta-vad-ni-är",
    "position": "deltagare#för-dig-som-svarar-för-en-organisation",
    "answer": "deltagare#för-dig-som-svarar-för-en-organisation",
    "inquiries": "deltagare#för-dig-som-svarar-för-en-organisation",
    "own_exchange": "deltagare#fylla-i-svaret-i-ett-kalkylblad",
    "goals": "deltagare#säg-hur-ert-eget-arbete-hjälper",
    "following": "deltagare#att-följa-bättre",
    "answer_consultation": "deltagare#när-beslutet-är-på-remiss",
    "home": "chef#för-dig-som-är-chef",
    "binds_us": "chef#för-dig-som-är-chef",
    "sign_version": "chef#skriv-under-och-se-vad-som-binder-er",
    "rules": "chef#skriv-under-och-se-vad-som-binder-er",
    "start_collaboration": "samordnare#bilda-en-samverkan-tillsammans",
    "collaboration": "samordnare#bilda-en-samverkan-tillsammans",
    "picture": "samordnare#bilda-en-samverkan-tillsammans",
    "mandate": "samordnare#mandat",
    "give_mandate": "samordnare#mandat",
    "matter": "samordnare#från-fråga-till-beslut",
    "new_matter": "samordnare#från-fråga-till-beslut",
    "board": "samordnare#från-fråga-till-beslut",
    "decision": "samordnare#från-fråga-till-beslut",
    "balance": "samordnare#är-det-värt-det",
    "assessments": "samordnare#fråga-hur-samverkan-fungerar",
    "wave_result": "samordnare#fråga-hur-samverkan-fungerar",
    "voices": "samordnare#återkoppling-och-tack",
    "agreements": "samordnare#skriv-en-överenskommelse",
    "agreement": "samordnare#skriv-en-överenskommelse",
    "new_from_file": "samordnare#en-fråga-som-fil",
    "exchange": "samordnare#svar-i-kalkylblad",
    "settings": "drift#inställningar-i-webbläsaren",
    "set_up": "drift#komma-igång-i-webbläsaren",
    "account_login": "deltagare#för-dig-som-svarar-för-en-organisation",
}


def help_for(request: HttpRequest) -> str:
    """The address of the passage that helps on this page, or else of the list of guides."""
    match = request.resolver_match
    topic = TOPICS.get(match.url_name or "", "") if match else ""
    if not topic:
        return reverse("help")
    guide, passage = topic.split("#")
    return f"{reverse('guide', args=[guide])}#{passage}"
