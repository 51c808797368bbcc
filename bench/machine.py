"""What a benchmark ran on, in one line. Nothing heavy is imported: a child's peak memory begins with its parent's."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("polars", "duckdb", "pandas", "openpyxl", "typer")


def facts() -> str:
    """Tell processor, memory, system, Python and the libraries that count."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    cores = f"{len(os.sched_getaffinity(0))} cores" if hasattr(os, "sched_getaffinity") else f"{os.cpu_count()} cores"
    return f"{_processor()}, {cores}, {_memory()}{_system()}, Python {platform.python_version()}; {libraries}."


def _processor() -> str:
    """Name the processor: its model, or at least the architecture."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{models[0]} ({platform.machine()})" if models else platform.processor() or platform.machine()


def _memory() -> str:
    names = getattr(os, "sysconf_names", {})
    if not {"SC_PAGE_SIZE", "SC_PHYS_PAGES"} <= names.keys():
        return ""
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB, "


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.platform(terse=True)
