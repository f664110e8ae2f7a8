"""The triggers that keep the audit log append-only, on both databases.

A row may go once its retention period is over, six years; before that only the erasure of the
whole table by its owner would do it.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KEPT_YEARS = 6

# SQLite compares these as texts; both are written alike and in UTC, so as times they compare.
SQLITE = (
    "CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON accounts_auditevent "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
    "CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON accounts_auditevent "
    f"WHEN OLD.at > datetime('now', '-{KEPT_YEARS} years') "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION audit_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF TG_OP = 'DELETE' AND OLD.at <= now() - interval '{KEPT_YEARS} years' "
    "THEN RETURN OLD; END IF; "
    "RAISE EXCEPTION 'the audit log is append-only'; END $$",
    "CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON accounts_auditevent "
    "FOR EACH ROW EXECUTE FUNCTION audit_event_append_only()",
    "CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON accounts_auditevent "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_event_append_only()",
)
SQLITE_DROP = (
    "DROP TRIGGER IF EXISTS audit_event_no_update",
    "DROP TRIGGER IF EXISTS audit_event_no_delete",
)
POSTGRESQL_DROP = (
    "DROP TRIGGER IF EXISTS audit_event_append_only ON accounts_auditevent",
    "DROP TRIGGER IF EXISTS audit_event_no_truncate ON accounts_auditevent",
    "DROP FUNCTION IF EXISTS audit_event_append_only()",
)


def _run(
    schema_editor: BaseDatabaseSchemaEditor, sqlite: tuple[str, ...], postgresql: tuple[str, ...]
) -> None:
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
        schema_editor.execute(statement)


def lock(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    _run(schema_editor, SQLITE, POSTGRESQL)


def unlock(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    _run(schema_editor, SQLITE_DROP, POSTGRESQL_DROP)
