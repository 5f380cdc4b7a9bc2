"""The tables. Times are whole seconds since 1970 in UTC, the same on every database."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

# Only the SHA-256 of a link's token is stored: who reads the database cannot open anybody's link.
assessment = Table(
    "assessment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("pack_id", String(64), nullable=False),
    Column("pack_version", String(32), nullable=False),
    Column("pack_hash", String(64), nullable=False),
    Column("language", String(8), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("touched", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False),
    Index("ix_assessment_expires", "expires"),
)

# Append-only. `answers` is JSON as text: it is read whole, and both databases then agree on every character.
revision = Table(
    "revision",
    metadata,
    Column("assessment_id", ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("path", String(8), nullable=False),
    Column("answers", Text, nullable=False),
    Column("section", String(64), nullable=True),
    Column("created", BigInteger, nullable=False),
)

# What remains of a deleted or expired assessment, so that its link can say what happened.
gone = Table(
    "gone",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("reason", String(8), nullable=False),
    Column("since", BigInteger, nullable=False),
)
