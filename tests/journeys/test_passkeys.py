"""Journey 3: a passkey from its enrolment to a counted vote, and a voter at an officer's desk.

The browser's own authenticator is the one that its developer tools offer: it makes and uses real
passkeys, and verifies its user unless it is told not to.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Any, Self

import pytest

from ballots.services import record
from ballots.services.names import read_name
from ballots.verifier.checks.summary import v40_summary
from ballots.verifier.verdict import CODES
from ballots.verifier.verification import verify
from participation.accounts.models import AccountRole
from participation.accounts.queries import account_by_email
from participation.core.access import Role
from participation.votes import services
from participation.votes.services.desk_officers import name_officers
from tests.journeys.living import Device, living
from tests.journeys.voting import STREET, Voter, settle
from tests.participation.people import MORNING, PASSWORD
from tests.participation.votes.hall import NAMES, NO, OPENS, YES, Hall, address

pytestmark = pytest.mark.browser

# No earlier ballot yet; and the browser would like a second algorithm, which rows cannot say.
EXPECTED = ("404 (NOT FOUND)", "publicKey.pubKeyCredParams")
LAPTOP = {"width": 1280, "height": 900}


@pytest.fixture
def live(built, tmp_path, clock):
    """The site under a name."""
    with living(tmp_path / "var", clock, host="localhost") as site:
        yield site


@dataclass
class Keys:
    """The authenticator of one browser; `used` counts its gestures."""

    cdp: Any
    id: str = ""
    used: list[Any] = field(default_factory=list)

    @classmethod
    def of(cls, device: Device) -> Self:
        """An authenticator that knows its user, as a phone's does."""
        keys = cls(device.context.new_cdp_session(device.page))
        keys.cdp.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        made = keys.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        keys.id = made["authenticatorId"]
        keys.cdp.on("WebAuthn.credentialAsserted", keys.note)
        return keys

    def note(self, asserted: Any) -> None:
        """Remembers a gesture."""
        self.used.append(asserted)

    def trusts(self, *, user: bool) -> None:
        """Whether the next finger is the owner's."""
        said = {"authenticatorId": self.id, "isUserVerified": user}
        self.cdp.send("WebAuthn.setUserVerified", said)


@dataclass
class Town:
    """The vote, and everybody's browsers."""

    live: Any
    hall: Hall
    make: Any
    files: Any

    def person(self, name: str = "", **options: Any) -> tuple[Voter, Keys]:
        """Somebody's browser, signed in unless they have no name, with its authenticator."""
        device = self.make(**{"locale": "en-GB"} | options)
        if name:
            device.sign_in(address(name))
        return Voter(self.hall, device, self.files), Keys.of(device)

    def verified(self) -> str:
        """The record passes forty checks; its summary in one line."""
        file = self.files / "record.suara"
        with file.open("wb") as output:
            record.write_zip(self.hall.platform.context, read_name(self.hall.vote.eid), output)
        found = verify(str(file))
        assert [each for each in CODES if found.findings.outcome(each) is not True] == []
        return v40_summary(found.summary)


@pytest.fixture
def town(live, device_of, tmp_path) -> Iterator[Town]:
    """A vote that is drawn up, with an account for everybody, one of them an officer."""
    with ExitStack() as stack:
        session = stack.enter_context(live.database.session())
        hall = Hall.of(session, live.app.extensions["suara-ballots"], live.clock)
        hall.platform = replace(hall.platform, origin=live.origin)
        for name in (*NAMES, "gita"):
            settle(session, name)
        officer = account_by_email(session, address("gita"))
        session.add(AccountRole(account_id=officer.id, role=Role.OFFICER))
        session.commit()
        yield Town(live, hall, device_of, tmp_path)


def enrol(person: Voter, label: str) -> None:
    """From the account page to an enrolled passkey."""
    page = person.page
    page.goto("/en/account")
    person.press("Add a passkey").device.sees("Add a passkey")
    assert person.faults() == []
    page.get_by_label("Name of this passkey").fill(label)
    page.get_by_label("Your password").fill(PASSWORD)
    person.press("Go on").device.sees("Now your device")
    assert person.faults() == []
    person.press("Make the passkey").says("Your passkey is enrolled.").says(label)


def unexpected(person: Voter) -> list[str]:
    """What went wrong in a browser, but for what is asked for and not there yet."""
    return [each for each in person.device.wrong if not any(word in each for word in EXPECTED)]


def begin(town: Town) -> None:
    """The vote from the announcement to the opening."""
    town.hall.do(services.announce, services.freeze)
    town.live.clock.moment = OPENS
    town.hall.do(services.open_voting)


