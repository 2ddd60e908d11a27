"""The journal: its chain, its verifier, its file."""
