"""Small questions in few words, for tests that are to be read."""

from samordna_engine import Aspect, AspectKind, Condition, Is, Need, Option, Participant, Problem, Range, Sharing


def aspect(name, *options, sharing=Sharing.COMMON, kind=AspectKind.CHOICE, weight=1):
    """An aspect whose options are named, or whole numbers of a range."""
    numbers = all(isinstance(option, int) for option in options)
    made = tuple(Option(id=str(o), label=str(o), number=o if numbers else None) for o in options)
    kind = AspectKind.RANGE if numbers else kind
    return Aspect(id=name, label=name, kind=kind, options=made, sharing=sharing, weight=weight)


def participant(name, benefit=0, current=None, takes_part=True, **costs):
    """A participant with likely costs per aspect and option, and no uncertainty."""
    estimates = {a: {o: estimate(cost) for o, cost in of.items()} for a, of in costs.items()}
    return Participant(
        id=name, label=name, benefit=estimate(benefit), costs=estimates, current=current or {}, takes_part=takes_part
    )


def estimate(number):
    """A number without uncertainty, or low, likely and high."""
    if isinstance(number, int):
        return Range.exactly(number)
    return Range(low=number[0], likely=number[1], high=number[2])


def condition(name, owner, rule, price=None):
    """A condition with a reason that says nothing."""
    return Condition(id=name, owner=owner, rule=rule, reason="for the test", relax_price=price)


def need(name, owner, rule, weight):
    """A need with a reason that says nothing."""
    return Need(id=name, owner=owner, rule=rule, weight=weight, reason="for the test")


def matter(aspects, participants, conditions=(), needs=(), price=None):
    """A question."""
    return Problem(
        id="matter",
        title="A matter",
        aspects=tuple(aspects),
        participants=tuple(participants),
        conditions=tuple(conditions),
        needs=tuple(needs),
        price_of_difference=price,
    )


def is_(name, *options):
    """The aspect has one of these options."""
    return Is(aspect=name, options=options)
