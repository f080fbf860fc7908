"""Files, what tickets have beside messages, the search row, and saved views."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '2026_11_24_2200_files_and_inbox'
down_revision = "2026_11_24_2158_service_levels"
branch_labels = None
depends_on = None


# English stems, accents ignored. Kept in our schema, by name, so that an index on it is stable.
CONFIGURATION = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_ts_config c JOIN pg_namespace n ON n.oid = c.cfgnamespace
                   WHERE n.nspname = 'deskwell' AND c.cfgname = 'english_unaccent') THEN
        CREATE TEXT SEARCH CONFIGURATION deskwell.english_unaccent (COPY = pg_catalog.english);
        ALTER TEXT SEARCH CONFIGURATION deskwell.english_unaccent
            ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
    END IF;
END $$
"""

INDEXED = """
INSERT INTO deskwell.ticket_search (ticket_id, everything)
SELECT t.id, setweight(to_tsvector('deskwell.english_unaccent', t.subject), 'A')
    || setweight(to_tsvector('deskwell.english_unaccent', coalesce(left(string_agg(m.body, ' '), 200000), '')), 'B')
FROM deskwell.tickets t LEFT JOIN deskwell.messages m ON m.ticket_id = t.id AND NOT m.is_internal
WHERE t.trashed_at IS NULL GROUP BY t.id
"""

# Lists sort by the last change; what is newest first must be read backwards by one index.
LISTS = (
    ("tickets_status_idx", "(status, id DESC) WHERE trashed_at IS NULL",
     "(status, updated_at DESC, id DESC) WHERE trashed_at IS NULL"),
    ("tickets_recent_idx", "(updated_at DESC, id) WHERE trashed_at IS NULL",
     "(updated_at DESC, id DESC) WHERE trashed_at IS NULL"),
    ("tickets_team_idx", "(team_id, id DESC) WHERE team_id IS NOT NULL",
     "(team_id, updated_at DESC, id DESC) WHERE team_id IS NOT NULL"),
)


