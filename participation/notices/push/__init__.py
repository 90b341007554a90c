"""News on devices: browsers that people allowed to be told, and the messages to them (RFC 8030)."""
