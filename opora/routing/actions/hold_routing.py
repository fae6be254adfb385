"""Taking the right to give work away, so that one hand does it at a time."""

from opora.routing.models import RoutingSettings

ONE = 1


def hold_routing() -> RoutingSettings:
    """Return the settings of the desk, held until the transaction ends: whoever else distributes work waits.

    On SQLite the transaction holds the only write lock already; on PostgreSQL the row is locked.
    """
    RoutingSettings.objects.get_or_create(pk=ONE)
    return RoutingSettings.objects.select_for_update().get(pk=ONE)
