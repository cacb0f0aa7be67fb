"""The tables of the store. A change here needs a migration beside the others in `corpus/migrations/versions`."""

from datetime import UTC, datetime

import sqlalchemy as sa


class Moment(sa.TypeDecorator[datetime]):
    """A moment in UTC, with its zone on the way in and out: SQLite itself would lose the zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return the moment in UTC. Raises ValueError for one without a zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"a moment needs its time zone: {value}")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return the moment in UTC, with its zone."""
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Compared byte by byte on both databases, so that documents come in the same order from either.
NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
HASH = sa.String(64)
SECTION_ID = sa.String(32)
PASSAGE_ID = sa.String(24)
MOMENT = Moment()

raws = sa.Table(
    "raws",
    metadata,
    sa.Column("sha256", HASH, primary_key=True),
    sa.Column("size", sa.BigInteger, nullable=False),
)

publications = sa.Table(
    "publications",
    metadata,
    sa.Column("key", NAME, primary_key=True),
    sa.Column("integrity", sa.String(16), nullable=False),
    sa.Column("notice", sa.Text, nullable=False),
)

integrity_changes = sa.Table(
    "integrity_changes",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("key", NAME, sa.ForeignKey("publications.key"), nullable=False, index=True),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("was", sa.String(16)),
    sa.Column("became", sa.String(16), nullable=False),
    sa.Column("why", sa.Text, nullable=False),
)

