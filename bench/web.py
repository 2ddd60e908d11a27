"""What the pages do in a second, each beside a bare view on the same server.

For one month and ten years of meetings, on the embedded database and, when DATABASE_URL names
one, on PostgreSQL. Everything goes over HTTP to two workers on this machine.
"""

from __future__ import annotations

import http.client
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from datetime import time as time_of_day
from functools import partial
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
PORT = 8391
REQUESTS = 240
ROUNDS = 6
POSTS = 160
SPANS = {"1 month": 1, "10 years": 120}
BARE = "bare page, signed in"
PAGES = {
    "ten rows to nobody": "/bare/barest",
    BARE: "/bare/page",
    "desk": "/",
    "meeting page": "/sittings/now-open",
    "meeting in progress": "/sittings/now-open/room",
    "task list": "/tasks/",
}


class Seen:
    """Times of one kind of request, in seconds."""

    def __init__(self, name: str, rate: float, times: list[float]) -> None:
        self.name, self.rate, self.times = name, rate, sorted(times)

    def at(self, share: float) -> float:
        """A percentile in milliseconds."""
        return self.times[min(len(self.times) - 1, int(share * len(self.times)))] * 1000


def main() -> None:
    """Measure and print."""
    print(
        f"{'database':9} {'span':9} {'what':26} {'per s':>8} {'of bare':>8} {'p50 ms':>7} {'p95':>7}"  # noqa: E501
    )
    for database in ("sqlite", *(["postgresql"] if os.environ.get("DATABASE_URL") else [])):
        for span, months in SPANS.items():
            for line in measured(database, span, months):
                print(line, flush=True)


def measured(database: str, span: str, months: int) -> Iterator[str]:
    """The lines of one database and span."""
    home = tempfile.mkdtemp(prefix="yishi-bench-")
    try:
        with environment(database, home) as env:
            cookies = prepared(env, months)
            with serving(env) as server:
                yield from lines(database, span, cookies)
                yield f"{database:9} {span:9} {'memory of a worker':26} {memory(server):7.0f}M"
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def environment(database: str, home: str) -> Iterator[dict[str, str]]:
    """A clean database and what the server's processes are told of it."""
    path = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    env = {**os.environ, "YISHI_TRIAL": "1", "YISHI_HOME": home, "PYTHONPATH": path}
    env["DJANGO_SETTINGS_MODULE"] = "bench.served_settings"
    name = f"yishi_bench_{secrets.token_hex(4)}"
    if database == "sqlite":
        env.pop("DATABASE_URL", None)
        yield env
        return
    import psycopg

    base = os.environ["DATABASE_URL"]
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield {**env, "DATABASE_URL": f"{base.rsplit('/', 1)[0]}/{name}"}
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def prepared(env: dict[str, str], months: int) -> dict[str, str]:
    """Fill the database in a process of its own; the session cookie of each person."""
    out = subprocess.run(
        [sys.executable, str(Path(__file__)), "--fill", str(months)],
        env=env,
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    ).stdout
    return dict(line.split() for line in out.splitlines() if line.count(" ") == 1)


def fill(months: int) -> None:
    """Take in the meetings, with what is going on just now; print a session for each person."""
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    from yishi.accounts.models import Account
    from yishi.cases.casting import set_up
    from yishi.cases.simulation import after
    from yishi.clerk.bulk import take_in
    from yishi.cli.demo import play

    call_command("migrate", verbosity=0)
    now = datetime.now().astimezone().replace(microsecond=0)
    cast = ROOT / "charters" / "cast.yaml"
    # Nobody meets before the rules are in force; the clock stands ahead where that leaves too few.
    bodies = set_up(cast, {}).history.state.bodies.values()
    begun = max(since for log in bodies for since, _ in log.versions)
    stage = set_up(cast, {}, max(begun, after(now, -months).date()))
    full = after(datetime.combine(begun, time_of_day.min, stage.zone), months)
    play(stage, "bench", max(now.astimezone(stage.zone), full.replace(hour=15)), shipped=True)
    take_in("bench", stage.history.done)
    for person in stage.history.state.roster.people:
        account = Account.objects.create_user(person, None, institution="bench", person=person)
        session = SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.create()
        print(person, session.session_key)


