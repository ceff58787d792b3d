"""`files.*`: an address to upload to, the bytes, and sharing. The old files.upload is gone."""

import secrets

from simulator import messages
from simulator.api.call import Call
from simulator.errors import ApiError
from simulator.model import Channel, File, Payload
from simulator.payloads import file_object


async def get_upload_url(call: Call) -> Payload:
    name = call.need("filename")
    if call.number("length", 0) <= 0:
        raise ApiError("invalid_arguments")
    file = File(
        id=call.ws.state.ids.new("F"),
        team_id=call.team.id,
        user=call.bot.id,
        name=name,
        title=name,
        alt_text=call.text("alt_txt") or "",
        created=call.ws.clock.timestamp(),
        secret=secrets.token_urlsafe(16),
    )
    call.ws.state.files[file.id] = file
    url = f"{call.ws.url}/upload/{file.id}/{file.secret}"
    return {"upload_url": url, "file_id": file.id}


async def complete_upload(call: Call) -> Payload:
    """Publishes uploaded files, in channels if any are named; one message carries them all."""
    rows = call.json("files", list, "invalid_arguments") or []
    files = [_uploaded(call, row) for row in rows]
    if not files:
        raise ApiError("invalid_arguments")
    channels = [_channel(call, name) for name in _channel_names(call)]
    for file, row in zip(files, rows, strict=True):
        file.completed = True
        file.title = row.get("title") or file.name
        file.channels = [channel.id for channel in channels]
    for channel in channels:
        content = {
            "text": call.text("initial_comment") or "",
            "files": [file_object(call.ws, file) for file in files],
            "thread_ts": call.text("thread_ts"),
        }
        messages.by_app(call.ws, call.team, channel, content)
    return {"files": [file_object(call.ws, file) for file in files]}


async def info(call: Call) -> Payload:
    file = call.ws.state.files.get(call.need("file"))
    if file is None or not file.completed:
        raise ApiError("file_not_found")
    return {"file": file_object(call.ws, file), "comments": []}


def _uploaded(call: Call, row: Payload) -> File:
    file = call.ws.state.files.get(str(row.get("id")))
    if file is None or file.user != call.bot.id or not file.content:
        raise ApiError("file_not_found")
    return file


def _channel_names(call: Call) -> list[str]:
    return call.names("channel_id") + call.names("channels")


def _channel(call: Call, name: str) -> Channel:
    channel = call.ws.state.channels.get(name)
    if channel is None or not call.sees(channel):
        raise ApiError("channel_not_found")
    if not call.member_of(channel):
        raise ApiError("not_in_channel")
    return channel
