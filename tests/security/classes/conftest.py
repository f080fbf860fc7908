"""The mail server and the articles that the classes are tried on."""

from tests.ai.conftest import shop, staff
from tests.email.conftest import account, admin, hand_in, settings, sink

__all__ = ["account", "admin", "hand_in", "settings", "shop", "sink", "staff"]
