"""Journey 5: a voter checks in, votes, holds the receipt, votes again, all in a real browser."""

import json

import pytest

from ballots.draft import Draft
from ballots.receipt import Promised, check_promise, check_receipt
from ballots.services.names import read_name
from crypto.encoding import sha256
from crypto.note import TlogProof
from participation.votes import services
from participation.votes.outcome import read_outcome
from participation.votes.queries import result_of
from participation.votes.terms import terms_of
from tests.journeys.voting import APPROVED, LATER, RANKED, STREET, Voter, open_hall
from tests.participation.votes.hall import CHECK_IN_CLOSES, CLOSES, address

pytestmark = pytest.mark.browser

CASTING = ("/cast/", "/id/cast/", "/en/cast/", "/box/", "/elections/")
EXPECTED = "404 (NOT FOUND)"  # no earlier ballot, no receipt yet: asked for and not there


@pytest.fixture
def voter_of(live, device_of, tmp_path):
    """Makes voters: `voter_of()` signed in, `voter_of("")` on a device that knows nobody."""
    halls = []

    def make(name="ani", proposal=STREET, *, is_voting=True, **options):
        if not halls:
            opened = open_hall(live, proposal, is_voting=is_voting)
            halls.append((opened, opened.__enter__()))
        device = device_of(**{"locale": "en-GB"} | options)
        if name:
            device.sign_in(address(name))
        return Voter(halls[0][1], device, tmp_path)

    yield make
    for opened, _hall in halls:
        opened.__exit__(None, None, None)


def unexpected(voter):
    return [each for each in voter.device.wrong if EXPECTED not in each]


def draft_of(hall) -> Draft:
    return hall.platform.context.election(read_name(hall.vote.eid)).draft


def test_a_voter_goes_from_the_roll_to_a_receipt(voter_of, live):
    voter = voter_of()
    hall = voter.hall
    voter.check_in()
    before = len(live.arrived)
    voter.enter_booth().choose("Yes, close it").send()
    assert len(voter.code.split()) == 5

    promised = Promised.parse(voter.saved("Save the promise").read_bytes())
    payload_hash = promised.promise.payload_hash
    check_promise(promised, draft_of(hall), read_name(hall.vote.eid), payload_hash)

    voter.says("Your vote waits to be recorded.")
    live.clock.move(minutes=2)
    voter.press("Ask for the receipt").says("Recorded: entry 5 of 6 in the public record")
    receipt = voter.saved("Save the receipt").read_bytes()
    check_receipt(receipt, draft_of(hall), "ballots", payload_hash)
    assert sha256((TlogProof.parse(receipt).extra or b"")[32:]) == payload_hash

    casting = live.arrived[before:]
    assert len(casting) > 4
    assert {each.cookie for each in casting} == {""}, "A11: the browser itself sends no cookie"
    assert {each.referrer for each in casting} == {""}
    assert not [path for path, _cookie in live.sent_cookies if path.startswith(CASTING)]
    assert unexpected(voter) == []


def test_every_screen_of_check_in_and_booth_is_good_to_everybody(voter_of):
    voter = voter_of()
    faults = {}
    steps = (
        (voter.go_to_check_in, "Voting takes three steps"),
        (lambda: voter.press("Begin"), "Is this you?"),
        (lambda: voter.press("Yes, this is me"), "Keep a copy of your key"),
        (lambda: voter.press("Go on without a copy"), "Now check in"),
        (lambda: voter.press("Check in"), "You have checked in"),
        (voter.enter_booth, "Your vote"),
    )
    for act, heading in steps:
        act()
        faults[heading] = voter.sees(heading).faults()
    voter.choose("No").send()
    faults["the end"] = voter.faults()
    assert not any(faults.values()), faults
    assert unexpected(voter) == []


