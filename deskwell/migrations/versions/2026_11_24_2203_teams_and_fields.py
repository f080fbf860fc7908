"""Teams share out tickets; custom fields are defined."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "2026_11_24_2203_teams_and_fields"
down_revision = "2026_11_24_2150_first_tables"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint("teams_name_key", "teams")
    op.create_index("teams_lower_name_key", "teams", [sa.text("lower(name)")], unique=True)
    op.add_column("teams", sa.Column("color", sa.Text()))
    op.add_column("teams", sa.Column("assignment", sa.Text(), server_default="team_only", nullable=False))
    op.add_column("teams", sa.Column("last_assigned_id", sa.Uuid()))
    op.create_foreign_key(
        "teams_last_assigned_id_fkey", "teams", "users", ["last_assigned_id"], ["id"], ondelete="SET NULL"
    )
    op.add_column(
        "team_members",
        sa.Column("takes_tickets", sa.Boolean(), server_default=sa.text("true"), nullable=False),
    )
    op.add_column("team_members", sa.Column("capacity", sa.Integer()))
    op.add_column(
        "team_members",
        sa.Column(
            "joined_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
    )
    op.create_table(
        "custom_fields",
        sa.Column("subject", sa.Text(), server_default="ticket", nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("help", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("options", JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("limits", JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("required", sa.Text(), server_default="never", nullable=False),
        sa.Column("shown_when", JSONB()),
        sa.Column("context_ids", ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("customer_access", sa.Text(), server_default="hidden", nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True)),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name="custom_fields_pkey"),
    )
    op.create_index("custom_fields_subject_key_key", "custom_fields", ["subject", "key"], unique=True)


def downgrade() -> None:
    op.drop_table("custom_fields")
    op.drop_column("team_members", "joined_at")
    op.drop_column("team_members", "capacity")
    op.drop_column("team_members", "takes_tickets")
    op.drop_column("teams", "last_assigned_id")
    op.drop_column("teams", "assignment")
    op.drop_column("teams", "color")
    op.drop_index("teams_lower_name_key", "teams")
    op.create_unique_constraint("teams_name_key", "teams", ["name"])
