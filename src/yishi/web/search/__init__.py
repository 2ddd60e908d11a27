"""One box on every page, for everything that somebody may read."""
