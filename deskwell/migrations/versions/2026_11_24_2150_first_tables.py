"""The first tables: people, contexts, fields, tickets, the log of facts, and the queue of jobs."""

from pathlib import Path

import procrastinate
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from deskwell.core.events import Xid8

revision = "2026_11_24_2150_first_tables"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "categories",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("color", sa.Text(), server_default="#64748b", nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("categories_pkey")),
    )
    op.create_index("categories_name_key", "categories", [sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "contexts",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("color", sa.Text(), server_default="#6366f1", nullable=False),
        sa.Column("tone", sa.Text(), server_default="friendly", nullable=False),
        sa.Column("contacts", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("ai_enabled", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column(
            "settings",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("contexts_pkey")),
        sa.UniqueConstraint("key", name=op.f("contexts_key_key")),
    )
    op.create_table(
        "event_details",
        sa.Column("event_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("event_id", name=op.f("event_details_pkey")),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("xid", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("through", sa.Text(), nullable=False),
        sa.Column("causes", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column(
            "data", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("events_pkey")),
    )
    op.create_index("events_at_idx", "events", ["at"], unique=False, postgresql_using="brin")
    op.create_index(
        "events_failed_idx",
        "events",
        ["at"],
        unique=False,
        postgresql_where=sa.text("kind = 'reaction.failed'"),
    )
    op.create_index("events_ticket_id_id_idx", "events", ["ticket_id", "id"], unique=False)
    op.create_index(
        "events_unticketed_idx", "events", ["id"], unique=False, postgresql_where=sa.text("ticket_id IS NULL")
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("user_id", "key", name=op.f("idempotency_keys_pkey")),
    )
    op.create_index("idempotency_keys_created_at_idx", "idempotency_keys", ["created_at"], unique=False)
    op.create_table(
        "limit_counts",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column(
            "started_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("limit_counts_pkey")),
        prefixes=["UNLOGGED"],
    )
    op.create_index(op.f("limit_counts_ends_at_idx"), "limit_counts", ["ends_at"], unique=False)
    op.create_table(
        "roles",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("permissions", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("is_system", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("roles_pkey")),
        sa.UniqueConstraint("name", name=op.f("roles_name_key")),
    )
    op.create_table(
        "signals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("data", sa.Text(), server_default="", nullable=False),
        sa.Column("staff_only", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("signals_pkey")),
        prefixes=["UNLOGGED"],
    )
    op.create_index(op.f("signals_at_idx"), "signals", ["at"], unique=False)
    op.create_index(op.f("signals_ticket_id_idx"), "signals", ["ticket_id"], unique=False)
    op.create_table(
        "tags",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("color", sa.Text(), server_default="#64748b", nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("tags_pkey")),
    )
    op.create_index("tags_name_key", "tags", [sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "teams",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("is_restricted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("teams_pkey")),
        sa.UniqueConstraint("name", name=op.f("teams_name_key")),
    )
    op.create_table(
        "users",
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "role",
            sa.Enum("customer", "agent", "admin", name="role", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("role_id", sa.Uuid(), nullable=True),
        sa.Column("team_ids", postgresql.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("locale", sa.Text(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=True),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=True),
        sa.Column("totp_enabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "preferences",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("email_verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["role_id"], ["roles.id"], name=op.f("users_role_id_fkey"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("users_pkey")),
        sa.UniqueConstraint("email", name=op.f("users_email_key")),
    )
    op.create_index(
        "users_email_trgm_idx",
        "users",
        ["email"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"email": "gin_trgm_ops"},
    )
    op.create_index(
        "users_name_trgm_idx",
        "users",
        ["name"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"name": "gin_trgm_ops"},
    )
    op.create_index(op.f("users_role_id_idx"), "users", ["role_id"], unique=False)
    op.create_index(
        "users_staff_idx", "users", ["role"], unique=False, postgresql_where=sa.text("role <> 'customer'")
    )
    op.create_table(
        "api_keys",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("api_keys_user_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("api_keys_pkey")),
        sa.UniqueConstraint("digest", name=op.f("api_keys_digest_key")),
    )
    op.create_index(op.f("api_keys_user_id_idx"), "api_keys", ["user_id"], unique=False)
    op.create_table(
        "one_time_tokens",
        sa.Column(
            "kind",
            sa.Enum(
                "reset", "invitation", "setup", "email_change", name="tokenkind", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column(
            "data", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("one_time_tokens_user_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("one_time_tokens_pkey")),
        sa.UniqueConstraint("digest", name=op.f("one_time_tokens_digest_key")),
    )
    op.create_index(op.f("one_time_tokens_user_id_idx"), "one_time_tokens", ["user_id"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "last_seen_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("user_agent", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("sessions_user_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("sessions_pkey")),
    )
    op.create_index(op.f("sessions_user_id_idx"), "sessions", ["user_id"], unique=False)
    op.create_table(
        "team_members",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("is_lead", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name=op.f("team_members_team_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("team_members_user_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("team_id", "user_id", name=op.f("team_members_pkey")),
    )
    op.create_index(op.f("team_members_user_id_idx"), "team_members", ["user_id"], unique=False)
    op.create_table(
        "tickets",
        sa.Column("number", sa.BigInteger(), sa.Identity(always=False, start=1001), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("context_key", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_key", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("open", "human_assigned", "closed", name="status", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "waiting_for",
            sa.Enum("customer", "agent", name="party", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "priority",
            sa.Enum("low", "medium", "high", "urgent", name="priority", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum(
                "web", "email", "api", "chat", "phone", "social", name="source", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("category_id", sa.Uuid(), nullable=True),
        sa.Column(
            "custom_fields",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("last_position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("message_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "last_message_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("last_customer_message_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_response_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_response_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_ai_response_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalation_reason", sa.Text(), nullable=True),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        sa.Column("sla_id", sa.Uuid(), nullable=True),
        sa.Column("first_response_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolution_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sla_state", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["assignee_id"], ["users.id"], name=op.f("tickets_assignee_id_fkey")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["categories.id"], name=op.f("tickets_category_id_fkey"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["users.id"], name=op.f("tickets_customer_id_fkey")),
        sa.ForeignKeyConstraint(["follows_id"], ["tickets.id"], name=op.f("tickets_follows_id_fkey")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["tickets.id"], name=op.f("tickets_merged_into_id_fkey")),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name=op.f("tickets_team_id_fkey"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("tickets_pkey")),
        sa.UniqueConstraint("number", name=op.f("tickets_number_key")),
    )
    op.create_index(
        "tickets_assignee_idx",
        "tickets",
        ["assignee_id", sa.literal_column("updated_at DESC")],
        unique=False,
        postgresql_where=sa.text("trashed_at IS NULL"),
    )
    op.create_index(
        "tickets_continue_idx",
        "tickets",
        ["customer_id", "context_key", "subject_key"],
        unique=False,
        postgresql_where=sa.text("status <> 'closed'"),
    )
    op.create_index(
        "tickets_customer_idx", "tickets", ["customer_id", sa.literal_column("id DESC")], unique=False
    )
    op.create_index(
        "tickets_due_idx",
        "tickets",
        ["next_due_at"],
        unique=False,
        postgresql_where=sa.text("next_due_at IS NOT NULL"),
    )
    op.create_index(
        "tickets_recent_idx",
        "tickets",
        [sa.literal_column("updated_at DESC"), "id"],
        unique=False,
        postgresql_where=sa.text("trashed_at IS NULL"),
    )
    op.create_index(
        "tickets_snoozed_idx",
        "tickets",
        ["snoozed_until"],
        unique=False,
        postgresql_where=sa.text("snoozed_until IS NOT NULL"),
    )
    op.create_index(
        "tickets_status_idx",
        "tickets",
        ["status", sa.literal_column("id DESC")],
        unique=False,
        postgresql_where=sa.text("trashed_at IS NULL"),
    )
    op.create_index(
        "tickets_team_idx",
        "tickets",
        ["team_id", sa.literal_column("id DESC")],
        unique=False,
        postgresql_where=sa.text("team_id IS NOT NULL"),
    )
    op.create_index(
        "tickets_trashed_idx",
        "tickets",
        ["trashed_at"],
        unique=False,
        postgresql_where=sa.text("trashed_at IS NOT NULL"),
    )
    op.create_table(
        "messages",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "author",
            sa.Enum("customer", "ai", "agent", "system", name="author", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=True),
        sa.Column("is_internal", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "web", "email", "api", "chat", "phone", "social", name="source", native_enum=False, length=32
            ),
            nullable=True,
        ),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("success", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("rating", sa.SmallInteger(), nullable=True),
        sa.Column("citations", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.Column(
            "data", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("messages_author_id_fkey")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("messages_ticket_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("messages_pkey")),
        sa.UniqueConstraint("ticket_id", "position", name=op.f("messages_ticket_id_position_key")),
    )
    op.create_index(
        "messages_ai_idx",
        "messages",
        ["ticket_id", "created_at"],
        unique=False,
        postgresql_where=sa.text("author = 'ai'"),
    )
    op.create_table(
        "presence",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column(
            "seen_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("presence_ticket_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("presence_user_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ticket_id", "user_id", name=op.f("presence_pkey")),
        prefixes=["UNLOGGED"],
    )
    op.create_index("presence_ticket_idx", "presence", ["ticket_id"], unique=False)
    op.create_table(
        "ticket_tags",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("tag_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["tags.id"], name=op.f("ticket_tags_tag_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("ticket_tags_ticket_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ticket_id", "tag_id", name=op.f("ticket_tags_pkey")),
    )
    op.create_index(op.f("ticket_tags_tag_id_idx"), "ticket_tags", ["tag_id"], unique=False)
    op.create_table(
        "ratings",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("rating", sa.SmallInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("ratings_message_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("ratings_user_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("ratings_pkey")),
    )
    op.create_index(op.f("ratings_message_id_idx"), "ratings", ["message_id"], unique=False)
    op.create_table(
        "turns",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "limited",
                "answered",
                "clarified",
                "handed_over",
                "person",
                "failed",
                name="turnstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply_id", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("turns_message_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["messages.id"], name=op.f("turns_reply_id_fkey"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("turns_ticket_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("turns_pkey")),
        sa.UniqueConstraint("message_id", name=op.f("turns_message_id_key")),
    )
    op.create_index(
        "turns_pending_idx",
        "turns",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('waiting', 'limited')"),
    )
    op.create_index(op.f("turns_ticket_id_idx"), "turns", ["ticket_id"], unique=False)
    op.execute(
        "REVOKE UPDATE, DELETE, TRUNCATE ON events FROM CURRENT_USER"
    )  # the log is only ever appended to
    queue = Path(procrastinate.__file__).parent / "sql" / "schema.sql"
    op.get_bind().exec_driver_sql(queue.read_text().replace("%", "%%"))


QUEUE = """
DO $$
DECLARE item record;
BEGIN
    FOR item IN SELECT oid::regclass AS name FROM pg_class
        WHERE relnamespace = 'deskwell'::regnamespace AND relkind = 'r' AND relname LIKE 'procrastinate%%'
    LOOP EXECUTE 'DROP TABLE IF EXISTS ' || item.name || ' CASCADE'; END LOOP;
    FOR item IN SELECT oid::regprocedure AS name FROM pg_proc
        WHERE pronamespace = 'deskwell'::regnamespace AND proname LIKE 'procrastinate%%'
    LOOP EXECUTE 'DROP FUNCTION IF EXISTS ' || item.name || ' CASCADE'; END LOOP;
    FOR item IN SELECT oid::regtype AS name FROM pg_type
        WHERE typnamespace = 'deskwell'::regnamespace AND typname LIKE 'procrastinate%%' AND typtype IN ('e', 'c')
    LOOP EXECUTE 'DROP TYPE IF EXISTS ' || item.name || ' CASCADE'; END LOOP;
END $$
"""


def downgrade() -> None:
    op.get_bind().exec_driver_sql(QUEUE)
    op.drop_index(op.f("turns_ticket_id_idx"), table_name="turns")
    op.drop_index(
        "turns_pending_idx", table_name="turns", postgresql_where=sa.text("state IN ('waiting', 'limited')")
    )
    op.drop_table("turns")
    op.drop_index(op.f("ratings_message_id_idx"), table_name="ratings")
    op.drop_table("ratings")
    op.drop_index(op.f("ticket_tags_tag_id_idx"), table_name="ticket_tags")
    op.drop_table("ticket_tags")
    op.drop_index("presence_ticket_idx", table_name="presence")
    op.drop_table("presence")
    op.drop_index("messages_ai_idx", table_name="messages", postgresql_where=sa.text("author = 'ai'"))
    op.drop_table("messages")
    op.drop_index(
        "tickets_trashed_idx", table_name="tickets", postgresql_where=sa.text("trashed_at IS NOT NULL")
    )
    op.drop_index("tickets_team_idx", table_name="tickets", postgresql_where=sa.text("team_id IS NOT NULL"))
    op.drop_index("tickets_status_idx", table_name="tickets", postgresql_where=sa.text("trashed_at IS NULL"))
    op.drop_index(
        "tickets_snoozed_idx", table_name="tickets", postgresql_where=sa.text("snoozed_until IS NOT NULL")
    )
    op.drop_index("tickets_recent_idx", table_name="tickets", postgresql_where=sa.text("trashed_at IS NULL"))
    op.drop_index(
        "tickets_due_idx", table_name="tickets", postgresql_where=sa.text("next_due_at IS NOT NULL")
    )
    op.drop_index("tickets_customer_idx", table_name="tickets")
    op.drop_index(
        "tickets_continue_idx", table_name="tickets", postgresql_where=sa.text("status <> 'closed'")
    )
    op.drop_index(
        "tickets_assignee_idx", table_name="tickets", postgresql_where=sa.text("trashed_at IS NULL")
    )
    op.drop_table("tickets")
    op.drop_index(op.f("team_members_user_id_idx"), table_name="team_members")
    op.drop_table("team_members")
    op.drop_index(op.f("sessions_user_id_idx"), table_name="sessions")
    op.drop_table("sessions")
    op.drop_index(op.f("one_time_tokens_user_id_idx"), table_name="one_time_tokens")
    op.drop_table("one_time_tokens")
    op.drop_index(op.f("api_keys_user_id_idx"), table_name="api_keys")
    op.drop_table("api_keys")
    op.drop_index("users_staff_idx", table_name="users", postgresql_where=sa.text("role <> 'customer'"))
    op.drop_index(op.f("users_role_id_idx"), table_name="users")
    op.drop_index(
        "users_name_trgm_idx",
        table_name="users",
        postgresql_using="gin",
        postgresql_ops={"name": "gin_trgm_ops"},
    )
    op.drop_index(
        "users_email_trgm_idx",
        table_name="users",
        postgresql_using="gin",
        postgresql_ops={"email": "gin_trgm_ops"},
    )
    op.drop_table("users")
    op.drop_table("teams")
    op.drop_index("tags_name_key", table_name="tags")
    op.drop_table("tags")
    op.drop_index(op.f("signals_ticket_id_idx"), table_name="signals")
    op.drop_index(op.f("signals_at_idx"), table_name="signals")
    op.drop_table("signals")
    op.drop_table("roles")
    op.drop_index(op.f("limit_counts_ends_at_idx"), table_name="limit_counts")
    op.drop_table("limit_counts")
    op.drop_index("idempotency_keys_created_at_idx", table_name="idempotency_keys")
    op.drop_table("idempotency_keys")
    op.drop_index("events_unticketed_idx", table_name="events", postgresql_where=sa.text("ticket_id IS NULL"))
    op.drop_index("events_ticket_id_id_idx", table_name="events")
    op.drop_index(
        "events_failed_idx", table_name="events", postgresql_where=sa.text("kind = 'reaction.failed'")
    )
    op.drop_index("events_at_idx", table_name="events", postgresql_using="brin")
    op.drop_table("events")
    op.drop_table("event_details")
    op.drop_table("contexts")
    op.drop_index("categories_name_key", table_name="categories")
    op.drop_table("categories")
