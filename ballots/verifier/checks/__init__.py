"""The checks themselves: one function per number, named after it, raising `Fault`."""
