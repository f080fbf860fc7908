"""Versions of the configuration, renewed by triggers, so that processes may keep what they read of it."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25_0115_configuration"
down_revision = "2026_11_25_0145_mail_keeping"
branch_labels = None
depends_on = None

ACCOUNTS = (
    "email, display_name, provider, smtp_host, smtp_port, smtp_username, settings, sealed, secret_names, context_id, "
    "signature, is_active, is_default, uses_reply_tokens"
)
RULES = (
    "name, triggers, conditions, actions, is_active, stops_others, position, deleted_at"
)
WATCHED = {  # table: (kind, columns that count as configuration; none: all of them)
    "contexts": ("contexts", ""),
    "custom_fields": ("fields", ""),
    "slas": ("slas", ""),
    "sla_context_versions": ("slas", ""),
    "rules": ("rules", RULES),
    "email_accounts": ("mail", ACCOUNTS),
    "email_templates": ("mail", ""),
    "notification_preferences": ("notifications", ""),
}


def upgrade() -> None:
    op.create_table(
        "configuration_versions",
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("version", sa.Uuid(), nullable=False),
    )
    op.execute(
        """CREATE FUNCTION note_configuration() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO configuration_versions (kind, version) VALUES (TG_ARGV[0], gen_random_uuid())
            ON CONFLICT (kind) DO UPDATE SET version = excluded.version;
            RETURN NULL;
        END $$"""
    )
    for table, (kind, columns) in WATCHED.items():
        update = f"UPDATE OF {columns}" if columns else "UPDATE"
        op.execute(
            f"""CREATE TRIGGER {table}_noted AFTER INSERT OR {update} OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION note_configuration('{kind}')"""
        )


def downgrade() -> None:
    for table in WATCHED:
        op.execute(f"DROP TRIGGER {table}_noted ON {table}")
    op.execute("DROP FUNCTION note_configuration()")
    op.drop_table("configuration_versions")
