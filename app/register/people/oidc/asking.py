"""Asking the identity platform: a few seconds, a few kilobytes, no other place than the one that was asked."""

from __future__ import annotations

import json
import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from time import monotonic
from typing import Any

import httpx2
from authlib.integrations.httpx_client import OAuth2Client

from app.errors import Busy, ProviderUnavailable
from app.register.people.oidc.configured import Platform

log = logging.getLogger(__name__)

#: Seconds for one step of an answer, and for the whole of it; bytes of it; how many are asked at a time.
STEP, WHOLE, LARGEST, AT_ONCE = 5.0, 10.0, 256 * 1024, 4

_free = BoundedSemaphore(AT_ONCE)


class Bounded(httpx2.BaseTransport):
    """Reads an answer to its end while it is still coming, and no further than it may."""

    def __init__(self, inner: httpx2.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Ask, and take the answer whole.

        Raises:
            ProviderUnavailable: when it is too long, takes too long, or would have to be inflated.
        """
        began = monotonic()
        # What is packed small could be anything when it is unpacked.
        request.headers["Accept-Encoding"] = "identity"
        answer = self._inner.handle_request(request)
        try:
            if answer.headers.get("content-encoding", "identity") != "identity":
                raise unusable("the answer is compressed")
            content = bytearray()
            for part in answer.iter_raw():
                content += part
                if len(content) > LARGEST:
                    raise unusable(f"the answer is longer than {LARGEST} bytes")
                if monotonic() - began > WHOLE:
                    raise unusable("the answer takes too long")
        finally:
            answer.close()
        return httpx2.Response(answer.status_code, headers=answer.headers, content=bytes(content), request=request)

    def close(self) -> None:
        """Close what is asked by."""
        self._inner.close()


@contextmanager
def client(platform: Platform, auth_method: str | None = None) -> Iterator[OAuth2Client]:
    """A client of the platform; what goes wrong within is told as its being unavailable, and why in the log.

    Raises:
        ProviderUnavailable: when it cannot be reached, or answers nonsense.
        Busy: when too many ask at once.
    """
    if not _free.acquire(blocking=False):
        raise Busy
    try:
        inner = httpx2.HTTPTransport(verify=_trust(platform), trust_env=False)
        with OAuth2Client(
            platform.client_id,
            platform.secret(),
            token_endpoint_auth_method=auth_method,
            code_challenge_method="S256",
            transport=Bounded(inner),
            timeout=STEP,
            follow_redirects=False,
            trust_env=False,
        ) as found:
            yield found
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        raise unusable(type(error).__name__) from error
    finally:
        _free.release()


def told(client: OAuth2Client, address: str) -> dict[str, Any]:
    """The JSON object at an address.

    Raises:
        ProviderUnavailable: when there is none; a redirection is not followed.
    """
    answer = client.request("GET", address, withhold_token=True, headers={"Accept": "application/json"})
    if answer.status_code != 200:
        raise unusable(f"{answer.status_code} from {address}")
    try:
        found = json.loads(answer.content)
    except (ValueError, RecursionError) as error:
        raise unusable(f"no JSON at {address}") from error
    if not isinstance(found, dict):
        raise unusable(f"no JSON object at {address}")
    return found


def unusable(why: str) -> ProviderUnavailable:
    """That the platform cannot be used; why stands in the log alone."""
    log.warning("identity platform: %s", why)
    return ProviderUnavailable()


def _trust(platform: Platform) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=platform.ca_file)
    except OSError as error:
        raise unusable(f"{platform.ca_file} holds no certificates") from error
