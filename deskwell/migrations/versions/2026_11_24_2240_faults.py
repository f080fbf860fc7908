"""Faults of ours, grouped by where they broke."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_24_2240_faults"
down_revision = "2026_11_24_2235_second_factor"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "fault_groups",
        sa.Column("fingerprint", sa.Text(), primary_key=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), server_default="1", nullable=False),
        sa.Column("first_seen_at", moment, server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("last_seen_at", moment, server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("last_request_id", sa.Text()),
    )
    op.create_index("fault_groups_last_seen_at_idx", "fault_groups", ["last_seen_at"])


def downgrade() -> None:
    op.drop_table("fault_groups")
