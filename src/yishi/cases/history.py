"""Histories under their old name; they stand in `yishi.chronicle`."""

from yishi.chronicle.history import History, Transaction

__all__ = ["History", "Transaction"]
