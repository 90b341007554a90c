"""Every page, as everybody who uses the site sees it, judged by one browser in both languages."""

import pytest

from tests.journeys.crawl import Walk

pytestmark = pytest.mark.browser

STARTS = (
    "/",
    "/consultations/pengelolaan-sampah-dari-rumah/clauses/pasal-7-ayat-2",
    "/second-device",
    "/language",
    "/register",
    "/forgotten-password",
)
DRAFT = "/consultations/pengelolaan-sampah-dari-rumah"
FORMS = {
    "": ("/sign-in", "/register", "/forgotten-password"),
    "sri": (f"{DRAFT}/clauses/pasal-12",),
    "ratna": ("/desk/consultations/new",),
    "dimas": ("/desk/votes/new",),
    "tuti": ("/desk/topics", "/desk/organisations", "/desk/roles"),
}
LEAST = {"": 40, "sri": 8, "ratna": 16, "dimas": 16, "tuti": 12}


@pytest.mark.parametrize("who", LEAST, ids=lambda who: who or "reader")
def test_every_page_is_good_to_everybody(visitor_of, who):
    device = visitor_of(who, reduced_motion="reduce")
    walk = Walk(device, is_known=bool(who)).through(*STARTS)
    for form in FORMS[who]:
        walk.sends_nothing(form)
    walk.misses("/no-such-page")
    print(f"{who or 'a reader'}: {len(walk.judged)} pages judged")  # noqa: T201 - its figure
    assert not walk.faults, "\n".join(walk.faults)
    assert len(walk.judged) >= LEAST[who]