def test_a_passkey_is_enrolled_stands_in_the_row_and_checks_in_by_one_gesture(town):
    """A1, A14, A15: and the public record shows that it was the voter's own."""
    voter, keys = town.person("ani")
    enrol(voter, "Telepon Ani")
    assert voter.faults() == []
    town.hall.draw_up(STREET).do(services.announce)
    voter.go_to_check_in().says("Passkeys in your row").says("Telepon Ani")
    assert voter.faults() == []
    town.hall.do(services.freeze)
    town.live.clock.moment = OPENS
    town.hall.do(services.open_voting)

    voter.make_key().press("Go on without a copy").sees("Now check in")
    voter.says("Your row asks for your passkey")
    assert voter.faults() == []
    voter.press("Check in").sees("You have checked in")
    assert len(keys.used) == 1
    voter.enter_booth().choose("Yes, close it").send()
    town.hall.vote_all(budi=NO, citra=YES).finish()
    said = town.verified()
    assert "1 by the voter's passkey, 2 by session, 0 at a desk" in said
    assert unexpected(voter) == []


def test_a_finger_that_is_not_the_owners_loses_nothing(town):
    """A15: the user is verified; a second try goes on where the first ended."""
    voter, keys = town.person("ani")
    enrol(voter, "Telepon Ani")
    town.hall.draw_up(STREET)
    begin(town)
    voter.make_key().press("Go on without a copy").sees("Now check in")
    keys.trusts(user=False)
    voter.press("Check in").says("Your passkey was not used.")
    assert voter.faults() == []
    keys.trusts(user=True)
    voter.press("Check in").sees("You have checked in")


def test_a_lost_answer_is_asked_for_again_without_a_second_gesture(town):
    """A20: the evidence is kept with the ask; a reload sends the same."""
    voter, keys = town.person("ani")
    enrol(voter, "Telepon Ani")
    town.hall.draw_up(STREET)
    begin(town)
    voter.made_hasty().make_key().press("Go on without a copy").sees("Now check in")
    voter.page.route("**/check-in", lambda route: route.abort())
    voter.press("Check in").says("The server cannot be reached.")
    voter.page.unroute("**/check-in")
    voter.page.reload()
    voter.sees("Now check in").press("Check in").sees("You have checked in")
    assert len(keys.used) == 1


def test_a_device_without_the_passkey_takes_up_the_key_of_one_that_checked_in(town):
    """A20: the registrars' stored answer needs no gesture."""
    voter, _keys = town.person("ani")
    enrol(voter, "Telepon Ani")
    town.hall.draw_up(STREET)
    begin(town)
    voter.make_key()
    file = voter.saved("Save the recovery file")
    voter.press("Go on").sees("Now check in").press("Check in").sees("You have checked in")

    other, keys = town.person("ani")
    other.go_to_check_in().sees("Bring your key to this device")
    other.page.get_by_label("Your recovery file").set_input_files(file)
    other.press("Take up the key").sees("You have checked in")
    assert keys.used == []


def test_a_voter_is_checked_in_at_the_officers_desk(town):
    """A13: by a link on the voter's own phone, six letters, and the officer's passkey."""
    voter, _keys = town.person("ani")
    enrol(voter, "Telepon Ani")
    officer, keys = town.person("gita", viewport=LAPTOP)
    enrol(officer, "Kunci meja")
    hall = town.hall.draw_up(STREET)
    gita = account_by_email(hall.session, address("gita"))
    name_officers(hall.session, hall.organiser, hall.vote, [gita.id], MORNING)
    hall.session.commit()
    begin(town)

    officer.page.goto("/en/desk")
    officer.press("Check-in desk").device.sees("Check-in desk")
    assert officer.faults() == []
    officer.press("Jalan Kenanga without cars")
    assert officer.faults() == []
    officer.page.get_by_label("E-mail address of the voter").fill(address("ani"))
    officer.press("Find the row").device.sees("1. The voter scans this")
    assert officer.faults() == []
    officer.page.get_by_text("The link in letters").click()
    link = officer.page.locator("#desk .name").inner_text()

    phone, phone_keys = town.person()  # nobody is signed in, and no passkey is on it
    phone.page.goto(link)
    phone.sees("Voting takes three steps").press("Begin").sees("Is this you?")
    phone.press("Yes, this is me").sees("Keep a copy of your key")
    phone.press("Go on without a copy").sees("Now check in").press("Check in")
    phone.sees("Show this to the officer")
    assert phone.faults() == []

    officer.device.sees("2. Compare and confirm")
    assert officer.code == phone.code
    assert len(officer.code.replace(" ", "")) == 6
    assert officer.faults() == []
    officer.press("The same: confirm with my passkey").device.sees("The voter has checked in")
    assert officer.faults() == []
    assert (len(keys.used), phone_keys.used) == (1, [])

    phone.sees("You have checked in").enter_booth().choose("Yes, close it").send()
    hall.vote_all(budi=NO, citra=YES).finish()
    said = town.verified()
    assert "2 by session, 1 at a desk (1 of them on rows with a passkey)" in said
    assert unexpected(officer) == unexpected(phone) == []
