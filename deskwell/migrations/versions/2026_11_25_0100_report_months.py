"""Whole months of the reports are rolled up, so that a long report reads months instead of days."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25_0100_report_months"
down_revision = "2026_11_25_0130_word_share"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_months",
        sa.Column("measure", sa.SmallInteger(), nullable=False),
        sa.Column("scope", sa.SmallInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("vals", sa.LargeBinary(), nullable=True),
        sa.Column("marks", sa.LargeBinary(), nullable=True),
        sa.Column("contexts", sa.LargeBinary(), nullable=False),
        sa.Column("teams", sa.LargeBinary(), nullable=False),
        sa.Column("agents", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("measure", "scope", "month", "code", name=op.f("report_months_pkey")),
    )
    for column in ("vals", "marks", "contexts", "teams", "agents"):
        # Whole columns are read, often: compressing them would cost more than it saves.
        op.execute(f"ALTER TABLE report_months ALTER COLUMN {column} SET STORAGE EXTERNAL")
    op.create_table(
        "report_rolled",
        sa.Column("measure", sa.SmallInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("measure", "month", name=op.f("report_rolled_pkey")),
    )


def downgrade() -> None:
    op.drop_table("report_rolled")
    op.drop_table("report_months")
