import pytest

from deskwell.core.errors import Invalid
from deskwell.core.security import _common_passwords, check_password_rules


def test_the_three_thousand_most_common_passwords_are_refused_for_staff():
    assert len(_common_passwords()) >= 3000
    for password in ("Password1", "iloveyou", "trustno1", "helpdesk", "aaaaaaaab"):
        with pytest.raises(Invalid, match="too common"):
            check_password_rules(password, is_staff=True)
    check_password_rules("lantern harbour", is_staff=True)
    check_password_rules("secret", is_staff=False)
