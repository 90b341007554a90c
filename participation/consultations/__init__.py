"""Consultations on draft regulations: import, publish, phases, clause by clause.

Stands above `comments` and `accounts`. Besides the seven files of every feature it has
`drafting/`, the pure parser from text to clause tree, on the floor of `rules`.
"""
