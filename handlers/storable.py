"""Text that every database and every JSON reader takes: no NUL, no half of a surrogate pair."""

from typing import Any


def storable(value: Any) -> Any:
    """The same JSON value; NULs are dropped, lone surrogates become U+FFFD."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return {_text(key): storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [storable(item) for item in value]
    return value


def _text(text: str) -> str:
    if text.isascii() and "\0" not in text:
        return text
    whole = text.replace("\0", "")
    return whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
