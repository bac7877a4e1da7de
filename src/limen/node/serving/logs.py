"""The log: one line an event, to standard error, without personal data.

Requests are not logged with their addresses: a search's words stand in them. A fault is logged with its place in the
code and without the values that it met.
"""

from __future__ import annotations

import logging
import traceback
from typing import Any


class OneLine(logging.Formatter):
    """Time, level, logger and text; a fault's trace in the same line, file and line number only."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S%z")

    def format(self, record: logging.LogRecord) -> str:
        """Write one line."""
        line = f"{self.formatTime(record, self.datefmt)} {record.levelname} {record.name} {_text(record)}"
        if record.exc_info and record.exc_info[0]:
            line += f" [{record.exc_info[0].__name__} at {_trace(record)}]"
        return " ".join(line.split())


def _text(record: logging.LogRecord) -> str:
    """Django logs a request's path as an argument; its query and its names stay out."""
    if record.name.startswith("django.request"):
        status = getattr(record, "status_code", "")
        request = getattr(record, "request", None)
        match = getattr(request, "resolver_match", None)
        view = getattr(match, "view_name", None) or "unknown address"
        return f"{status} {getattr(request, 'method', '')} {view}"
    return record.getMessage()


def _trace(record: logging.LogRecord) -> str:
    assert record.exc_info is not None
    frames = traceback.extract_tb(record.exc_info[2])[-8:]
    return " < ".join(f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno}" for frame in reversed(frames))


def configuration(level: str) -> dict[str, Any]:
    """Django's LOGGING."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": OneLine}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING" if level == "info" else level.upper()},
        "loggers": {
            "limen": {"level": level.upper()},
            "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "procrastinate": {"level": "WARNING"},
            "psycopg.pool": {"level": "ERROR"},  # it tries again twice a second, and would say so each time
        },
    }
