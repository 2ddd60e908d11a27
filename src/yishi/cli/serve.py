"""`yishi serve`: the pages, from this process; and the timer with them in a trial."""

import argparse
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from yishi.cases.tree import Faulty
from yishi.cli import demo, setup
from yishi.cli.database import opened
from yishi.procedure.verdict import Message
from yishi.wording import Catalogue

PORTS = 65_536
"""How many ports a machine has."""

EVERY = 60
"""Seconds between two looks of the timer."""


def add_parser(subparsers: Any, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """Add `serve`."""
    parser = subparsers.add_parser("serve", help=catalogue.text("cli.serve"), parents=[common])
    bind = os.environ.get("YISHI_BIND", "127.0.0.1:8000")
    parser.add_argument("--bind", default=bind, help=catalogue.text("cli.serve_bind"))
    parser.add_argument("--workers", type=int, default=1, help=catalogue.text("cli.serve_workers"))
    parser.add_argument("--threads", type=int, default=8, help=catalogue.text("cli.serve_threads"))
    parser.add_argument("--demo", action="store_true", help=catalogue.text("cli.serve_demo"))
    parser.add_argument("--charters", type=Path, help=catalogue.text("cli.demo_charters"))
    parser.set_defaults(run=run_serve)


def run_serve(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Bring the tables up to date and serve until stopped."""
    _check(args.bind)
    if args.demo:
        os.environ.setdefault("YISHI_TRIAL", "1")
    if os.environ.get("YISHI_TRIAL") == "1" and not args.bind.startswith("unix:"):
        os.environ.setdefault("YISHI_BASE_URL", f"http://{args.bind}")
    opened(migrate=True)
    if args.demo and not demo.is_there():
        _demonstrated(args)
    first = setup.address()
    if first:
        print(catalogue.text("site.setup", address=first), flush=True)
    print(catalogue.text("site.serving", address=f"http://{args.bind}/"), flush=True)
    _serve(args)
    return 0


def _demonstrated(args: argparse.Namespace) -> None:
    """Make the demonstration in a process of its own.

    It sets papers, and what sets them has threads; a server that is forked from a process with
    such threads has none of them, and would wait for them for ever.
    """
    command = [sys.executable, "-m", "yishi", "demo", "--lang", args.lang]
    command += ["--charters", str(args.charters)] if args.charters else []
    if subprocess.run(command, check=False).returncode:
        raise Faulty("yishi demo", 0, Message("site.demo_failed"))


def _check(bind: str) -> None:
    """An address is HOST:PORT, or the path of a socket after `unix:`."""
    _, colon, port = bind.rpartition(":")
    fits = port.isascii() and port.isdecimal() and int(port) < PORTS
    if not bind.startswith("unix:") and not (colon and fits):
        raise Faulty("--bind", 0, Message("site.bind_form", {"bind": bind}))
    if not bind.startswith("unix:"):
        _free(bind)


def _free(bind: str) -> None:
    """Find out before anything else is done whether another program has the address."""
    host, _, port = bind.rpartition(":")
    name = host.strip("[]") or "0.0.0.0"
    family = socket.AF_INET6 if ":" in name else socket.AF_INET
    with closing(socket.socket(family)) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((name, int(port)))
        except OSError as error:
            other = f"127.0.0.1:{int(port) % (PORTS - 1) + 1}"
            said = {"bind": bind, "other": other}
            raise Faulty("--bind", 0, Message("site.bind_taken", said)) from error


def _serve(args: argparse.Namespace) -> None:
    from django.conf import settings
    from django.utils.module_loading import import_string
    from gunicorn.app.base import BaseApplication

    class Site(BaseApplication):  # type: ignore[misc]
        """Gunicorn with our settings instead of a file's."""

        def load_config(self) -> None:
            """Take the settings from the command line."""
            for key, value in {
                "bind": args.bind,
                "workers": args.workers,
                "threads": args.threads,
                "worker_class": "asgi" if settings.TRIAL else "gthread",
                "timeout": 60,
                "graceful_timeout": 10,
                "control_socket_disable": True,
                "logger_class": "yishi.site.logs.ServerLog",
                "post_fork": _ticking if settings.TRIAL else None,
            }.items():
                if value is not None and key in self.cfg.settings:
                    self.cfg.set(key, value)

        def load(self) -> Any:
            """The application that each worker serves."""
            asked = settings.ASGI_APPLICATION if settings.TRIAL else settings.WSGI_APPLICATION
            return import_string(asked)

    Site().run()


def _ticking(server: Any, worker: Any) -> None:
    """In a trial the serving process is the timer too."""
    threading.Thread(target=_tick_for_ever, daemon=True).start()


def _tick_for_ever() -> None:
    from django.db import connections

    from yishi.clerk.tick import tick_all

    while True:
        try:
            tick_all()
        except Exception:
            # A database that does not answer now may answer in a minute.
            logging.getLogger(__name__).exception("tick")
        connections.close_all()
        time.sleep(EVERY)
