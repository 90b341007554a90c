"""Over the real network of this machine: what services answer, and what they may not do to us."""

import socket
import time
from threading import Thread
from uuid import uuid4

import pytest

from participation.core import reach
from participation.notices.push.sending import Gone, HttpPusher, Message, send_all

OPEN = HttpPusher(may_be_private=True)


def message(endpoint: str) -> Message:
    return Message(uuid4(), endpoint, {"TTL": "1"}, b"sealed")


def test_a_message_arrives_whole(service):
    assert OPEN.send(message(f"{service.origin}/201/one?two=3")) == 201
    ((path, headers, body),) = service.heard
    assert (path, body, headers["ttl"]) == ("/201/one", b"sealed", "1")
    assert f"http://{headers['host']}" == service.origin


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_said_to_be(service, status):
    with pytest.raises(Gone):
        OPEN.send(message(f"{service.origin}/{status}/one"))


@pytest.mark.parametrize("status", [302, 400, 429, 500, 503])
def test_other_refusals_are_dropped_after_one_try_and_led_nowhere(service, status):
    assert OPEN.send(message(f"{service.origin}/{status}/one")) == status
    assert len(service.heard) == 1


def test_private_places_are_never_connected_to(service):
    assert HttpPusher(may_be_private=False).send(message(f"{service.origin}/201/one")) == 0
    assert service.heard == []


def test_nobody_there_hinders_nobody(service):
    gone, good = message(f"{service.origin}/410/one"), message(f"{service.origin}/201/two")
    found = send_all(OPEN, [message("http://127.0.0.1:9/x"), gone, good])
    assert found == [gone.device_id]
    assert len(service.heard) == 2


def test_slow_services_are_waited_for_together(service):
    began = time.monotonic()
    send_all(OPEN, [message(f"{service.origin}/slow/{each}") for each in range(4)])
    assert len(service.heard) == 4
    assert time.monotonic() - began < 3


def test_what_was_not_begun_in_time_is_dropped(service):
    moments = iter([0.0, 0.0, 21.0])
    both = [message(f"{service.origin}/201/{each}") for each in range(2)]
    send_all(OPEN, both, clock=lambda: next(moments))
    assert len(service.heard) == 1


def test_an_answer_that_comes_byte_by_byte_is_cut_off(monkeypatch):
    monkeypatch.setattr(reach, "PATIENCE_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as place:

        def drip() -> None:
            line, _ = place.accept()
            with line:
                for _ in range(50):
                    try:
                        line.sendall(b"H")
                    except OSError:
                        return
                    time.sleep(0.1)

        thread = Thread(target=drip)
        thread.start()
        began = time.monotonic()
        assert OPEN.send(message(f"http://127.0.0.1:{place.getsockname()[1]}/x")) == 0
        assert time.monotonic() - began < 2
        thread.join()
