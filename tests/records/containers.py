"""Zip files as nobody should write them: one record in an odd container."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace

Files = dict[str, bytes]

_DATE = 0x21
_UTF8 = 0x800


@dataclass(frozen=True)
class Member:
    """A member as its two headers tell it; `listed` is its name in the list at the end."""

    name: bytes
    listed: bytes
    packed: bytes
    size: int
    crc: int
    method: int = 8
    flags: int = _UTF8
    offset: int | None = None


def member(path: str, octets: bytes) -> Member:
    """An honest member, deflated."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflater.compress(octets) + deflater.flush()
    return Member(path.encode(), path.encode(), packed, len(octets), zlib.crc32(octets))


def written(members: list[Member], *, before: bytes = b"", comment: bytes = b"") -> bytes:
    """A zip file of these members, in this order."""
    body, listed = bytearray(before), bytearray()
    for each in members:
        place = len(body) if each.offset is None else each.offset
        sizes = (each.crc, len(each.packed), each.size)
        head = (20, each.flags, each.method, 0, _DATE, *sizes)
        if each.offset is None:
            body += struct.pack("<IHHHHHIIIHH", 0x04034B50, *head, len(each.name), 0)
            body += each.name + each.packed
        listed += struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, *head, len(each.listed), 0, 0, 0, 0, 0, place
        )
        listed += each.listed
    count = len(members)
    end = (0, 0, count, count, len(listed), len(body), len(comment))
    return bytes(body + listed + struct.pack("<IHHHHIIH", 0x06054B50, *end) + comment)


def changed(files: Files, path: str, change: Callable[[Member], Member]) -> bytes:
    """The record with one member's headers changed."""
    members = [member(each, octets) for each, octets in sorted(files.items())]
    return written([change(each) if each.name.decode() == path else each for each in members])


def honest(files: Files) -> bytes:
    """The record in a container with nothing odd about it."""
    return written([member(each, octets) for each, octets in sorted(files.items())])


def renamed_in_list(files: Files) -> bytes:
    """A member whose two headers give it two names."""
    return changed(files, "policy", lambda each: replace(each, name=b"POLICY"))


def two_in_one_place(files: Files) -> bytes:
    """Two names in the list for one member."""
    members = [member(each, octets) for each, octets in sorted(files.items())]
    first = members[0]
    return written([*members, replace(first, listed=b"summary.json", offset=0)])


def behind_a_zero(files: Files) -> bytes:
    """A name that ends at a zero byte for some readers, and goes on for others."""
    return changed(
        files, "policy", lambda each: replace(each, name=b"policy\0x", listed=b"policy\0x")
    )


def larger_than_said(files: Files) -> bytes:
    """A member that is larger when unpacked than its headers say."""
    return changed(files, "policy", lambda each: replace(each, size=each.size - 1))


def smaller_than_said(files: Files) -> bytes:
    """A member that is smaller when unpacked than its headers say."""
    return changed(files, "policy", lambda each: replace(each, size=each.size + 1))


def wrong_check_sum(files: Files) -> bytes:
    """A member whose check sum is wrong, which nobody looks at."""
    return changed(files, "policy", lambda each: replace(each, crc=each.crc ^ 1))


def encrypted(files: Files) -> bytes:
    """A member that says it is encrypted."""
    return changed(files, "policy", lambda each: replace(each, flags=each.flags | 1))


def bytes_before(files: Files) -> bytes:
    """A container that begins with something else, and tells its places from its own start."""
    octets = honest(files)
    return b"#!/bin/sh\n" + octets


def bytes_before_counted(files: Files) -> bytes:
    """A container that begins with something else, and counts it."""
    members = [member(each, octets) for each, octets in sorted(files.items())]
    return written(members, before=b"#!/bin/sh\n")


def with_comment(files: Files) -> bytes:
    """A container with a comment at its end."""
    members = [member(each, octets) for each, octets in sorted(files.items())]
    return written(members, comment=b"a comment")


def bytes_behind(files: Files) -> bytes:
    """A container with bytes behind its end that are no comment."""
    return honest(files) + b"more"


def end_in_comment(files: Files) -> bytes:
    """A container whose comment holds the end of another, empty one."""
    members = [member(each, octets) for each, octets in sorted(files.items())]
    empty = written([])
    return written(members, comment=empty)


def other_slashes(files: Files) -> bytes:
    """Names with backslashes."""
    members = [member(each.replace("/", "\\"), octets) for each, octets in sorted(files.items())]
    return written(members)


def climbing(files: Files) -> bytes:
    """A name that leads out of the folder into which somebody might unpack it."""
    return honest(files | {"../../outside": b"x", "/absolute": b"x"})


def not_utf8(files: Files) -> bytes:
    """A name that is not UTF-8, though its flag says so."""
    members = [member(each, octets) for each, octets in sorted(files.items())]
    return written([*members, replace(member("x", b"x"), name=b"\xff", listed=b"\xff")])


def not_utf8_in_place(files: Files) -> bytes:
    """A member whose own header has a name that is not UTF-8, and the list another."""
    return changed(files, "policy", lambda each: replace(each, name=b"\xff" * 6))


def unflagged(files: Files) -> bytes:
    """A name beyond ASCII that does not say how it is written."""
    members = [member(each, octets) for each, octets in sorted(files.items())]
    odd = member("attachments/\N{LATIN SMALL LETTER E WITH ACUTE}", b"x")
    return written([*members, replace(odd, flags=0)])


def without_flag(files: Files) -> bytes:
    """Names without the flag that says they are UTF-8; they are ASCII all the same."""
    members = [member(each, octets) for each, octets in sorted(files.items())]
    return written([replace(each, flags=0) for each in members])


ALL = (
    honest, renamed_in_list, two_in_one_place, behind_a_zero, larger_than_said, smaller_than_said,
    wrong_check_sum, encrypted, bytes_before, bytes_before_counted, with_comment, bytes_behind,
    end_in_comment, other_slashes, climbing, not_utf8, not_utf8_in_place,
    unflagged, without_flag,
)  # fmt: skip
