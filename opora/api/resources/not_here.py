"""Parts of the wire that are add-ons of the vendor's and that no desk here has.

Clients probe them and leave them out when the answer is that of an account without the add-on.
"""

from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.problems import restricted
from opora.api.wire.routing import operation


@operation("GET", "channels/voice/phone_numbers")
def phone_numbers(call: Call) -> Json:
    """Telephony is not part of the desk; refused as for an account without it."""
    raise restricted()
