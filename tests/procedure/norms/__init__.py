"""The norms of both rules once more, each over one entry and what the entries before it told."""
