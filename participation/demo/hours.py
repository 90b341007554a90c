"""The demonstration's time: days before and after the day on which it is prepared."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass
class Hours:
    """A clock that the preparation sets, so that what it makes has a past.

    `now` is when it is prepared; `moment` what the clock shows. Both aware, UTC.
    """

    now: datetime
    zone: ZoneInfo
    moment: datetime

    @classmethod
    def of(cls, now: datetime, timezone: str) -> "Hours":
        """A clock that shows the present."""
        return cls(now, ZoneInfo(timezone), now)

    def __call__(self) -> datetime:
        """What the clock shows."""
        return self.moment

    def day(self, days: int) -> date:
        """The city's day so many days from today."""
        return self.now.astimezone(self.zone).date() + timedelta(days)

    def at(self, days: int, clock_time: str = "07:00") -> datetime:
        """A moment of that day, by the city's clocks."""
        local = datetime.combine(self.day(days), time.fromisoformat(clock_time), self.zone)
        return local.astimezone(UTC)

    def set(self, moment: datetime) -> datetime:
        """Sets the clock, never past the present: nothing here happens in the future."""
        self.moment = min(moment, self.now)
        return self.moment

    @property
    def today(self) -> date:
        """The city's day at the moment that the clock shows."""
        return self.moment.astimezone(self.zone).date()
