from dataclasses import replace

from ballots.verifier.report import verdicts
from ballots.verifier.verdict import exit_code
from participation.core.access import Role
from participation.simulation.browser import Browser
from participation.simulation.choices import made_up_poll
from participation.simulation.local import local_site
from participation.simulation.organiser import Organiser
from participation.simulation.run import Run

VOTERS = 12


def test_a_voter_who_is_refused_is_reported_and_hinders_nobody(tmp_path):
    told = []
    with local_site() as site:
        organiser = site.sign_in(["organiser@simulation.test"], Role.ORGANISER)[0]
        people = site.sign_in([f"v{each}@simulation.test" for each in range(VOTERS)], Role.RESIDENT)
        people[3] = replace(people[3], cookie="suara=nobody")
        run = Run(
            host=site,
            organiser=Organiser(Browser(site.origin, organiser.cookie)),
            poll=made_up_poll("plurality", VOTERS),
            workers=1,
            tell=lambda *what: told.append(what),
        )
        verification = run.hold(people, tmp_path / "record.suara")
    assert len(run.failures) == 1
    assert run.failures[0].startswith("check_in: ")
    assert exit_code(verdicts(verification)) == 0
    assert verification.outcome["counted"] == [{"ballots": VOTERS - 1, "style": 1}]
    assert verification.summary.checked_in == VOTERS - 1
    assert ("check in", VOTERS, VOTERS) in told
    assert ("cast", VOTERS - 1, VOTERS - 1) in told
