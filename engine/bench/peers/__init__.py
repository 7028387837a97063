"""The other tools, each with the strongest model of the question that is known. They import no part of the engine."""
