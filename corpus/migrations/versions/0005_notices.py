"""What sources have said of publications, held or not."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table. What was said before is not known; the sources' records say it again when they change."""
    op.create_table(
        "notices",
        sa.Column("scheme", NAME, nullable=False),
        sa.Column("value", NAME, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("scheme", "value", "state", name="pk_notices"),
    )
