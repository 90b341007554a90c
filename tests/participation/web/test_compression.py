"""Gzip, with a length that tells nothing."""

import gzip

GZIP = {"Accept-Encoding": "gzip, br"}


def test_a_page_arrives_compressed_and_whole(client):
    packed = client.get("/", headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data) == client.get("/").data


def test_who_does_not_ask_gets_it_plain(client):
    for accepted in ("", "br", "gzip;q=0"):
        plain = client.get("/", headers={"Accept-Encoding": accepted})
        assert "Content-Encoding" not in plain.headers


def test_the_length_of_the_same_page_varies(client):
    """Blurs the length from which a secret beside a guess could be read (BREACH)."""
    lengths = {len(client.get("/", headers=GZIP).data) for _ in range(30)}
    assert len(lengths) > 5


def test_small_answers_stay_as_they_are(notes, client):
    assert "Content-Encoding" not in client.get("/sign-out", headers=GZIP).headers
