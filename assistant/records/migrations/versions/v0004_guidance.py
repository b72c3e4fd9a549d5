"""Guidance: topic and nearness of a question, what was done about it, standard answers, confirmed questions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("entries", sa.Column("topic", sa.String(length=80), nullable=True))
    op.add_column("entries", sa.Column("nearest", sa.Float(), nullable=True))
    op.create_index(op.f("ix_entries_topic"), "entries", ["topic"], unique=False)
    op.create_table(
        "handled",
        sa.Column("entry_id", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("target", sa.String(length=500), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_handled_entry_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_handled")),
    )
    op.create_index(op.f("ix_handled_action"), "handled", ["action"], unique=False)
    op.create_index(op.f("ix_handled_at"), "handled", ["at"], unique=False)
    op.create_table(
        "standards",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standards")),
    )
    op.create_index(op.f("ix_standards_state"), "standards", ["state"], unique=False)
    op.create_index(op.f("ix_standards_changed"), "standards", ["changed"], unique=False)
    op.create_table(
        "confirmed",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(length=80), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmed")),
    )
    op.create_index(op.f("ix_confirmed_at"), "confirmed", ["at"], unique=False)
    op.create_index(op.f("ix_confirmed_name"), "confirmed", ["name"], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_table("confirmed")
    op.drop_table("standards")
    op.drop_table("handled")
    op.drop_index(op.f("ix_entries_topic"), "entries")
    with op.batch_alter_table("entries") as batch:
        batch.drop_column("nearest")
        batch.drop_column("topic")
