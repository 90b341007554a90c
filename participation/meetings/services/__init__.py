"""Acts on meetings: draw up, announce, cancel, come, minute. Each flushes; none commits."""

from participation.meetings.services.agenda import (
    NewItem,
    add_item,
    change_item,
    move_item,
    remove_item,
)
from participation.meetings.services.attendance import (
    come,
    erase_attendance,
    forget,
    forget_who_came,
    stay_away,
)
from participation.meetings.services.drawing import announce, cancel, change, discard, draw_up
from participation.meetings.services.minutes import (
    Attendance,
    Said,
    add_said,
    begin_minutes,
    change_said,
    drop_correction,
    publish_minutes,
    remove_said,
    take_name_out,
    write_minutes,
)

__all__ = [
    "Attendance",
    "NewItem",
    "Said",
    "add_item",
    "add_said",
    "announce",
    "begin_minutes",
    "cancel",
    "change",
    "change_item",
    "change_said",
    "come",
    "discard",
    "draw_up",
    "drop_correction",
    "erase_attendance",
    "forget",
    "forget_who_came",
    "move_item",
    "publish_minutes",
    "remove_item",
    "remove_said",
    "stay_away",
    "take_name_out",
    "write_minutes",
]
