"""The stand-alone verifier of a consultation's record: twenty numbered checks.

Needs neither the site nor a database. It shares the parsers of entries and documents with the rest
of this feature, reading and counting of findings with the elections' verifier, and calls nothing of
what writes records. In reading order: `texts`, `checks` (one function per number), `history` (what
the log says, entry by entry), `notes`, `log`, `lines`, `beside`, `verification`, `report`,
`command`.
"""
