"""From an act's commit to its arrival on many connected screens, beside a bare broadcast.

Two processes hold the streams, a third does the acts, and this one is all the screens: everything
on loopback, so many screens and acts and no more. The screens belong first to the ten people of the
demonstration's open meeting, each with a sign-in of its own; then each belongs to somebody else,
called in for the item in hand and there.
"""

from __future__ import annotations

import gzip
import http.client
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from pathlib import Path

import web
from web import ROOT, environment, prepared, serving

PORT = 8392
SCREENS = (200, 1000)
ACTS = 12
APART = 1.5
"""Seconds from one act to the next: what comes after an act is over by then."""

GUESTS = int(os.environ.get("LIVE_GUESTS", "200"))
"""So many people more, called in for the item in hand: each of as many screens is another's."""

PATIENCE = 60.0
TABLE = (
    f"{'database':10} {'screens':>7}  {'what':22} {'p50 ms':>7} {'p99':>7} "
    f"{'of bare':>8}  {'MB a screen':>11}"
)


class Screens:
    """So many open streams, read by one loop; each is timed when it hears something."""

    def __init__(self) -> None:
        self.poll = selectors.DefaultSelector()
        self.all: list[socket.socket] = []
        self.bytes = 0

    def open(self, path: str, sessions: list[str], first: bytes) -> None:
        """Connect a screen for each session, a few at a time; each hears `first` to begin with."""
        for n in range(0, len(sessions), 25):
            self.until({self._connect(path, one) for one in sessions[n : n + 25]}, first)

    def _connect(self, path: str, session: str) -> socket.socket:
        one = socket.create_connection(("127.0.0.1", PORT))
        lines = (f"GET {path} HTTP/1.1", "Host: localhost", f"Cookie: sessionid={session}", "", "")
        one.sendall("\r\n".join(lines).encode())
        one.setblocking(False)
        self.poll.register(one, selectors.EVENT_READ)
        self.all.append(one)
        return one

    def until(self, waiting: set[socket.socket], words: bytes) -> list[float]:
        """Read until each of these screens has heard the words: when each of them did."""
        heard, ends = list[float](), time.monotonic() + PATIENCE
        while waiting and time.monotonic() < ends:
            for key, _ in self.poll.select(0.5):
                one = key.fileobj
                assert isinstance(one, socket.socket)
                said = one.recv(262_144)
                now = time.monotonic()
                if not said:
                    raise SystemExit("a stream has ended")
                self.bytes += len(said)
                if words in said and one in waiting:
                    heard.append(now)
                    waiting.discard(one)
        if waiting:
            raise SystemExit(f"{len(waiting)} of {len(self.all)} screens heard nothing")
        return heard

    def settle(self, seconds: float) -> None:
        """Read whatever else comes."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            for key, _ in self.poll.select(max(0.0, ends - time.monotonic())):
                assert isinstance(key.fileobj, socket.socket)
                key.fileobj.recv(262_144)

    def close(self) -> None:
        """Leave."""
        for one in self.all:
            one.close()
        self.poll.close()


def main() -> None:
    """Measure and print."""
    print(TABLE)
    for database in ("sqlite", *(["postgresql"] if os.environ.get("DATABASE_URL") else [])):
        home = tempfile.mkdtemp(prefix="yishi-bench-")
        try:
            with environment(database, home) as env:
                people = prepared(env, 1)
                tell(database, env, "an act, ten people", SCREENS)
                if database == "sqlite":
                    with serving(env):
                        print("\n".join((*weights(people), "", TABLE)), flush=True)
                if GUESTS:
                    out_of(env, "--guests", str(GUESTS))
                    tell(database, env, "an act, as many people", (GUESTS,))
        finally:
            shutil.rmtree(home, ignore_errors=True)


def tell(database: str, env: dict[str, str], what: str, numbers: tuple[int, ...]) -> None:
    """Print the lines for each number of screens."""
    for number in numbers:
        for one in measured(database, env, number, what):
            print(one, flush=True)


def measured(database: str, env: dict[str, str], number: int, what: str) -> Iterator[str]:
    """The lines of so many screens: ours, then the bare broadcast of as many bytes."""
    sessions = out_of(env, "--sessions", str(number)).split()
    with streaming(env, "yishi.site.asgi:live") as server, acting(env) as act:
        times, size, each = watched(
            server, "/live/sittings/now-open", sessions, act, b"event: room", number
        )
    with streaming({**env, "BARE_BYTES": str(size)}, "bench.broadcast:application") as server:
        bare, _, least = watched(server, "/", sessions, broadcast(env), b"event: room", number)
    yield line(database, number, what, times, bare, each)
    yield line(database, number, f"bare, {size:,} bytes", bare, bare, least)


def watched(
    server: subprocess.Popen[bytes],
    path: str,
    sessions: list[str],
    act: Callable[[], float],
    words: bytes,
    number: int,
) -> tuple[list[float], int, float]:
    """The times of arrival of so many acts on all screens, the bytes of one, memory a screen."""
    screens = Screens()
    screens.open(path, sessions[:20], words)
    screens.settle(APART)
    before = memory(server)
    screens.open(path, sessions[20:], words)
    screens.settle(2 * APART)
    times, size = list[float](), 0
    for _ in range(ACTS):
        screens.bytes, begun = 0, act()
        times += [heard - begun for heard in screens.until(set(screens.all), words)]
        size += screens.bytes
        screens.settle(APART)
    each = (memory(server) - before) / (number - 20)
    screens.close()
    return times, round(size / (ACTS * number)), each


def line(
    database: str, number: int, what: str, times: list[float], bare: list[float], each: float
) -> str:
    """One line of the table."""
    share = at(times, 0.99) / at(bare, 0.99)
    return (
        f"{database:10} {number:7}  {what:22} {at(times, 0.5):7.1f} {at(times, 0.99):7.1f} "
        f"{share:7.1f}x  {each:11.3f}"
    )


def at(times: list[float], share: float) -> float:
    """A percentile, in milliseconds."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))] * 1000


