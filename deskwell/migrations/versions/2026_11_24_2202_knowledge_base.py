"""The knowledge base: topics, articles and their versions, passages, pictures, and what readers make of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "2026_11_24_2202_knowledge_base"
down_revision = "2026_11_24_2203_teams_and_fields"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE TEXT SEARCH CONFIGURATION knowledge_english (COPY = pg_catalog.english)")
    op.execute(
        "ALTER TEXT SEARCH CONFIGURATION knowledge_english "
        "ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem"
    )
    op.create_table('article_categories',
    sa.Column('context', sa.Text(), nullable=True),
    sa.Column('center', sa.Text(), nullable=False),
    sa.Column('parent_id', sa.Uuid(), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('slug', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), server_default='', nullable=False),
    sa.Column('icon', sa.Text(), server_default='', nullable=False),
    sa.Column('position', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['parent_id'], ['article_categories.id'], name=op.f('article_categories_parent_id_fkey'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('article_categories_pkey')),
    sa.UniqueConstraint('center', 'slug', name=op.f('article_categories_center_slug_key'))
    )
    op.create_index(op.f('article_categories_parent_id_idx'), 'article_categories', ['parent_id'], unique=False)
    op.create_table('article_deflections',
    sa.Column('center', sa.Text(), server_default='', nullable=False),
    sa.Column('query', sa.Text(), nullable=False),
    sa.Column('shown', postgresql.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('opened', postgresql.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('was_sent', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('article_deflections_pkey'))
    )
    op.create_index('article_deflections_recent_idx', 'article_deflections', [sa.literal_column('created_at DESC')], unique=False)
    op.create_table('article_searches',
    sa.Column('center', sa.Text(), server_default='', nullable=False),
    sa.Column('query', sa.Text(), nullable=False),
    sa.Column('query_key', sa.Text(), nullable=False),
    sa.Column('results', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('article_searches_pkey'))
    )
    op.create_index('article_searches_empty_idx', 'article_searches', ['query_key'], unique=False, postgresql_where=sa.text('results = 0'))
    op.create_index('article_searches_recent_idx', 'article_searches', [sa.literal_column('created_at DESC')], unique=False)
    op.create_table('search_words',
    sa.Column('word', sa.Text(), nullable=False),
    sa.Column('lexeme', sa.Text(), nullable=False),
    sa.Column('articles', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('deletions', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.PrimaryKeyConstraint('word', name=op.f('search_words_pkey'))
    )
    op.create_index('search_words_deletions_idx', 'search_words', ['deletions'], unique=False, postgresql_using='gin')
    op.create_index(op.f('search_words_lexeme_idx'), 'search_words', ['lexeme'], unique=False)
    op.create_index('search_words_prefix_idx', 'search_words', ['word'], unique=False, postgresql_ops={'word': 'text_pattern_ops'})
    op.create_index('search_words_trgm_idx', 'search_words', ['word'], unique=False, postgresql_using='gin', postgresql_ops={'word': 'gin_trgm_ops'})
    op.create_table('article_images',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('mime_type', sa.Text(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('uploaded_by_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['uploaded_by_id'], ['users.id'], name=op.f('article_images_uploaded_by_id_fkey'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('article_images_pkey'))
    )
    op.create_index(op.f('article_images_digest_idx'), 'article_images', ['digest'], unique=False)
    op.create_table('articles',
    sa.Column('context', sa.Text(), nullable=True),
    sa.Column('context_key', sa.Text(), server_default='', nullable=False),
    sa.Column('center', sa.Text(), nullable=False),
    sa.Column('slug', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('summary', sa.Text(), server_default='', nullable=False),
    sa.Column('status', sa.Enum('draft', 'published', 'archived', name='articlestatus', native_enum=False, length=32), nullable=False),
    sa.Column('visibility', sa.Enum('public', 'internal', name='visibility', native_enum=False, length=32), nullable=False),
    sa.Column('category_id', sa.Uuid(), nullable=True),
    sa.Column('tags', postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('keywords', postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('is_featured', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('is_pinned', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('from_ticket_id', sa.Uuid(), nullable=True),
    sa.Column('draft', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.Column('draft_saved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('body_html', sa.Text(), server_default='', nullable=False),
    sa.Column('headings', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
    sa.Column('renderer', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('excerpt', sa.Text(), server_default='', nullable=False),
    sa.Column('body_text', sa.Text(), server_default='', nullable=False),
    sa.Column('heading_text', sa.Text(), server_default='', nullable=False),
    sa.Column('keyword_text', sa.Text(), server_default='', nullable=False),
    sa.Column('search', postgresql.TSVECTOR(), sa.Computed("\nsetweight(to_tsvector('knowledge_english'::regconfig, title), 'A') ||\nsetweight(to_tsvector('knowledge_english'::regconfig, keyword_text), 'B') ||\nsetweight(to_tsvector('knowledge_english'::regconfig, heading_text), 'C') ||\nsetweight(to_tsvector('knowledge_english'::regconfig, body_text), 'D')\n", persisted=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('articles_author_id_fkey'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['category_id'], ['article_categories.id'], name=op.f('articles_category_id_fkey'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['from_ticket_id'], ['tickets.id'], name=op.f('articles_from_ticket_id_fkey'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('articles_pkey')),
    sa.UniqueConstraint('center', 'slug', name=op.f('articles_center_slug_key'))
    )
    op.create_index(op.f('articles_category_id_idx'), 'articles', ['category_id'], unique=False)
    op.create_index(op.f('articles_from_ticket_id_idx'), 'articles', ['from_ticket_id'], unique=False)
    op.create_index('articles_search_idx', 'articles', ['search'], unique=False, postgresql_using='gin')
    op.create_index('articles_shown_idx', 'articles', ['center', 'category_id'], unique=False, postgresql_where=sa.text("status = 'published'"))
    op.create_index('articles_tags_idx', 'articles', ['tags'], unique=False, postgresql_using='gin')
    op.create_index('articles_title_idx', 'articles', [sa.literal_column("to_tsvector('knowledge_english'::regconfig, title)")], unique=False, postgresql_using='gin')
    op.create_index('articles_title_trgm_idx', 'articles', ['title'], unique=False, postgresql_using='gin', postgresql_ops={'title': 'gin_trgm_ops'})
    op.create_index('articles_updated_idx', 'articles', [sa.literal_column('updated_at DESC')], unique=False)
    op.create_table('article_feedback',
    sa.Column('article_id', sa.Uuid(), nullable=False),
    sa.Column('person', sa.Text(), nullable=False),
    sa.Column('is_helpful', sa.Boolean(), nullable=False),
    sa.Column('comment', sa.Text(), server_default='', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('article_feedback_article_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('article_feedback_pkey')),
    sa.UniqueConstraint('article_id', 'person', name=op.f('article_feedback_article_id_person_key'))
    )
    op.create_table('article_redirects',
    sa.Column('center', sa.Text(), nullable=False),
    sa.Column('slug', sa.Text(), nullable=False),
    sa.Column('article_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('article_redirects_article_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('center', 'slug', name=op.f('article_redirects_pkey'))
    )
    op.create_index(op.f('article_redirects_article_id_idx'), 'article_redirects', ['article_id'], unique=False)
    op.create_table('article_versions',
    sa.Column('article_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('summary', sa.Text(), server_default='', nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=True),
    sa.Column('note', sa.Text(), server_default='', nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('article_versions_article_id_fkey'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('article_versions_author_id_fkey'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('article_versions_pkey')),
    sa.UniqueConstraint('article_id', 'number', name=op.f('article_versions_article_id_number_key'))
    )
    op.create_table('article_views',
    sa.Column('article_id', sa.Uuid(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('count', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('article_views_article_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('article_id', 'day', name=op.f('article_views_pkey'))
    )
    op.create_table('passages',
    sa.Column('article_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('heading_path', postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('anchor', sa.Text(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('passages_article_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('passages_pkey')),
    sa.UniqueConstraint('article_id', 'position', name=op.f('passages_article_id_position_key'))
    )


def downgrade() -> None:

    op.drop_table('passages')
    op.drop_table('article_views')
    op.drop_table('article_versions')
    op.drop_index(op.f('article_redirects_article_id_idx'), table_name='article_redirects')
    op.drop_table('article_redirects')
    op.drop_table('article_feedback')
    op.drop_index('articles_updated_idx', table_name='articles')
    op.drop_index('articles_title_trgm_idx', table_name='articles', postgresql_using='gin', postgresql_ops={'title': 'gin_trgm_ops'})
    op.drop_index('articles_title_idx', table_name='articles', postgresql_using='gin')
    op.drop_index('articles_tags_idx', table_name='articles', postgresql_using='gin')
    op.drop_index('articles_shown_idx', table_name='articles', postgresql_where=sa.text("status = 'published'"))
    op.drop_index('articles_search_idx', table_name='articles', postgresql_using='gin')
    op.drop_index(op.f('articles_from_ticket_id_idx'), table_name='articles')
    op.drop_index(op.f('articles_category_id_idx'), table_name='articles')
    op.drop_table('articles')
    op.drop_index(op.f('article_images_digest_idx'), table_name='article_images')
    op.drop_table('article_images')
    op.drop_index('search_words_trgm_idx', table_name='search_words', postgresql_using='gin', postgresql_ops={'word': 'gin_trgm_ops'})
    op.drop_index('search_words_prefix_idx', table_name='search_words', postgresql_ops={'word': 'text_pattern_ops'})
    op.drop_index(op.f('search_words_lexeme_idx'), table_name='search_words')
    op.drop_index('search_words_deletions_idx', table_name='search_words', postgresql_using='gin')
    op.drop_table('search_words')
    op.drop_index('article_searches_recent_idx', table_name='article_searches')
    op.drop_index('article_searches_empty_idx', table_name='article_searches', postgresql_where=sa.text('results = 0'))
    op.drop_table('article_searches')
    op.drop_index('article_deflections_recent_idx', table_name='article_deflections')
    op.drop_table('article_deflections')
    op.drop_index(op.f('article_categories_parent_id_idx'), table_name='article_categories')
    op.drop_table('article_categories')
    op.execute("DROP TEXT SEARCH CONFIGURATION knowledge_english")