@contextmanager
def serving(env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Two workers, warmed up."""
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "-w", "2"]
    command += ["-b", f"127.0.0.1:{PORT}", "--log-level", "error", "bench.served"]
    server = subprocess.Popen(command, env=env, cwd=ROOT)
    try:
        for _ in range(100):
            try:
                if ask("GET", "/health")[0] == 200:
                    break
            except OSError:
                time.sleep(0.2)
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def memory(server: subprocess.Popen[bytes]) -> float:
    """The largest resident size of a worker, in MiB."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    sizes = [
        int(line.split()[1]) / 1024
        for child in children
        for line in Path(f"/proc/{child}/status").read_text().splitlines()
        if line.startswith("VmRSS")
    ]
    return max(sizes, default=0.0)


def ask(
    method: str, path: str, session: str = "", form: dict[str, str] | None = None
) -> tuple[int, float]:
    """One request on a connection of its own: its status and its time."""
    begins = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    headers = {"Cookie": f"sessionid={session}; csrftoken={'c' * 32}", "X-CSRFToken": "c" * 32}
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, urlencode(form) if form is not None else None, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, time.perf_counter() - begins


def load(name: str, once: Callable[[], tuple[int, float]], number: int, clients: int) -> Seen:
    """So many requests from so many clients at once; every answer has to be a good one."""
    times: list[float] = []
    wrong: list[int] = []

    def client() -> None:
        for _ in range(number // clients):
            status, took = once()
            times.append(took)
            if status not in (200, 302):
                wrong.append(status)

    for _ in range(4):
        once()
    threads = [threading.Thread(target=client) for _ in range(clients)]
    begins = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit(f"{name}: answered with {wrong[0]}")
    return Seen(name, len(times) / (time.perf_counter() - begins), times)


def lines(database: str, span: str, cookies: dict[str, str]) -> Iterator[str]:
    """Pages beside the bare page, an act beside the bare insert, eight people in one meeting."""
    chair, secretary = cookies["chen"], cookies["xiao"]
    yield from beside(database, span, chair)
    inserts = load("bare insert", lambda: insert(secretary), POSTS, 2)
    yield line(database, span, inserts, inserts.rate)
    yield line(database, span, load("act", lambda: note(secretary), POSTS, 2), inserts.rate)
    eight = load("act, 8 clients", lambda: note(secretary), POSTS * 2, 8)
    yield line(database, span, eight, inserts.rate)


def beside(database: str, span: str, session: str) -> Iterator[str]:
    """The pages by turns with the bare page; the times are those of one client alone."""
    taken: dict[str, list[Seen]] = {name: [] for name in PAGES}
    for _ in range(ROUNDS):
        for name, path in PAGES.items():
            once = partial(ask, "GET", path, session)
            taken[name].append(load(name, once, REQUESTS // ROUNDS, 2))
    rates = {name: median(one.rate for one in some) for name, some in taken.items()}
    for name, path in PAGES.items():
        single = load(name, partial(ask, "GET", path, session), 60, 1)
        yield line(database, span, Seen(name, rates[name], single.times), rates[BARE])


def insert(session: str) -> tuple[int, float]:
    """The bare write."""
    return ask("POST", "/bare/insert", session, {"key": secrets.token_hex(8)})


def note(session: str) -> tuple[int, float]:
    """One act from its form to its durable commit: a note on the record of the open meeting."""
    form = {"subject.sitting": "now-open", "words": "记录一条。", "key": secrets.token_hex(8)}
    return ask("POST", "/do/note_record", session, {**form, "next": "/guide"})


def line(database: str, span: str, one: Seen, bare: float) -> str:
    """One line of the table."""
    share = f"{one.rate / bare:7.0%}"
    return (
        f"{database:9} {span:9} {one.name:26} {one.rate:8.0f} {share:>8} "
        f"{one.at(0.5):7.1f} {one.at(0.95):7.1f}"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--fill"]:
        fill(int(sys.argv[2]))
    else:
        main()