def test_voting_again_replaces_the_vote_and_the_last_one_counts(voter_of, live):
    voter = voter_of()
    voter.check_in().enter_booth().choose("Yes, close it").send()
    first = voter.code
    live.clock.move(minutes=2)
    voter.press("Ask for the receipt").says("Recorded:")
    voter.page.get_by_text("Changed your mind?").click()
    voter.says("Changes left until the close: 3.").press("Vote again")
    voter.says("You have voted already").choose("No").send()
    assert voter.code != first

    hall = voter.hall
    hall.vote_all(budi=1)  # the smallest group that is opened
    hall.finish()
    outcome = json.loads(result_of(hall.session, hall.vote))
    assert outcome["questions"][0]["totals"] == [0, 2]
    assert read_outcome(terms_of(hall.vote, "en"), result_of(hall.session, hall.vote))

    voter.go_to_booth().sees("Voting has ended").says("Is my vote in the count?")
    voter.press("Look for my vote in the record")
    voter.says("in the closed record, the one that is counted")
    assert voter.faults() == []
    assert voter.press("To the result").page.url.endswith("/result")


def test_a_reload_at_any_step_loses_nothing(voter_of):
    voter = voter_of().made_hasty()
    voter.make_key()
    voter.page.get_by_text("Rather write it down").click()
    key = voter.page.locator(".words").inner_text()
    voter.page.reload()
    voter.sees("Keep a copy of your key")
    voter.page.get_by_text("Rather write it down").click()
    assert voter.page.locator(".words").inner_text() == key

    voter.press("Go on").sees("Now check in")
    voter.device.context.set_offline(True)
    voter.press("Check in").says("The server cannot be reached.")
    voter.device.context.set_offline(False)
    voter.page.reload()
    voter.sees("Now check in").press("Check in").sees("You have checked in")
    voter.page.reload()
    voter.sees("You have checked in").enter_booth()

    voter.choose("No")
    voter.page.reload()
    assert voter.is_ticked("No"), "a half-made choice stays"
    voter.press("Look again before sending").sees("Is this what you want to say?")
    voter.device.context.set_offline(True)
    voter.press("Send my vote").says("The server cannot be reached.")
    voter.device.context.set_offline(False)
    voter.page.reload()
    assert voter.is_ticked("No"), "what could not be sealed stays chosen"

    voter.press("Look again before sending").sees("Is this what you want to say?")
    voter.page.route("**/ballots", lambda route: route.abort())
    voter.press("Send my vote").says("The server cannot be reached.")
    voter.page.unroute("**/ballots")
    voter.page.reload()
    voter.sees("Is this what you want to say?").says("This vote is sealed")
    voter.press("Send my vote").sees("Your vote is in the box")
    code = voter.code
    voter.page.reload()
    assert voter.sees("Your vote is in the box").code == code


def test_an_answer_that_is_lost_after_it_took_effect_is_asked_for_again(voter_of):
    """A20: the registrar and the box have acted, and the device does not know."""
    voter = voter_of().made_hasty()
    lost = []

    def lose(route):
        lost.append(route.fetch().status)
        route.abort()

    voter.make_key().press("Go on without a copy")
    voter.page.route("**/check-in", lose)
    voter.press("Check in").says("The server cannot be reached.")
    voter.page.unroute("**/check-in")
    voter.press("Check in").sees("You have checked in").enter_booth().choose("No")
    voter.press("Look again before sending").sees("Is this what you want to say?")
    voter.page.route("**/ballots", lose)
    voter.press("Send my vote").says("The server cannot be reached.")
    voter.page.unroute("**/ballots")
    voter.press("Send my vote").sees("Your vote is in the box")
    assert set(lost) == {200}
    voter.page.get_by_text("Changed your mind?").click()
    voter.says("Changes left until the close: 3.")


def test_a_key_with_its_signature_votes_on_another_device_without_an_account(voter_of):
    """A11: another device, another network, nobody signed in."""
    voter = voter_of()
    voter.check_in()
    voter.page.get_by_text("To vote on another device").click()
    file = voter.saved("Save the recovery file")

    other = voter_of("").go_to_booth().sees("Your key is not on this device")
    assert other.faults() == []
    other.page.get_by_label("Your recovery file").set_input_files(file)
    other.press("Take up the key")
    other.page.get_by_role("radio", name="No").wait_for()
    other.choose("No").send()
    assert unexpected(other) == []


