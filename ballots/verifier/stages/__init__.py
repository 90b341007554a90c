"""The checks in the order in which they lean on one another; `Case` is what they hand on."""
