"""The `shirube` command: the engine's commands, and `serve`."""

from __future__ import annotations

import socket
import sys
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from checklist.cli import commands
from checklist.errors import PackError
from webapp import create_app
from webapp.config import BadSetting, Settings, read_settings
from webapp.reading import open_reader
from webapp.storage.engine import THREADS, DatabaseInUse, loses_wal_resets, open_database
from webapp.storage.migration import migrate


@click.group()
@click.version_option(package_name="shirube", prog_name="shirube")
def main() -> None:
    """Set KPIs for BtoB campaigns, worked back from the goal."""


for command in commands:
    main.add_command(command)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve the web pages."""
    try:
        settings = read_settings()
        _prepare(settings)
    except (BadSetting, DatabaseInUse) as error:
        raise click.ClickException(str(error)) from error
    except PackError as error:
        raise click.ClickException(
            f"the pack has {len(error.problems)} problems; see `shirube lint`"
        ) from error
    _refuse_taken(host, port)
    click.echo(f"Shirube is at http://{host}:{port}  (Ctrl+C stops it)")
    sys.stdout.flush()
    Server(settings, host, port).run()


def _refuse_taken(host: str, port: int) -> None:
    """Say so in one sentence when the address cannot be used, before anything is started."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        reason = f"{host}:{port} cannot be used ({error.strerror}); choose another with --port"
        raise click.ClickException(reason) from error


def _prepare(settings: Settings) -> None:
    """Bring the database up to date and find mistakes before any process is started."""
    database = open_database(settings.database_url)
    migrate(database)
    database.close()
    open_reader(settings)


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with threads: a single process wherever two could harm the SQLite file."""

    def __init__(self, settings: Settings, host: str, port: int) -> None:
        self.settings = settings
        self.address = f"{host}:{port}"
        super().__init__()

    def load_config(self) -> None:
        """Set what gunicorn needs; its own command line is not read."""
        for name, value in self._options().items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Make the application in the process that serves it, so that no open file crosses a fork."""
        return create_app(self.settings)

    def _options(self) -> dict[str, Any]:
        alone = self.settings.database_url.startswith("sqlite") and loses_wal_resets()
        return {
            "bind": self.address,
            "worker_class": "gthread",
            "workers": 1 if alone else 2,
            "threads": THREADS,
            "timeout": 60,
            "graceful_timeout": 20,
            "loglevel": "warning",
            "limit_request_line": 4094,
        }
