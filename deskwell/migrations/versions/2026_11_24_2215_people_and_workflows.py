"""Roles, companies, rules, macros, canned responses and notifications."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_24_2215_people"
down_revision = "2026_11_24_2200_files_and_inbox"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('companies',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('domains', postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('notes', sa.Text(), server_default='', nullable=False),
    sa.Column('custom_fields', postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('companies_pkey'))
    )
    op.create_index('companies_domains_idx', 'companies', ['domains'], unique=False, postgresql_using='gin')
    op.create_index('companies_name_key', 'companies', [sa.literal_column('lower(name)')], unique=True)
    op.create_table('rules',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), server_default='', nullable=False),
    sa.Column('triggers', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('conditions', postgresql.JSONB(), nullable=False),
    sa.Column('actions', postgresql.JSONB(), nullable=False),
    sa.Column('is_active', sa.Boolean(), server_default=sa.text('true'), nullable=False),
    sa.Column('stops_others', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('position', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('priority', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('routing', postgresql.JSONB(none_as_null=True, ), nullable=True),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('last_ran_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('rules_pkey'))
    )
    op.create_index('rules_active_idx', 'rules', ['position'], unique=False, postgresql_where=sa.text('is_active AND deleted_at IS NULL'))
    op.create_table('notification_preferences',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('in_app', sa.Boolean(), nullable=False),
    sa.Column('by_mail', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('notification_preferences_user_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'kind', name=op.f('notification_preferences_pkey'))
    )
    op.create_table('person_notes',
    sa.Column('user_id', sa.Uuid(), nullable=True),
    sa.Column('company_id', sa.Uuid(), nullable=True),
    sa.Column('author_id', sa.Uuid(), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('person_notes_author_id_fkey'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['company_id'], ['companies.id'], name=op.f('person_notes_company_id_fkey'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('person_notes_user_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('person_notes_pkey'))
    )
    op.create_index(op.f('person_notes_company_id_idx'), 'person_notes', ['company_id'], unique=False)
    op.create_index(op.f('person_notes_user_id_idx'), 'person_notes', ['user_id'], unique=False)
    op.create_table('canned_responses',
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('shortcut', sa.Text(), server_default='', nullable=False),
    sa.Column('folder', sa.Text(), server_default='', nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('visibility', sa.Text(), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=True),
    sa.Column('team_id', sa.Uuid(), nullable=True),
    sa.Column('uses', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('last_used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('canned_responses_owner_id_fkey'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('canned_responses_team_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('canned_responses_pkey'))
    )
    op.create_index(op.f('canned_responses_folder_idx'), 'canned_responses', ['folder'], unique=False)
    op.create_index(op.f('canned_responses_owner_id_idx'), 'canned_responses', ['owner_id'], unique=False)
    op.create_index(op.f('canned_responses_team_id_idx'), 'canned_responses', ['team_id'], unique=False)
    op.create_table('macros',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), server_default='', nullable=False),
    sa.Column('actions', postgresql.JSONB(), nullable=False),
    sa.Column('is_active', sa.Boolean(), server_default=sa.text('true'), nullable=False),
    sa.Column('position', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('visibility', sa.Text(), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=True),
    sa.Column('team_id', sa.Uuid(), nullable=True),
    sa.Column('uses', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('last_used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('macros_owner_id_fkey'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('macros_team_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('macros_pkey'))
    )
    op.create_index(op.f('macros_owner_id_idx'), 'macros', ['owner_id'], unique=False)
    op.create_index(op.f('macros_team_id_idx'), 'macros', ['team_id'], unique=False)
    op.create_table('notifications',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('ticket_id', sa.Uuid(), nullable=True),
    sa.Column('message_id', sa.Uuid(), nullable=True),
    sa.Column('actor_id', sa.Uuid(), nullable=True),
    sa.Column('actor_kind', sa.Text(), nullable=False),
    sa.Column('data', postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('in_app', sa.Boolean(), server_default=sa.text('true'), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('mailed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['users.id'], name=op.f('notifications_actor_id_fkey'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('notifications_ticket_id_fkey'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('notifications_user_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('notifications_pkey'))
    )
    op.create_index(op.f('notifications_ticket_id_idx'), 'notifications', ['ticket_id'], unique=False)
    op.create_index('notifications_unread_idx', 'notifications', ['user_id'], unique=False, postgresql_where=sa.text('read_at IS NULL AND in_app'))
    op.create_index('notifications_user_id_id_idx', 'notifications', ['user_id', sa.literal_column('id DESC')], unique=False)
    op.create_table('rule_runs',
    sa.Column('rule_id', sa.Uuid(), nullable=False),
    sa.Column('ticket_id', sa.Uuid(), nullable=False),
    sa.Column('trigger', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('truth', postgresql.JSONB(), nullable=False),
    sa.Column('changes', postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
    sa.Column('actions', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('depth', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['rule_id'], ['rules.id'], name=op.f('rule_runs_rule_id_fkey'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('rule_runs_ticket_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('rule_runs_pkey'))
    )
    op.create_index('rule_runs_created_at_idx', 'rule_runs', ['created_at'], unique=False, postgresql_using='brin')
    op.create_index('rule_runs_rule_id_id_idx', 'rule_runs', ['rule_id', 'id'], unique=False)
    op.create_index('rule_runs_ticket_id_id_idx', 'rule_runs', ['ticket_id', 'id'], unique=False)
    op.create_table('rule_states',
    sa.Column('rule_id', sa.Uuid(), nullable=False),
    sa.Column('ticket_id', sa.Uuid(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['rule_id'], ['rules.id'], name=op.f('rule_states_rule_id_fkey'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('rule_states_ticket_id_fkey'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('rule_id', 'ticket_id', name=op.f('rule_states_pkey'))
    )
    op.create_index(op.f('rule_states_ticket_id_idx'), 'rule_states', ['ticket_id'], unique=False)
    op.add_column('users', sa.Column('company_id', sa.Uuid(), nullable=True))
    op.add_column('users', sa.Column('custom_fields', postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False))
    op.create_index(op.f('users_company_id_idx'), 'users', ['company_id'], unique=False)
    op.create_foreign_key(op.f('users_company_id_fkey'), 'users', 'companies', ['company_id'], ['id'], ondelete='SET NULL')

    op.execute(
        """INSERT INTO roles (id, name, description, permissions, is_system) VALUES (
            '019ab000-0000-7000-8000-000000000001', 'Light agent',
            'Reads tickets and writes internal notes; never writes to customers.',
            '{tickets.read,tickets.note,customers.read,rules.read}', true
        ) ON CONFLICT DO NOTHING"""
    )


def downgrade() -> None:
    op.execute("DELETE FROM roles WHERE id = '019ab000-0000-7000-8000-000000000001'")
    op.drop_constraint(op.f('users_company_id_fkey'), 'users', type_='foreignkey')
    op.drop_index(op.f('users_company_id_idx'), table_name='users')
    op.drop_column('users', 'custom_fields')
    op.drop_column('users', 'company_id')
    op.drop_index(op.f('rule_states_ticket_id_idx'), table_name='rule_states')
    op.drop_table('rule_states')
    op.drop_index('rule_runs_ticket_id_id_idx', table_name='rule_runs')
    op.drop_index('rule_runs_rule_id_id_idx', table_name='rule_runs')
    op.drop_index('rule_runs_created_at_idx', table_name='rule_runs', postgresql_using='brin')
    op.drop_table('rule_runs')
    op.drop_index('notifications_user_id_id_idx', table_name='notifications')
    op.drop_index('notifications_unread_idx', table_name='notifications', postgresql_where=sa.text('read_at IS NULL AND in_app'))
    op.drop_index(op.f('notifications_ticket_id_idx'), table_name='notifications')
    op.drop_table('notifications')
    op.drop_index(op.f('macros_team_id_idx'), table_name='macros')
    op.drop_index(op.f('macros_owner_id_idx'), table_name='macros')
    op.drop_table('macros')
    op.drop_index(op.f('canned_responses_team_id_idx'), table_name='canned_responses')
    op.drop_index(op.f('canned_responses_owner_id_idx'), table_name='canned_responses')
    op.drop_index(op.f('canned_responses_folder_idx'), table_name='canned_responses')
    op.drop_table('canned_responses')
    op.drop_index(op.f('person_notes_user_id_idx'), table_name='person_notes')
    op.drop_index(op.f('person_notes_company_id_idx'), table_name='person_notes')
    op.drop_table('person_notes')
    op.drop_table('notification_preferences')
    op.drop_index('rules_active_idx', table_name='rules', postgresql_where=sa.text('is_active AND deleted_at IS NULL'))
    op.drop_table('rules')
    op.drop_index('companies_name_key', table_name='companies')
    op.drop_index('companies_domains_idx', table_name='companies', postgresql_using='gin')
    op.drop_table('companies')
