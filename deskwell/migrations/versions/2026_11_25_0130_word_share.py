"""What a run saw of words and meaning, and how strange an article's words are to the embedding model."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_25_0130_word_share"
down_revision = "2026_11_25_0110_assigned_counts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ai_runs", sa.Column("signals", postgresql.JSONB))
    op.add_column("article_embeddings", sa.Column("strange", sa.REAL))
    op.add_column(
        "article_index", sa.Column("rules", sa.Integer, nullable=False, server_default=sa.text("1"))
    )
    op.alter_column("ai_confidence_models", "word_share", nullable=True)
    # it was one constant for everybody; with none seen, the next sweep fits the numbers anew
    op.execute("UPDATE ai_confidence_models SET word_share = NULL, outcomes = 0")


def downgrade() -> None:
    op.execute("UPDATE ai_confidence_models SET word_share = 0.15 WHERE word_share IS NULL")
    op.alter_column("ai_confidence_models", "word_share", nullable=False)
    op.drop_column("article_index", "rules")
    op.drop_column("article_embeddings", "strange")
    op.drop_column("ai_runs", "signals")
