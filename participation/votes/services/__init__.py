"""Acts on a vote, one function each: rules, rows, one event; flushed, never committed.

drawing   draw_up, redraw, set_roll
sealing   announce, withdraw, freeze
holding   open_voting, close_check_in, close_voting, reveal_keys, count, count_and_publish
figures   what is published of turnout

From `announce` on an act also takes the `Platform`, whose elections it writes in the session's
own transaction: both take effect together, or neither.
"""

from participation.votes.services.drawing import draw_up, redraw, set_roll
from participation.votes.services.figures import refresh_figures, refresh_running
from participation.votes.services.holding import (
    close_check_in,
    close_voting,
    count,
    count_and_publish,
    open_voting,
    reveal_keys,
)
from participation.votes.services.sealing import announce, freeze, withdraw

__all__ = [
    "announce",
    "close_check_in",
    "close_voting",
    "count",
    "count_and_publish",
    "draw_up",
    "freeze",
    "open_voting",
    "redraw",
    "refresh_figures",
    "refresh_running",
    "reveal_keys",
    "set_roll",
    "withdraw",
]
