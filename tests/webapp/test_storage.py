from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from webapp.storage import assessments
from webapp.storage.assessments import DAY, Gone, PackVersion, Saved, Stale
from webapp.storage.engine import Database, DatabaseInUse, loses_wal_resets, open_database
from webapp.storage.migration import migrate
from webapp.storage.tables import metadata

PACK = PackVersion("btob", "1.0.0", "0" * 64)
NOW = 1_800_000_000


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(f"sqlite:///{tmp_path}/test.sqlite3")
    migrate(database)
    yield database
    database.close()


def created(database: Database, **answers: str) -> str:
    return assessments.create(database, PACK, "ja", "quick", answers, NOW, 180)


def found(database: Database, token: str) -> assessments.Assessment:
    assessment = assessments.find(database, token, NOW)
    assert assessment is not None
    return assessment


def test_migrations_from_empty_make_the_tables_that_the_code_uses(database: Database):
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrating_again_changes_nothing(database: Database):
    token = created(database, share="40%")
    migrate(database)
    assert found(database, token).raw() == {"share": "40%"}


def test_answers_are_written_in_wal_mode_with_full_synchronisation(database: Database):
    with database.read() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
        assert connection.execute(text("PRAGMA secure_delete")).scalar() == 1


def test_the_database_is_readable_by_its_owner_only(database: Database, tmp_path: Path):
    assert (tmp_path / "test.sqlite3").stat().st_mode & 0o077 == 0


def test_a_write_locks_the_file_from_its_beginning(database: Database, tmp_path: Path):
    with database.write():
        other = sqlite3.connect(tmp_path / "test.sqlite3", timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


def test_the_token_of_a_link_is_nowhere_in_the_database(database: Database, tmp_path: Path):
    token = created(database)
    database.close()
    assert token.encode() not in (tmp_path / "test.sqlite3").read_bytes()


def test_japanese_is_stored_as_it_is_written(database: Database, tmp_path: Path):
    created(database, business="在庫管理クラウド")
    with database.read() as connection:
        assert "在庫管理クラウド" in connection.execute(text("SELECT answers FROM revision")).scalar_one()


def test_an_unknown_token_finds_nothing(database: Database):
    assert assessments.find(database, "x" * 43, NOW) is None


def test_a_save_adds_a_revision_and_keeps_the_one_before(database: Database):
    first = found(database, created(database, share="40%"))
    saved = assessments.save(database, first, {"share": "50%"}, NOW + 1, 180, section="goal")
    assert isinstance(saved, Saved)
    assert saved.assessment.revision == 2
    before = assessments.at_revision(database, saved.assessment, 1)
    assert before is not None
    assert before.raw() == {"share": "40%"}


def test_what_a_save_returns_is_what_is_stored(database: Database):
    token = created(database)
    saved = assessments.save(database, found(database, token), {"a": "1"}, NOW + 5, 180, path="full")
    assert isinstance(saved, Saved)
    assert found(database, token) == saved.assessment


def test_a_save_from_an_old_revision_gets_both_versions_and_writes_nothing(database: Database):
    token = created(database, share="40%")
    old = found(database, token)
    assessments.save(database, old, {"share": "50%"}, NOW, 180)
    outcome = assessments.save(database, old, {"share": "60%"}, NOW, 180)
    assert isinstance(outcome, Stale)
    assert (outcome.base.raw(), outcome.current.raw()) == ({"share": "40%"}, {"share": "50%"})
    assert found(database, token).raw() == {"share": "50%"}


def test_every_save_moves_the_expiry(database: Database):
    token = created(database)
    assessments.save(database, found(database, token), {}, NOW + 100 * DAY, 180)
    later = assessments.find(database, token, NOW + 200 * DAY)
    assert later is not None
    assert later.expires == NOW + 280 * DAY


def test_a_deleted_assessment_is_gone_with_all_its_revisions(database: Database):
    token = created(database, business="秘密の事業")
    assessments.remove(database, found(database, token), NOW)
    with pytest.raises(Gone, match="deleted"):
        assessments.find(database, token, NOW)
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM revision")).scalar() == 0


def test_saving_what_was_deleted_meanwhile_says_that_it_is_gone(database: Database):
    old = found(database, created(database))
    assessments.remove(database, old, NOW)
    with pytest.raises(Gone, match="deleted"):
        assessments.save(database, old, {"a": "1"}, NOW, 180)


def test_purging_deletes_what_has_expired_and_nothing_else(database: Database):
    expired, kept = created(database), created(database)
    assessments.save(database, found(database, kept), {}, NOW + DAY, 180)
    assert assessments.purge(database, NOW + 180 * DAY) == 1
    with pytest.raises(Gone, match="expired"):
        assessments.find(database, expired, NOW + 180 * DAY)
    assert assessments.find(database, kept, NOW + 180 * DAY) is not None


def test_an_expired_assessment_is_gone_before_it_is_purged(database: Database):
    with pytest.raises(Gone, match="expired"):
        assessments.find(database, created(database), NOW + 180 * DAY)


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 2)])
def test_sqlite_versions_with_the_wal_reset_bug_are_known(version: tuple[int, int, int]):
    assert loses_wal_resets(version)


@pytest.mark.parametrize("version", [(3, 6, 9), (3, 44, 6), (3, 50, 7), (3, 51, 3), (3, 52, 0), (4, 0, 0)])
def test_sqlite_versions_without_the_bug_are_known(version: tuple[int, int, int]):
    assert not loses_wal_resets(version)


@pytest.mark.skipif(not loses_wal_resets(), reason="this SQLite lets processes share a file")
def test_a_second_process_on_the_same_file_is_refused_with_a_sentence(database: Database, tmp_path: Path):
    code = (
        f"from webapp.storage.engine import open_database; open_database('sqlite:///{tmp_path}/test.sqlite3')"
    )
    second = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert "Another Shirube process is using" in second.stderr


@pytest.mark.skipif(not loses_wal_resets(), reason="this SQLite lets processes share a file")
def test_a_closed_database_lets_the_next_process_in(database: Database, tmp_path: Path):
    with pytest.raises(DatabaseInUse):
        open_database(f"sqlite:///{tmp_path}/test.sqlite3")
    database.close()
    open_database(f"sqlite:///{tmp_path}/test.sqlite3").close()
