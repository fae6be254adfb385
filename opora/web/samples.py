"""People, tickets and a conversation for the gallery: long names, right-to-left text, many tags, three languages."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

TAG_WORDS = """
    оплата повернення stripe refund доставка DHL затримка vip німеччина de пошкоджено заміна гарантія
    дитячий-велосипед b2c повторне-звернення chargeback paypal промокод знижка склад нова-пошта
    митниця інвойс пдв юрособа договір sla-gold ескалація l2 бухгалтерія перевірка-особи кіпр польща
    мобільний-застосунок ios помилка-інтеграції api вебхук чекає-на-партнера
    очікує-підтвердження-від-служби-безпеки-банку
"""
TAGS = TAG_WORDS.split()

MARIA = SimpleNamespace(pk=1, name="Марія Коваленко", role="Agent, Support DE")
OLEKSANDRA = SimpleNamespace(pk=2, name="Олександра-Вікторія Кучеренко-Лисогорська", role="Team lead")
TARAS = SimpleNamespace(pk=3, name="Тарас Бондар", role="Finance")
JONAS = SimpleNamespace(pk=4, name="Jonas Wießmann", role="Customer")
NOUR = SimpleNamespace(pk=5, name="نور الهاشمي", role="Customer")
DESK = SimpleNamespace(pk=6, name="Peter O’Sullivan", role="Carrier")

OPTIONS: dict[str, list[dict[str, Any]]] = {
    "people": [
        {"value": person.pk, "label": person.name, "hint": person.role, "url": f"/people/{person.pk}"}
        for person in (MARIA, OLEKSANDRA, TARAS, JONAS, NOUR, DESK)
    ],
    "tags": [{"value": tag, "label": tag} for tag in TAGS],
    "macros": [
        {
            "value": 1,
            "label": "Повернення: кошти надіслано",
            "hint": "uk",
            "html": "<p>Ми повернули кошти.</p>",
        },
        {
            "value": 2,
            "label": "Refund: on its way",
            "hint": "en",
            "html": "<p>Your refund is on its way.</p>",
        },
        {
            "value": 3,
            "label": "Rückerstattung veranlasst",
            "hint": "de",
            "html": "<p>Die Rückerstattung läuft.</p>",
        },
    ],
}


CONDITIONS: dict[str, Any] = {
    "conditions": {
        "all": [
            {"field": "status", "operator": "less_than", "value": "solved"},
            {"field": "tags", "operator": "includes", "value": ["refund", "vip"]},
            {"field": "hours_updated", "operator": "greater_than", "value": 48},
        ],
        "any": [
            {"field": "priority", "operator": "is", "value": "urgent"},
            {"field": "subject", "operator": "includes_words", "value": "термінове urgent"},
        ],
    },
    "trigger": {
        "all": [
            {"field": "comment", "operator": "is", "value": "public"},
            {"field": "priority", "operator": "value", "value": "urgent"},
            {"field": "hours_updated", "operator": "greater_than", "value": "soon"},
        ]
    },
}


# Of a sample row: `due` in minutes from now, `brand` a hue, `looking` who has it open.
COLUMNS = (
    "status",
    "who",
    "subject",
    "last",
    "due",
    "state",
    "share",
    "unread",
    "assignee",
    "brand",
    "tags",
    "looking",
)


def components() -> dict[str, Any]:
    now = timezone.now()
    return {
        "people": [MARIA, OLEKSANDRA, TARAS, JONAS, NOUR, DESK],
        "tags": TAGS,
        "statuses": ["new", "open", "pending", "hold", "solved", "closed"],
        "priorities": ["low", "normal", "high", "urgent"],
        "brands": ["Velo & Kids", "Lumière", "Городній дім"],
        "soon": now + timedelta(minutes=25),
        "later": now + timedelta(hours=5),
        "past": now - timedelta(minutes=14),
        "yesterday": now - timedelta(hours=30),
        "long_ago": now - timedelta(days=400),
        "trend": [12, 14, 11, 16, 15, 19, 17, 22, 18, 24],
        "falling": [9, 8.4, 8.8, 7.1, 7.4, 6.0, 5.2, 5.5, 4.1],
    }


def workspace() -> dict[str, Any]:
    return {
        "rows": _rows(),
        "conversation": _conversation(),
        "customer": JONAS,
        "me": MARIA,
        "recipients": [{"value": "jonas.wiessmann@example.de", "label": JONAS.name}],
        **components(),
    }


def _rows() -> list[SimpleNamespace]:
    now = timezone.now()
    lines = [
        ("open", JONAS, "Fahrrad beschädigt angekommen, bitte um Ersatz", "Anbei noch zwei Fotos vom Rahmen…", 120,
         "running", 0.4, False, MARIA, 4, ["DHL", "заміна"], [OLEKSANDRA]),
        ("new", OLEKSANDRA, "Не проходить оплата карткою ПриватБанку у мобільному застосунку", "Пробувала тричі, щоразу «відмова банку»", -14,
         "late", 1, True, None, 1, ["оплата", "ios", "повторне-звернення"], []),
        ("open", NOUR, "لم يصل الطلب رقم 48213 حتى الآن", "مرحباً، لقد مر أسبوعان على الطلب", 25, "soon", 0.85, True, TARAS, 7, ["доставка"], [MARIA, TARAS]),
        ("pending", DESK, "Re: Claim 7781-DE: carrier statement", "We will come back to you by Friday.", 900, "paused", 0.3, False, MARIA, 4, ["DHL"], []),
        ("hold", SimpleNamespace(pk=9, name="ТОВ «Платіжні рішення»"), "Розбіжність у звірці за жовтень: 3 транзакції", "Передали на L3, чекаємо на логи", 2880, "running", 0.1, False, TARAS, 9, ["sla-gold", "ескалація"], []),
        ("open", SimpleNamespace(pk=10, name="Iryna"), "Promo code VELO10 🚲 does not apply", "ok, thank you!!", 300, "running", 0.2, True, None, 4, [], []),
        ("open", SimpleNamespace(pk=11, name="Євгенія Щербакова"), "Повернення коштів за скасоване замовлення № 51877", "Коли чекати на гроші?", 64, "running", 0.6, False, OLEKSANDRA, 1, ["refund", "stripe"], []),
        ("solved", SimpleNamespace(pk=12, name="Łukasz Brzęczyszczykiewicz"), "Faktura VAT za zamówienie 50991", "Dziękuję, wszystko się zgadza.", 0, "met", 1, False, MARIA, 2, ["інвойс"], []),
        ("open", SimpleNamespace(pk=13, name="Ганна Петренко"), "Зміна адреси доставки", "Нове відділення № 112, будь ласка", 480, "running", 0.15, False, None, 1, ["нова-пошта"], []),
        ("new", SimpleNamespace(pk=14, name="api-monitor@bank.example"), "[ALERT] webhook 502 × 47 in 5 min", "upstream connect error or disconnect/reset", 8, "soon", 0.9, True, None, 9, ["api", "вебхук"], []),
        ("pending", SimpleNamespace(pk=15, name="Carla Reiß"), "Größentabelle für Helme fehlt", "Danke, ich messe nach!", 1500, "paused", 0.5, False, MARIA, 4, [], []),
        ("open", SimpleNamespace(pk=16, name="Андрій"), "?", "Добрий день", 200, "running", 0.3, False, None, 2, [], []),
        ("closed", SimpleNamespace(pk=17, name="Mykola Hrytsenko"), "Chargeback CB-2291, documents", "Closed by automation after 5 days", 0, "met", 1, False, TARAS, 9, ["chargeback"], []),
    ]  # fmt: skip
    rows = [
        SimpleNamespace(number=51_904 - place * 7, **dict(zip(COLUMNS, line, strict=True)))
        for place, line in enumerate(lines)
    ]
    for place, row in enumerate(rows):
        row.due_at = now + timedelta(minutes=row.due, seconds=30 if row.due >= 0 else -30)
        row.updated_at = now - timedelta(minutes=3 + place * 37)
        row.priority = ["high", "urgent", "normal", "low"][place % 4]
    return rows


def _conversation() -> list[SimpleNamespace]:
    now = timezone.now()
    return [
        SimpleNamespace(kind="message", who=JONAS, ago=now - timedelta(hours=27), to="hilfe@velo-kids.example", body=SafeString(GERMAN), quote="", images=2, ours=False, files=FILES),
        SimpleNamespace(kind="events", lines=[
            ("zap", SafeString("Rule <b>German mail to Support DE</b> set the group and added <b>de</b>"), now - timedelta(hours=27)),
            ("user-check", SafeString("<b>Олександра-Вікторія Кучеренко-Лисогорська</b> assigned this to <b>Марія Коваленко</b>"), now - timedelta(hours=26)),
        ]),
        SimpleNamespace(kind="message", who=MARIA, ago=now - timedelta(hours=25), to="jonas.wiessmann@example.de", body=SafeString(ANSWER), quote="Am 20. Nov. 2026 um 09:14 schrieb Jonas Wießmann: Guten Tag, heute kam das Kinderrad…", images=0, ours=True, delivery="opened", files=[]),
        SimpleNamespace(kind="note", who=OLEKSANDRA, ago=now - timedelta(hours=3), body=SafeString(NOTE), files=[]),
        SimpleNamespace(kind="fold", count=14, lines=[
            ("tag", SafeString("<b>Марія Коваленко</b> added <b>DHL</b>, <b>заміна</b>"), now - timedelta(hours=3)),
            ("clock", SafeString("The clock <b>Next reply</b> paused while we waited for the customer"), now - timedelta(hours=25)),
        ]),
        SimpleNamespace(kind="unread"),
        SimpleNamespace(kind="message", who=DESK, ago=now - timedelta(minutes=52), to="hilfe@velo-kids.example", body=SafeString(ENGLISH), quote="On 20 Nov 2026, Velo & Kids wrote: Dear carrier team, please find attached…", images=0, ours=False, files=[]),
        SimpleNamespace(kind="message", who=JONAS, ago=now - timedelta(minutes=7), to="hilfe@velo-kids.example", body=SafeString("<p>Anbei noch zwei Fotos vom Rahmen. Reicht das so? 🙂</p>"), quote="Am 20. Nov. schrieb Марія Коваленко: Guten Tag Herr Wießmann…", images=0, ours=False, files=FILES[:2]),
    ]  # fmt: skip


FILES = [
    SimpleNamespace(name="IMG_20261119_rahmen.jpg", size=2_412_344, icon="image"),
    SimpleNamespace(name="Rechnung-50877.pdf", size=88_120, icon="file-text"),
    SimpleNamespace(
        name="журнал-доставки-dhl-2026-11-19-повна-версія.xlsx", size=14_200, icon="file-spreadsheet"
    ),
]

GERMAN = """<p>Guten Tag,</p><p>heute kam das Kinderrad „Möwe 20“ (Bestellung <b>50877</b>) an. Der Karton war an einer Ecke
aufgerissen, und am Rahmen ist ein tiefer Kratzer bis aufs Metall. Meine Tochter hat am Samstag Geburtstag, daher wäre mir
ein Ersatz <i>vor Samstag</i> sehr wichtig.</p><p>Wie gehen wir vor? Muss ich das Rad selbst zur Post bringen?</p>
<p>Mit freundlichen Grüßen<br>Jonas Wießmann</p>"""

ANSWER = """<p>Guten Tag Herr Wießmann,</p><p>das tut mir leid, so soll ein Geburtstagsgeschenk nicht ankommen. Ich habe den
Ersatz heute reserviert:</p><ul><li>Versand morgen mit DHL Express, Zustellung am <b>Freitag</b></li>
<li>das beschädigte Rad holt der Fahrer am selben Tag ab</li><li>Sie brauchen nichts auszudrucken</li></ul>
<p>Schicken Sie mir bitte noch ein Foto der Rahmennummer? Sie steht unter dem Tretlager.</p>"""

NOTE = """<p>Домовилась зі складом: один «Möwe 20» ще є, відклали до 17:00. <span class="mention">@Тарас Бондар</span>, підтвердь,
будь ласка, повторне відправлення без передоплати — сума <b>249,00 €</b>, ліміт агента 150 €.</p>
<pre>{"order": 50877, "claim": "7781-DE", "status": "OPEN", "amount": 249.00}</pre>"""

ENGLISH = """<p>Hello,</p><p>we have opened claim <b>7781-DE</b>. The parcel was scanned as damaged in Leipzig on 18 November,
so the claim will be accepted without an inspection. Please keep the packaging until Friday.</p><p>Kind regards<br>Peter</p>"""
