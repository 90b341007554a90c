"""SQL of elections: tables, logs, durable commits, secrets at rest. Decides nothing."""
