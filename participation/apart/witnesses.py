"""Where witnesses answer, for a service that was told their addresses and no keys."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from ballots.services.context import no_witness
from ballots.services.wire import HttpWire, Unreachable, Wire


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Asks each address which key it has, when a key is looked for that is not known yet."""

    addresses: Sequence[str]
    wire: Wire = field(default_factory=HttpWire)
    _known: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, vkey: str) -> str:
        """Where the witness with this verifier key answers; raises Refused `not-found`."""
        if vkey not in self._known:
            self._ask()
        return self._known.get(vkey) or no_witness(vkey)

    def _ask(self) -> None:
        for address in self.addresses:
            try:
                said = json.loads(self.wire.ask("GET", f"{address}/witness").body)
                self._known[str(said["key"])] = address
            except (Unreachable, ValueError, KeyError, TypeError, RecursionError):
                continue
