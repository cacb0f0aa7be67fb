"""The turns of conversations: after what an answer was asked."""

import sqlalchemy as sa
from alembic import op

from corpus.migrations.freeze import freeze

revision = "0004"
down_revision = "0003"

ID = sa.String(length=64)


def upgrade() -> None:
    """Make the table; what an answer was asked after is never changed."""
    op.create_table(
        "answer_turns",
        sa.Column("answer_id", ID, nullable=False),
        sa.Column("previous", ID),
        sa.Column("history", sa.JSON(), nullable=False),
        sa.Column("without", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_answer_turns_answer_id_answers"),
        sa.ForeignKeyConstraint(["previous"], ["answers.id"], name="fk_answer_turns_previous_answers"),
        sa.PrimaryKeyConstraint("answer_id", name="pk_answer_turns"),
    )
    op.create_index("ix_answer_turns_previous", "answer_turns", ["previous"], unique=False)
    freeze("answer_turns")
