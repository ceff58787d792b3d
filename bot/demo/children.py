"""The two processes of the demo: started, waited for, ended; what they say goes into files."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from aiohttp import ClientError, ClientSession

from bot.domain.errors import ConfigError
from bot.settings import Settings

START_SECONDS = 30.0
STOP_SECONDS = 15.0
POLL_SECONDS = 0.05
TAIL = 12  # lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """`name` is what people call it; `log` has everything it wrote."""

    name: str
    log: Path
    process: subprocess.Popen[bytes]

    @classmethod
    def start(
        cls, name: str, log: Path, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> Self:
        """`python -m` with those arguments. Nothing of the caller's own settings reaches it."""
        own = {k: v for k, v in os.environ.items() if k.lower() not in Settings.model_fields}
        with log.open("wb") as sink:
            process = subprocess.Popen(  # noqa: S603 - our own modules
                [sys.executable, "-m", *arguments],
                env=own | dict(environment or {}),
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
            )
        return cls(name=name, log=log, process=process)

    async def answer(self, url: str) -> Any:
        """Ask until there is an answer. Raises ConfigError when it ended or takes too long."""
        end = time.monotonic() + START_SECONDS
        async with ClientSession() as session:
            while time.monotonic() < end:
                self.require_alive()
                try:
                    async with session.get(url) as response:
                        return await response.json()
                except (ClientError, OSError):
                    await asyncio.sleep(POLL_SECONDS)
        raise ConfigError(
            [f"{self.name} did not answer within {START_SECONDS:.0f} s.", *self.tail()]
        )

    def require_alive(self) -> None:
        """Raises ConfigError with the end of its log when it has ended."""
        if (code := self.process.poll()) is not None:
            problem = f"{self.name} has ended (exit code {code}). The end of {self.log}:"
            raise ConfigError([problem, *self.tail()])

    def tail(self) -> list[str]:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return [f"  {line}" for line in lines[-TAIL:]]

    def stop(self) -> None:
        """Ask it to end, and see to it."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
