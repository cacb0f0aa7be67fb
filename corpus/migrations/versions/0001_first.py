"""The first schema: documents in versions, passages, integrity with its history, kept answers."""

import sqlalchemy as sa
from alembic import op

from corpus.migrations.freeze import freeze

revision = "0001"
down_revision = None

NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
CONTENT = [
    "seq",
    "id",
    "key",
    "kind",
    "title",
    "body",
    "year",
    "effective",
    "version",
    "url",
    "licence",
    "design",
    "drugs",
    "brands",
    "authors",
    "identifiers",
    "publication_types",
    "subjects",
    "digest_of",
    "content_hash",
    "raw_sha256",
    "retrieved",
    "added",
]


def upgrade() -> None:
    """Make the tables, then freeze what never changes."""
    op.create_table(
        "answers",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.Column("json_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
    )
    op.create_index("ix_answers_created", "answers", ["created"], unique=False)
    op.create_index("ix_answers_snapshot", "answers", ["snapshot"], unique=False)
    op.create_table(
        "publications",
        sa.Column("key", NAME, nullable=False),
        sa.Column("integrity", sa.String(length=16), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_publications"),
    )
    op.create_table(
        "raws",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_raws"),
    )
    op.create_table(
        "sections",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("heading", sa.JSON(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sections"),
    )
    op.create_table(
        "documents",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", NAME, nullable=False),
        sa.Column("key", NAME, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("effective", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("design", sa.Text(), nullable=False),
        sa.Column("drugs", sa.JSON(), nullable=False),
        sa.Column("brands", sa.JSON(), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("identifiers", sa.JSON(), nullable=False),
        sa.Column("publication_types", sa.JSON(), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("digest_of", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("raw_sha256", sa.String(length=64), nullable=False),
        sa.Column("retrieved", sa.Date(), nullable=False),
        sa.Column("added", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("splitter", sa.Text(), nullable=False),
        sa.Column("passages_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["publications.key"], name="fk_documents_key_publications"),
        sa.ForeignKeyConstraint(["raw_sha256"], ["raws.sha256"], name="fk_documents_raw_sha256_raws"),
        sa.PrimaryKeyConstraint("seq", name="pk_documents"),
        sa.UniqueConstraint("id", name="uq_documents_id"),
    )
    op.create_index("ix_documents_key", "documents", ["key"], unique=False)
    op.create_index(
        "uq_documents_one_current",
        "documents",
        ["key"],
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )
    op.create_table(
        "integrity_changes",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", NAME, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("was", sa.String(length=16), nullable=True),
        sa.Column("became", sa.String(length=16), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["publications.key"], name="fk_integrity_changes_key_publications"),
        sa.PrimaryKeyConstraint("seq", name="pk_integrity_changes"),
    )
    op.create_index("ix_integrity_changes_key", "integrity_changes", ["key"], unique=False)
    op.create_table(
        "answer_citations",
        sa.Column("answer_id", sa.String(length=64), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("document_id", NAME, nullable=False),
        sa.Column("section_id", sa.String(length=32), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_answer_citations_answer_id_answers"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_answer_citations_document_id_documents"),
        sa.ForeignKeyConstraint(["section_id"], ["sections.id"], name="fk_answer_citations_section_id_sections"),
        sa.PrimaryKeyConstraint("answer_id", "n", name="pk_answer_citations"),
    )
    op.create_index("ix_answer_citations_document_id", "answer_citations", ["document_id"], unique=False)
    op.create_index("ix_answer_citations_section_id", "answer_citations", ["section_id"], unique=False)
    op.create_table(
        "document_sections",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.seq"], name="fk_document_sections_document_documents"),
        sa.ForeignKeyConstraint(["section_id"], ["sections.id"], name="fk_document_sections_section_id_sections"),
        sa.PrimaryKeyConstraint("document", "position", name="pk_document_sections"),
    )
    op.create_index("ix_document_sections_section_id", "document_sections", ["section_id"], unique=False)
    op.create_table(
        "retrievals",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("raw_sha256", sa.String(length=64), nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("retrieved", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.seq"], name="fk_retrievals_document_documents"),
        sa.ForeignKeyConstraint(["raw_sha256"], ["raws.sha256"], name="fk_retrievals_raw_sha256_raws"),
        sa.PrimaryKeyConstraint("document", "raw_sha256", "name", name="pk_retrievals"),
    )
    op.create_table(
        "passages",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("section", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("sentences", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document", "section"],
            ["document_sections.document", "document_sections.position"],
            name="fk_passages_document_section_document_sections",
        ),
        sa.PrimaryKeyConstraint("document", "position", name="pk_passages"),
    )
    op.create_index("ix_passages_id", "passages", ["id"], unique=False)
    for table in ("raws", "retrievals", "sections", "document_sections", "integrity_changes", "answer_citations"):
        freeze(table)
    freeze("documents", CONTENT)
    freeze("answers", ["id", "hash", "snapshot", "created", "question", "json", "json_hash"])
