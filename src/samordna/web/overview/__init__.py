"""Pages across the steps: the coordinator's, the leader's, and who takes active part."""
