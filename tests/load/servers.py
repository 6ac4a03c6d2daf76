"""The programs of the load test: each is started, killed and started again here, and nothing of them is left afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 300  # seconds until a program has to answer


class Server:
    """A program in a process group of its own. `supervised`: when it has died it is started again, as an init system does."""

    name = ""
    supervised = True

    def __init__(self, folder: Path, environment: dict[str, str]):
        self.folder, self.environment = folder, environment
        self.process: subprocess.Popen | None = None
        self.log = folder / f"{self.name}.log"

    def command(self) -> list[str]:
        """What is started."""
        raise NotImplementedError

    def answers(self) -> bool:
        """Whether it can be used."""
        raise NotImplementedError

    def prepare(self) -> None:
        """What has to be done once, before the first start."""

    def start(self) -> None:
        """Start it and wait until it answers. Raises RuntimeError with the end of its log when it does not."""
        self.launch()
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self.name} does not answer: {self.log.read_text('utf-8', 'replace')[-2000:]}")
            self.look_after()
            time.sleep(0.2)

    def launch(self) -> None:
        """Start it, and go on."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command(), cwd=ROOT, env={**os.environ, **self.environment}, stdout=log, stderr=log, start_new_session=True
            )

    def look_after(self) -> None:
        """Start it again when it has died."""
        if self.supervised and self.process is not None and self.process.poll() is not None:
            self.launch()

    def kill(self, how: int = signal.SIGKILL) -> None:
        """End its whole group, without a word."""
        if self.process is not None and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, how)
            self.process.wait(30)

    def stop(self) -> None:
        """End it in good order, or after ten seconds otherwise."""
        self.supervised = False
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()


class PostgreSQL(Server):
    """PostgreSQL on a socket in the folder, as the user postgres."""

    name = "postgresql"

    def prepare(self) -> None:
        bin_folder = max(Path("/usr/lib/postgresql").glob("*/bin"))
        self.bin = bin_folder
        self.data, self.socket = self.folder / "pg", self.folder / "pgsocket"
        for folder in (self.data, self.socket):
            folder.mkdir()
            shutil.chown(folder, "postgres")
        run("runuser", "-u", "postgres", "--", str(self.bin / "initdb"), "-D", str(self.data), "-A", "trust", "-U", "dti")
        self.start()
        run(str(self.bin / "createdb"), "-h", str(self.socket), "-U", "dti", "dti")
        self.environment |= database("postgresql", "dti", str(self.socket))

    def command(self) -> list[str]:
        options = ["-k", str(self.socket), "-c", "listen_addresses=", "-c", "max_connections=200"]
        return ["runuser", "-u", "postgres", "--", str(self.bin / "postgres"), "-D", str(self.data), *options]

    def answers(self) -> bool:
        return succeeds(str(self.bin / "pg_isready"), "-h", str(self.socket), "-U", "dti", "-d", "postgres")

    def kill(self, how: int = signal.SIGKILL) -> None:
        """Kill the server itself: as after a power cut it has to recover from its log."""
        file = self.data / "postmaster.pid"
        if file.exists():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(file.read_text().split()[0]), how)
        if self.process is not None:
            self.process.wait(30)

    def stop(self) -> None:
        self.supervised = False
        self.kill(signal.SIGINT)


class MariaDB(Server):
    """MariaDB on a socket in the folder, as the user mysql."""

    name = "mariadb"

    def prepare(self) -> None:
        self.data = self.folder / "maria"
        self.data.mkdir()
        shutil.chown(self.data, "mysql")
        run("mariadb-install-db", "--user=mysql", f"--datadir={self.data}", "--auth-root-authentication-method=normal")
        self.start()
        run("mariadb", f"--socket={self.data}/socket", "-u", "root", "-e", "create database dti character set utf8mb4")
        self.environment |= database("mysql", "root", f"{self.data}/socket")

    def command(self) -> list[str]:
        options = [f"--datadir={self.data}", f"--socket={self.data}/socket", f"--pid-file={self.data}/pid", "--skip-networking"]
        return ["mariadbd", "--no-defaults", "--user=mysql", *options, "--character-set-server=utf8mb4", "--max-connections=200"]

    def answers(self) -> bool:
        return succeeds("mariadb-admin", f"--socket={self.data}/socket", "-u", "root", "ping")


class Redis(Server):
    """Redis on a port of its own. It keeps what it has been told on the disk, as a site's broker does."""

    name = "redis"

    def prepare(self) -> None:
        self.port = free_port()
        self.environment["DTI_LOAD_REDIS"] = f"redis://127.0.0.1:{self.port}"
        self.start()

    def command(self) -> list[str]:
        return ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--appendonly", "yes", "--dir", str(self.folder)]

    def answers(self) -> bool:
        return succeeds("redis-cli", "-p", str(self.port), "ping")


class Web(Server):
    """Gunicorn with web workers; `workers` 0: one process of waitress, for the quick form."""

    name = "web"

    def __init__(self, folder: Path, environment: dict[str, str], workers: int):
        super().__init__(folder, environment)
        self.workers, self.port = workers, free_port()

    def prepare(self) -> None:
        self.environment["XDG_RUNTIME_DIR"] = str(self.folder)  # Gunicorn 25 and newer: a control socket, else in the home folder
        run(sys.executable, "-m", "tests.load.served", environment=self.environment)  # the tables
        self.start()

    def command(self) -> list[str]:
        if not self.workers:
            return [sys.executable, "-m", "tests.load.served", str(self.port)]
        options = ["--bind", f"127.0.0.1:{self.port}", "--workers", str(self.workers), "--timeout", "60", "--backlog", "2048"]
        return [
            sys.executable,
            "-m",
            "gunicorn",
            "tests.load.served:application",
            "--worker-class",
            "gthread",
            "--threads",
            "8",
            *options,
        ]

    def answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=2) as line:
            line.settimeout(20)
            line.sendall(b"GET /favicon.ico HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            return line.recv(12).startswith(b"HTTP/1")
        return False

    def kill_one(self) -> None:
        """Kill one web worker; Gunicorn makes another."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        with contextlib.suppress(ProcessLookupError, IndexError):
            os.kill(int(children[0]), signal.SIGKILL)


class Queue(Server):
    """A Celery worker."""

    name = "celery"

    def prepare(self) -> None:
        self.start()

    def command(self) -> list[str]:
        return [
            sys.executable,
            "-m",
            "celery",
            "--app",
            "tests.load.served:queue",
            "worker",
            "--concurrency",
            "1",
            "--loglevel",
            "WARNING",
        ]

    def answers(self) -> bool:
        return self.process is not None and self.process.poll() is None


def database(engine: str, user: str, host: str) -> dict[str, str]:
    """The environment that says where the database is."""
    names = ("DTI_DATABASE_ENGINE", "DTI_DATABASE_NAME", "DTI_DATABASE_USER", "DTI_DATABASE_HOST")
    return dict(zip(names, (engine, "dti", user, host), strict=True))


def free_port() -> int:
    """A port on loopback that nobody has."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def run(*command: str, environment: dict[str, str] | None = None) -> None:
    """Run a command to its end. Raises RuntimeError with what it printed when it fails."""
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **(environment or {})}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:6])}: {done.stdout[-1000:]}{done.stderr[-2000:]}")


def succeeds(*command: str) -> bool:
    """Whether a command says yes."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
