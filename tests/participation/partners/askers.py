"""Partners that answer without a network."""

import json
from dataclasses import dataclass, field

from participation.partners.asking import Silent

KEY = "A" * 43
OTHER_KEY = "B" * 42 + "A"
VKEY = "saksi.example+0123abcd+BGZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZm"


@dataclass
class NullAsker:
    """Answers by address; nobody else is there."""

    may_be_private: bool = False
    answers: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def ask(self, place):
        self.asked.append(place)
        if place not in self.answers:
            raise Silent("nobody")
        return self.answers[place]

    def say(self, origin, kind="registrar", name="KPU Kota", key=KEY):
        """Let a service answer at an origin."""
        said = {"kind": kind, "name": name, "key": key}
        self.answers[f"{origin}/{kind}"] = json.dumps(said).encode()
