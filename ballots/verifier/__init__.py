"""The stand-alone verifier: forty checks on a public record (protocol, section 10).

It shares the parsers of documents and the counting rules with the rest of `ballots`, and never
calls what it checks: entries, order, parameters, evidence and openings are stated again here from
the protocol's page. In reading order: `verdict`, `reading`, `election`; `logs` (how a log goes by),
`checks` (one function per number), `bulk` (what worker processes do), `stages` (what leans on
what), `verification`, `report`. Run it with `python -m ballots.verifier RECORD`.
"""
