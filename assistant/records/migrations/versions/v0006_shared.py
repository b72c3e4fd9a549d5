"""What replicas share: snapshots without vectors, withdrawn documents, counted acts."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "snapshots",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
    )
    op.create_table(
        "snapshot_parts",
        sa.Column("snapshot_id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_snapshot_parts_snapshot_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "number", name=op.f("pk_snapshot_parts")),
    )
    op.create_table(
        "pointers",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("snapshot_id", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshots.id"], name=op.f("fk_pointers_snapshot_id")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pointers")),
    )
    op.create_table(
        "withdrawn",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawn")),
    )
    op.create_index(op.f("ix_withdrawn_path"), "withdrawn", ["path"], unique=False)
    op.create_table(
        "acts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acts")),
    )
    op.create_index(op.f("ix_acts_at"), "acts", ["at"], unique=False)
    op.create_index("ix_acts_key_at", "acts", ["key", "at"], unique=False)


def downgrade() -> None:
    """Take back."""
    for table in ("acts", "withdrawn", "pointers", "snapshot_parts", "snapshots"):
        op.drop_table(table)