def test_the_words_take_up_a_key_on_another_device_signed_in(voter_of):
    voter = voter_of()
    voter.make_key()
    voter.page.get_by_text("Rather write it down").click()
    words = voter.page.locator(".words li").all_inner_texts()
    assert len(words) == 33
    voter.press("Go on").sees("Now check in").press("Check in").sees("You have checked in")

    other = voter_of().go_to_check_in().sees("Bring your key to this device")
    assert other.faults() == []
    field = other.page.get_by_label("Or your 33 words")
    field.fill(" ".join(words[:32]))
    other.press("Take up the key").says("There are 32 words; there should be 33.")
    field.fill(" ".join(words))
    other.press("Take up the key").sees("You have checked in").enter_booth().choose("No").send()


def test_two_devices_that_made_a_key_each_end_with_the_one_that_was_signed(voter_of):
    """A2: the second key gets nothing, and the first can be brought to its device."""
    first, second = voter_of(), voter_of()
    second.make_key()
    first.make_key()
    file = first.saved("Save the recovery file")
    first.press("Go on").sees("Now check in").press("Check in").sees("You have checked in")
    second.press("Go on without a copy").sees("Now check in").press("Check in")
    second.says("You have checked in before, with another secret.")
    second.page.get_by_label("Your recovery file").set_input_files(file)
    second.press("Take up the key").sees("You have checked in")


def test_a_ranking_is_made_by_keyboard_alone(voter_of):
    voter = voter_of(proposal=RANKED)
    voter.check_in().enter_booth()
    assert voter.faults() == []
    page = voter.page
    page.get_by_label("Melati").focus()
    for keys in ("2", "Tab", "1", "Tab", "Tab", "Tab"):
        page.keyboard.press(keys)
    page.keyboard.press("Enter")
    voter.sees("Is this what you want to say?")
    assert page.locator(".choices dd").all_inner_texts() == ["1. Kenanga", "2. Melati"]
    assert voter.faults() == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    voter.sees("Your vote is in the box")
    assert voter.faults() == []


def test_a_choice_that_the_rule_forbids_is_explained_beside_it(voter_of):
    voter = voter_of(proposal=APPROVED)
    voter.check_in().enter_booth()
    voter.press("Look again before sending").says("Please choose.")
    assert voter.faults() == []
    voter.choose("Melati", "Kenanga", "Cempaka").press("Look again before sending")
    voter.says("You have marked too many.")
    voter.choose("Blank vote").press("Look again before sending")
    voter.sees("Is this what you want to say?").says("Blank vote")
    voter.press("Change").choose("Kenanga").send()


def test_a_rank_that_is_left_out_is_asked_for(voter_of):
    voter = voter_of(proposal=RANKED)
    voter.check_in().enter_booth()
    voter.page.get_by_label("Melati").select_option("1")
    voter.page.get_by_label("Kenanga").select_option("3")
    voter.press("Look again before sending").says("Rank 2 is missing.")


def test_a_forged_promise_is_not_taken_for_a_vote(voter_of):
    """A32: without the log's own signature there is no promise, and the voter is told."""
    voter = voter_of()
    voter.check_in().enter_booth().choose("No")

    def forge(route):
        answer = route.fetch()
        body = bytearray(answer.body())
        body[-1] ^= 1
        route.fulfill(response=answer, body=bytes(body))

    voter.page.route("**/ballots", forge)
    voter.press("Look again before sending").sees("Is this what you want to say?")
    voter.press("Send my vote").says("A signature from the server is not valid.")
    voter.page.unroute("**/ballots")
    voter.press("Send my vote").sees("Your vote is in the box")


