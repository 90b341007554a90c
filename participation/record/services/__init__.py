"""Acts on records, none of which commits.

`keep_records` turns what happened into entries and signs one checkpoint for each log that grew;
`files` gives the record away, file by file or whole; `receipt_of` a contributor's proof.
"""

from participation.record.services.keeping import keep_records, keyring_of
from participation.record.services.proving import receipt_of
from participation.record.services.telling import key_of

__all__ = ["keep_records", "key_of", "keyring_of", "receipt_of"]
