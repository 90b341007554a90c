"""News on a device, in a browser: the worker really runs, only the push service is a twin.

A browser without a network of its maker's cannot be signed up, so `PushManager` answers as one
that was, under a key and an address of this test's.
"""

import pytest
from playwright.sync_api import expect

from participation.core.access import Role
from tests.factories.consultations import City
from tests.journeys import judging
from tests.journeys.crawl import LANGUAGES
from tests.journeys.living import PHONE
from tests.participation.notices.push.twin import push_service

pytestmark = pytest.mark.browser

YOGA = "p3@example.id"
PAGE = "/account/notices"
TWIN = """
(given) => {
  const made = () => ({
    endpoint: given.endpoint,
    toJSON: () => ({endpoint: given.endpoint, keys: {p256dh: given.p256dh, auth: given.auth}}),
    unsubscribe: async () => { localStorage.removeItem("twin"); return true; },
  });
  PushManager.prototype.getSubscription = async () => localStorage.getItem("twin") && made();
  PushManager.prototype.subscribe = async (asked) => {
    localStorage.setItem("twin", String(asked.applicationServerKey.length));
    return made();
  };
  Notification.requestPermission = async () => "granted";
  Object.defineProperty(Notification, "permission", {get: () => "granted"});
}
"""


def judge(page) -> None:
    for language in LANGUAGES:
        page.goto(f"/{language}{PAGE}")
        judging.learn_axe(page)
        found = [*judging.axe(page), *judging.narrow(page), *judging.identity(page, language)]
        page.set_viewport_size(PHONE)
        assert not found, f"{language}: {found}"
    page.goto(f"/en{PAGE}")


def test_a_device_is_signed_up_by_one_press_and_removed_by_another(live, device_of):
    with live.database.transaction() as session:
        City(session).person("Yoga Pratama", Role.RESIDENT)
    with push_service() as service:
        given = service.receiver().fields
        page = device_of(locale="en-GB").sign_in(YOGA).page
        page.add_init_script(f"({TWIN})({given!r})")
        page.goto(f"/en{PAGE}")
        judge(page)
        expect(page.get_by_text("scripts are off")).to_be_hidden()
        page.get_by_role("button", name="Show news on this device").click()
        expect(page.get_by_text("This device shows your news.", exact=True)).to_be_visible()
        assert page.evaluate("localStorage.getItem('twin')") == "65"
        script = "navigator.serviceWorker.ready.then(({active}) => active.scriptURL)"
        assert page.evaluate(script).endswith("/push.js")
        judge(page)
        page.get_by_role("button", name="Remove").click()
        expect(page.get_by_text("The device shows no more news.")).to_be_visible()
        expect(page.get_by_role("button", name="Show news on this device")).to_be_visible()
        assert page.evaluate("localStorage.getItem('twin')") is None
