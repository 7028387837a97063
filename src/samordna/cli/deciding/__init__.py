"""What `samordna decide` prints: the engine's answer to a problem document, for people to read."""
