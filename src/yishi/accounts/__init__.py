"""Who signs in: an account is a person of an institution, and nothing more.

What somebody may do follows from the charter and the roster, never from an account.
"""
