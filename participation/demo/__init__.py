"""The demonstration: a made-up city with its people, words and votes, all our own writing.

Texts stand in data files beside the modules that lay them down. Nothing here is used by a site
that is not a demonstration.
"""
