"""Logs and metrics. Context goes along by itself; no secret and no client text is ever logged."""

import logging
import sys
from typing import TextIO

import structlog
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram

ACK_BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 3)


class Metrics:
    """What an operator watches. Labels are kinds and outcomes, never names of anybody."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self.ack_seconds = Histogram(
            "clientops_ack_seconds",
            "From a request's arrival to its acknowledgement.",
            ["kind"],
            buckets=ACK_BUCKETS,
            registry=registry,
        )
        self.inbound = Counter(
            "clientops_inbound_total",
            "Requests from Slack.",
            ["kind", "outcome"],
            registry=registry,
        )
        self.deliveries = Counter(
            "clientops_deliveries_total",
            "What became of claimed messages.",
            ["outcome"],
            registry=registry,
        )
        self.delivery_lag = Gauge(
            "clientops_delivery_lag_seconds",
            "Age of the message that was sent last, at the moment it was sent.",
            registry=registry,
        )
        self.timers = Counter(
            "clientops_timers_total", "Due rows carried out.", ["kind"], registry=registry
        )
        self.last_sweep = Gauge(
            "clientops_last_sweep_timestamp_seconds",
            "When the worker last looked for what is due.",
            registry=registry,
        )
        self.failures = Counter(
            "clientops_failures_total", "Bugs caught at a boundary.", ["where"], registry=registry
        )


def default_metrics() -> Metrics:
    return Metrics(REGISTRY)


def configure_logs(*, stream: TextIO = sys.stderr, level: int = logging.INFO) -> None:
    """One line a fact: readable on a terminal, JSON in a pipe. Standard logging joins in."""
    terminal = stream.isatty()
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=True)
        if terminal
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    final: list[structlog.typing.Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        *([] if terminal else [structlog.processors.format_exc_info]),
        renderer,
    ]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=final)
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for noisy in ("slack_bolt", "slack_sdk", "aiohttp", "apscheduler", "alembic", "uvicorn"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # It warns of SLACK_BOT_TOKEN in the environment, which is where we want it.
    logging.getLogger("slack_bolt.AsyncApp").setLevel(logging.ERROR)
