"""Every setting of the site, read once from the environment (`SUARA_...`).

What is missing or wrong is said in one plain sentence at the start, never later.
"""

import os
import secrets
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_SECRET_LENGTH = 32


class BadSettings(Exception):  # noqa: N818 - says what is bad
    """A setting is missing or wrong; the message is for the person who starts the site."""


class Settings(BaseSettings):
    """The settings, with defaults that suit a first look on one's own machine."""

    model_config = SettingsConfigDict(env_prefix="SUARA_", extra="ignore", frozen=True)

    environment: Literal["development", "production"] = "development"
    demo: bool = False
    city: str = "Kota Lembayung"
    site_name: str = "Suara Lembayung"
    origin: str = "http://127.0.0.1:8000"
    timezone: str = "Asia/Jakarta"

    var: Path = Path("var")
    database: str = ""
    secret_key: SecretStr = SecretStr("")
    old_secret_keys: tuple[SecretStr, ...] = ()

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    workers: int = Field(default=2, ge=1, le=64)
    threads: int = Field(default=16, ge=1, le=64)
    proxies: int = Field(default=0, ge=0, le=5)
    private_partners: bool = False

    mail_host: str = ""
    mail_port: int = 587
    mail_user: str = ""
    mail_password: SecretStr = SecretStr("")
    mail_sender: str = "Suara <suara@localhost>"

    @field_validator("origin")
    @classmethod
    def _bare_origin(cls, origin: str) -> str:
        parts = urlsplit(origin)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
            raise ValueError("must be like https://suara.example.id, without a path")
        return origin.rstrip("/")

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, timezone: str) -> str:
        try:
            ZoneInfo(timezone)
        except (KeyError, ValueError) as error:
            raise ValueError("must be a time zone such as Asia/Jakarta") from error
        return timezone

    @property
    def database_url(self) -> str:
        """The database: SQLite below `var` unless another is set."""
        return self.database or f"sqlite:///{self.var / 'suara.sqlite3'}"

    @property
    def secrets(self) -> list[str]:
        """The secret key, then former ones."""
        return [key.get_secret_value() for key in (self.secret_key, *self.old_secret_keys)]

    @property
    def is_production(self) -> bool:
        """Whether real people use this site."""
        return self.environment == "production"

    @property
    def is_https(self) -> bool:
        """Whether people reach the site through TLS, so that cookies may demand it."""
        return self.origin.startswith("https://")

    @property
    def trusted_hosts(self) -> list[str]:
        """The host names under which the site answers: the origin's, here also this machine."""
        named = urlsplit(self.origin).hostname or ""
        return [named] if self.is_production else [named, "localhost", "127.0.0.1"]


def read_settings(**given: object) -> Settings:
    """The settings, complete with a secret key; raises `BadSettings` with what to do."""
    try:
        settings = Settings.model_validate({**Settings().model_dump(), **given})
    except ValidationError as error:
        raise BadSettings(_sentence(error)) from error
    if settings.secret_key.get_secret_value():
        return _checked(settings)
    if settings.is_production and not settings.demo:
        raise BadSettings(
            "SUARA_SECRET_KEY is missing. Set it to at least 32 random characters, for example"
            " the output of: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    key = _kept_secret(settings.var / "secret-key")
    return settings.model_copy(update={"secret_key": SecretStr(key)})


def _checked(settings: Settings) -> Settings:
    if len(settings.secret_key.get_secret_value()) < _SECRET_LENGTH:
        raise BadSettings("SUARA_SECRET_KEY is too short: at least 32 characters are needed.")
    return settings


def _kept_secret(place: Path) -> str:
    """The secret in `place`, made there when absent: mode 600, created by one process only."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return place.read_text().strip()
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    name = "SUARA_" + "_".join(str(part) for part in first["loc"]).upper()
    return f"{name} is wrong: {first['msg'].removeprefix('Value error, ')}."
