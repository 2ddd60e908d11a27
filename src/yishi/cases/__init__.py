"""Worked cases played against charters, and simulated institutions; may append to a file."""
