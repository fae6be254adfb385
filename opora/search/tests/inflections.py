"""Pairs of forms of one word, as customers of a shop and of a payment provider write them."""

UKRAINIAN = """
замовлення замовленням | замовлення замовлень | повернення поверненню | кошти коштами | кошти коштів | гроші грошей
оплата оплатою | платіж платежу | платіж платежами | картка карткою | картка картці | клієнт клієнтами | рахунок рахунку
рахунок рахунків | доставка доставці | доставка доставкою | посилка посилкою | посилка посилок | відправлення відправлень
товар товарів | товар товару | розмір розміри | знижка знижкою | знижка знижок | чек чеків | банк банку | помилка помилки
помилка помилок | сайт сайті | пошта поштою | адреса адресу | кур'єр кур'єром | комп'ютер комп'ютера | скарга скарги
договір договору | повернути повернули | повернути поверніть | сплатити сплатила | отримати отримав | отримати отримала
чекати чекаю | працювати працює | працювати працюють | новий нового | пошкоджений пошкоджену | замовити замовив
людина людей | дитина дітей | день днів | рік років | ніч ночі | відповідь відповіді | запит запитів | ключ ключем
підтримка підтримки | списати списали | транзакція транзакцій | підписка підписку | інцидент інцидентом
"""

RUSSIAN = """
заказ заказа | заказ заказами | возврат возвраты | возврат возврата | деньги денег | деньги деньгами | оплата оплаты
платёж платежи | платёж платежей | карта картой | карта карты | клиент клиентам | счёт счета | счёт счетов | доставка доставки
доставка доставкой | посылка посылку | посылка посылок | товар товары | товар товаром | размер размеру | скидка скидки
скидка скидок | чек чеком | банк банке | ошибка ошибки | ошибка ошибок | сайт сайте | почта почтой | адрес адреса
курьер курьером | жалоба жалобы | договор договора | вернуть вернули | вернуть верните | оплатить оплатила
получить получил | получить получила | ждать жду | работать работает | работать работают | новый нового
повреждённый повреждённую | заказать заказал | человек люди | ребёнок детей | день дней | год лет | ночь ночи
ответ ответы | запрос запросов | ключ ключом | поддержка поддержки | списать списали | прийти пришёл | прийти пришла
подписка подпиской | инцидент инцидентом
"""

ENGLISH = """
refund refunds | refunds refunded | refund refunding | payment payments | pay paying | order orders | order ordered
deliver delivered | deliver delivering | delivery deliveries | ship shipped | ship shipping | shipping ships
cancel cancelled | cancel cancels | charge charged | charge charges | charge charging | card cards | invoice invoices
subscription subscriptions | subscribe subscribed | return returned | return returns | return returning
exchange exchanged | damage damaged | box boxes | size sizes | discount discounts | code codes | account accounts
password passwords | reset resets | error errors | fail failed | fail failing | failure failures | work working
work worked | customer customer's | reply replied | replies reply | update updated | update updating | bank banks
transaction transactions | dispute disputed | dispute disputes | company companies | issue issues | solve solved
"""


def pairs(table: str) -> list[tuple[str, str]]:
    return [
        (pair.split()[0], pair.split()[1]) for pair in table.replace("\n", " | ").split("|") if pair.strip()
    ]
