"""The set-up list: what its owner put aside."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_24_2300_onboarding"
down_revision = "2026_11_24_2250_active_lists"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "onboarding_steps",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column(
            "skipped_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("skipped_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["skipped_by_id"], ["users.id"], name=op.f("onboarding_steps_skipped_by_id_fkey"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("onboarding_steps_pkey")),
    )


def downgrade() -> None:
    op.drop_table("onboarding_steps")
