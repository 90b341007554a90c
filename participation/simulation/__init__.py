"""Whole elections with made-up voters, over real HTTP against a running site.

voter     a voter's device: the steps of the protocol from one seed; pure
choices   what the voters will say: from a file of real ballots, or made up
wire      one connection, one answer
browser   the organiser's browser: pages, forms, sign-in
organiser the organiser's steps, on the pages of the desk
electors  the voters: checking in and casting, in worker processes
local     a site of the simulation's own, with a clock that it moves
run       the election from the first step to the verified record
"""
