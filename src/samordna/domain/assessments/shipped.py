"""The questionnaires that come with the installation, in our own words: taken into a collaboration as its own copy.

The self-assessment asks about what makes collaboration work and about what participants and coordinators take on, as it is
now and as it needs to be. The scale of integration follows the method of Ahgren, B. and Axelsson, R. (2005), "Evaluating
integrated health care: a model for measurement", International Journal of Integrated Care 5: five steps from full
segregation to full integration, of which each organisation says which one it has and which one would be the best with each
of the others. Full integration is not the best everywhere: the gap between the two is what is looked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from samordna.domain.assessments.content import Content, Option, Question, Section, Words
from samordna.domain.assessments.enums import QuestionKind, QuestionnaireKind

Line = tuple[str, str, str]
"""A key, the text in Swedish and in English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """One questionnaire to begin from."""

    key: str
    kind: QuestionnaireKind
    content: Content


def _words(sv: str, en: str) -> Words:
    return {"sv": sv, "en": en}


def _steps(lines: tuple[tuple[str, str], ...], first: int = 1) -> tuple[Option, ...]:
    return tuple(Option(key=str(n), text=_words(*line)) for n, line in enumerate(lines, start=first))


AGREE: Final = _steps(
    (
        ("Stämmer inte alls", "Not at all true"),
        ("Stämmer i liten grad", "True to a small degree"),
        ("Stämmer delvis", "Partly true"),
        ("Stämmer i hög grad", "True to a high degree"),
        ("Stämmer helt", "Entirely true"),
    )
)
INTEGRATION: Final = _steps(
    (
        ("Helt åtskilda: var och en arbetar för sig", "Fully segregated: each works on its own"),
        ("Koppling: vi vet vart vi ska hänvisa och gör det", "Linkage: we know where to refer people, and do"),
        (
            "Samordning i nätverk: vi planerar och informerar varandra löpande",
            "Coordination in network: we plan and keep each other informed as we go",
        ),
        (
            "Samarbete: vi arbetar gemensamt i delar, med avsatta resurser",
            "Cooperation: we work jointly in parts, with resources set aside",
        ),
        ("Helt sammanförda: en ledning och gemensamma resurser", "Fully integrated: one leadership and shared resources"),
    )
)
FACTORS: tuple[Line, ...] = (
    (
        "f1",
        "Ledningen hos oss prioriterar samverkan, och cheferna närmast verksamheten driver på.",
        "Our leadership gives collaboration priority, and the managers nearest the work push it on.",
    ),
    (
        "f2",
        "Det är tydligt och skriftligt vem som ansvarar för vad, vem man kontaktar och vilka rutiner som gäller.",
        "It is clear, and written, who is responsible for what, whom to contact and which routines apply.",
    ),
    (
        "f3",
        "Samverkan håller när vi omorganiserar eller när personer slutar.",
        "The collaboration holds when we reorganise or when people leave.",
    ),
    (
        "f4",
        "Vi känner till och respekterar varandras uppdrag och yrken, och ser likadant på vad som behövs.",
        "We know and respect each other's missions and professions, and see alike what is needed.",
    ),
    (
        "f5",
        "Vi har gemensam målgrupp och långsiktiga mål som mäts, och vi visar om det blir bättre.",
        "We have a common target group and lasting goals that are measured, and we show whether things get better.",
    ),
    (
        "f6",
        "Vi har fasta forum och rutiner för beslut, och vi pratar med varandra däremellan.",
        "We have lasting forums and routines for decisions, and talk with each other in between.",
    ),
    (
        "f7",
        "Det är varje individs behov som styr, inte vad som är enklast för organisationerna.",
        "Each individual's needs decide, not what is easiest for the organisations.",
    ),
    (
        "f8",
        "Vi har kunskap om samverkan, granskar hur vår egen fungerar och utvecklar den.",
        "We have knowledge of collaboration, examine how ours works and develop it.",
    ),
)
TIPS: tuple[Line, ...] = (
    ("t1", "Målen är konkreta och går att mäta.", "The goals are concrete and can be measured."),
    (
        "t2",
        "Alla vet vilka som ingår i målgruppen och vilka som inte gör det.",
        "Everybody knows who is in the target group, and who is not.",
    ),
    ("t3", "De som samverkar får utbildning i det.", "Those who collaborate are trained in it."),
    (
        "t4",
        "Vi kan varandras verksamhet, regelverk och insatser.",
        "We know each other's work, rules and services.",
    ),
    ("t5", "Nya medarbetare introduceras gemensamt.", "New colleagues are introduced jointly."),
    (
        "t6",
        "Vi planerar, besöker varandra och lär oss tillsammans.",
        "We plan, visit each other and learn together.",
    ),
    (
        "t7",
        "Mål och arbetssätt följs upp och ändras löpande.",
        "Goals and ways of working are followed up and revised as we go.",
    ),
    (
        "t8",
        "Vi sitter tillsammans eller har fasta dagar då vi ses.",
        "We sit together or have fixed days on which we meet.",
    ),
    (
        "t9",
        "Rutinerna för samverkan är gemensamma och nedskrivna.",
        "The routines of the collaboration are common and written.",
    ),
    (
        "t10",
        "Våra möten har ett tydligt syfte: information, diskussion, planering eller beslut.",
        "Our meetings have a clear purpose: information, discussion, planning or decision.",
    ),
    ("t11", "Vi använder varandras insatser för den enskilda.", "We use each other's services for the individual."),
    ("t12", "Den enskilda är med när vi planerar och följer upp.", "The individual is there when we plan and follow up."),
    ("t13", "Det finns en gemensam plan för den som behöver det.", "There is a joint plan for whoever needs one."),
)
PARTICIPANT: tuple[Line, ...] = (
    (
        "s1",
        "Vi förstår syftet och bidrar till en gemensam bild av det.",
        "We understand the purpose and contribute to a common picture of it.",
    ),
    ("s2", "Vi deltar aktivt.", "We take active part."),
    (
        "s3",
        "Vi säger vad vi behöver och varför, och vilka förutsättningar vi har.",
        "We say what we need and why, and under what conditions.",
    ),
    ("s4", "Vi bidrar till lösningen och lägger egna förslag.", "We contribute to the solution and propose ourselves."),
    ("s5", "Vi följer det som har beslutats.", "We follow what has been decided."),
    ("s6", "Vi berättar vad vi lär oss av att följa besluten.", "We tell what we learn by following the decisions."),
    ("s7", "Vi bidrar till att besluten blir bättre.", "We contribute to better decisions."),
    ("s8", "Vi arbetar med att själva följa besluten bättre.", "We work on following the decisions better ourselves."),
)
COORDINATOR: tuple[Line, ...] = (
    (
        "o1",
        "Samordnaren bidrar till en gemensam bild av syftet.",
        "The coordinator contributes to a common picture of the purpose.",
    ),
    ("o2", "Samordnaren leder en arbetsform som fungerar.", "The coordinator leads a way of working that works."),
    (
        "o3",
        "Samordnaren tar reda på våra behov och förutsättningar och respekterar dem.",
        "The coordinator asks for our needs and conditions and respects them.",
    ),
    (
        "o4",
        "Samordnaren förklarar de gemensamma behoven och förutsättningarna.",
        "The coordinator explains the common needs and conditions.",
    ),
    ("o5", "Besluten är tydliga och lagom detaljerade.", "The decisions are clear and neither too detailed nor too loose."),
    ("o6", "Samordnaren arbetar med att förbättra besluten.", "The coordinator works on improving the decisions."),
    (
        "o7",
        "Samordnaren hjälper oss att följa besluten bättre.",
        "The coordinator helps us to follow the decisions better.",
    ),
)
PULSE: tuple[Line, ...] = (
    (
        "pulse_use",
        "Samverkan gör nytta för dem vi är till för.",
        "The collaboration is of use to those whom we are there for.",
    ),
    ("pulse_heard", "Vi blir lyssnade på.", "We are listened to."),
    ("pulse_worth", "Det är värt tiden vi lägger.", "It is worth the time that we put in."),
)


