"""Believable text by the yard: the same seed gives the same desk."""

import random

GREETINGS = {
    "uk": "Доброго дня!", "ru": "Здравствуйте!", "en": "Hello,", "de": "Guten Tag,", "pl": "Dzień dobry,",
}  # fmt: skip
SENTENCES = {
    "uk": [
        "Чекаю на замовлення вже {n} днів, а трек-номер {code} не оновлюється.",
        "Хочу повернути товар із замовлення {code}, бо він не підійшов за розміром.",
        "Кошти за скасований платіж {code} досі не надійшли на картку.",
        "Після оновлення звіт за місяць відкривається порожнім.",
        "Підкажіть, будь ласка, коли буде виконано рефанд.",
        "У кабінеті клієнта не видно останніх {n} операцій.",
    ],
    "ru": [
        "Заказ {code} пришёл повреждённым, прошу заменить или вернуть деньги.",
        "Не могу войти в личный кабинет уже {n} часов, пишет неверный пароль.",
        "Списали дважды за заказ {code}, верните, пожалуйста, вторую оплату.",
        "Курьер не приехал, а в системе стоит доставлено.",
        "Когда ждать ответа по обращению {code}?",
    ],
    "en": [
        "My parcel {code} was delivered to the wrong address {n} days ago.",
        "The payments API answers 500 for every request since 10:{n}.",
        "I would like a refund for order {code}, the colour is different from the photo.",
        "Our settlement file for batch {code} is missing {n} records.",
        "Could you confirm when the webhook for disputes will be fixed?",
        "The invoice shows the wrong VAT number and the bank rejects it.",
    ],
    "de": [
        "Das Paket {code} ist seit {n} Tagen unterwegs und kommt nicht an.",
        "Bitte stornieren Sie die Bestellung {code} und erstatten Sie den Betrag.",
        "Die Rechnung fehlt, wir brauchen sie für die Buchhaltung.",
    ],
    "pl": [
        "Paczka {code} nie dotarła, minęło już {n} dni.",
        "Proszę o zwrot pieniędzy za zamówienie {code}.",
        "Towar jest uszkodzony, przesyłam zdjęcia w załączniku.",
    ],
}
SUBJECTS = {
    "uk": [
        "Де моє замовлення {code}?",
        "Повернення товару {code}",
        "Не надійшли кошти за {code}",
        "Помилка у звіті {n}",
    ],
    "ru": [
        "Повреждённый заказ {code}",
        "Двойное списание {code}",
        "Не могу войти в кабинет",
        "Где курьер по {code}?",
    ],
    "en": [
        "Parcel {code} lost",
        "API returns 500 on /payments",
        "Refund for {code}",
        "Settlement file {code} incomplete",
    ],
    "de": ["Paket {code} nicht angekommen", "Stornierung {code}", "Rechnung fehlt zu {code}"],
    "pl": ["Paczka {code} nie dotarła", "Zwrot za zamówienie {code}", "Uszkodzony towar {code}"],
}
LANGUAGES = ["uk"] * 8 + ["ru"] * 4 + ["en"] * 5 + ["de"] * 2 + ["pl"]
FIRST = [
    "Олена",
    "Андрій",
    "Катерина",
    "Богдан",
    "Ірина",
    "Jonas",
    "Anna",
    "John",
    "Maria",
    "Piotr",
    "Светлана",
    "Дмитро",
]
LAST = [
    "Шевченко",
    "Коваль",
    "Бондаренко",
    "Müller",
    "Kowalska",
    "Smith",
    "Иванова",
    "Ткаченко",
    "Nowak",
    "Schneider",
]


class Writer:
    """Writes subjects, letters and names from one stream of chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def language(self) -> str:
        return self.chance.choice(LANGUAGES)

    def subject(self, language: str) -> str:
        return self._fill(self.chance.choice(SUBJECTS[language]))

    def letter(self, language: str) -> str:
        sentences = self.chance.choices(SENTENCES[language], k=self.chance.randint(2, 6))
        return " ".join([GREETINGS[language], *(self._fill(sentence) for sentence in sentences)])

    def name(self) -> str:
        return f"{self.chance.choice(FIRST)} {self.chance.choice(LAST)}"

    def _fill(self, sentence: str) -> str:
        return sentence.format(
            code=f"ORD-{self.chance.randint(10_000, 999_999)}", n=self.chance.randint(2, 59)
        )