documents = sa.Table(
    "documents",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", NAME, nullable=False, unique=True),
    sa.Column("key", NAME, sa.ForeignKey("publications.key"), nullable=False, index=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("year", sa.Integer),
    sa.Column("effective", sa.Text, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("licence", sa.Text, nullable=False),
    sa.Column("design", sa.Text, nullable=False),
    sa.Column("drugs", sa.JSON, nullable=False),
    sa.Column("brands", sa.JSON, nullable=False),
    sa.Column("authors", sa.JSON, nullable=False),
    sa.Column("identifiers", sa.JSON, nullable=False),
    sa.Column("publication_types", sa.JSON, nullable=False),
    sa.Column("subjects", sa.JSON, nullable=False),
    sa.Column("digest_of", sa.Text, nullable=False),
    sa.Column("content_hash", HASH, nullable=False),
    sa.Column("raw_sha256", HASH, sa.ForeignKey("raws.sha256"), nullable=False),
    sa.Column("retrieved", sa.Date, nullable=False),
    sa.Column("added", MOMENT, nullable=False),
    sa.Column("is_current", sa.Boolean, nullable=False),
    sa.Column("splitter", sa.Text, nullable=False),
    sa.Column("passages_hash", HASH, nullable=False),
)
_CURRENT = documents.c.is_current
sa.Index("uq_documents_one_current", documents.c.key, unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT)

retrievals = sa.Table(
    "retrievals",
    metadata,
    sa.Column("document", sa.Integer, sa.ForeignKey("documents.seq"), primary_key=True),
    sa.Column("raw_sha256", HASH, sa.ForeignKey("raws.sha256"), primary_key=True),
    sa.Column("name", NAME, primary_key=True),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("retrieved", sa.Date, nullable=False),
)

sections = sa.Table(
    "sections",
    metadata,
    sa.Column("id", SECTION_ID, primary_key=True),
    sa.Column("heading", sa.JSON, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("codes", sa.JSON, nullable=False),
    sa.Column("page", sa.Integer),
    sa.Column("blocks", sa.JSON, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)

document_sections = sa.Table(
    "document_sections",
    metadata,
    sa.Column("document", sa.Integer, sa.ForeignKey("documents.seq"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("section_id", SECTION_ID, sa.ForeignKey("sections.id"), nullable=False, index=True),
)

passages = sa.Table(
    "passages",
    metadata,
    sa.Column("document", sa.Integer, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("id", PASSAGE_ID, nullable=False, index=True),
    sa.Column("section", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("text_hash", HASH, nullable=False),
    sa.Column("sentences", sa.JSON, nullable=False),
    sa.ForeignKeyConstraint(["document", "section"], ["document_sections.document", "document_sections.position"]),
)

answers = sa.Table(
    "answers",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("hash", HASH, nullable=False),
    sa.Column("snapshot", sa.Text, nullable=False, index=True),
    sa.Column("created", MOMENT, nullable=False, index=True),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("json", sa.Text, nullable=False),
    sa.Column("json_hash", HASH, nullable=False),
    sa.Column("conflicts", sa.Integer, nullable=False, server_default="0"),
)

answer_citations = sa.Table(
    "answer_citations",
    metadata,
    sa.Column("answer_id", sa.String(64), sa.ForeignKey("answers.id"), primary_key=True),
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("document_id", NAME, sa.ForeignKey("documents.id"), nullable=False, index=True),
    sa.Column("section_id", SECTION_ID, sa.ForeignKey("sections.id"), nullable=False, index=True),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("quote", sa.Text, nullable=False),
)

# What a source gave last: compared at the next refresh. Written only where it changes.
source_items = sa.Table(
    "source_items",
    metadata,
    sa.Column("collection", NAME, primary_key=True),
    sa.Column("source", NAME, primary_key=True),
    sa.Column("item", NAME, primary_key=True),
    sa.Column("revision", sa.Text, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("documents", sa.JSON, nullable=False),
    sa.Column("changed", MOMENT, nullable=False),
)

# What sources have said of the publication of an identifier, whether it is held or not; `at` is the first time.
notices = sa.Table(
    "notices",
    metadata,
    sa.Column("scheme", NAME, primary_key=True),
    sa.Column("value", NAME, primary_key=True),
    sa.Column("state", sa.String(16), primary_key=True),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("at", MOMENT, nullable=False),
)

refresh_runs = sa.Table(
    "refresh_runs",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("collection", NAME, nullable=False, index=True),
    sa.Column("cause", sa.String(16), nullable=False),
    sa.Column("started", MOMENT, nullable=False, index=True),
    sa.Column("ended", MOMENT),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("report", sa.JSON, nullable=False),
)

# Why a kept answer no longer stands on what it cites; append-only.
answer_flags = sa.Table(
    "answer_flags",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("answer_id", sa.String(64), nullable=False),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("at", MOMENT, nullable=False, index=True),
    sa.Column("reason", sa.String(16), nullable=False),
    sa.Column("document_id", NAME, sa.ForeignKey("documents.id"), nullable=False),
    sa.Column("was", sa.Text, nullable=False),
    sa.Column("now", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.ForeignKeyConstraint(["answer_id", "n"], ["answer_citations.answer_id", "answer_citations.n"]),
    sa.UniqueConstraint("answer_id", "n", "reason", "document_id"),
)

accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("name", NAME, primary_key=True),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("must_change", sa.Boolean, nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("created", MOMENT, nullable=False),
    sa.Column("disabled", MOMENT),
)

# A browser's sign-in. The token itself is only in the browser.
sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("token_hash", HASH, primary_key=True),
    sa.Column("account", NAME, sa.ForeignKey("accounts.name"), nullable=False, index=True),
    sa.Column("created", MOMENT, nullable=False),
    sa.Column("expires", MOMENT, nullable=False),
    sa.Column("seen", MOMENT, nullable=False),
)

# A program's key; `prefix` is the part of it that may be shown.
api_keys = sa.Table(
    "api_keys",
    metadata,
    sa.Column("prefix", sa.String(16), primary_key=True),
    sa.Column("key_hash", HASH, nullable=False, unique=True),
    sa.Column("account", NAME, sa.ForeignKey("accounts.name"), nullable=False, index=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("created", MOMENT, nullable=False),
    sa.Column("used", MOMENT),
    sa.Column("revoked", MOMENT),
)

# Who tried to sign in, by the hash of the name typed: some type their password there.
login_attempts = sa.Table(
    "login_attempts",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", MOMENT, nullable=False, index=True),
    sa.Column("account_hash", HASH, nullable=False, index=True),
    sa.Column("address", sa.Text, nullable=False, index=True),
    sa.Column("succeeded", sa.Boolean, nullable=False),
)

# What was done to a kept answer, `step` by step from 1; append-only. Two who act on one state meet in `step`.
review_events = sa.Table(
    "review_events",
    metadata,
    sa.Column("answer_id", sa.String(64), sa.ForeignKey("answers.id"), primary_key=True),
    sa.Column("step", sa.Integer, primary_key=True),
    sa.Column("at", MOMENT, nullable=False, index=True),
    sa.Column("who", NAME, nullable=False),
    sa.Column("kind", sa.String(24), nullable=False),
    sa.Column("hash", HASH, nullable=False),
    sa.Column("data", sa.JSON, nullable=False),
)

# Which kept answer took the place of which; append-only. `composed` is the answer that the edited text began as.
answer_versions = sa.Table(
    "answer_versions",
    metadata,
    sa.Column("answer_id", sa.String(64), sa.ForeignKey("answers.id"), primary_key=True),
    sa.Column("previous", sa.String(64), sa.ForeignKey("answers.id"), nullable=False, unique=True),
    sa.Column("composed", sa.String(64), sa.ForeignKey("answers.id"), nullable=False, index=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("who", NAME, nullable=False),
    sa.Column("how", sa.String(16), nullable=False),
)

answer_reads = sa.Table(
    "answer_reads",
    metadata,
    sa.Column("answer_id", sa.String(64), sa.ForeignKey("answers.id"), primary_key=True),
    sa.Column("reads", sa.Integer, nullable=False),
)

# After what an answer was asked; append-only. An answer that began its conversation has no row.
answer_turns = sa.Table(
    "answer_turns",
    metadata,
    sa.Column("answer_id", sa.String(64), sa.ForeignKey("answers.id"), primary_key=True),
    sa.Column("previous", sa.String(64), sa.ForeignKey("answers.id"), index=True),
    sa.Column("history", sa.JSON, nullable=False),
    sa.Column("without", sa.JSON, nullable=False),
)