def upgrade() -> None:
    op.execute(CONFIGURATION)
    op.create_table('files',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('mime_type', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('storage_key', sa.Text(), nullable=False),
    sa.Column('uploaded_by_id', sa.Uuid(), nullable=True),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['uploaded_by_id'], ['users.id'], name=op.f('files_uploaded_by_id_fkey'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('files_pkey')),
    sa.UniqueConstraint('storage_key', name=op.f('files_storage_key_key'))
    )
    op.create_index('files_unclaimed_idx', 'files', ['created_at'], unique=False, postgresql_where=sa.text('claimed_at IS NULL'))
    op.create_index('files_uploaded_by_id_idx', 'files', ['uploaded_by_id'], unique=False)
    op.create_table('saved_views',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('icon', sa.Text(), server_default='', nullable=False),
    sa.Column('sharing', sa.Enum('personal', 'team', 'everyone', name='sharing', native_enum=False, length=32), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=True),
    sa.Column('filters', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('position', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('saved_views_owner_id_fkey'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('saved_views_team_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('saved_views_pkey'))
    )
    op.create_index(op.f('saved_views_owner_id_idx'), 'saved_views', ['owner_id'], unique=False)
    op.create_table('drafts',
    sa.Column('ticket_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('reply', 'note', name='draftkind', native_enum=False, length=32), nullable=False),
    sa.Column('body', sa.Text(), server_default='', nullable=False),
    sa.Column('body_html', sa.Text(), nullable=True),
    sa.Column('file_ids', postgresql.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('closes', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('release_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failure', sa.Text(), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('drafts_ticket_id_fkey'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('drafts_user_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('ticket_id', 'user_id', 'kind', name=op.f('drafts_pkey'))
    )
    op.create_index('drafts_release_idx', 'drafts', ['release_at'], unique=False, postgresql_where=sa.text('release_at IS NOT NULL'))
    op.create_index('drafts_user_idx', 'drafts', ['user_id'], unique=False)
    op.create_table('ticket_ccs',
    sa.Column('ticket_id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), server_default='', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('ticket_ccs_ticket_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('ticket_id', 'email', name=op.f('ticket_ccs_pkey'))
    )
    op.create_table('ticket_links',
    sa.Column('ticket_id', sa.Uuid(), nullable=False),
    sa.Column('other_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('related', 'duplicate_of', 'parent_of', 'split_from', name='linkkind', native_enum=False, length=32), nullable=False),
    sa.Column('created_by_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('ticket_links_created_by_id_fkey'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['other_id'], ['tickets.id'], name=op.f('ticket_links_other_id_fkey'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('ticket_links_ticket_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('ticket_links_pkey')),
    sa.UniqueConstraint('ticket_id', 'other_id', 'kind', name=op.f('ticket_links_ticket_id_other_id_kind_key'))
    )
    op.create_index(op.f('ticket_links_other_id_idx'), 'ticket_links', ['other_id'], unique=False)
    op.create_table('ticket_merges',
    sa.Column('survivor_id', sa.Uuid(), nullable=False),
    sa.Column('merged_id', sa.Uuid(), nullable=False),
    sa.Column('merged_by_id', sa.Uuid(), nullable=True),
    sa.Column('before', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['merged_by_id'], ['users.id'], name=op.f('ticket_merges_merged_by_id_fkey'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['merged_id'], ['tickets.id'], name=op.f('ticket_merges_merged_id_fkey'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survivor_id'], ['tickets.id'], name=op.f('ticket_merges_survivor_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('ticket_merges_pkey'))
    )
    op.create_index(op.f('ticket_merges_merged_id_idx'), 'ticket_merges', ['merged_id'], unique=False)
    op.create_index(op.f('ticket_merges_survivor_id_idx'), 'ticket_merges', ['survivor_id'], unique=False)
    op.create_table('ticket_search',
    sa.Column('ticket_id', sa.Uuid(), nullable=False),
    sa.Column('everything', postgresql.TSVECTOR(), nullable=False),
    sa.Column('public', postgresql.TSVECTOR(), nullable=True),
    sa.Column('codes', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('ticket_search_ticket_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('ticket_id', name=op.f('ticket_search_pkey'))
    )
    op.create_index('ticket_search_codes_idx', 'ticket_search', ['codes'], unique=False, postgresql_using='gin', postgresql_ops={'codes': 'gin_trgm_ops'}, postgresql_where=sa.text('codes IS NOT NULL'))
    op.create_index('ticket_search_everything_idx', 'ticket_search', ['everything'], unique=False, postgresql_using='gin')
    op.create_table('ticket_watchers',
    sa.Column('ticket_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('ticket_watchers_ticket_id_fkey'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('ticket_watchers_user_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('ticket_id', 'user_id', name=op.f('ticket_watchers_pkey'))
    )
    op.create_index(op.f('ticket_watchers_user_id_idx'), 'ticket_watchers', ['user_id'], unique=False)
    op.create_table('attachments',
    sa.Column('file_id', sa.Uuid(), nullable=False),
    sa.Column('ticket_id', sa.Uuid(), nullable=False),
    sa.Column('message_id', sa.Uuid(), nullable=True),
    sa.Column('uploaded_by_id', sa.Uuid(), nullable=True),
    sa.Column('is_held', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['files.id'], name=op.f('attachments_file_id_fkey'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('attachments_message_id_fkey'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('attachments_ticket_id_fkey'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['uploaded_by_id'], ['users.id'], name=op.f('attachments_uploaded_by_id_fkey'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('file_id', name=op.f('attachments_pkey'))
    )
    op.create_index(op.f('attachments_message_id_idx'), 'attachments', ['message_id'], unique=False)
    op.create_index(op.f('attachments_ticket_id_idx'), 'attachments', ['ticket_id'], unique=False)
    op.execute(INDEXED)
    for name, _, columns in LISTS:
        op.execute(f"DROP INDEX deskwell.{name}")
        op.execute(f"CREATE INDEX {name} ON deskwell.tickets {columns}")


def downgrade() -> None:
    for name, columns, _ in LISTS:
        op.execute(f"DROP INDEX deskwell.{name}")
        op.execute(f"CREATE INDEX {name} ON deskwell.tickets {columns}")
    op.drop_index(op.f('attachments_ticket_id_idx'), table_name='attachments')
    op.drop_index(op.f('attachments_message_id_idx'), table_name='attachments')
    op.drop_table('attachments')
    op.drop_index(op.f('ticket_watchers_user_id_idx'), table_name='ticket_watchers')
    op.drop_table('ticket_watchers')
    op.drop_index('ticket_search_everything_idx', table_name='ticket_search', postgresql_using='gin')
    op.drop_index('ticket_search_codes_idx', table_name='ticket_search', postgresql_using='gin', postgresql_ops={'codes': 'gin_trgm_ops'}, postgresql_where=sa.text('codes IS NOT NULL'))
    op.drop_table('ticket_search')
    op.drop_index(op.f('ticket_merges_survivor_id_idx'), table_name='ticket_merges')
    op.drop_index(op.f('ticket_merges_merged_id_idx'), table_name='ticket_merges')
    op.drop_table('ticket_merges')
    op.drop_index(op.f('ticket_links_other_id_idx'), table_name='ticket_links')
    op.drop_table('ticket_links')
    op.drop_table('ticket_ccs')
    op.drop_index('drafts_user_idx', table_name='drafts')
    op.drop_index('drafts_release_idx', table_name='drafts', postgresql_where=sa.text('release_at IS NOT NULL'))
    op.drop_table('drafts')
    op.drop_index(op.f('saved_views_owner_id_idx'), table_name='saved_views')
    op.drop_table('saved_views')
    op.drop_index('files_uploaded_by_id_idx', table_name='files')
    op.drop_index('files_unclaimed_idx', table_name='files', postgresql_where=sa.text('claimed_at IS NULL'))
    op.drop_table('files')
    op.execute("DROP TEXT SEARCH CONFIGURATION IF EXISTS deskwell.english_unaccent")
