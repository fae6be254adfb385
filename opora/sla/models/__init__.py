from opora.sla.models.clock import ClockRow
from opora.sla.models.exclusion import Exclusion
from opora.sla.models.policy import PolicyBook, PolicyVersion, SlaPolicy
from opora.sla.models.promise import Promise
from opora.sla.models.what_if import WhatIf

__all__ = ["ClockRow", "Exclusion", "PolicyBook", "PolicyVersion", "Promise", "SlaPolicy", "WhatIf"]
