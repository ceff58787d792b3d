"""What pydantic found wrong, in words that say what to do."""

from pydantic_core import ErrorDetails

WORDS = {
    "missing": "this is missing",
    "extra_forbidden": "there is no such field; mind the spelling",
    "string_type": "this must be text",
    "list_type": "this must be a list",
    "dict_type": "this must be a mapping",
}


def reason(error: ErrorDetails) -> str:
    """One problem as half a sentence."""
    known = WORDS.get(error["type"])
    return known or error["msg"].removeprefix("Value error, ")


def place(error: ErrorDetails) -> str:
    """Which field it is about, such as `contacts.1.name`."""
    return ".".join(str(part) for part in error["loc"])
