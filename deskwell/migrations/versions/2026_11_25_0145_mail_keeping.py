"""How long the bytes of mails are kept, and how many mails of one sender are let in."""

from alembic import op

revision = "2026_11_25_0145_mail_keeping"
down_revision = "2026_11_25_0115_synonyms"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """CREATE TABLE email_settings (
               id uuid PRIMARY KEY,
               created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
               keep_days integer NOT NULL DEFAULT 365,
               hold_after integer NOT NULL DEFAULT 2000)"""
    )
    op.execute("ALTER TABLE inbound_mails ADD COLUMN forgotten_at timestamptz")
    op.execute(
        """CREATE INDEX inbound_mails_kept_idx ON inbound_mails (created_at)
           WHERE forgotten_at IS NULL AND state IN ('processed', 'filtered')"""
    )
    op.execute(
        """CREATE INDEX email_messages_sender_idx ON email_messages (from_email, created_at)
           WHERE direction = 'inbound'"""
    )


def downgrade() -> None:
    op.execute("DROP INDEX email_messages_sender_idx")
    op.execute("DROP INDEX inbound_mails_kept_idx")
    op.execute("ALTER TABLE inbound_mails DROP COLUMN forgotten_at")
    op.execute("DROP TABLE email_settings")
