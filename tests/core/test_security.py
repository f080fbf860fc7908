from datetime import timedelta

import jwt
import pytest

from deskwell.core import clock, limits
from deskwell.core.clock import now
from deskwell.core.errors import TooMany
from deskwell.core.ids import new_id
from deskwell.core.placeholders import render, unknown
from deskwell.core.security import is_mac, mac, read_token, seal, sign_token, unseal
from tests.conftest import test_settings

OLD, NEW = "o" * 40, "n" * 40


def test_sealed_secrets_survive_a_new_key_and_belong_to_their_purpose():
    before = test_settings("", secret_key=OLD)
    after = test_settings("", secret_key=NEW, previous_secret_keys=[OLD])
    sealed = seal(before, "hunter2", purpose="smtp")
    assert b"hunter2" not in sealed
    assert unseal(after, sealed, purpose="smtp") == "hunter2"
    with pytest.raises(ValueError, match="enter it again"):
        unseal(after, sealed, purpose="imap")
    with pytest.raises(ValueError, match="enter it again"):
        unseal(test_settings("", secret_key=NEW), sealed, purpose="smtp")


def test_macs_bind_every_part_and_empty_ones_never_match():
    settings = test_settings("")
    good = mac(settings, "reply", "ticket", "person")
    assert is_mac(settings, good, "reply", "ticket", "person")
    assert not is_mac(settings, good, "reply", "ticket", "other")
    assert not is_mac(settings, good, "other", "ticket", "person")
    assert not is_mac(settings, "", "reply", "ticket", "person")


@pytest.mark.parametrize("trick", ["none", "other key", "expired", "no session", "RS256 header"])
def test_forged_tokens_are_nobody(trick):
    settings = test_settings("")
    claims = {"sub": "x", "sid": str(new_id()), "aud": "deskwell", "exp": now() + timedelta(hours=1)}
    good = sign_token(settings, new_id(), new_id(), now() + timedelta(hours=1))
    assert read_token(settings, good) is not None
    forged = {
        "none": jwt.encode(claims, None, "none"),
        "other key": jwt.encode(claims, "z" * 40, "HS256"),
        "expired": sign_token(settings, new_id(), new_id(), now() - timedelta(minutes=5)),
        "no session": jwt.encode({**claims, "sid": None}, settings.key_bytes(), "HS256"),
        "RS256 header": good.replace(good.split(".")[0], "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9"),
    }[trick]
    assert read_token(settings, forged) is None


def test_a_weak_key_is_refused():
    with pytest.raises(ValueError, match="at least 32 bytes"):
        test_settings("", secret_key="short").key_bytes()


async def test_a_limit_counts_refusals_and_ends_with_its_window(context):
    key = new_id().hex
    for _ in range(limits.TABLE["reset"].count):
        await limits.hit(context, "reset", key)
    with pytest.raises(TooMany) as refused:
        await limits.hit(context, "reset", key)
    assert 0 < refused.value.retry_after <= limits.TABLE["reset"].seconds


def test_placeholders_are_filled_once_and_escaped():
    values = {"customer_name": "{{ticket_id}} <b>", "ticket_id": "7"}
    assert render("Hi {{ customer_name }}", values) == "Hi {{ticket_id}} <b>"
    assert render("<p>{{customer_name}}</p>", values, as_html=True) == "<p>{{ticket_id}} &lt;b&gt;</p>"
    assert unknown("{{customer_name}} {{''.__class__}}", values) == ["''.__class__"]


def test_the_clock_of_a_test_can_be_turned():
    before = now()
    with clock.shifted(timedelta(days=2)):
        assert now() - before > timedelta(days=1)
    assert now() - before < timedelta(hours=1)
