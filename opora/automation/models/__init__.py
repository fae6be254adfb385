from opora.automation.models.category import RuleCategory
from opora.automation.models.firing import Firing
from opora.automation.models.holding import Holding
from opora.automation.models.letter import RuleLetter
from opora.automation.models.rule import Rule, RuleVersion
from opora.automation.models.standard import StandardRule
from opora.automation.models.trial import Trial

__all__ = ["Firing", "Holding", "Rule", "RuleCategory", "RuleLetter", "RuleVersion", "StandardRule", "Trial"]
