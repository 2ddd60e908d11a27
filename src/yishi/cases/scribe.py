"""Entries and replay under their old name; they stand in `yishi.chronicle`."""

from yishi.chronicle.scribe import AUDIT, Difference, Replayed, drafts, replay

__all__ = ["AUDIT", "Difference", "Replayed", "drafts", "replay"]
