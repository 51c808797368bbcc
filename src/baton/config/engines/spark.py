"""A Spark session with settings under which the result is that of the other engines."""

import importlib.util
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pkgutil import resolve_name
from typing import Any

from baton.config.cli.ending import Unavailable
from baton.words import Problem

LOCAL = "local[*]"
SETTINGS = {
    # A division by zero or an overflow must stop the run, not become null.
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
LOCAL_SETTINGS = {
    # One machine: as many partitions as a county fills, and no look-up of the machine's own name.
    "spark.sql.shuffle.partitions": "8",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
}


@contextmanager
def spark_session(master: str = "") -> Iterator[Any]:
    """Give a Spark session on `master` (empty: all cores of this machine), stopped afterwards.

    Raises `Unavailable` without pyspark, without a Java runtime, or where the master does not answer.
    """
    if importlib.util.find_spec("pyspark") is None:
        raise Unavailable(Problem("config.no_pyspark"))
    local = _is_local(master)
    if local and not _has_java():
        raise Unavailable(Problem("config.no_java"))
    builder = resolve_name("pyspark.sql:SparkSession").builder.appName("baton").master(master or LOCAL)
    for name, value in {**SETTINGS, **(LOCAL_SETTINGS if local else {})}.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except Exception as error:
        detail = str(error).strip().partition("\n")[0] or type(error).__name__
        raise Unavailable(Problem("config.no_spark", {"master": master or LOCAL, "detail": detail})) from error
    try:
        yield session
    finally:
        session.stop()


def held_twice(master: str) -> Any:
    """Give the storage level of kept frames: on a cluster two executors hold each, so that one may fail."""
    return None if _is_local(master) else resolve_name("pyspark:StorageLevel").MEMORY_AND_DISK_2


def _is_local(master: str) -> bool:
    return not master or master.startswith("local")


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return bool(shutil.which("java") or (home and shutil.which("java", path=os.path.join(home, "bin"))))  # noqa: PTH118
