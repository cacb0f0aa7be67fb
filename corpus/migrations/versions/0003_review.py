"""Accounts with their sessions and keys, and the review of kept answers."""

import json

import sqlalchemy as sa
from alembic import op

from corpus.migrations.freeze import freeze

revision = "0003"
down_revision = "0002"

NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
HASH = sa.String(length=64)
ID = sa.String(length=64)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables; what was done in a review, and which version followed which, is never changed."""
    _accounts()
    _review()
    op.add_column("answers", sa.Column("conflicts", sa.Integer(), server_default="0", nullable=False))
    _count_conflicts()
    freeze("review_events")
    freeze("answer_versions")


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("name", NAME, nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("disabled", MOMENT),
        sa.PrimaryKeyConstraint("name", name="pk_accounts"),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", HASH, nullable=False),
        sa.Column("account", NAME, nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("expires", MOMENT, nullable=False),
        sa.Column("seen", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"], name="fk_sessions_account_accounts"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sessions"),
    )
    op.create_index("ix_sessions_account", "sessions", ["account"], unique=False)
    op.create_table(
        "api_keys",
        sa.Column("prefix", sa.String(length=16), nullable=False),
        sa.Column("key_hash", HASH, nullable=False),
        sa.Column("account", NAME, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("used", MOMENT),
        sa.Column("revoked", MOMENT),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"], name="fk_api_keys_account_accounts"),
        sa.PrimaryKeyConstraint("prefix", name="pk_api_keys"),
        sa.UniqueConstraint("key_hash", name="uq_api_keys_key_hash"),
    )
    op.create_index("ix_api_keys_account", "api_keys", ["account"], unique=False)
    op.create_table(
        "login_attempts",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("account_hash", HASH, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_login_attempts"),
    )
    for column in ("at", "account_hash", "address"):
        op.create_index(f"ix_login_attempts_{column}", "login_attempts", [column], unique=False)


def _review() -> None:
    op.create_table(
        "review_events",
        sa.Column("answer_id", ID, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", NAME, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("hash", HASH, nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_review_events_answer_id_answers"),
        sa.PrimaryKeyConstraint("answer_id", "step", name="pk_review_events"),
    )
    op.create_index("ix_review_events_at", "review_events", ["at"], unique=False)
    op.create_table(
        "answer_versions",
        sa.Column("answer_id", ID, nullable=False),
        sa.Column("previous", ID, nullable=False),
        sa.Column("composed", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", NAME, nullable=False),
        sa.Column("how", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_answer_versions_answer_id_answers"),
        sa.ForeignKeyConstraint(["previous"], ["answers.id"], name="fk_answer_versions_previous_answers"),
        sa.ForeignKeyConstraint(["composed"], ["answers.id"], name="fk_answer_versions_composed_answers"),
        sa.PrimaryKeyConstraint("answer_id", name="pk_answer_versions"),
        sa.UniqueConstraint("previous", name="uq_answer_versions_previous"),
    )
    op.create_index("ix_answer_versions_composed", "answer_versions", ["composed"], unique=False)
    op.create_table(
        "answer_reads",
        sa.Column("answer_id", ID, nullable=False),
        sa.Column("reads", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_answer_reads_answer_id_answers"),
        sa.PrimaryKeyConstraint("answer_id", name="pk_answer_reads"),
    )


def _count_conflicts() -> None:
    """Write beside each answer that is kept in how many matters its sources disagree."""
    answers = sa.table("answers", sa.column("id"), sa.column("json"), sa.column("conflicts"))
    connection = op.get_bind()
    for row in connection.execute(sa.select(answers.c.id, answers.c.json)).all():
        found = len(json.loads(row.json).get("conflicts", ()))
        if found:
            connection.execute(answers.update().where(answers.c.id == row.id).values(conflicts=found))
