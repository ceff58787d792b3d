"""`python -m simulator`: the local workspace until it is interrupted."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from simulator import seed
from simulator.clock import parse_instant
from simulator.errors import DemoError
from simulator.server import serve


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="simulator", description="A Slack to run at your desk.")
    parser.add_argument("--port", type=int, default=8800, help="where it listens, on 127.0.0.1")
    parser.add_argument("--manifest", type=Path, default=Path("manifest.yml"))
    parser.add_argument("--workspace", type=Path, default=seed.DEFAULT)
    parser.add_argument("--app-url", help="where signed HTTP goes; without it, Socket Mode")
    parser.add_argument("--now", help="ISO instant at which the clock starts")
    parser.add_argument("--no-rate-limits", action="store_true")
    return parser


async def run(options: argparse.Namespace) -> None:
    """Serves until SIGINT or SIGTERM. Raises OSError, ValueError or DemoError for bad options."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with serve(
        manifest=options.manifest,
        workspace=options.workspace,
        app_url=options.app_url,
        now=parse_instant(options.now) if options.now else None,
        rate_limits=not options.no_rate_limits,
        port=options.port,
    ) as ws:
        sys.stdout.write(f"{ws.team.name} at {ws.url}\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> int:
    try:
        asyncio.run(run(arguments().parse_args()))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except DemoError as error:
        sys.stderr.write(f"{error.detail}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