def test_an_election_that_is_not_what_it_says_stops_the_voter(voter_of):
    """A3, A40: another manifest under this name, with one word changed, is not shown at all."""
    voter = voter_of()

    def change(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.body().replace(b"Kenanga", b"Kenanger"))

    voter.page.route("**/manifest.json", change)
    voter.go_to_check_in().sees("Stop: a check does not hold.").says("This election's document")
    assert voter.faults() == []
    voter.page.unroute("**/manifest.json")
    voter.press("Try again").sees("Voting takes three steps")


def test_a_browser_that_keeps_nothing_is_told_before_anything_is_made(voter_of):
    voter = voter_of()
    voter.device.context.add_init_script(
        "Object.defineProperty(globalThis, 'indexedDB', { value: undefined });"
    )
    voter.go_to_check_in().sees("This browser will not store anything.")
    voter.says("Leave private browsing")


def test_a_browser_without_the_cryptography_is_told_what_to_do(voter_of):
    voter = voter_of()
    voter.device.context.add_init_script(
        """const { importKey, generateKey } = SubtleCrypto.prototype;
        const without = (real) => function (...given) {
          const isNew = given.some((each) => (each?.name ?? each) === "Ed25519");
          if (isNew) return Promise.reject(new DOMException("Unrecognized", "NotSupportedError"));
          return real.apply(this, given);
        };
        SubtleCrypto.prototype.importKey = without(importKey);
        SubtleCrypto.prototype.generateKey = without(generateKey);"""
    )
    voter.go_to_check_in().sees("This browser is too old to vote with.")


def test_a_key_can_be_removed_from_a_device_that_is_not_ones_own(voter_of):
    """A37: nothing of the secret stays behind."""
    voter = voter_of()
    voter.check_in().enter_booth().choose("No").send()
    voter.page.get_by_text("Is this not your own device?").click()
    voter.press("Remove my key").sees("Your key is gone from this device")
    voter.page.reload()
    voter.sees("Your key is not on this device")


def test_who_was_signed_out_meanwhile_is_told_and_loses_nothing(voter_of):
    voter = voter_of()
    voter.make_key()
    voter.device.context.clear_cookies()
    voter.press("Go on without a copy").press("Check in").says("You have been signed out.")
    voter.device.sign_in(address("ani"))
    voter.go_to_check_in().sees("Now check in").press("Check in").sees("You have checked in")


def test_after_check_in_has_closed_those_who_checked_in_still_vote(voter_of, live):
    voter = voter_of()
    voter.check_in()
    live.clock.moment = CHECK_IN_CLOSES
    voter.hall.do(services.close_check_in)
    voter.page.reload()
    voter.sees("You have checked in").enter_booth().choose("No").send()
    live.clock.moment = CLOSES
    voter.page.reload()
    voter.sees("Voting has ended")


def test_check_in_may_end_before_voting_begins(voter_of, live):
    """A11: the best setting; the booth says when to come back."""
    voter = voter_of(proposal=LATER, is_voting=False)
    voter.check_in().says("The booth opens on").press("To the booth")
    voter.sees("The booth is not open yet")
    assert voter.faults() == []
    live.clock.moment = CHECK_IN_CLOSES
    voter.hall.do(services.open_voting, services.close_check_in)
    voter.press("Look again")
    voter.page.get_by_role("radio", name="No").wait_for()
    voter.choose("No").send()


def test_a_vote_whose_answer_was_lost_before_the_close_is_found_after_it(voter_of, live):
    voter = voter_of().made_hasty()
    voter.check_in().enter_booth().choose("No")
    voter.press("Look again before sending").sees("Is this what you want to say?")

    def lose(route):
        route.fetch()
        route.abort()

    voter.page.route("**/ballots", lose)
    voter.press("Send my vote").says("The server cannot be reached.")
    voter.page.unroute("**/ballots")
    voter.hall.finish()
    voter.page.reload()
    voter.sees("Voting has ended").press("Look for my vote in the record")
    voter.says("in the closed record, the one that is counted")
