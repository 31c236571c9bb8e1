"""What every answer passes on its way out: no telephone or identity number in it stays readable, unless it may."""

from __future__ import annotations

import json
from typing import Any

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.masking import masked_whole, perhaps_personal

#: Says of an answer that it goes out as it is: `shown` whole on purpose and recorded, `own` to its sender.
HEADER = "X-Personal"
SHOWN, OWN = {HEADER: "shown"}, {HEADER: "own"}

_LARGE = 64 * 1024


class Masking:
    """Masks JSON answers, problems among them; lists as files are masked where their rows are made."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back once it is whole."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun: Message | None = None
        body = bytearray()

        async def sending(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start" and _is_masked_here(Headers(raw=message["headers"])):
                begun = message
                return
            if begun is None or message["type"] != "http.response.body":
                await send(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body", False):
                return
            content = bytes(body)
            masked = await to_thread.run_sync(masked_json, content) if len(content) > _LARGE else masked_json(content)
            MutableHeaders(scope=begun)["Content-Length"] = str(len(masked))
            await send(begun)
            await send({"type": "http.response.body", "body": masked})

        await self.app(scope, receive, sending)


def masked_json(content: bytes) -> bytes:
    """An object, with every text in it masked; the very same bytes where there is nothing to mask."""
    text = content.decode("utf-8", "surrogatepass")
    if not perhaps_personal(text):
        return content
    told: Any = json.loads(text)
    found = masked_whole(told)
    if found == told:
        return content
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _is_masked_here(headers: Headers) -> bool:
    kind = headers.get("content-type", "").partition(";")[0].strip()
    return kind in ("application/json", "application/problem+json") and HEADER not in headers
