"""Journey 2: a resident reads a draft, comments on a clause and replies, on a phone."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

LIST = "/en/consultations"
DRAFT = "Pengelolaan sampah dari rumah"
HERE = f"{LIST}/pengelolaan-sampah-dari-rumah"
WORDS = "Gang kami sempit: gerobak tidak bisa berbelok di ujungnya."


@pytest.fixture
def phone(visitor_of):
    """A phone whose scripts are off, of somebody who has not signed in."""
    return visitor_of(java_script_enabled=False)


def begin(phone, clause):
    """Opens a clause and the form below it; where nobody has spoken it stands open already."""
    phone.page.goto(f"{HERE}/clauses/{clause}")
    if not phone.page.get_by_label("Your comment").is_visible():
        phone.page.get_by_text("Write a comment").click()


def write(phone, clause, words, stance="Concern"):
    """Opens a clause, fills in a comment and sends it."""
    begin(phone, clause)
    if stance:
        phone.page.get_by_text(stance, exact=True).click()
    phone.page.get_by_label("Your comment").fill(words)
    phone.press("Send comment")


def sign_in_here(phone, email, password):
    """Fills in the sign-in page that stands in the way."""
    phone.sees("Sign in")
    phone.page.get_by_label("E-mail address").fill(email)
    phone.page.get_by_label("Password").fill(password)
    phone.press("Sign in")


def test_from_the_list_over_the_chapters_to_a_clause(phone):
    page = phone.page
    page.goto(LIST)
    phone.press(DRAFT).sees(DRAFT)
    chapters = page.get_by_role("navigation", name="Chapters of the draft")
    assert chapters.get_by_role("link").count() == 6  # the preamble and five chapters
    chapters.get_by_role("link", name="Pemilahan").click()
    article = page.locator("#pasal-7-ayat-2")
    article.get_by_role("link", name="comment").click()
    assert page.url.endswith("/clauses/pasal-7-ayat-2")
    phone.sees("Pasal 7 ayat (2)")
    assert "Pasar Legi tutup pukul 14.00" in page.locator("#thread").inner_text()
    assert not phone.wrong


def test_a_comment_written_before_signing_in_is_kept_sent_and_seen(phone, demonstration):
    page = phone.page
    write(phone, "pasal-2-huruf-a", WORDS)
    assert "Your text is kept" in page.locator("main").inner_text()
    sign_in_here(phone, *demonstration.sign_in("sri"))
    assert page.get_by_label("Your comment").input_value() == WORDS
    assert page.get_by_role("radio", name="Concern").is_checked()
    phone.press("Send comment")
    said = page.locator("article.said", has_text=WORDS)
    expect(said.locator("header")).to_contain_text("Sri Hartati")
    expect(said.locator(".chip")).to_have_text("concern")
    expect(page.get_by_role("status")).to_contain_text("The office answers by")


def test_a_reply_stands_below_the_comment(visitor_of):
    phone = visitor_of("yoga", java_script_enabled=False)
    phone.page.goto(f"{HERE}/clauses/pasal-10-ayat-1")
    phone.page.locator("article.said").first.get_by_role("link", name="Reply").first.click()
    phone.page.get_by_label("Your reply").fill("Di gang kami sudah begitu.")
    phone.press("Send reply")
    below = phone.page.locator("article.said article.said", has_text="Di gang kami sudah begitu.")
    expect(below.locator("header")).to_contain_text("Yoga Pratama")


def test_words_survive_an_error(visitor_of):
    phone = visitor_of("sri", java_script_enabled=False)
    write(phone, "pasal-3", WORDS, stance="")
    summary = phone.page.get_by_role("alert")
    expect(summary).to_contain_text("Choose what it is")
    assert phone.page.get_by_label("Your comment").input_value() == WORDS
    summary.get_by_role("link").click()  # leads to the field
    assert phone.page.url.endswith("#stance-0")
    phone.page.get_by_text("Idea", exact=True).click()
    phone.press("Send comment")
    expect(phone.page.locator("article.said", has_text=WORDS)).to_be_visible()


def test_words_survive_a_sign_in_that_ended_meanwhile(visitor_of, demonstration):
    phone, other = (visitor_of("yoga", java_script_enabled=False) for _ in range(2))
    begin(phone, "pasal-4")
    phone.page.get_by_text("Question", exact=True).click()
    phone.page.get_by_label("Your comment").fill("Apakah baterai juga termasuk?")
    other.page.goto("/en/account")
    other.press("Sign out everywhere else")
    expect(other.page.get_by_role("status")).to_contain_text("Every other device is signed out")
    phone.press("Send comment")
    sign_in_here(phone, *demonstration.sign_in("yoga"))
    assert phone.page.get_by_label("Your comment").input_value() == "Apakah baterai juga termasuk?"
    phone.press("Send comment")
    expect(phone.page.locator("article.said", has_text="Apakah baterai")).to_be_visible()


def test_with_scripts_a_comment_comes_without_loading_the_page_again(visitor_of):
    phone = visitor_of("sri")
    begin(phone, "pasal-5")
    phone.page.evaluate("() => { window.isStillHere = true; }")
    phone.press("Send comment")  # an error is shown in place, too
    expect(phone.page.get_by_role("alert")).to_contain_text("Choose what it is")
    phone.wrong.clear()  # the browser notes every answer of 422
    phone.page.get_by_text("Support", exact=True).click()
    phone.page.get_by_label("Your comment").fill("Wadah kedua sudah kami pakai.")
    phone.press("Send comment")
    said = phone.page.locator("article.said", has_text="Wadah kedua sudah kami pakai.")
    expect(said).to_be_visible()
    assert phone.page.evaluate("() => window.isStillHere")
    assert not phone.wrong


def test_half_typed_words_are_there_after_a_reload_and_gone_once_they_arrived(visitor_of):
    phone = visitor_of("yoga")
    begin(phone, "pasal-6")
    phone.page.get_by_label("Your comment").press_sequentially("Setengah kalimat")
    phone.page.reload()
    expect(phone.page.get_by_label("Your comment")).to_have_value("Setengah kalimat")
    phone.page.get_by_text("Idea", exact=True).click()
    phone.press("Send comment")
    expect(phone.page.locator("article.said", has_text="Setengah kalimat")).to_be_visible()
    begin(phone, "pasal-6")
    expect(phone.page.get_by_label("Your comment")).to_have_value("")


def test_half_typed_words_do_not_stay_for_the_next_person_at_the_device(visitor_of):
    phone = visitor_of("sri")
    begin(phone, "pasal-8")
    phone.page.get_by_label("Your comment").press_sequentially("Rahasia")
    phone.page.goto("/en/sign-out")
    phone.press("Sign out")
    expect(phone.page.get_by_role("status")).to_contain_text("You are signed out")
    assert phone.page.evaluate("() => localStorage.length") == 0
