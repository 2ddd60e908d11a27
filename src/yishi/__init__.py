"""Yishi 议事: decision meetings run by their own written rules of procedure."""

__version__ = "0.1.0"
