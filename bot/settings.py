"""The environment, read once and frozen. All problems are reported together."""

from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.errors import ConfigError
from bot.reasons import place, reason

SLACK_API = "https://slack.com/api/"


class Role(StrEnum):
    """What a process does: answer Slack, carry out what was promised, or both."""

    WEB = "web"
    WORKER = "worker"
    ALL = "all"


class Settings(BaseSettings):
    """Every variable of the contract; names are the environment's, in lower case."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    database_url: str = "sqlite+aiosqlite:///clientops.db"
    slack_bot_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    slack_api_url: str = SLACK_API
    host: str = "127.0.0.1"
    port: int = Field(3000, ge=0, le=65535)
    public_url: str | None = None
    clientops_secret_key: SecretStr | None = None
    clientops_clock_url: str | None = None
    clientops_ops_channel: str | None = None
    clientops_alert_channel: str | None = None
    clientops_timezone: str | None = None
    clientops_policy: Path | None = None

    @field_validator("slack_api_url")
    @classmethod
    def _with_slash(cls, url: str) -> str:
        return url if url.endswith("/") else f"{url}/"

    @classmethod
    def read(cls) -> Self:
        """The environment as settings. Raises ConfigError with every unreadable variable."""
        try:
            return cls()  # type: ignore[call-arg]  # pydantic fills it from the environment
        except ValidationError as error:
            raise ConfigError(
                [f"{place(e).upper()}: {reason(e)}" for e in error.errors()]
            ) from None

    @property
    def socket_mode(self) -> bool:
        return self.slack_app_token is not None

    @property
    def oauth(self) -> bool:
        return self.slack_client_id is not None and self.slack_client_secret is not None

    def check(self, role: Role) -> Self:
        """These settings, if a process of that role can run on them; else ConfigError."""
        problems = [
            *self._database_problems(role),
            *self._slack_problems(role),
            *self._clock_problems(),
        ]
        zone = self.clientops_timezone
        if zone is not None and zone not in available_timezones():
            problems.append(f"CLIENTOPS_TIMEZONE: “{zone}” is no IANA zone, such as Europe/Berlin.")
        if self.clientops_policy is not None and not self.clientops_policy.is_file():
            problems.append(f"CLIENTOPS_POLICY: there is no file {self.clientops_policy}.")
        if problems:
            raise ConfigError(problems)
        return self

    def _database_problems(self, role: Role) -> list[str]:
        if not self.database_url.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            return ["DATABASE_URL: use sqlite+aiosqlite:///FILE or postgresql+asyncpg://…"]
        if role is not Role.ALL and self.database_url.startswith("sqlite") and self.public_url:
            return ["DATABASE_URL: SQLite serves one machine; use PostgreSQL for web + worker."]
        return []

    def _slack_problems(self, role: Role) -> list[str]:
        problems = []
        if self.slack_bot_token is not None and self.slack_client_id is not None:
            problems.append(
                "SLACK_BOT_TOKEN and SLACK_CLIENT_ID are both set: one workspace takes the token, "
                "many take the client id and secret. Unset one of them."
            )
        if self.slack_bot_token is None and not self.oauth:
            problems.append("SLACK_BOT_TOKEN is missing (or SLACK_CLIENT_ID and its secret).")
        if role is not Role.WORKER and not self.socket_mode and self.slack_signing_secret is None:
            problems.append(
                "SLACK_SIGNING_SECRET is missing: HTTP mode cannot tell Slack from strangers "
                "without it. Or set SLACK_APP_TOKEN for Socket Mode."
            )
        if (self.oauth or self.public_url) and self.clientops_secret_key is None:
            problems.append("CLIENTOPS_SECRET_KEY is missing: it goes with OAuth and PUBLIC_URL.")
        return problems

    def _clock_problems(self) -> list[str]:
        if self.clientops_clock_url is None:
            return []
        far = [
            name
            for name, url in (
                ("CLIENTOPS_CLOCK_URL", self.clientops_clock_url),
                ("SLACK_API_URL", self.slack_api_url),
            )
            if not is_loopback(url)
        ]
        return [f"{name} must be on this machine while a clock is borrowed." for name in far]


def is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
