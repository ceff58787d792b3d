"""The environment is read once, and all its problems are told together."""

import pytest

from bot.domain.errors import ConfigError
from bot.settings import Role, Settings

TOKEN = {"slack_bot_token": "xoxb-1"}
HTTP = TOKEN | {"slack_signing_secret": "s"}


def problems(role: Role = Role.ALL, **fields) -> str:
    with pytest.raises(ConfigError) as caught:
        Settings.model_validate(fields).check(role)
    return str(caught.value)


def test_what_is_enough():
    Settings.model_validate(HTTP).check(Role.ALL)
    Settings.model_validate(TOKEN | {"slack_app_token": "xapp-1"}).check(Role.WEB)
    Settings.model_validate(TOKEN).check(Role.WORKER)


def test_http_without_a_signing_secret_is_refused():
    assert "SLACK_SIGNING_SECRET is missing" in problems(**TOKEN)


def test_a_token_and_oauth_together_are_refused():
    told = problems(**HTTP, slack_client_id="1.2", slack_client_secret="x")
    assert "SLACK_BOT_TOKEN and SLACK_CLIENT_ID are both set" in told
    assert "CLIENTOPS_SECRET_KEY is missing" in told


def test_every_problem_is_told_at_once():
    told = problems(
        database_url="mysql://x", clientops_timezone="Mars/X", clientops_policy="/nowhere.yml"
    )
    for name in (
        "DATABASE_URL",
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
        "CLIENTOPS_TIMEZONE",
        "CLIENTOPS_POLICY",
    ):
        assert name in told


@pytest.mark.parametrize(
    ("clock", "api", "named"),
    [
        ("http://127.0.0.1:1/c", "https://slack.com/api/", "SLACK_API_URL"),
        ("http://desk.example/c", "http://127.0.0.1:1/api/", "CLIENTOPS_CLOCK_URL"),
    ],
)
def test_a_borrowed_clock_stays_on_this_machine(clock, api, named):
    assert named in problems(**HTTP, clientops_clock_url=clock, slack_api_url=api)


def test_a_loopback_clock_is_taken():
    Settings.model_validate(
        HTTP
        | {"clientops_clock_url": "http://[::1]:1/c", "slack_api_url": "http://localhost:1/api"}
    ).check(Role.ALL)


def test_secrets_do_not_show():
    shown = repr(Settings.model_validate(HTTP | {"clientops_secret_key": "very-secret"}))
    assert "xoxb-1" not in shown
    assert "very-secret" not in shown


def test_an_unreadable_variable_is_named(monkeypatch):
    monkeypatch.setenv("PORT", "many")
    with pytest.raises(ConfigError, match="PORT"):
        Settings.read()
