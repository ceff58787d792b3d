"""The ways a call is refused: by Slack's Web API, by the demo control, by a fault."""

from typing import Any


class ApiError(Exception):
    """A Web API refusal in Slack's shape: `{"ok": false, "error": code, **extra}`.

    `status` and `headers` are of the HTTP answer (429 carries `Retry-After`); nearly all of
    Slack's refusals are 200.
    """

    def __init__(
        self,
        code: str,
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.headers = headers or {}
        self.extra = extra

    def body(self) -> dict[str, Any]:
        return {"ok": False, "error": self.code, **self.extra}


class DemoError(Exception):
    """A demo control call that makes no sense; `detail` says why, in a sentence."""

    def __init__(self, error: str, detail: str = "") -> None:
        super().__init__(error)
        self.error = error
        self.detail = detail or error

    def body(self) -> dict[str, Any]:
        return {"ok": False, "error": self.error, "detail": self.detail}


class HangUp(Exception):
    """The connection is to be dropped without an answer."""


def invalid_arguments(*messages: str) -> ApiError:
    """Slack's refusal of malformed input, with its `[ERROR] …` lines."""
    return ApiError(
        "invalid_arguments",
        response_metadata={"messages": [f"[ERROR] {message}" for message in messages]},
    )
