"""Settings: read once, refused in one plain sentence."""

import pytest

from participation.settings import BadSettings, read_settings

SECRET = "x" * 40


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """An environment without any setting of ours."""
    monkeypatch.chdir(tmp_path)
    for name in ("SUARA_ENVIRONMENT", "SUARA_SECRET_KEY", "SUARA_VAR", "SUARA_DATABASE"):
        monkeypatch.delenv(name, raising=False)


def test_in_development_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first, second = read_settings(), read_settings()
    place = tmp_path / "var" / "secret-key"
    assert first.secret_key == second.secret_key
    assert len(first.secret_key.get_secret_value()) >= 32
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700


def test_in_production_a_missing_secret_stops_the_start(monkeypatch, tmp_path):
    monkeypatch.setenv("SUARA_ENVIRONMENT", "production")
    with pytest.raises(BadSettings, match="SUARA_SECRET_KEY is missing"):
        read_settings()
    assert not (tmp_path / "var").exists()


def test_a_short_secret_stops_the_start(monkeypatch):
    monkeypatch.setenv("SUARA_SECRET_KEY", "short")
    with pytest.raises(BadSettings, match="too short"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SUARA_PORT", "eight"),
        ("SUARA_PORT", "0"),
        ("SUARA_ORIGIN", "suara.example.id"),
        ("SUARA_ORIGIN", "https://suara.example.id/path"),
        ("SUARA_TIMEZONE", "Asia/Lembayung"),
        ("SUARA_ENVIRONMENT", "staging"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings, match=f"^{name} is wrong: "):
        read_settings()


def test_secrets_stay_out_of_what_is_printed(monkeypatch):
    monkeypatch.setenv("SUARA_SECRET_KEY", SECRET)
    assert SECRET not in repr(read_settings())


def test_in_production_only_the_origins_own_host_is_answered(monkeypatch):
    monkeypatch.setenv("SUARA_SECRET_KEY", SECRET)
    monkeypatch.setenv("SUARA_ENVIRONMENT", "production")
    monkeypatch.setenv("SUARA_ORIGIN", "https://suara.example.id/")
    settings = read_settings()
    assert settings.trusted_hosts == ["suara.example.id"]
    assert settings.is_https
    assert settings.origin == "https://suara.example.id"
