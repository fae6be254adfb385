"""Counts what zenpy's incremental exports of tickets give, by time and by cursor."""

import json
import os
import sys

from zenpy import Zenpy

desk = Zenpy(subdomain="acme", email=os.environ["OPORA_EMAIL"], token=os.environ["OPORA_TOKEN"])
by_time = [ticket.id for ticket in desk.tickets.incremental(start_time=0)]
by_cursor = [
    ticket.id
    for ticket in desk.tickets.incremental(start_time=0, paginate_by_time=False, include=["metric_sets"])
]
people = [person.id for person in desk.users.incremental(start_time=0, paginate_by_time=False)]
counts = {
    "by time": len(set(by_time)),
    "by cursor": len(by_cursor),
    "once": len(set(by_cursor)),
    "people": len(people),
}
sys.stdout.write(json.dumps(counts))
