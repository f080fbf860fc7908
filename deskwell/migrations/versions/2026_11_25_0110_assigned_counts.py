"""Keep how many tickets are with a person beside how many are open, so that a list by status need not count them.

The change is folded into its sum by a trigger on the deltas' deletion: a worker of the version before, which knows
only the other two columns, may fold while both versions run, and loses nothing.
"""

from alembic import op

revision = "2026_11_25_0110_assigned_counts"
down_revision = "2026_11_25_0100_context_looks"
branch_labels = None
depends_on = None

NOBODY = "'00000000-0000-0000-0000-000000000000'"
COUNT = f"""
CREATE OR REPLACE FUNCTION count_ticket() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE nobody CONSTANT uuid := {NOBODY};
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.trashed_at IS NULL THEN
        INSERT INTO ticket_count_deltas (team, total, open, assigned)
        VALUES (coalesce(OLD.team_id, nobody), -1, -(OLD.status <> 'closed')::int, -(OLD.status = 'human_assigned')::int);
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.trashed_at IS NULL THEN
        INSERT INTO ticket_count_deltas (team, total, open, assigned)
        VALUES (coalesce(NEW.team_id, nobody), 1, (NEW.status <> 'closed')::int, (NEW.status = 'human_assigned')::int);
    END IF;
    RETURN NULL;
END $$
"""
COUNT_BEFORE = f"""
CREATE OR REPLACE FUNCTION count_ticket() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE nobody CONSTANT uuid := {NOBODY};
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.trashed_at IS NULL THEN
        INSERT INTO ticket_count_deltas (team, total, open)
        VALUES (coalesce(OLD.team_id, nobody), -1, CASE WHEN OLD.status = 'closed' THEN 0 ELSE -1 END);
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.trashed_at IS NULL THEN
        INSERT INTO ticket_count_deltas (team, total, open)
        VALUES (coalesce(NEW.team_id, nobody), 1, CASE WHEN NEW.status = 'closed' THEN 0 ELSE 1 END);
    END IF;
    RETURN NULL;
END $$
"""
FOLD = """
CREATE FUNCTION fold_assigned_tickets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE ticket_counts c SET assigned = c.assigned + s.assigned
    FROM (SELECT team, sum(assigned) AS assigned FROM gone GROUP BY team HAVING sum(assigned) <> 0) s
    WHERE c.team = s.team;
    RETURN NULL;
END $$
"""
CHANGED = """CREATE OR REPLACE TRIGGER count_changed_ticket AFTER UPDATE OF status, trashed_at, team_id ON tickets FOR EACH ROW
    WHEN (({old}, OLD.trashed_at IS NULL, OLD.team_id) IS DISTINCT FROM ({new}, NEW.trashed_at IS NULL, NEW.team_id))
    EXECUTE FUNCTION count_ticket()"""


def upgrade() -> None:
    for table, kind in (("ticket_counts", "bigint"), ("ticket_count_deltas", "integer")):
        op.execute(f"ALTER TABLE {table} ADD COLUMN assigned {kind} NOT NULL DEFAULT 0")
    op.execute(CHANGED.format(old="OLD.status", new="NEW.status"))  # from here on nobody else changes tickets
    op.execute(COUNT)
    op.execute(FOLD)
    op.execute(
        """CREATE TRIGGER fold_assigned_tickets AFTER DELETE ON ticket_count_deltas
           REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION fold_assigned_tickets()"""
    )
    op.execute(
        f"""INSERT INTO ticket_counts AS c (team, total, open, assigned)
            SELECT coalesce(team_id, {NOBODY}), 0, 0, count(*) FROM tickets
            WHERE trashed_at IS NULL AND status = 'human_assigned' GROUP BY 1
            ON CONFLICT (team) DO UPDATE SET assigned = excluded.assigned"""
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER fold_assigned_tickets ON ticket_count_deltas")
    op.execute("DROP FUNCTION fold_assigned_tickets()")
    op.execute(COUNT_BEFORE)
    op.execute(CHANGED.format(old="OLD.status = 'closed'", new="NEW.status = 'closed'"))
    for table in ("ticket_counts", "ticket_count_deltas"):
        op.execute(f"ALTER TABLE {table} DROP COLUMN assigned")
