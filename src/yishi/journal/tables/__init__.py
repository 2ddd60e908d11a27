"""Chains in a database: the same lines as in a file, which the database itself will not alter."""
