from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest

from webapp.config import BadSetting, read_settings


def test_without_settings_everything_is_kept_in_one_folder(tmp_path: Path):
    settings = read_settings({}, tmp_path / "var")
    assert settings.database_url == f"sqlite:///{tmp_path}/var/shirube.sqlite3"
    assert settings.retention_days == 180


def test_a_secret_key_is_made_once_for_its_owner_only(tmp_path: Path):
    first = read_settings({}, tmp_path).secret_key
    assert len(first) >= 32
    assert read_settings({}, tmp_path).secret_key == first
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_settings_come_from_the_environment(tmp_path: Path):
    given = {
        "SHIRUBE_DATABASE_URL": "postgresql+psycopg://db/shirube",
        "SHIRUBE_SECRET_KEY": "k" * 40,
        "SHIRUBE_BASE_URL": "https://kpi.example/",
        "SHIRUBE_RETENTION_DAYS": "30",
        "SHIRUBE_TODAY": "2027-03-31",
    }
    settings = read_settings(given, tmp_path)
    assert settings.database_url == given["SHIRUBE_DATABASE_URL"]
    assert (settings.base_url, settings.https) == ("https://kpi.example", True)
    assert (settings.retention_days, settings.today) == (30, date(2027, 3, 31))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHIRUBE_BASE_URL", "kpi.example"),
        ("SHIRUBE_RETENTION_DAYS", "0"),
        ("SHIRUBE_RETENTION_DAYS", "half a year"),
        ("SHIRUBE_TODAY", "tomorrow"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(tmp_path: Path, name: str, value: str):
    with pytest.raises(BadSetting, match=name):
        read_settings({name: value}, tmp_path)
