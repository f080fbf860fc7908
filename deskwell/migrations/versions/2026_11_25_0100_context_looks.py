"""Contexts have a logo, a line under the name, an account their mail leaves by and hours of their own."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25_0100_context_looks"
down_revision = "2026_11_24_2343_waiting_queue"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contexts", sa.Column("tagline", sa.Text(), server_default="", nullable=False))
    for name, table, ondelete in (
        ("logo_file_id", "files", "SET NULL"),
        ("email_account_id", "email_accounts", "SET NULL"),
        ("calendar_id", "sla_calendars", None),
    ):
        op.add_column("contexts", sa.Column(name, sa.Uuid(), nullable=True))
        key = op.f(f"contexts_{name}_fkey")
        op.create_foreign_key(key, "contexts", table, [name], ["id"], ondelete=ondelete)
    op.execute("UPDATE contexts SET tagline = settings->>'tagline' WHERE settings->>'tagline' IS NOT NULL")
    op.create_table(
        "sla_context_versions",
        sa.Column("sla_id", sa.Uuid(), nullable=False),
        sa.Column("context_key", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sla_id"], ["slas.id"], name=op.f("sla_context_versions_sla_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["sla_versions.id"], name=op.f("sla_context_versions_version_id_fkey")
        ),
        sa.PrimaryKeyConstraint("sla_id", "context_key", name=op.f("sla_context_versions_pkey")),
    )
    op.execute(
        """UPDATE roles SET permissions = array_append(permissions, 'macros.use')
           WHERE id = '019ab000-0000-7000-8000-000000000001' AND NOT 'macros.use' = ANY(permissions)"""
    )


def downgrade() -> None:
    op.execute(
        """UPDATE roles SET permissions = array_remove(permissions, 'macros.use')
           WHERE id = '019ab000-0000-7000-8000-000000000001'"""
    )
    op.drop_table("sla_context_versions")
    for name in ("calendar_id", "email_account_id", "logo_file_id"):
        op.drop_constraint(op.f(f"contexts_{name}_fkey"), "contexts", type_="foreignkey")
        op.drop_column("contexts", name)
    op.drop_column("contexts", "tagline")
