"""What rests on a role: the tasks that nobody would do if it closed.

Everything points to roles, and later steps of the loop know which of theirs do. Each tells here of its kind of task: how to
list those of one role, and how to hand them over to another. The app's configuration does the telling, once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from samordna.core.actor import Actor

MOST_NAMED = 8
"""So many tasks are named in a sentence; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTask:
    """One task that rests on a role.

    `what` is a translated clause without its subject ("coordinates"); `about` is the name of what it is about, empty when
    the actor may not read that. `stays`: a translated sentence on why it cannot be handed over; "" when it can.
    """

    what: str
    about: str = ""
    url_name: str = ""
    url_args: tuple[str, ...] = ()
    stays: str = ""

    @property
    def hidden(self) -> bool:
        """Is it about something that the actor may not read?"""
        return not self.about

    @property
    def sentence(self) -> str:
        """The task in words."""
        return f"{self.what} {self.about}".strip()


ListTasks = Callable[[Actor, str, datetime], Sequence[RoleTask]]
HandOver = Callable[[Actor, str, str, datetime], None]


@dataclass(frozen=True, slots=True)
class TaskKind:
    """One kind of task: what lists those of a role, and what moves them from one role to another."""

    tasks: ListTasks
    hand_over: HandOver


KINDS: dict[str, TaskKind] = {}


def tell_of(name: str, tasks: ListTasks, hand_over: HandOver) -> None:
    """Let the tasks of this kind be asked for wherever roles close."""
    KINDS[name] = TaskKind(tasks, hand_over)


def tasks_of(actor: Actor, role_id: str, at: datetime) -> tuple[RoleTask, ...]:
    """Everything that rests on the role, what can be handed over first and then what stays by why it does; the caller has
    asked for the right to read the role."""
    tasks = [task for kind in KINDS.values() for task in kind.tasks(actor, role_id, at)]
    reasons = {"": -1} | {task.stays: number for number, task in reversed(list(enumerate(tasks))) if task.stays}
    return tuple(sorted(tasks, key=lambda task: reasons[task.stays]))


def hand_over(actor: Actor, role_id: str, to_role_id: str, at: datetime) -> None:
    """Move everything that can be moved; within an operation, which has asked for the right."""
    for kind in KINDS.values():
        kind.hand_over(actor, role_id, to_role_id, at)


def named(tasks: Sequence[RoleTask]) -> str:
    """The tasks as part of a sentence."""
    shown = "; ".join(task.sentence for task in tasks[:MOST_NAMED])
    return shown + (f" (+{len(tasks) - MOST_NAMED})" if len(tasks) > MOST_NAMED else "")
