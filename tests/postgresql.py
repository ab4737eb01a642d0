"""A PostgreSQL for tests: the one of `REFORMKIT_POSTGRES` (a URL), or one that is started here and thrown away."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

GIVEN = "REFORMKIT_POSTGRES"
"""The variable of the environment that names a database in which tests may make schemas."""


def binaries() -> Path | None:
    """Where PostgreSQL's own programs are, the newest of several."""
    found, control = shutil.which("initdb"), shutil.which("pg_ctl")
    if found is not None and control is not None and Path(found).parent == Path(control).parent:
        return Path(found).parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return debian[-1].parent if debian else None


def why_not() -> str:
    """Why no PostgreSQL can be had, empty where one can."""
    if GIVEN in os.environ or binaries() is not None:
        return ""
    return f"no PostgreSQL here: install it (Debian: postgresql), or name one in {GIVEN}"


@contextmanager
def cluster() -> Iterator[str]:
    """The URL of a database, for as long as the block runs. It listens to a socket in a folder of its own only."""
    if GIVEN in os.environ:
        yield os.environ[GIVEN]
        return
    programs = binaries()
    assert programs is not None, why_not()
    folder = Path(tempfile.mkdtemp(prefix="rk", dir="/tmp"))  # the path of a socket has room for 107 characters
    other = _another_user(folder)

    def run(program: str, *arguments: str) -> None:
        subprocess.run([programs / program, *arguments], check=True, capture_output=True, cwd=folder, **other)

    data = str(folder / "data")
    try:
        run("initdb", "-D", data, "-U", "reformkit", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=60"
        run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql+psycopg://reformkit@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def schema(url: str) -> Iterator[str]:
    """The URL of an empty schema in a database, dropped after the block."""
    name = f"t{uuid4().hex[:12]}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    try:
        inside = make_url(url).update_query_dict({"options": f"-csearch_path={name}"})
        yield inside.render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        engine.dispose()


def _another_user(folder: Path) -> Mapping[str, Any]:
    """PostgreSQL does not run as root: then it runs as the user that its package made, or as nobody."""
    if os.geteuid() != 0:
        return {}
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o755)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
