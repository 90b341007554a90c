"""The public record of a consultation: one append-only log, receipts, and its verifier.

Stands above `consultations`. Besides the seven files of every feature it has pure ones: `entries`
(what the log holds), `documents` (the files beside it), `commitment`, `tree`, `signing` and
`receipts`, and `verifying/`, which works where there is no site and no database. The format is told
in `docs/consultation-record.md`.
"""
