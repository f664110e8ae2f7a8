"""JSON logs on standard error, without names.

A traceback keeps its frames and the kind of its error: local variables are people's data, and so
is the message of an error (PostgreSQL puts the offending value into it).
"""

import logging
import logging.config
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger


def without_messages(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Drop the messages of errors from a rendered traceback."""
    for error in event.get("exception", ()):
        error["exc_value"] = ""
        error["exc_notes"] = []
    return event


class WithoutPath(logging.Filter):
    """Cuts the address off Django's lines on failed requests; the access line has the route."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, with its first argument (the kind of failure) alone."""
        if isinstance(record.args, tuple) and record.args:
            # After the hyphen Django quotes the page that a form came from, query and all.
            kind, _, _ = str(record.args[0]).partition(" - ")
            record.msg, record.args = "%s", (kind,)
        return True


def configure(options: dict[str, Any]) -> None:
    """Set up structlog and the standard library's loggers; called by Django with LOGGING."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(
            structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        ),
        without_messages,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processor": structlog.processors.JSONRenderer(),
                    "foreign_pre_chain": shared,
                }
            },
            "filters": {"without_path": {"()": "config.logs.WithoutPath"}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": options["level"]},
            "loggers": {
                # Django would mail the whole request of a failure, cookies and all.
                "django": {"handlers": []},
                "django.request": {"level": "ERROR", "filters": ["without_path"]},
                "django.security.csrf": {"filters": ["without_path"]},
            },
        }
    )
