"""What can be done to toolboxes, profiles and words."""

from samordna.domain.knowledge.operations.facts import name_fact
from samordna.domain.knowledge.operations.importing import Imported, import_services
from samordna.domain.knowledge.operations.offering import (
    Wording,
    assure_service,
    end_service,
    open_service,
    reword_service,
)
from samordna.domain.knowledge.operations.profiling import write_profile
from samordna.domain.knowledge.operations.wording import explain_word, take_word_away

__all__ = [
    "Imported",
    "Wording",
    "assure_service",
    "end_service",
    "explain_word",
    "import_services",
    "name_fact",
    "open_service",
    "reword_service",
    "take_word_away",
    "write_profile",
]
