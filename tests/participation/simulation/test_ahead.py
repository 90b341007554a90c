from datetime import timedelta

from participation.core.clock import system_clock
from participation.simulation.ahead import ClockAhead


def test_the_clock_moves_forward_for_everybody_and_never_back(tmp_path):
    file = tmp_path / "seconds-ahead"
    file.write_text("0")
    mine, theirs = ClockAhead(file), ClockAhead(file)
    assert abs(mine() - system_clock()) < timedelta(seconds=5)
    later = mine() + timedelta(hours=3)
    mine.move_to(later)
    assert later <= theirs() < later + timedelta(seconds=5)
    mine.move_to(later - timedelta(hours=2))
    assert theirs() >= later
