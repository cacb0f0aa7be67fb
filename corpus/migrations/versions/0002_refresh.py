"""What sources gave last, the runs of refreshes, and why kept answers no longer stand."""

import sqlalchemy as sa
from alembic import op

from corpus.migrations.freeze import freeze

revision = "0002"
down_revision = "0001"

NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the three tables; a flag is never changed and never removed."""
    op.create_table(
        "source_items",
        sa.Column("collection", NAME, nullable=False),
        sa.Column("source", NAME, nullable=False),
        sa.Column("item", NAME, nullable=False),
        sa.Column("revision", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("changed", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("collection", "source", "item", name="pk_source_items"),
    )
    op.create_table(
        "refresh_runs",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("collection", NAME, nullable=False),
        sa.Column("cause", sa.String(length=16), nullable=False),
        sa.Column("started", MOMENT, nullable=False),
        sa.Column("ended", MOMENT),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_refresh_runs"),
    )
    op.create_index("ix_refresh_runs_collection", "refresh_runs", ["collection"], unique=False)
    op.create_index("ix_refresh_runs_started", "refresh_runs", ["started"], unique=False)
    op.create_table(
        "answer_flags",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("answer_id", sa.String(length=64), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("document_id", NAME, nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("now", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id", "n"],
            ["answer_citations.answer_id", "answer_citations.n"],
            name="fk_answer_flags_answer_id_n_answer_citations",
        ),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_answer_flags_document_id_documents"),
        sa.PrimaryKeyConstraint("seq", name="pk_answer_flags"),
        sa.UniqueConstraint(
            "answer_id", "n", "reason", "document_id", name="uq_answer_flags_answer_id_n_reason_document_id"
        ),
    )
    op.create_index("ix_answer_flags_at", "answer_flags", ["at"], unique=False)
    freeze("answer_flags")
