"""What the database refuses by itself: altering or deleting what the journal holds.

The same statements go into the migration; tests take the triggers off to clear their tables.
"""

from typing import Any, Final

ENTRY: Final = "journal_entry"
TEXT: Final = "journal_sealedtext"
REFUSAL: Final = "journal entries are never altered or deleted"

_SQLITE: Final = (
    f"CREATE TRIGGER entry_kept_u BEFORE UPDATE ON {ENTRY} "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER entry_kept_d BEFORE DELETE ON {ENTRY} "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER text_kept_d BEFORE DELETE ON {TEXT} "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER text_kept_u BEFORE UPDATE ON {TEXT} "
    "WHEN NEW.words <> '' OR NEW.salt <> '' OR NEW.ref <> OLD.ref OR NEW.seq <> OLD.seq "
    "OR NEW.chain_id <> OLD.chain_id OR NEW.id <> OLD.id "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
)
_SQLITE_OFF: Final = tuple(
    f"DROP TRIGGER IF EXISTS {name}"
    for name in ("entry_kept_u", "entry_kept_d", "text_kept_d", "text_kept_u")
)
_SQLITE_ONCE: Final = tuple(
    f"CREATE TRIGGER {name} BEFORE INSERT ON {table} "
    f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM {table} "
    f"WHERE chain_id = NEW.chain_id AND {key} = NEW.{key}) "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for name, table, key in (("entry_kept_i", ENTRY, "seq"), ("text_kept_i", TEXT, "ref"))
)
"""INSERT OR REPLACE deletes the row that stands there, and fires no trigger of a deletion."""
_SQLITE_ONCE_OFF: Final = tuple(
    f"DROP TRIGGER IF EXISTS {name}" for name in ("entry_kept_i", "text_kept_i")
)

_POSTGRES: Final = (
    "CREATE OR REPLACE FUNCTION journal_kept() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
    "CREATE OR REPLACE FUNCTION journal_text_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF NEW.words <> '' OR NEW.salt <> '' OR NEW.ref <> OLD.ref OR NEW.seq <> OLD.seq "
    "OR NEW.chain_id <> OLD.chain_id OR NEW.id <> OLD.id "
    f"THEN RAISE EXCEPTION '{REFUSAL}'; END IF; RETURN NEW; END $$",
    f"CREATE TRIGGER entry_kept BEFORE UPDATE OR DELETE ON {ENTRY} "
    "FOR EACH ROW EXECUTE FUNCTION journal_kept()",
    f"CREATE TRIGGER entry_kept_t BEFORE TRUNCATE ON {ENTRY} EXECUTE FUNCTION journal_kept()",
    f"CREATE TRIGGER text_kept_d BEFORE DELETE ON {TEXT} "
    "FOR EACH ROW EXECUTE FUNCTION journal_kept()",
    f"CREATE TRIGGER text_kept_t BEFORE TRUNCATE ON {TEXT} EXECUTE FUNCTION journal_kept()",
    f"CREATE TRIGGER text_kept_u BEFORE UPDATE ON {TEXT} "
    "FOR EACH ROW EXECUTE FUNCTION journal_text_kept()",
)
_POSTGRES_OFF: Final = (
    f"DROP TRIGGER IF EXISTS entry_kept ON {ENTRY}",
    f"DROP TRIGGER IF EXISTS entry_kept_t ON {ENTRY}",
    f"DROP TRIGGER IF EXISTS text_kept_d ON {TEXT}",
    f"DROP TRIGGER IF EXISTS text_kept_t ON {TEXT}",
    f"DROP TRIGGER IF EXISTS text_kept_u ON {TEXT}",
)


def put_on(connection: Any) -> None:
    """Make the database refuse alterations of the journal."""
    _run(connection, _SQLITE if connection.vendor == "sqlite" else _POSTGRES)


def put_on_once(connection: Any) -> None:
    """Refuse a row where one stands already; only SQLite has a statement that would replace it."""
    if connection.vendor == "sqlite":
        _run(connection, _SQLITE_ONCE)


def take_off_once(connection: Any) -> None:
    """Lift that refusal alone: for undoing the migration."""
    if connection.vendor == "sqlite":
        _run(connection, _SQLITE_ONCE_OFF)


def take_off(connection: Any) -> None:
    """Lift the refusal: for clearing a test database, and for undoing the migration."""
    _run(connection, _SQLITE_OFF if connection.vendor == "sqlite" else _POSTGRES_OFF)


def _run(connection: Any, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
