"""Training: items, sittings, participants, responses, learning alone, cases."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "cards",
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("owner", "item", name=op.f("pk_cards")),
    )
    op.create_index("ix_cards_owner_due", "cards", ["owner", "due"], unique=False)
    op.create_table(
        "casework",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("plan", sa.String(length=80), nullable=False),
        sa.Column("seed", sa.String(length=80), nullable=False),
        sa.Column("case_id", sa.String(length=80), nullable=False),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True), nullable=True),
        sa.Column("got", sa.Integer(), nullable=True),
        sa.Column("possible", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_casework")),
    )
    op.create_index("ix_casework_owner_started", "casework", ["owner", "started"], unique=False)
    op.create_table(
        "items",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("history", sa.Text(), nullable=False),
        sa.Column("before", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
    )
    op.create_index(op.f("ix_items_state"), "items", ["state"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("correct", sa.Boolean(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    op.create_index("ix_reviews_owner_at", "reviews", ["owner", "at"], unique=False)
    op.create_table(
        "sittings",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed", sa.DateTime(timezone=True), nullable=True),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sittings")),
        sa.UniqueConstraint("code", name=op.f("uq_sittings_code")),
    )
    op.create_index(op.f("ix_sittings_created"), "sittings", ["created"], unique=False)
    op.create_index(op.f("ix_sittings_owner"), "sittings", ["owner"], unique=False)
    op.create_table(
        "participants",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("sitting_id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kabupaten", sa.String(length=80), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("pin", sa.String(length=20), nullable=False),
        sa.Column("joined", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before_done", sa.DateTime(timezone=True), nullable=True),
        sa.Column("after_done", sa.DateTime(timezone=True), nullable=True),
        sa.Column("certificate", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name=op.f("fk_participants_sitting_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
        sa.UniqueConstraint("certificate", name=op.f("uq_participants_certificate")),
        sa.UniqueConstraint("sitting_id", "number", name=op.f("uq_participants_sitting_id")),
        sa.UniqueConstraint("sitting_id", "pin", name=op.f("uq_participants_pin")),
    )
    op.create_index(op.f("ix_participants_owner"), "participants", ["owner"], unique=False)
    op.create_table(
        "responses",
        sa.Column("participant_id", sa.String(length=80), nullable=False),
        sa.Column("test", sa.String(length=10), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("chosen", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_responses_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("participant_id", "test", "item", name=op.f("pk_responses")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("responses")
    op.drop_index(op.f("ix_participants_owner"), table_name="participants")
    op.drop_table("participants")
    op.drop_index(op.f("ix_sittings_owner"), table_name="sittings")
    op.drop_index(op.f("ix_sittings_created"), table_name="sittings")
    op.drop_table("sittings")
    op.drop_index("ix_reviews_owner_at", table_name="reviews")
    op.drop_table("reviews")
    op.drop_index(op.f("ix_items_state"), table_name="items")
    op.drop_table("items")
    op.drop_index("ix_casework_owner_started", table_name="casework")
    op.drop_table("casework")
    op.drop_index("ix_cards_owner_due", table_name="cards")
    op.drop_table("cards")
