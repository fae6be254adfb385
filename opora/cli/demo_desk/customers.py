"""Inventing the people who write, and what they write about: names, addresses, orders, amounts."""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from opora.cli.demo_desk.hours import KYIV
from opora.cli.demo_desk.stories import Story, delay

Row = Mapping[str, Any]
RETURNING = 0.18
"""How many of the tellings are by somebody who has written before."""


@dataclass(frozen=True)
class Customer:
    """Somebody who writes: `address` is how one addresses them in a letter."""

    name: str
    address: str
    email: str
    is_woman: bool
    locale: str
    signs: str = ""


class Invention:
    """Invents customers from the tables `customers` and `desk`, some of whom return."""

    def __init__(self, customers: Row, desk: Row, rng: Random) -> None:
        self.table, self.desk, self.rng = customers, desk, rng
        self._known: dict[str, list[Customer]] = {}
        self._addresses: set[str] = set()

    def customer_of(self, story: Story) -> Customer:
        if story.who:
            return _written(story.who[0], story.language)
        if story.sender:
            return self._system(story)
        if story.brands == ["platiqo"]:
            return self._contact(story)
        return self._shopper(story.language)

    def _shopper(self, language: str) -> Customer:
        known = self._known.setdefault(language, [])
        if known and self.rng.random() < RETURNING:
            return self.rng.choice(known)
        names, is_woman = self.table[language], self.rng.random() < 0.6
        while True:
            first, address, latin = self.rng.choice(names["women" if is_woman else "men"]).split("|")
            man, woman, spelt = self.rng.choice(names["surnames"]).split("|")
            surname = spelt.split("/")[-1 if is_woman else 0]
            email = self._email(latin, surname, names["hosts"])
            if email not in self._addresses:
                break
        self._addresses.add(email)
        last = woman if is_woman else man
        if names.get("addresses_by_surname"):
            address = f"{address} {last}"
        made = Customer(f"{first} {last}", address, email, is_woman, language, self._sign(names, first, last))
        known.append(made)
        return made

    def _sign(self, names: Row, first: str, last: str) -> str:
        return self.rng.choice(names["signs"]).format(name=first, full=f"{first} {last}")

    def _email(self, first: str, last: str, hosts: list[str]) -> str:
        year = self.rng.randint(71, 99)
        shapes = [
            f"{first}.{last}",
            f"{last}.{first[0]}",
            f"{first}{year}",
            f"{first}_{last}",
            f"{first[0]}{last}{year}",
        ]
        return f"{self.rng.choice(shapes)}@{self.rng.choice(hosts)}"

    def _contact(self, story: Story) -> Customer:
        """A person of a client organization who writes the story's language."""
        found = [
            (row, contact.split("|"))
            for row in self.desk["organizations"]
            for contact in row["contacts"]
            if contact.endswith(f"|{story.language}") and story.org in ("", row["name"])
        ]
        row, (name, address, local, gender, language) = self.rng.choice(found)
        return Customer(name, address, f"{local}@{row['domains'][0]}", gender == "f", language, name)

    def _system(self, story: Story) -> Customer:
        name, email = (_one_of(text, self.rng) for text in story.sender)
        return Customer(
            name, name, email.replace("$card", str(self.rng.randint(100, 999))), False, story.language
        )


def slots_of(
    story: Story, customer: Customer, brand: Row, start: datetime, invention: Invention
) -> dict[str, str]:
    """Return what `$name`, `$order` and the other slots stand for in one telling."""
    rng, local = invention.rng, start.astimezone(KYIV)
    names = invention.table.get(story.language, invention.table["en"])
    products = invention.table["products"][brand["key"]]
    low, high = brand["price"]
    total = rng.randint(low // 10, high // 10) * 10 + 9
    due = local + (delay(story.due) if story.due else timedelta(days=7))
    return {
        "name": customer.address,
        "full": customer.name,
        "sign": customer.signs,
        "brand": brand["name"],
        "org": _organization_of(customer, invention.desk),
        "product": rng.choice(products.get(story.language) or products.get("en") or products["uk"]),
        "order": f"{brand['prefix']}-{rng.randint(180000, 219999)}",
        "sum": str(total),
        "amount": brand["currency"] % f"{total:,}".replace(",", " "),
        "city": rng.choice(names["cities"]),
        "card": str(rng.randint(1000, 9999)),
        "track": _track(rng, brand["key"]),
        "txn": f"{rng.getrandbits(32):08x}-{rng.getrandbits(16):04x}-4{rng.getrandbits(12):03x}-b{rng.getrandbits(12):03x}-{rng.getrandbits(48):012x}",
        "pid": "".join(rng.choices(string.ascii_lowercase + string.digits, k=10)),
        "rrn": str(rng.randint(10**11, 10**12 - 1)),
        "day": f"{local - timedelta(days=rng.randint(4, 9)):%d.%m}",
        "isoday": f"{local - timedelta(days=rng.randint(2, 5)):%Y-%m-%d}",
        "nextday": f"{local - timedelta(days=1):%Y-%m-%d}",
        "batch": f"{local - timedelta(days=80):%m/%Y}",
        "year": f"{local:%Y}",
        "due": f"{due:%Y-%m-%d}",
        "clock": f"{local - timedelta(minutes=rng.randint(12, 50)):%H:%M}",
        "clock2": f"{local + timedelta(minutes=rng.randint(25, 40)):%H:%M}",
        "stamp": f"{start - timedelta(minutes=rng.randint(2, 12)):%Y-%m-%dT%H:%M:%S}.{rng.randint(100, 999)}Z",
    }


def _written(text: str, language: str) -> Customer:
    name, address, email, gender = text.split("|")
    return Customer(name, address, email, gender == "f", language, name.split()[0])


def _one_of(text: str, rng: Random) -> str:
    """Choose among `[a|b]`, for the few texts that are made before there is a wording."""
    before, bracket, rest = text.partition("[")
    inside, _, after = rest.partition("]")
    return before + rng.choice(inside.split("|")) + after if bracket else text


def _organization_of(customer: Customer, desk: Row) -> str:
    domain = customer.email.rpartition("@")[2]
    return next((row["name"] for row in desk["organizations"] if domain in row["domains"]), "")


def _track(rng: Random, brand: str) -> str:
    if brand in {"gartenhain", "paperhood"}:
        return f"JJD{rng.randint(10**11, 10**12 - 1)}"
    if brand == "mavka":
        return f"6200{rng.randint(10**11, 10**12 - 1)}"
    return f"2045{rng.randint(10**9, 10**10 - 1)}"
