"""The door of the upload links: two files of a link at a time, eight under way, and addresses forgotten at last."""

from __future__ import annotations

from collections.abc import Callable

import anyio
import pytest
from sqlalchemy import Engine

from app.api import link_door
from app.api.imports import Turnstile
from app.api.link_door import Door
from app.errors import Busy


class Passing(Turnstile):
    """Lets everything through at once, in the loop."""

    async def through(self, act: Callable[[], object]) -> object:
        await anyio.sleep(0)
        return act()


def test_two_files_of_a_link_are_read_at_a_time_whatever_other_links_do() -> None:
    door, inside, most = Door(), {"a": 0, "b": 0}, {"a": 0, "b": 0}

    class Counting(Turnstile):
        async def through(self, act: Callable[[], str]) -> str:
            link = act()
            inside[link] += 1
            most[link] = max(most[link], inside[link])
            for _ in range(5):
                await anyio.sleep(0)
            inside[link] -= 1
            return link

    async def run() -> None:
        async with anyio.create_task_group() as tasks:
            for link in "abababab":
                tasks.start_soon(door.through, link, Counting(), lambda link=link: link)

    anyio.run(run)

    assert most == {"a": 2, "b": 2}


def test_of_one_link_eight_are_under_way_and_no_more() -> None:
    door = Door()

    async def run() -> None:
        async with anyio.create_task_group() as tasks:
            held = anyio.Event()

            async def hold() -> None:
                async with door.under_way("a"):
                    await held.wait()

            for _ in range(link_door.UNDER_WAY):
                tasks.start_soon(hold)
            await anyio.sleep(0.01)
            with pytest.raises(Busy):
                async with door.under_way("a"):
                    pass
            async with door.under_way("b"):
                held.set()
        async with door.under_way("a"):
            pass

    anyio.run(run)


def test_addresses_are_forgotten_before_they_fill_the_memory(empty: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_door, "ADDRESSES", 5)
    door = Door()

    async def run() -> None:
        for number in range(20):
            await door.wrong(empty, f"10.0.0.{number}")

    anyio.run(run)

    assert list(door._wrong) == [f"10.0.0.{number}" for number in range(15, 20)]
