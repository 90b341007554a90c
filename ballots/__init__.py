"""Elections: their documents, logs, credentials and counts; see `docs/protocol.md`.

The files directly here, `counting` and `verifier` are pure; `store` and `services` keep and act,
`web` answers over HTTP.
"""
