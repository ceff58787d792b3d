"""Which browser there is and how it is started: Debian's, quiet, asking nobody for anything."""

import shutil

NO_CHROMIUM = "no chromium: install Debian's chromium"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en-US",
)


def chromium() -> str | None:
    """Its path; None when it is not installed."""
    return shutil.which("chromium")