def _stated(line: Line, *, needed: bool) -> Question:
    key, sv, en = line
    return Question(
        key=key,
        kind=QuestionKind.SCALE,
        text=_words(sv, en),
        help={},
        required=False,
        needed=needed,
        options=AGREE,
    )


def _section(key: str, sv: str, en: str, lines: tuple[Line, ...], *, needed: bool = True) -> Section:
    return Section(key=key, title=_words(sv, en), questions=tuple(_stated(line, needed=needed) for line in lines))


def _content(title: Words, lead: Words, *sections: Section) -> Content:
    return Content(languages=("sv", "en"), title=title, lead=lead, sections=sections, holder="", conditions="")


_FACTORS = _section("factors", "Det som får samverkan att fungera", "What makes collaboration work", FACTORS)
_NOW_AND_NEEDED = _words(
    "Svara hur det är nu och hur det behöver vara för att det ska fungera. Hoppa över det du inte kan bedöma.",
    "Say how it is now, and how it needs to be for things to work. Skip what you cannot judge.",
)
_PAIRS = Question(
    key="integration",
    kind=QuestionKind.PAIRS,
    text=_words("Hur arbetar ni med den här organisationen?", "How do you work with this organisation?"),
    help=_words(
        "Svara hur det är nu och vad som vore bäst för era gemensamma målgrupper. Mer är inte alltid bättre.",
        "Say how it is now, and what would be the best for those whom you share. More is not always better.",
    ),
    required=False,
    needed=True,
    options=INTEGRATION,
)
_COMMENT = Question(
    key="pulse_change",
    kind=QuestionKind.TEXT,
    text=_words("Vad borde ändras först?", "What should change first?"),
    help={},
    required=False,
    needed=False,
    options=(),
)

