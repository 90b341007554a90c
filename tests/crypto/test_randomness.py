from crypto.randomness import new_nonce, random_bytes, random_scalar


def test_random_bytes_have_the_length_asked_for_and_do_not_repeat():
    assert [len(random_bytes(count)) for count in (0, 1, 32)] == [0, 1, 32]
    assert random_bytes(32) != random_bytes(32)


def test_a_scalar_is_never_zero_and_never_the_order():
    assert {random_scalar(3) for _ in range(200)} == {1, 2}


def test_a_nonce_has_sixteen_bytes():
    assert len(new_nonce()) == 16
    assert new_nonce() != new_nonce()
