"""What the county's figures have led to: a red indicator with its chain, one of a participant's own, and one that is closed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from samordna.cli.demo.world import Given, World
from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.change import operations as do
from samordna.domain.followup.queries.pages import followup_page, indicator_page

CALLED = "Andel kallelser som skickas senast dagen efter inskrivning"
REACHED = "Andel som har fått kontakt inom ett dygn"
FINDING = (
    "Drygt sex av tio kallelser kommer i tid, och det har knappt rört sig på ett år. De sena kommer från avdelningar som "
    "väntar tills hemgången är bestämd. Då hinner kommunen inte planera, och den som ska hem får vänta över helgen."
)
CAUSES = (
    ("rules", "Rutinen säger ”så snart som möjligt”. Var och en läser in sitt eget."),
    ("outlook", "Kallelsen ses som ett besked om hemgång, inte som början på planeringen."),
    ("resources", "Systemet frågar inte om kallelse vid inskrivning. Någon måste komma ihåg den."),
)
NEEDS = (
    (0, "En gemensam tidsgräns i rutinen som alla läser likadant"),
    (2, "Systemet behöver fråga om kallelse redan vid inskrivning"),
    (1, "De som tar emot kallelser behöver visa avdelningarna vad en tidig kallelse leder till"),
)


def load_changes(world: World, care: str) -> None:
    """Three chains: one that waits for three organisations, one of one's own, and one that is closed."""
    page = followup_page(world.coordinator(), care, world.now)
    indicators = {one.name: one.id for goal in page.goals for one in goal.indicators}
    _late_calls(world, care, indicators[CALLED])
    _own(world, care)
    _closed(world, care, indicators[REACHED])


def _begun(world: World, actor: Actor, care: str, title: str, days: float, **begins: Any) -> Given:
    """A chain that began so many days ago, as what is done in it begins."""
    chain = do.begin_chain(actor=actor, collaboration_id=care, title=title, at=world.ago(days), **begins)
    return {"actor": actor, "chain_id": chain.pk, "at": world.ago(days - 2)}


def _from(world: World, indicator_id: str, days: float) -> dict[str, str]:
    """The latest figure of the whole that was known so many days ago."""
    then = clock.day(world.ago(days))
    moments = indicator_page(world.coordinator(), indicator_id, world.now).indicator.now.moments
    latest = [one.period for one in moments if one.value is not None and one.ends_on < then][-1]
    return {"kind": "indicator", "thing_id": indicator_id, "key": latest}


def _late_calls(world: World, care: str, indicator_id: str) -> None:
    own = world.coordinator()
    chain = _begun(world, own, care, "Kallelserna kommer inte tidigare", 60, **_from(world, indicator_id, 60))
    do.write_finding(**chain, finding=FINDING)
    causes = [do.add_cause(**chain, kind=kind, text=text).pk for kind, text in CAUSES]
    first = chain.pop("at")
    needs = [
        do.add_change_need(**chain, text=text, cause_id=causes[of], at=first + timedelta(minutes=n)).pk
        for n, (of, text) in enumerate(NEEDS)
    ]
    chain["at"] = first + timedelta(hours=1)
    do.conclude_analysis(**chain)
    limit, system, shown = needs
    at = world.ago(55)
    do.place_need(actor=own, need_id=limit, to="coordination", at=at)
    _plan(
        world,
        own,
        limit,
        "Frågan om tidsgräns tas upp i chefsforum, och rutinen skrivs om med ett klockslag",
        "Den som ska hem vet dagen innan vem som möter.",
        days=(54, -21, -120),
        measure=("indicator", indicator_id),
    )
    region, town = world.answerer("region"), world.answerer("kvarnforsa")
    do.place_need(actor=own, need_id=system, to=world.places["region"], words="Det är ert system.", at=at)
    reason = "Leverantören tar det först nästa år. Går det att lösa med en påminnelse på avdelningen?"
    do.answer_need(actor=region, need_id=system, answer="sent_back", reason=reason, at=world.ago(50))
    words = "Ja, börja med påminnelsen. Systemet får komma sedan."
    do.place_need(actor=own, need_id=system, to=world.places["region"], words=words, at=world.ago(48))
    do.answer_need(actor=region, need_id=system, answer="taken", at=world.ago(46))
    change = _plan(
        world,
        region,
        system,
        "En påminnelse om kallelse i checklistan vid inskrivning, på tre avdelningar",
        "Planeringen börjar när man kommer in, inte när man ska ut.",
        days=(45, 20, -45),
        measure=("indicator", indicator_id),
    )
    do.finish_change(actor=region, change_id=change, words="Igång på två av tre avdelningar.", at=world.ago(21))
    words = "Ni tar emot flest kallelser utanför residensstaden."
    by = clock.day(world.ago(4))
    do.place_need(actor=own, need_id=shown, to=town.organisation_id or "", words=words, answer_by=by, at=world.ago(25))


