"""Local days and clock times of an IANA zone as UTC instants. Refuses naive instants."""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = EPOCH.toordinal()
MICROSECOND = timedelta.resolution
SECOND = timedelta(seconds=1) // MICROSECOND
DAY = timedelta(days=1) // MICROSECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch [start, end) in which the zone's offset stands; all in microseconds of UTC."""

    start: int
    end: int
    offset: int


def micros(at: datetime) -> int:
    """Microseconds since 1970. Raises ValueError for an instant without an offset."""
    if at.utcoffset() is None:
        raise ValueError(f"{at.isoformat()} has no offset: it is no instant.")
    return (at - EPOCH) // MICROSECOND


def instant(at: int) -> datetime:
    """The UTC instant of `micros`."""
    return EPOCH + at * MICROSECOND


@lru_cache(maxsize=1024)
def spans(zone: ZoneInfo, year: int) -> tuple[Span, ...]:
    """The UTC year cut wherever the zone's offset changes.

    Raises ValueError for the first and the last year a date can have: a local day there may
    reach beyond what can be written down.
    """
    if not MINYEAR < year < MAXYEAR:
        raise ValueError(f"The year {year} is beyond what a calendar can compute.")
    start = micros(datetime(year, 1, 1, tzinfo=UTC))
    end = micros(datetime(year + 1, 1, 1, tzinfo=UTC))
    days = [*range(start, end, DAY), end]
    changes = (
        _change(zone, before, after)
        for before, after in pairwise(days)
        if _offset(zone, before) != _offset(zone, after)
    )
    edges = sorted({start, *changes, end})
    return tuple(
        Span(start=since, end=until, offset=_offset(zone, since))
        for since, until in pairwise(edges)
    )


def local_date(zone: ZoneInfo, at: datetime) -> date:
    return at.astimezone(zone).date()


def at_wall(zone: ZoneInfo, day: date, wall: time) -> datetime:
    """The first instant at which clocks of the zone show that time of that day, in UTC.

    A time that a clock change skips is the moment of the change: 02:30 of the night in which 02:00
    becomes 03:00 is 03:00.
    """
    shown = datetime.combine(day, wall)
    at = shown.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) == shown:
        return at
    before = shown.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return instant(_change(zone, micros(before), micros(at)))


def start_of_day(zone: ZoneInfo, day: date) -> datetime:
    """The first instant of that local day, in UTC; a day ends where the next one starts."""
    return at_wall(zone, day, time.min)


def end_of_day(zone: ZoneInfo, day: date) -> datetime:
    """24:00 of that local day, in UTC: the first instant that is no longer part of it."""
    return start_of_day(zone, day + timedelta(days=1))


def _offset(zone: ZoneInfo, at: int) -> int:
    offset = instant(at).astimezone(zone).utcoffset()
    if offset is None:  # pragma: no cover - a ZoneInfo always knows
        raise ValueError(f"{zone} has no offset at {instant(at).isoformat()}.")
    return offset // MICROSECOND


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """The first instant of the offset in force at `after`; clocks change on whole seconds."""
    target = _offset(zone, after)
    low, high = before // SECOND, -(-after // SECOND)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, middle * SECOND) == target:
            high = middle
        else:
            low = middle
    return high * SECOND
