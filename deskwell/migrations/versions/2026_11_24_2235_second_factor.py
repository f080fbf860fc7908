"""The second factor: codes work once, recovery codes for a lost phone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_24_2235_second_factor"
down_revision = "2026_11_24_2223_report_numbers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("totp_last_step", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.add_column(
        "users",
        sa.Column("recovery_digests", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("users", "recovery_digests")
    op.drop_column("users", "totp_last_step")