def _own(world: World, care: str) -> None:
    """One that nobody else knows of."""
    own = world.answerer("strandsala")
    said = "Tre gånger i höst har hemtjänsten kommit till en tom lägenhet: patienten var kvar på sjukhuset."
    chain = _begun(world, own, care, "Hemtjänsten åker i onödan", 24, said=said)
    finding = "Ändrad hemgång når planeringen men inte den som kör. Det händer bara när dagen ändras samma morgon."
    do.write_finding(**chain, finding=finding)
    do.add_cause(**chain, kind="organisation", text="Ändringar samma dag ringer ingen vidare om.")


def _closed(world: World, care: str, indicator_id: str) -> None:
    own = world.coordinator()
    chain = _begun(world, own, care, "De som kommer hem fick ingen kontakt i tid", 290, **_from(world, indicator_id, 290))
    do.write_finding(**chain, finding="Kontakten blev av, men för sent: personalen sökte numret till rätt kommun.")
    cause = do.add_cause(**chain, kind="organisation", text="Ingen vet vilket nummer som gäller efter kl. 16.")
    need = do.add_change_need(**chain, text="Ett nummer per kommun som alltid svarar", cause_id=cause.pk).pk
    do.conclude_analysis(**chain)
    do.place_need(actor=own, need_id=need, to="coordination", at=world.ago(285))
    change = _plan(
        world,
        own,
        need,
        "Ett telefonnummer per kommun, på hemgångsbeskedet",
        "Man vet vem man ska ringa samma kväll.",
        days=(284, 250, 160),
        measure=("indicator", indicator_id),
    )
    do.finish_change(actor=own, change_id=change, words="Alla kommuner har ett nummer.", at=world.ago(248))
    early = clock.day(world.ago(60))
    first: Given = {"kind": "too_early", "said": "Numren är nya. Vi ser mer i nästa mätning.", "next_on": early}
    do.judge_effect(actor=own, change_id=change, at=world.ago(155), **first)
    said = "Fler får kontakt inom ett dygn, i alla kommuner som har rapporterat."
    do.judge_effect(actor=own, change_id=change, kind="better", said=said, at=world.ago(58))
    do.close_chain(
        actor=own,
        chain_id=chain["chain_id"],
        outcome="Fler får kontakt i tid. Numret på hemgångsbeskedet gjorde störst skillnad.",
        at=world.ago(57),
    )


def _plan(
    world: World,
    actor: Actor,
    need_id: str,
    what: str,
    does: str,
    *,
    days: tuple[float, float, float],
    measure: tuple[str, str],
) -> str:
    """A change of the actor's own role. `days`: how long ago it was planned, is to be done, and is measured again."""
    planned, by, again = days
    change = do.plan_change(
        actor=actor,
        need_id=need_id,
        what=what,
        for_the_individual=does,
        role_id=actor.role_id or "",
        by=clock.day(world.ago(by)),
        measure_kind=measure[0],
        measure_id=measure[1],
        measure_on=clock.day(world.ago(again)),
        at=world.ago(planned),
    )
    return change.pk
