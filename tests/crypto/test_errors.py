import pytest

from crypto.errors import BadEncoding, BadKey, BadProof, BadSignature, CannotOpen, CryptoError


@pytest.mark.parametrize("leaf", [BadEncoding, BadKey, BadProof, BadSignature, CannotOpen])
def test_every_refusal_can_be_caught_as_one(leaf):
    with pytest.raises(CryptoError, match="why"):
        raise leaf("why")
    assert leaf.__doc__