# ── the processes ─────────────────────────────────────────────────────────────────────────────


@contextmanager
def streaming(env: dict[str, str], application: str) -> Iterator[subprocess.Popen[bytes]]:
    """Two workers that hold the streams."""
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "-w", "2", "-k", "asgi"]
    command += ["-b", f"127.0.0.1:{PORT}", "--backlog", "2048", "--log-level", "error"]
    command += ["--worker-connections", "4000", "--graceful-timeout", "2", application]
    server = subprocess.Popen(command, env=env, cwd=ROOT)
    try:
        for _ in range(150):
            with suppress(OSError), socket.create_connection(("127.0.0.1", PORT), 1):
                break
            time.sleep(0.2)
        time.sleep(3)
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


@contextmanager
def acting(env: dict[str, str]) -> Iterator[Callable[[], float]]:
    """A process that does one act whenever it is asked, and says when it was committed."""
    command = [sys.executable, str(Path(__file__)), "--act"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = subprocess.Popen(command, env=env, cwd=ROOT, text=True, **pipes)  # type: ignore[call-overload]

    def act() -> float:
        process.stdin.write("\n")
        process.stdin.flush()
        return float(process.stdout.readline())

    try:
        process.stdout.readline()
        yield act
    finally:
        process.stdin.close()
        process.wait(20)


def broadcast(env: dict[str, str]) -> Callable[[], float]:
    """Tells each process of the bare application at once."""
    sender = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)

    def tell() -> float:
        begun = time.monotonic()
        for path in Path(env["YISHI_HOME"]).glob("*.bare"):
            with suppress(OSError):  # of a process that has ended
                sender.sendto(b".", str(path))
        return begun

    return tell


