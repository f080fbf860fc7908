"""How near questions come that no article answers, per knowledge base: what the shipped confidence counts against."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25_0510_ai_backgrounds"
down_revision = "2026_11_25_0115_configuration"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ai_backgrounds",
        sa.Column("context_key", sa.Text, primary_key=True),
        sa.Column("model_id", sa.Text, primary_key=True),
        sa.Column("articles", sa.Integer, nullable=False),
        sa.Column("versions", sa.BigInteger, nullable=False),
        *(
            sa.Column(name, sa.Double, nullable=False)
            for name in ("cosine", "spread", "nearest", "lead")
        ),
        sa.Column(
            "measured_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.func.clock_timestamp(),
        ),
    )


def downgrade() -> None:
    op.drop_table("ai_backgrounds")
