"""The opening hours of one UTC year as a table to search in. All times are microseconds of UTC."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from bot.domain.windows import MINUTES_A_DAY, Window
from bot.domain.zones import DAY, EPOCH_DAY, Span

MINUTE = DAY // MINUTES_A_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHours:
    """Open from `opens[i]` until `closes[i]`, in order and apart; `sums[i]` is worked by then."""

    year: int
    opens: tuple[int, ...]
    closes: tuple[int, ...]
    sums: tuple[int, ...]

    @property
    def total(self) -> int:
        return self.sums[-1] if self.sums else 0

    def worked(self, moment: int) -> int:
        """What was worked from the start of the year until that moment of it."""
        i = bisect_right(self.opens, moment) - 1
        return self.sums[i] - max(0, self.closes[i] - moment) if i >= 0 else 0

    def reached(self, i: int, goal: int) -> int:
        """The moment within the i-th opening at which `goal` is worked."""
        return self.closes[i] - (self.sums[i] - goal)


def open_hours(
    year: int, spans: Iterable[Span], windows_on: Callable[[date], tuple[Window, ...]]
) -> OpenHours:
    """The table of a year from its spans of constant offset and the windows of each local date."""
    opens: list[int] = []
    closes: list[int] = []
    for span in spans:
        for start, end in _within(span, windows_on):
            if closes and closes[-1] == start:
                closes[-1] = end
            else:
                opens.append(start)
                closes.append(end)
    lengths = (end - start for start, end in zip(opens, closes, strict=True))
    return OpenHours(
        year=year, opens=tuple(opens), closes=tuple(closes), sums=tuple(accumulate(lengths))
    )


def _within(
    span: Span, windows_on: Callable[[date], tuple[Window, ...]]
) -> Iterator[tuple[int, int]]:
    """The windows of every local date that the span touches, cut to the span."""
    first, last = (span.start + span.offset) // DAY, (span.end + span.offset) // DAY
    for day in range(first, last + 1):
        midnight = day * DAY - span.offset
        for window in windows_on(date.fromordinal(EPOCH_DAY + day)):
            start = max(midnight + window.start * MINUTE, span.start)
            end = min(midnight + window.end * MINUTE, span.end)
            if start < end:
                yield start, end
