"""What the database refuses by itself: altering or deleting what was issued.

An erasure of words that stand in a file empties the file; nothing else may happen to its row.
"""

from typing import Any, Final

TABLE: Final = "originals_original"
REFUSAL: Final = "what was issued is never altered or deleted"

_OTHER: Final = (
    "length(NEW.content) > 0 OR NEW.words <> '' OR NEW.id <> OLD.id OR NEW.digest <> OLD.digest "
    "OR NEW.institution <> OLD.institution OR NEW.size <> OLD.size OR NEW.at <> OLD.at"
)
"""Whether a row would be anything else than emptied."""

_OTHER_SINCE_REFS: Final = f"{_OTHER} OR NEW.refs <> OLD.refs"

_SQLITE: Final = (
    f"CREATE TRIGGER original_kept_d BEFORE DELETE ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER original_kept_u BEFORE UPDATE ON {TABLE} WHEN {_OTHER} "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
)
_SQLITE_OFF: Final = (
    "DROP TRIGGER IF EXISTS original_kept_d",
    "DROP TRIGGER IF EXISTS original_kept_u",
    "DROP TRIGGER IF EXISTS original_kept_i",
)
_SQLITE_ONCE: Final = (
    f"CREATE TRIGGER original_kept_i BEFORE INSERT ON {TABLE} "
    f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM {TABLE} "
    "WHERE institution = NEW.institution AND digest = NEW.digest) "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
)
"""INSERT OR REPLACE deletes the row that stands there, and fires no trigger of a deletion."""
_POSTGRES: Final = (
    "CREATE OR REPLACE FUNCTION original_kept() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
    "CREATE OR REPLACE FUNCTION original_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF {_OTHER} THEN RAISE EXCEPTION '{REFUSAL}'; END IF; RETURN NEW; END $$",
    f"CREATE TRIGGER original_kept_d BEFORE DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION original_kept()",
    f"CREATE TRIGGER original_kept_t BEFORE TRUNCATE ON {TABLE} EXECUTE FUNCTION original_kept()",
    f"CREATE TRIGGER original_kept_u BEFORE UPDATE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION original_emptied()",
)
_POSTGRES_OFF: Final = tuple(
    f"DROP TRIGGER IF EXISTS {name} ON {TABLE}"
    for name in ("original_kept_d", "original_kept_t", "original_kept_u")
)


def put_on(connection: Any) -> None:
    """Make the database refuse alterations of what was issued."""
    _run(connection, _SQLITE if connection.vendor == "sqlite" else _POSTGRES)


def put_on_with_refs(connection: Any) -> None:
    """The same refusal, for a table that has the refs of what is printed."""
    sqlite = connection.vendor == "sqlite"
    statements = _SQLITE if sqlite else _POSTGRES
    _run(connection, tuple(one.replace(_OTHER, _OTHER_SINCE_REFS) for one in statements))


def put_on_once(connection: Any) -> None:
    """Refuse a row where one stands already; only SQLite has a statement that would replace it."""
    if connection.vendor == "sqlite":
        _run(connection, _SQLITE_ONCE)


def take_off_once(connection: Any) -> None:
    """Lift that refusal alone: for undoing the migration."""
    if connection.vendor == "sqlite":
        _run(connection, ("DROP TRIGGER IF EXISTS original_kept_i",))


def take_off(connection: Any) -> None:
    """Lift the refusal: for undoing the migration."""
    _run(connection, _SQLITE_OFF if connection.vendor == "sqlite" else _POSTGRES_OFF)


def _run(connection: Any, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
