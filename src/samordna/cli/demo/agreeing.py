"""The demonstration's documents: an agreement in force with two annexes and an older version, one that awaits signatures,
a routine that rests on it, an organisation's own routine, and contact paths. All of it is fictional."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from samordna.cli.demo.cast import CARE_PLACES
from samordna.cli.demo.world import World
from samordna.core import clock
from samordna.domain.agreements import operations as agreements
from samordna.domain.organisations import operations as organisations

if TYPE_CHECKING:
    from samordna.domain.agreements.models import Agreement, AgreementVersion

PATHS = (
    ("strandsala-rep", "Utskrivning på vardagar", "010-555 10 20, 8–16", "Helger: ring biståndsjouren."),
    ("strandsala-chef", "Oenighet om utskrivningsklar", "utskrivning@strandsala.example", ""),
    ("region-rep", "Samordnad individuell plan: kalla vården", "010-555 70 00, planeringsenheten", "Nätter"),
    ("holmo-chef", "Hemgång till ön", "010-555 30 11", "Söndagar: färjan går inte, planera för måndag."),
)
WHOLE: Mapping[str, str] = {
    "background": (
        "Den som lämnar sjukhuset och behöver stöd av både region och kommun möter i dag olika regler beroende på var hen bor. "
        "Parterna har haft en överenskommelse sedan tidigare. Den här versionen gör ansvar och kontaktvägar tydliga och "
        "bygger på det som uppföljningen visade."
    ),
    "legal_base": (
        "Överenskommelsen vilar på parternas skyldighet att samverka vid utskrivning från sluten hälso- och sjukvård. "
        "Gällande lagrum framgår av parternas egna förteckningar och ses över varje år."
    ),
    "responsibilities": (
        "## Regionen\n\n- bedömer när den enskilde är utskrivningsklar\n- kallar till samordnad individuell plan inom tre dagar\n"
        "- utser fast vårdkontakt före hemgång\n\n## Kommunerna\n\n- har insatser på plats när den enskilde kommer hem\n"
        "- utser fast omsorgskontakt\n- deltar i planeringen senast dagen efter kallelse\n\n## Gemensam it\n\n"
        "- håller planeringsstödet öppet dygnet runt och meddelar avbrott i förväg"
    ),
    "structure": (
        "Parterna möts i ett gemensamt chefsforum fyra gånger om året. Forumet bereds av samordnaren tillsammans med parternas "
        "samverkansansvariga. Varje part utser ersättare för sina roller."
    ),
    "decision_routine": (
        "Frågor bereds av samordnaren. Chefsforumet rekommenderar, och varje parts eget organ antar det som parten inte har "
        "lånat ut mandat för. Den som inte kan leva med ett förslag säger vilken förutsättning som bryts."
    ),
    "individual": (
        "Planeringen börjar med den enskildes egna ord om vad som är viktigt. Ingen plan görs utan att den enskilde eller dess "
        "företrädare är med, om inte den enskilde själv avstår."
    ),
    "secrecy": (
        "Varje part ansvarar för sina egna handlingar och prövar själv om uppgifter får lämnas ut. Samtycke inhämtas skriftligt "
        "och gäller det som står i det."
    ),
    "resources": "Varje part bär sina egna kostnader. Samordnarens tid delas efter befolkning.",
    "deviations": "Avvikelser rapporteras i den egna verksamheten och skickas till den som berörs inom fem arbetsdagar.",
    "disputes": (
        "- Närmaste chefer löser frågan inom två arbetsdagar.\n- Går det inte tar samverkansansvariga över inom en vecka.\n"
        "- Därefter avgör chefsforumet vad som ska gälla tills frågan är löst."
    ),
    "follow_up": "Målen följs upp två gånger om året. Resultatet analyseras tillsammans och leder till beslut om förändring.",
    "exit": "En part kan säga upp överenskommelsen med tolv månaders varsel. De övriga ser då över den tillsammans.",
}
OLDER = (
    {"label": "1", "valid_from": date(2019, 1, 1), "valid_to": date(2022, 1, 1), "approver": "Chefsforum 2018-11-14 § 6"},
    {
        "label": "1.1",
        "valid_from": date(2021, 7, 1),
        "valid_to": date(2023, 1, 1),
        "approver": "Chefsforum 2021-05-19 § 3",
        "note": "Omslaget säger att den gäller till 2024, texten till 2023.",
    },
)


def documents(world: World, care: str) -> None:
    """Everything that the care collaboration has in writing."""
    for key, topic, how, when_not in PATHS:
        organisations.open_contact_path(
            actor=world.actor(key),
            role_id=world.roles[key],
            topic=topic,
            how=how,
            when_not=when_not,
            valid_from=clock.day(world.ago(400)),
            at=world.ago(400),
        )
    whole = _agreement(world, care)
    for place, (name, trial) in enumerate((("Bilaga 1: Hjälpmedel", False), ("Bilaga 2: Hemgång på helger", True))):
        annex = _begin(world, care, name, "agreement", annex_of_id=whole.pk)
        text = {
            "background": "Bilagan preciserar överenskommelsen.",
            "responsibilities": "- regionen ordnar\n- kommunen följer upp",
        }
        head: dict[str, Any] = {"valid_from": clock.day(world.ago(200)), "diary_number": f"VSF 2026/{20 + place}"}
        head |= {"trial": True, "valid_to": clock.day(world.now) + timedelta(days=75)} if trial else {}
        _sign_all(world, _sealed(world, annex, text, head))
    _routines(world, care, whole)
    waiting = _begin(world, care, "Överenskommelse om gemensamt it-stöd", "contract")
    text = {
        "background": "Parterna behöver ett planeringsstöd som hänger ihop.",
        "resources": "Kostnaden delas efter användning.",
    }
    sealed = _sealed(world, waiting, text, {"valid_from": clock.day(world.now) + timedelta(days=40)})
    for signer in ("strandsala", "kvarnforsa", "it"):
        _sign(world, sealed, f"{signer}-chef")


def _begin(world: World, care: str, name: str, kind: str, **more: Any) -> Agreement:
    return agreements.start_agreement(
        actor=world.actor("samordnare"), collaboration_id=care, kind=kind, name=name, at=world.ago(260), **more
    )


def _agreement(world: World, care: str) -> Agreement:
    whole = _begin(
        world,
        care,
        "Överenskommelse om trygg hemgång",
        "agreement",
        area_id=world.areas["Utskrivning"],
        review_on=clock.day(world.now) + timedelta(days=20),
    )
    taking: dict[str, Any] = {"source": "Regionens diarium, VSF 2018/44", "versions": OLDER, "at": world.ago(259)}
    agreements.take_in_history(actor=world.actor("samordnare"), agreement_id=whole.pk, **taking)
    head = {"valid_from": clock.day(world.ago(240)), "diary_number": "VSF 2026/12", "approver": "Chefsforum § 4"}
    _sign_all(world, _sealed(world, whole, WHOLE, head))
    return whole


def _sealed(world: World, agreement: Agreement, texts: Mapping[str, str], head: Mapping[str, Any]) -> AgreementVersion:
    actor, at = world.actor("samordnare"), world.ago(255)
    draft = agreement.versions.get(sealed_at__isnull=True)
    for section in draft.sections.filter(heading__in=list(texts)):
        text = texts[section.heading]
        agreements.write_section(actor=actor, section_id=section.pk, revision=section.revision, text=text, at=at)
    agreements.restate_head(actor=actor, version_id=draft.pk, revision=draft.revision, at=at, **head)
    return agreements.offer_for_signing(actor=actor, version_id=draft.pk, at=at)


def _sign_all(world: World, version: AgreementVersion) -> None:
    for place in CARE_PLACES:
        _sign(world, version, f"{place}-chef")


def _sign(world: World, version: AgreementVersion, who: str) -> None:
    digest = version.document.sha256
    agreements.sign_version(actor=world.actor(who), version_id=version.pk, sha256=digest, at=world.ago(245))


def _routines(world: World, care: str, whole: Agreement) -> None:
    actor, at = world.actor("samordnare"), world.ago(150)
    routine = _begin(
        world,
        care,
        "Rutin: kallelse till samordnad individuell plan",
        "routine",
        responsible_role_id=world.roles["region-rep"],
    )
    agreements.rest_on(actor=actor, agreement_id=routine.pk, rests_on_id=whole.pk, at=at)
    draft = routine.versions.get()
    steps = "- Den som upptäcker behovet frågar den enskilde och skriver kallelsen.\n- Alla som kallas svarar samma dag.\n- Mötet hålls inom tre arbetsdagar."
    section = draft.sections.get(heading="steps")
    agreements.write_section(actor=actor, section_id=section.pk, revision=1, text=steps, at=at)
    agreements.restate_head(actor=actor, version_id=draft.pk, revision=1, valid_from=clock.day(at), at=at)
    agreements.approve_document(actor=actor, version_id=draft.pk, at=at)
    agreements.start_own_routine(
        actor=world.actor("strandsala-rep"),
        collaboration_id=care,
        name="Hemgång i Strandsala: så gör vi",
        area_id=world.areas["Utskrivning"],
        at=world.ago(90),
    )
