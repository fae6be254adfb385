"""`audit verify`: whether the chain over the log holds."""

import sys

import django


def run(arguments: list[str]) -> int:
    django.setup()
    from opora.events.models import Seal
    from opora.events.sealing import first_broken_seal, seal_events

    if arguments != ["verify"]:
        print("Usage: bin/opora audit verify", file=sys.stderr)
        return 2
    broken = first_broken_seal()
    if broken:
        print(f"The log was changed: between events {broken.first_event_id} and {broken.last_event_id}.")
        return 1
    newly = seal_events()
    sealed = sum(Seal.objects.values_list("events", flat=True))
    print(
        f"The log is whole: {sealed} events under {Seal.objects.count()} seals, {newly} of them sealed now."
    )
    return 0
