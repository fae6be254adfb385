"""Django settings of Opora. What an operator may change comes from the environment; nothing else does."""

from opora.settings.base import *
from opora.settings.database import DATABASES as DATABASES
from opora.settings.security import *
