from deskwell.core.security import mac
from deskwell.core.settings import Settings


def webhook_secret(settings: Settings) -> str:
    """The shared secret of the webhook: the configured one, else one that follows from the secret key."""
    return settings.email_webhook_secret.get_secret_value() or mac(
        settings, "email webhook", "secret", length=40
    )
