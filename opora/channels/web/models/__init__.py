from opora.channels.web.models.link_salt import LinkSalt
from opora.channels.web.models.submission import Submission

__all__ = ["LinkSalt", "Submission"]