def memory(server: subprocess.Popen[bytes]) -> float:
    """What all workers hold together, in MB."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    return sum(
        int(line.split()[1]) / 1000
        for child in children
        for line in Path(f"/proc/{child}/status").read_text().splitlines()
        if line.startswith("VmRSS")
    )


def out_of(env: dict[str, str], *asked: str) -> str:
    """What this file prints in a process of its own."""
    command = [sys.executable, str(Path(__file__)), *asked]
    done = subprocess.run(command, env=env, check=True, capture_output=True, text=True, cwd=ROOT)
    return done.stdout


# ── what those processes do ───────────────────────────────────────────────────────────────────


def print_sessions(number: int) -> None:
    """Sign so many browsers in: those of all who have a place in the meeting, by turns."""
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from yishi.accounts.models import Account
    from yishi.web.office import Office
    from yishi.web.sittings.kind import kind_of

    accounts = list(Account.objects.filter(institution="bench"))
    sitting = Office(accounts[0], "zh").state.sittings["now-open"]
    seated = [one for one in accounts if kind_of(Office(one, "zh"), sitting) is not None]
    for n in range(number):
        account, session = seated[n % len(seated)], SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.create()
        print(session.session_key)


def call_in(number: int) -> None:
    """Let the chair call so many people in for the item in hand; each has an account, and comes."""
    import django

    django.setup()
    from django.utils import timezone

    from yishi.accounts.models import Account
    from yishi.clerk.door import do, happen
    from yishi.clerk.memory import MEMORY
    from yishi.procedure.attendance import MarkPresent
    from yishi.procedure.convening import InviteOthers
    from yishi.procedure.verdict import Accepted
    from yishi.roster.events import PersonEntered

    state = MEMORY.at("bench").state
    sitting, now = state.sittings["now-open"], max(timezone.now(), state.latest or timezone.now())
    people = tuple(f"guest-{n}" for n in range(number))
    happen("bench", tuple(PersonEntered(person=p, called=f"来宾{p[6:]}") for p in people), now)
    Account.objects.bulk_create(
        Account(username=p, institution="bench", person=p, password="!") for p in people
    )
    act = InviteOthers(sitting="now-open", item=str(sitting.current), people=people)
    comings = ((p, MarkPresent(sitting="now-open", person=p)) for p in people)
    for person, one in ((str(sitting.chair), act), *comings):
        done = do("bench", person, one, reason="…")
        if not isinstance(done.verdict, Accepted):
            raise SystemExit(str(done.verdict))


def do_acts() -> None:
    """Have a member leave and come back, by turns: it shows on the screens of all."""
    import django

    django.setup()
    from yishi.clerk.door import do
    from yishi.clerk.memory import MEMORY
    from yishi.procedure.attendance import LeaveRoom, MarkPresent
    from yishi.procedure.verdict import Accepted

    sitting = MEMORY.at("bench").state.sittings["now-open"]
    member = next(s.person for s in reversed(sitting.members) if sitting.is_present(s.person))
    acts = (LeaveRoom, MarkPresent)
    print("ready", flush=True)
    for n, _ in enumerate(sys.stdin):
        done = do("bench", member, acts[n % 2](sitting="now-open", person=member), reason="…")
        now = time.monotonic()
        if not isinstance(done.verdict, Accepted):
            raise SystemExit(str(done.verdict))
        print(now, flush=True)


# ── what pages weigh ──────────────────────────────────────────────────────────────────────────


def weights(people: dict[str, str]) -> Iterator[str]:
    """Pages and files of the room, in thousands of bytes, as they are and compressed."""
    room, wall = "/sittings/now-open/room", "/sittings/now-open/screen"
    asked = {
        "room, chair": (room, people["chen"]),
        "room, secretary": (room, people["xiao"]),
        "room, member": (room, people["li"]),
        "big screen": (wall, people["xiao"]),
        "desk": ("/", people["chen"]),
        "stylesheet": ("/static/yishi/app.css", ""),
        "script": ("/static/yishi/live.js", ""),
    }
    yield f"\n{'weight':18} {'kB':>7} {'gzip':>7}"
    for name, (path, session) in asked.items():
        body = page(path, session)
        yield f"{name:18} {len(body) / 1000:7.1f} {len(gzip.compress(body)) / 1000:7.1f}"


def page(path: str, session: str) -> bytes:
    """What the server of the pages answers."""
    connection = http.client.HTTPConnection("127.0.0.1", web.PORT, timeout=60)
    connection.request("GET", path, headers={"Cookie": f"sessionid={session}"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != HTTPStatus.OK:
        raise SystemExit(f"{path}: answered with {answer.status}")
    return body


if __name__ == "__main__":
    if sys.argv[1:2] == ["--sessions"]:
        print_sessions(int(sys.argv[2]))
    elif sys.argv[1:2] == ["--guests"]:
        call_in(int(sys.argv[2]))
    elif sys.argv[1:2] == ["--act"]:
        do_acts()
    else:
        main()
