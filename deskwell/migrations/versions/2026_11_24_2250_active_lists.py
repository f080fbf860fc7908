"""Indexes for lists and counts at a million tickets: what is active is few, whatever is closed."""

from alembic import op

revision = "2026_11_24_2250_active_lists"
down_revision = "2026_11_24_2218_mail"
branch_labels = None
depends_on = None

ACTIVE = "WHERE trashed_at IS NULL AND status IN ('open', 'human_assigned')"
INDEXES = (
    ("tickets_active_idx", f"(assignee_id, updated_at DESC, id DESC) {ACTIVE}"),
    ("tickets_active_sla_idx", f"(sla_state) {ACTIVE}"),
    (
        "tickets_active_rank_idx",
        f"((CASE priority WHEN 'urgent' THEN 4 WHEN 'high' THEN 3 WHEN 'medium' THEN 2 ELSE 1 END), id) {ACTIVE}",
    ),
    ("tickets_active_due_idx", f"(coalesce(next_due_at, 'infinity'::timestamptz), id) {ACTIVE}"),
    ("tickets_context_idx", "(context_key, updated_at DESC, id DESC) WHERE trashed_at IS NULL"),
    ("tickets_category_idx", "(category_id, updated_at DESC, id DESC) WHERE category_id IS NOT NULL"),
)


def upgrade() -> None:
    for name, columns in INDEXES:
        op.get_bind().exec_driver_sql(f"CREATE INDEX {name} ON deskwell.tickets {columns}")
    op.execute("CREATE INDEX tickets_created_idx ON deskwell.tickets USING brin (created_at)")


def downgrade() -> None:
    for name in ("tickets_created_idx", *(name for name, _ in INDEXES)):
        op.execute(f"DROP INDEX deskwell.{name}")
