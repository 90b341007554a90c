"""Polls and referenda: drawing up, the roll, the freeze, opening, closing, the result.

The protocol is `ballots`' affair; here stands what people see and do. `box` ties the two.
"""
