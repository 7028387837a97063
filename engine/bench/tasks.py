"""What is measured: each task, who does it, and on which questions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.answer import OURS
from bench.families import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One question to be answered: a family and a seed, in another regime than the family's where one is given."""

    family: str
    seed: int = 0
    regime: str | None = None

    @property
    def name(self) -> str:
        """As it is written in tables."""
        return f"{self.family} {self.regime or ''} {self.seed}".replace("  ", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One kind of work.

    `solvers` are functions by the name of who does it: `module:function`, imported only where it is run, for no process
    should hold more than one of them. `families` says which solvers try a family besides our own; `limit` is what
    each may use in seconds of processor time, there and in the quick profile. `warm` says whether they answer something
    before their time begins.
    """

    name: str
    title: str
    solvers: Mapping[str, str]
    families: Mapping[str, tuple[str, ...]]
    regime: str | None = None
    quick: tuple[str, ...] = ()
    limits: tuple[float, float] = (60, 15)
    warm: bool = True


T2, RC2, CPSAT, HIGHS, CPMPY = "toulbar2", "RC2", "CP-SAT", "HiGHS", "CPMpy"
OPTUX, MUSX = "OptUx", "MUSX"
TYPES: Final = f"{OURS}-types"
ALL = (T2, RC2, CPSAT, HIGHS, CPMPY)

SETTLE: Final = Task(
    name="settle",
    title="The best decision, proved",
    solvers={
        OURS: "bench.ours:settle",
        T2: "bench.peers.toulbar2:settle",
        RC2: "bench.peers.maxsat:settle",
        CPSAT: "bench.peers.cpsat:settle",
        HIGHS: "bench.peers.highs:settle",
        CPMPY: "bench.peers.by_cpmpy:settle",
    },
    families={
        "county-s": ALL,
        "county-m": ALL,
        "county-l": ALL,
        "regions": ALL,
        "regions-u": ALL,
        "kommuner": ALL,
        "kommuner-u": (T2, RC2, CPSAT, HIGHS),
        "kommuner-u12": (T2,),
        "kommuner-u16": (T2,),
        "kommuner-u20": (T2,),
        "kommuner-u24": (T2,),
        "national": (T2, RC2, CPSAT, HIGHS),
        "eu": (T2,),
    },
    quick=("county-s", "county-l", "regions", "regions-u", "kommuner", "kommuner-u", "kommuner-u24", "national", "eu"),
)

OBJECTS: Final = Task(
    name="settle_objects",
    title="The same from a user's objects, with necessity, balances and the independent check",
    solvers={OURS: "bench.ours_objects:settle", T2: "bench.peers.toulbar2:settle"},
    families={"county-l": (T2,), "regions": (T2,), "kommuner": (T2,), "national": (T2,)},
    quick=("county-l", "kommuner", "national"),
)

WHAT_IF: Final = Task(
    name="what_if",
    title="What if one participant says one thing less: a new optimum with the price of every option",
    solvers={OURS: "bench.ours_what_if:what_if", T2: "bench.peers.toulbar2:what_if"},
    families={"county-l": (T2,), "regions": (T2,), "kommuner": (T2,), "national": (), "eu": ()},
    quick=("county-l", "kommuner", "national"),
    limits=(240, 120),
)

OPTION_PRICES: Final = Task(
    name="option_prices",
    title="The best decision and the price of every option",
    solvers={OURS: "bench.ours:option_prices", T2: "bench.peers.toulbar2:option_prices"},
    families={"county-l": (T2,), "regions": (T2,), "kommuner": (T2,), "national": (), "eu": ()},
    quick=("county-l", "kommuner", "national"),
)

PRICES_ALONE: Final = Task(
    name="option_prices_alone",
    title="The price of every option, when the best decision is found",
    solvers={OURS: "bench.ours:option_prices_alone"},
    families={"county-l": (), "regions": (), "kommuner": (), "national": (), "eu": ()},
    quick=("county-l", "kommuner", "national"),
)

CONDITION_PRICES: Final = Task(
    name="condition_prices",
    title="The best decision and what giving up each condition would gain",
    solvers={OURS: "bench.ours_what_if:condition_prices", T2: "bench.peers.toulbar2:condition_prices"},
    families={"county-l": (T2,), "regions": (T2,), "kommuner": (), "national": (), "eu": ()},
    quick=("county-l", "kommuner", "national"),
)

SMALLEST_CLASH: Final = Task(
    name="smallest_clash",
    title="A clash of fewest conditions, proved",
    solvers={
        OURS: "bench.ours_objects:smallest_clash",
        OPTUX: "bench.peers.maxsat:smallest_clash",
        CPMPY: "bench.peers.by_cpmpy:smallest_clash",
    },
    families={
        "county-l": (OPTUX, CPMPY),
        "regions": (OPTUX, CPMPY),
        "regions-u": (OPTUX,),
        "kommuner": (OPTUX,),
        "kommuner-u": (OPTUX,),
        "national": (OPTUX,),
    },
    regime="clash",
    quick=("county-l", "kommuner", "national"),
)

EXPLAINED: Final = Task(
    name="clash_explained",
    title="The same clash with its owners, an example for each member, and an independent proof",
    solvers={OURS: "bench.ours_objects:clash_explained", OPTUX: "bench.peers.maxsat:smallest_clash"},
    families={"county-l": (OPTUX,), "regions": (OPTUX,), "kommuner": (OPTUX,), "national": (OPTUX,)},
    regime="clash",
    quick=("county-l", "kommuner", "national"),
)

ANY_CLASH: Final = Task(
    name="any_clash",
    title="Any irreducible clash, ours from a user's objects with an example for each member",
    solvers={OURS: "bench.ours_objects:any_clash", MUSX: "bench.peers.maxsat:any_clash"},
    families={"county-l": (MUSX,), "regions": (MUSX,), "kommuner": (MUSX,), "national": (MUSX,)},
    regime="clash",
    quick=("county-l", "kommuner"),
)

WILD: Final = Task(
    name="wild_clash",
    title="A clash of fewest conditions, where the groups disagree on much",
    solvers={OURS: "bench.ours_objects:smallest_clash", OPTUX: "bench.peers.maxsat:smallest_clash"},
    families={"regions": (OPTUX,), "kommuner": (OPTUX,), "national": (OPTUX,)},
    regime="wild",
    quick=("kommuner", "national"),
)

WAYS_OUT: Final = Task(
    name="ways_out",
    title="The fewest conditions to give up",
    solvers={
        OURS: "bench.ours_objects:ways_out",
        RC2: "bench.peers.maxsat:ways_out",
        T2: "bench.peers.toulbar2:ways_out",
    },
    families={"county-l": (RC2, T2), "regions": (RC2, T2), "kommuner": (RC2, T2), "national": (RC2, T2)},
    regime="clash",
    quick=("county-l", "kommuner", "national"),
)

WAYS_EXPLAINED: Final = Task(
    name="ways_explained",
    title="A way out for each condition of a clash, with an independent proof",
    solvers={OURS: "bench.ours_objects:ways_explained", RC2: "bench.peers.maxsat:ways_out"},
    families={"county-l": (RC2,), "kommuner": (RC2,), "national": (RC2,)},
    regime="clash",
    quick=("county-l", "kommuner", "national"),
)

WILD_WAYS: Final = Task(
    name="wild_ways_out",
    title="The fewest conditions to give up, where the groups disagree on much",
    solvers=WAYS_OUT.solvers,
    families={"regions": (RC2, T2), "kommuner": (RC2, T2), "national": (RC2, T2)},
    regime="wild",
    quick=("kommuner",),
)

TAKES_PART: Final = Task(
    name="takes_part",
    title="Who takes part",
    solvers={
        OURS: "bench.ours_takes_part:takes_part",
        T2: "bench.peers.toulbar2:takes_part",
        CPSAT: "bench.peers.cpsat:takes_part",
        HIGHS: "bench.peers.highs:takes_part",
    },
    families={
        "county-l": (T2, CPSAT, HIGHS),
        "regions": (T2, CPSAT, HIGHS),
        "kommuner": (T2, CPSAT),
        "national": (T2,),
    },
    quick=("county-l", "regions", "kommuner", "national"),
    limits=(120, 40),
)

TAKES_PART_TOLD: Final = Task(
    name="takes_part_told",
    title="Who takes part, from a user's objects, with the independent check and what it means for each",
    solvers={OURS: "bench.ours_takes_part:takes_part_told", T2: "bench.peers.toulbar2:takes_part"},
    families={"county-l": (T2,), "regions": (T2,), "kommuner": (T2,), "national": ()},
    quick=("county-l", "regions", "kommuner", "national"),
    limits=(120, 40),
)

FREE_TO_LEAVE: Final = Task(
    name="free_to_leave",
    title="Who takes part, where everything is common and everybody is free to leave",
    solvers=TAKES_PART.solvers,
    families={"free-28": (T2, CPSAT), "free-33": (T2,), "free-38": (T2, CPSAT)},
    regime="wild",
    quick=("free-28", "free-33", "free-38"),
)

VARIANTS: Final = Task(
    name="fewest_variants",
    title="Fewest variants in use, at most three of each",
    solvers={
        OURS: "bench.ours:fewest_variants",
        HIGHS: "bench.peers.highs:fewest_variants",
        CPSAT: "bench.peers.cpsat:fewest_variants",
    },
    families={
        "county-l": (HIGHS, CPSAT),
        "regions": (HIGHS, CPSAT),
        "kommuner": (HIGHS, CPSAT),
        "kommuner-u": (HIGHS, CPSAT),
    },
    quick=("county-l", "regions", "kommuner"),
)

BUDGETS: Final[dict[str, int]] = json.loads((Path(__file__).parent / "budgets.json").read_text())
"""For each question the budget that its joint condition sets: half way from the cheapest decision to the most alike."""

BUDGET: Final = Task(
    name="joint_budget",
    title="Most alike while all costs together stay within a budget",
    solvers={OURS: "bench.ours_joint:joint_budget", CPSAT: "bench.peers.cpsat:joint_budget"},
    families={"county-l": (CPSAT,), "regions": (CPSAT,), "kommuner": (CPSAT,)},
    quick=("county-l", "regions"),
)

BEYOND: Final = Task(
    name="beyond_the_grid",
    title="An irreducible clash among 100,000 conditions on 3,000 common aspects",
    solvers={OURS: "bench.ours_objects:any_clash", MUSX: "bench.peers.maxsat:any_clash"},
    families={"beyond": (MUSX,)},
    regime="clash",
    quick=("beyond",),
)

GROWTH: Final = Task(
    name="growth",
    title="Growth with the number of participants",
    solvers={OURS: "bench.ours:settle", T2: "bench.peers.toulbar2:settle"},
    families={f"n-{n}": (T2,) if n <= 1000 else () for n in (10, 100, 1_000, 10_000, 100_000)},
    quick=tuple(f"n-{n}" for n in (10, 100, 1_000, 10_000, 100_000)),
)

IMPORTS: Final = Task(
    name="import_time",
    title="To import what settles, with numpy, in a process that has nothing yet; -types is the package without them",
    solvers={name: f"bench.imports:{name.lower().replace('-', '')}" for name in (OURS, TYPES, T2, RC2, CPSAT, CPMPY)},
    families={"county-s": (TYPES, T2, RC2, CPSAT, CPMPY)},
    quick=("county-s",),
    warm=False,
)

TASKS: Final = {
    task.name: task
    for task in (
        SETTLE,
        GROWTH,
        OBJECTS,
        WHAT_IF,
        OPTION_PRICES,
        PRICES_ALONE,
        CONDITION_PRICES,
        SMALLEST_CLASH,
        EXPLAINED,
        ANY_CLASH,
        WILD,
        WAYS_OUT,
        WAYS_EXPLAINED,
        WILD_WAYS,
        TAKES_PART,
        TAKES_PART_TOLD,
        FREE_TO_LEAVE,
        VARIANTS,
        BUDGET,
        BEYOND,
        IMPORTS,
    )
}


def budget_of(question: Question) -> int:
    """The budget that the joint condition of a question sets."""
    return BUDGETS.get(question.name, int(sum(table.min(axis=1).sum() for table in question.cost)) + 5 * question.count)
