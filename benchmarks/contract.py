"""schemathesis, all its phases, once as each of the six roles: what the API answers is what its description says.

    python benchmarks/contract.py [ROLE …] [--examples 25] [--phases …] [--seed 8]

Each role asks a planted register of its own, over HTTP, from an account that has signed in. The description that
schemathesis is given names things of that register as examples, so that what is asked is there. Ends with 1 where there
was a failure.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import uvicorn
from starlette.concurrency import run_in_threadpool

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.api import callers
from app.api.cookies import COOKIE
from app.main import describe
from app.register.people import sessions
from app.register.people.accounts import account_of
from app.store.engine import unit
from tests import databases
from tests.matrix.askers import Asker, askers
from tests.matrix.asking import Register
from tests.matrix.cases import operations, with_examples
from tests.matrix.planting import named, on_sqlite
from tests.people import cheaply

#: Beside schemathesis's own: 422 is also answered where no schema can say what is wrong (a firm that is not there yet,
#: a day before another), 503 where too many ask at once.
CONFIG = """
[checks]
positive_data_acceptance.expected-statuses = ["2xx", "401", "403", "404", "409", "422", "503"]
negative_data_rejection.expected-statuses = ["400", "401", "403", "404", "405", "409", "413", "415", "422", "503"]
"""


#: After these a sign-in may be over.
ENDING = ("/api/v1/sign-out", "/api/v1/me/password")

PHASES = "examples,coverage,fuzzing,stateful"


class As:
    """The application as whoever signed in asks it, in whatever browser; whoever signs out signs in again."""

    def __init__(self, register: Register, name: str) -> None:
        self.register, self.name = register, name
        self.cookie = register.browsers[name].cookie
        self.answers: Counter[int] = Counter()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass a request on, with the sign-in's cookie."""
        if scope["type"] == "http":
            scope = {**scope, "headers": [*self._own(scope["headers"]), *self._signed(scope)]}

        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                self.answers[message["status"]] += 1
            await send(message)

        await self.register.app(scope, receive, sending)
        if scope["type"] == "http" and scope["path"] in ENDING:
            await run_in_threadpool(self._renewed)

    def _renewed(self) -> None:
        """Begin another sign-in, whatever became of this one: so many wrong passwords would lock the account."""
        with unit(self.register.engine) as session:
            self.cookie = sessions.begin(session, account_of(session, self.name), "127.0.0.1")

    def _own(self, headers: Any) -> list[tuple[bytes, bytes]]:
        return [(name, value) for name, value in headers if name not in (b"cookie", b"origin", b"authorization")]

    def _signed(self, scope: Any) -> list[tuple[bytes, bytes]]:
        host = dict(scope["headers"]).get(b"host", b"")
        return [(b"cookie", f"{COOKIE}={self.cookie}".encode()), (b"origin", b"http://" + host)]


@contextmanager
def served(application: Any) -> Iterator[str]:
    """An address at which it is served."""
    server = uvicorn.Server(uvicorn.Config(application, port=0, log_level="critical", lifespan="off"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    (socket, *_) = server.servers[0].sockets
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    server.should_exit = True
    thread.join()


def asked_as(register: Register, asker: Asker, folder: Path, told: argparse.Namespace) -> tuple[bool, str]:
    """Ask everything as one role: whether nothing failed, and a line of figures."""
    register.restore()
    register.app.state.actor_of = callers.actor_of
    document = with_examples(describe(register.app), operations(register.app), register.targets[asker.own])
    description, config = folder / "openapi.json", folder / "schemathesis.toml"
    description.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    config.write_text(CONFIG, encoding="utf-8")
    application, start = As(register, named(asker)), time.perf_counter()
    log = folder / f"{asker.role}.log"
    with served(application) as address, log.open("w", encoding="utf-8") as written:
        words = ["run", str(description), "--url", address, "--phases", told.phases]
        words += ["--max-examples", str(told.examples), "--seed", str(told.seed), "--continue-on-failure"]
        words += [
            "--request-timeout",
            "120",
            "--no-color",
            "--generation-database",
            "none",
            "--suppress-health-check",
            "all",
        ]
        program = [str(Path(sys.executable).with_name("st")), "--config-file", str(config), *words]
        ended = subprocess.run(program, cwd=folder, stdout=written, stderr=subprocess.STDOUT, check=False)
    answers = application.answers
    shares = " ".join(f"{status}:{count}" for status, count in sorted(answers.items()))
    good = ended.returncode == 0
    line = f"{asker.role:<20} {answers.total():>7} requests, {time.perf_counter() - start:5.0f} s, {shares}"
    return good, f"{line}, {'0 failures' if good else 'FAILURES'}"


def main() -> int:
    """Ask as each role in turn; print what failed."""
    every = {one.role: one for one in reversed(askers())}
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("roles", nargs="*", metavar="ROLE", choices=[[], *every], default=[])
    words.add_argument("--examples", type=int, default=25)
    words.add_argument("--phases", default=PHASES)
    words.add_argument("--seed", type=int, default=8)
    words.add_argument("--keep", type=Path, help="a folder in which the logs are left")
    told = words.parse_args()
    failed = 0
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}, SQLite", flush=True)
    with tempfile.TemporaryDirectory() as temporary, cheaply():
        folder = told.keep or Path(temporary)
        (Path(temporary) / "empty").mkdir()
        template = Path(temporary) / "empty" / "luzhang.db"
        databases.prepared(f"sqlite:///{template}")
        with on_sqlite(template, Path(temporary)) as register:
            for role in told.roles or sorted(every):
                good, line = asked_as(register, every[role], folder, told)
                print(line, flush=True)
                if not good:
                    failed += 1
                    print(_failures((folder / f"{role}.log").read_text(encoding="utf-8")), flush=True)
    return 1 if failed else 0


def _failures(log: str) -> str:
    """What schemathesis says of failures and errors, without its progress."""
    found = re.search(r"=+ (ERRORS|FAILURES) =+.*", log, re.DOTALL)
    return found[0] if found else log[-4000:]


if __name__ == "__main__":
    sys.exit(main())
