"""Built files, and pages without them."""

import json

from participation.web.assets import read_assets


def test_a_built_file_is_named_with_its_digest(tmp_path):
    (tmp_path / "dist").mkdir()
    built = {"suara.css": {"file": "suara-1a2b.css", "integrity": "sha384-x"}}
    (tmp_path / "dist" / "manifest.json").write_text(json.dumps(built))
    found = read_assets(tmp_path)["suara.css"]
    assert (found.url, found.integrity) == ("/static/suara-1a2b.css", "sha384-x")


def test_without_a_build_the_pages_use_the_sources_and_the_log_says_what_to_do(tmp_path, capsys):
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "suara.css").write_text("")
    assert read_assets(tmp_path)["suara.css"].url == "/static/css/suara.css"
    assert "make build" in capsys.readouterr().out


def test_the_style_sheet_of_a_page_can_be_fetched_and_is_not_cached_for_ever_unless_hashed(
    client, browser
):
    sheet = browser.visit("/").all("link", rel="stylesheet")[0].attributes["href"]
    with client.get(sheet) as response:
        assert response.status_code == 200
    assert response.mimetype == "text/css"
    hashed = not sheet.startswith("/static/css/")
    assert ("immutable" in response.headers["Cache-Control"]) is hashed


def test_who_saves_data_is_spared_the_typeface(client):
    plain = client.get("/")
    spared = client.get("/", headers={"Save-Data": "on"})
    assert "woff2" not in spared.text
    assert "font.css" not in spared.text
    assert "Save-Data" in plain.headers["Vary"]
