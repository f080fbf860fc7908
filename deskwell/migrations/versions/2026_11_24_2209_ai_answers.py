"""The AI: settings, runs, the word index and vectors of articles, outcomes and what was learnt from them."""

import pgvector.sqlalchemy
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '2026_11_24_2209_ai_answers'
down_revision = "2026_11_24_2215_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('ai_confidence_models',
    sa.Column('context_key', sa.Text(), nullable=False),
    sa.Column('weights', postgresql.ARRAY(sa.DOUBLE_PRECISION()), nullable=False),
    sa.Column('intercept', sa.DOUBLE_PRECISION(), nullable=False),
    sa.Column('word_share', sa.DOUBLE_PRECISION(), nullable=False),
    sa.Column('outcomes', sa.Integer(), nullable=False),
    sa.Column('calibration_error', sa.DOUBLE_PRECISION(), nullable=False),
    sa.Column('threshold', sa.DOUBLE_PRECISION(), nullable=False),
    sa.Column('target_precision', sa.DOUBLE_PRECISION(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('ai_confidence_models_pkey'))
    )
    op.create_index(op.f('ai_confidence_models_context_key_idx'), 'ai_confidence_models', ['context_key'], unique=False)
    op.create_table('ai_questions',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('request', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('result', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.Column('error', sa.Text(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('ai_questions_pkey'))
    )
    op.create_table('ai_settings',
    sa.Column('context_key', sa.Text(), server_default='', nullable=False),
    sa.Column('context', sa.Text(), nullable=True),
    sa.Column('is_enabled', sa.Boolean(), nullable=True),
    sa.Column('provider', sa.Enum('embedded', 'openai', name='provider', native_enum=False, length=32), nullable=True),
    sa.Column('base_url', sa.Text(), nullable=True),
    sa.Column('model', sa.Text(), nullable=True),
    sa.Column('api_key', sa.LargeBinary(), nullable=True),
    sa.Column('embedding_base_url', sa.Text(), nullable=True),
    sa.Column('embedding_model', sa.Text(), nullable=True),
    sa.Column('embedding_api_key', sa.LargeBinary(), nullable=True),
    sa.Column('tone', sa.Text(), nullable=True),
    sa.Column('target_precision', sa.DOUBLE_PRECISION(), nullable=True),
    sa.Column('threshold', sa.DOUBLE_PRECISION(), nullable=True),
    sa.Column('per_window', sa.Integer(), nullable=True),
    sa.Column('window_seconds', sa.Integer(), nullable=True),
    sa.Column('per_customer_day', sa.Integer(), nullable=True),
    sa.Column('per_day', sa.Integer(), nullable=True),
    sa.Column('daily_budget', sa.DOUBLE_PRECISION(), nullable=True),
    sa.Column('input_price', sa.DOUBLE_PRECISION(), nullable=True),
    sa.Column('output_price', sa.DOUBLE_PRECISION(), nullable=True),
    sa.Column('extra_words', postgresql.ARRAY(sa.Text()), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('ai_settings_pkey')),
    sa.UniqueConstraint('context_key', name=op.f('ai_settings_context_key_key'))
    )
    op.create_table('ticket_vectors',
    sa.Column('ticket_id', sa.Uuid(), nullable=False),
    sa.Column('model_id', sa.Text(), nullable=False),
    sa.Column('vector', pgvector.sqlalchemy.vector.VECTOR(), nullable=False),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('ticket_vectors_ticket_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('ticket_id', 'model_id', name=op.f('ticket_vectors_pkey'))
    )
    op.create_table('ai_runs',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('ticket_id', sa.Uuid(), nullable=True),
    sa.Column('message_id', sa.Uuid(), nullable=True),
    sa.Column('customer_id', sa.Uuid(), nullable=True),
    sa.Column('user_id', sa.Uuid(), nullable=True),
    sa.Column('context_key', sa.Text(), server_default='', nullable=False),
    sa.Column('provider', sa.Text(), nullable=False),
    sa.Column('model', sa.Text(), server_default='', nullable=False),
    sa.Column('prompt_version', sa.Text(), server_default='', nullable=False),
    sa.Column('language', sa.Text(), server_default='', nullable=False),
    sa.Column('query', sa.Text(), server_default='', nullable=False),
    sa.Column('action', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('confidence', sa.DOUBLE_PRECISION(), nullable=True),
    sa.Column('threshold', sa.DOUBLE_PRECISION(), nullable=True),
    sa.Column('features', postgresql.ARRAY(sa.DOUBLE_PRECISION()), nullable=True),
    sa.Column('candidates', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
    sa.Column('citations', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
    sa.Column('steps', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
    sa.Column('draft', sa.Text(), nullable=True),
    sa.Column('input_tokens', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('output_tokens', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('cost', sa.DOUBLE_PRECISION(), server_default=sa.text('0'), nullable=False),
    sa.Column('milliseconds', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('was_useful', sa.Boolean(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['users.id'], name=op.f('ai_runs_customer_id_fkey'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('ai_runs_message_id_fkey'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('ai_runs_ticket_id_fkey'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('ai_runs_user_id_fkey'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('ai_runs_pkey'))
    )
    op.create_index('ai_runs_customer_idx', 'ai_runs', ['customer_id', sa.literal_column('created_at DESC')], unique=False, postgresql_where=sa.text("kind = 'answer'"))
    op.create_index(op.f('ai_runs_message_id_idx'), 'ai_runs', ['message_id'], unique=False)
    op.create_index('ai_runs_recent_idx', 'ai_runs', [sa.literal_column('created_at DESC')], unique=False)
    op.create_index('ai_runs_ticket_idx', 'ai_runs', ['ticket_id', sa.literal_column('id DESC')], unique=False)
    op.create_table('article_embeddings',
    sa.Column('article_id', sa.Uuid(), nullable=False),
    sa.Column('model_id', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('article_embeddings_article_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('article_id', 'model_id', name=op.f('article_embeddings_pkey'))
    )
    op.create_table('article_index',
    sa.Column('article_id', sa.Uuid(), nullable=False),
    sa.Column('length', sa.Integer(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('suspicious', postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('article_index_article_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('article_id', name=op.f('article_index_pkey'))
    )
    op.create_table('article_terms',
    sa.Column('term', sa.Text(), nullable=False),
    sa.Column('article_id', sa.Uuid(), nullable=False),
    sa.Column('count', sa.SmallInteger(), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('article_terms_article_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('term', 'article_id', name=op.f('article_terms_pkey'))
    )
    op.create_index(op.f('article_terms_article_id_idx'), 'article_terms', ['article_id'], unique=False)
    op.create_table('article_vectors',
    sa.Column('article_id', sa.Uuid(), nullable=False),
    sa.Column('model_id', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('passage', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('vector', pgvector.sqlalchemy.vector.VECTOR(), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('article_vectors_article_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('article_id', 'model_id', 'position', name=op.f('article_vectors_pkey'))
    )
    op.create_table('ai_outcomes',
    sa.Column('run_id', sa.Uuid(), nullable=False),
    sa.Column('context_key', sa.Text(), nullable=False),
    sa.Column('features', postgresql.ARRAY(sa.DOUBLE_PRECISION()), nullable=False),
    sa.Column('confidence', sa.DOUBLE_PRECISION(), nullable=False),
    sa.Column('article_id', sa.Uuid(), nullable=True),
    sa.Column('is_right', sa.Boolean(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('ai_outcomes_article_id_fkey'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['run_id'], ['ai_runs.id'], name=op.f('ai_outcomes_run_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('ai_outcomes_pkey')),
    sa.UniqueConstraint('run_id', name=op.f('ai_outcomes_run_id_key'))
    )
    op.create_index(op.f('ai_outcomes_context_key_idx'), 'ai_outcomes', ['context_key'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ai_outcomes_context_key_idx'), table_name='ai_outcomes')
    op.drop_table('ai_outcomes')
    op.drop_table('article_vectors')
    op.drop_index(op.f('article_terms_article_id_idx'), table_name='article_terms')
    op.drop_table('article_terms')
    op.drop_table('article_index')
    op.drop_table('article_embeddings')
    op.drop_index('ai_runs_ticket_idx', table_name='ai_runs')
    op.drop_index('ai_runs_recent_idx', table_name='ai_runs')
    op.drop_index(op.f('ai_runs_message_id_idx'), table_name='ai_runs')
    op.drop_index('ai_runs_customer_idx', table_name='ai_runs', postgresql_where=sa.text("kind = 'answer'"))
    op.drop_table('ai_runs')
    op.drop_table('ticket_vectors')
    op.drop_table('ai_settings')
    op.drop_table('ai_questions')
    op.drop_index(op.f('ai_confidence_models_context_key_idx'), table_name='ai_confidence_models')
    op.drop_table('ai_confidence_models')
