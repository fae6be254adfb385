from opora.api.models.client import OAuthClient
from opora.api.models.job import Job
from opora.api.models.kept import KeptAttributes
from opora.api.models.remembered import RememberedAnswer
from opora.api.models.token import ApiToken

__all__ = ["ApiToken", "Job", "KeptAttributes", "OAuthClient", "RememberedAnswer"]
