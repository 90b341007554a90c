"""Cookie-less JSON and record services over HTTP: the ballot box and the public record."""
