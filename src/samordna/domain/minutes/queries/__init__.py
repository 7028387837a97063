"""Minutes and the register of decisions, as pages and the API show them."""