SHIPPED: Mapping[str, Shipped] = {
    one.key: one
    for one in (
        Shipped(
            key="self_short",
            kind=QuestionnaireKind.SELF,
            content=_content(
                _words("Självskattning: åtta framgångsfaktorer", "Self-assessment: eight success factors"),
                _NOW_AND_NEEDED,
                _FACTORS,
            ),
        ),
        Shipped(
            key="self",
            kind=QuestionnaireKind.SELF,
            content=_content(
                _words("Självskattning av vår samverkan", "Self-assessment of our collaboration"),
                _NOW_AND_NEEDED,
                _FACTORS,
                _section("practice", "Så gör vi i vardagen", "How we do it day by day", TIPS),
                _section("participants", "Det vi som samverkar tar på oss", "What we who take part take on", PARTICIPANT),
                _section("coordinator", "Det samordnaren tar på sig", "What the coordinator takes on", COORDINATOR),
            ),
        ),
        Shipped(
            key="integration",
            kind=QuestionnaireKind.INTEGRATION,
            content=_content(
                _words("Hur nära arbetar vi?", "How closely do we work?"),
                _words(
                    "En bedömning av varje organisation som ni samverkar med: som det är nu, och som det vore bäst.",
                    "About each organisation that you collaborate with: as it is now, and as it would be the best.",
                ),
                Section(key="pairs", title={}, questions=(_PAIRS,)),
            ),
        ),
        Shipped(
            key="pulse",
            kind=QuestionnaireKind.PULSE,
            content=_content(
                _words("Puls: tre frågor", "Pulse: three questions"),
                _words("Tre frågor som tar en minut.", "Three questions that take a minute."),
                Section(
                    key="pulse",
                    title={},
                    questions=(*(_stated(line, needed=False) for line in PULSE), _COMMENT),
                ),
            ),
        ),
    )
}
