"""The way to the broker (Redis or Valkey) from settings alone; importing this touches nothing."""

from redis import Redis
from redis.backoff import ConstantBackoff, NoBackoff
from redis.retry import Retry

from kernel.settings import Settings

RELAY_ALIVE = "chainmaster:relay"
"""A key the relay renews while it delivers; it goes by itself RELAY_SILENCE_SECONDS after the last time."""
RELAY_SILENCE_SECONDS = 30


def broker(settings: Settings) -> Redis:
    """For a process that waits: rides over the second a restarted broker needs."""
    return Redis.from_url(settings.redis_url, socket_connect_timeout=5, retry=Retry(ConstantBackoff(0.5), 4))


def broker_at_once(settings: Settings) -> Redis:
    """For a question that must not wait: no second try, one second at most."""
    limits = {"socket_connect_timeout": 1, "socket_timeout": 1}
    return Redis.from_url(settings.redis_url, **limits, retry=Retry(NoBackoff(), 0))
