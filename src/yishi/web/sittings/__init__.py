"""Pages of this subject."""
