"""A person's passkeys: enrolled on the account page, asked for by votes.

Signing in goes by password; a passkey shows at check-in that the voter themselves was there.
"""
