"""The queue of tickets that wait for a person has an index of its own: status and assignee are not independent."""

from alembic import op

revision = "2026_11_24_2343_waiting_queue"
down_revision = "2026_11_24_2305_half_vectors"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """CREATE INDEX tickets_queue_idx ON deskwell.tickets (updated_at DESC, id DESC)
           WHERE trashed_at IS NULL AND status = 'human_assigned' AND assignee_id IS NULL"""
    )


def downgrade() -> None:
    op.execute("DROP INDEX deskwell.tickets_queue_idx")
