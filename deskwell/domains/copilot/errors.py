from deskwell.core.errors import Conflict


class ModelNeeded(Conflict):
    """There is no local way to do this."""

    code = "model_needed"

    def __init__(self) -> None:
        super().__init__("This needs a language model. Connect one under Settings → AI, then try again.")
