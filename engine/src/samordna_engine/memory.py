"""Work that makes much and leaves no garbage, done without looking for any: it takes a third of the time otherwise."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for garbage that refers to itself. What nobody refers to is given back as ever."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
