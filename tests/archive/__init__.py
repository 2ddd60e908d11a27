"""The archive package: built, and checked by anybody."""
