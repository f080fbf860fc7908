from deskwell.core.errors import Conflict


class ArticleMoved(Conflict):
    """Somebody else saved the article meanwhile."""

    code = "article_changed"
