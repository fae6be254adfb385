"""The properties of tickets that conditions can ask about, by what they are about."""

from opora.tickets.conditions.fields import counts, people, properties, texts, times, updates

FIXED_FIELDS = [
    *properties.FIELDS,
    *people.FIELDS,
    *texts.FIELDS,
    *times.FIELDS,
    *counts.FIELDS,
    *updates.FIELDS,
]
