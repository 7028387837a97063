"""How fast the engine is, against the strongest other tools for the same work. `python -m bench --help` tells how."""
