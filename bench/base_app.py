"""The yardstick: stock AsyncApp tuned as far as Bolt's own settings go, doing nothing but ack.

`python -m bench.base_app PORT SLACK_API_URL`.
"""

import asyncio
import sys

import uvicorn
import uvloop
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bench.wire import SECRET, TOKEN


async def ack_only(ack: AsyncAck) -> None:
    await ack()


async def _serve(port: int, api_url: str) -> None:
    app = AsyncApp(
        client=AsyncWebClient(token=TOKEN, base_url=api_url),
        signing_secret=SECRET,
        process_before_response=True,
    )
    app.command("/client")(ack_only)
    config = uvicorn.Config(
        AsyncSlackRequestHandler(app),
        port=port,
        http="httptools",
        loop="none",
        lifespan="off",
        ws="none",
        access_log=False,
        log_config=None,
    )
    await uvicorn.Server(config).serve()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(int(sys.argv[1]), sys.argv[2]))
