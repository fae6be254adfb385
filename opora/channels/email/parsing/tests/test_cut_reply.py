"""What the sender newly wrote is told from what the mail program added."""

from __future__ import annotations

import pytest

from opora.channels.email.parsing import read_message
from opora.channels.email.parsing.cut import cut_reply

from .samples import html_mail, mail

# One line above a quote, as mail programs of each language print it.
ATTRIBUTIONS = {
    "en gmail": "On Tue, 5 Mar 2024 at 10:15, Desk <help@desk.example> wrote:",
    "en wrapped": "On Tue, Mar 5, 2024 at 10:15 AM Desk Of The Long Name Company\n<help@desk.example> wrote:",
    "en apple": "On Mar 5, 2024, at 10:15, Desk <help@desk.example> wrote:",
    "en thunderbird": "On 05/03/2024 10:15, Desk wrote:",
    "en yahoo": "On Tuesday, March 5, 2024 at 10:15:00 AM GMT+2, Desk <help@desk.example> wrote:",
    "de gmail": "Am Di., 5. März 2024 um 10:15 Uhr schrieb Desk <help@desk.example>:",
    "de apple": "Am 05.03.2024 um 10:15 schrieb Desk <help@desk.example>:",
    "de thunderbird": "Am 05.03.24 um 10:15 schrieb Desk:",
    "fr gmail": "Le mar. 5 mars 2024 à 10:15, Desk <help@desk.example> a écrit :",
    "fr thunderbird": "Le 05/03/2024 à 10:15, Desk a écrit :",
    "es gmail": "El mar, 5 mar 2024 a las 10:15, Desk (<help@desk.example>) escribió:",
    "it gmail": "Il giorno mar 5 mar 2024 alle ore 10:15 Desk <help@desk.example> ha scritto:",
    "pt gmail": "Em ter., 5 de mar. de 2024 às 10:15, Desk <help@desk.example> escreveu:",
    "nl gmail": "Op di 5 mrt 2024 om 10:15 schreef Desk <help@desk.example>:",
    "pl gmail": "wt., 5 mar 2024 o 10:15 Desk <help@desk.example> napisał(a):",
    "pl thunderbird": "W dniu 05.03.2024 o 10:15, Desk pisze:",
    "cs gmail": "út 5. 3. 2024 v 10:15 odesílatel Desk <help@desk.example> napsal:",
    "cs thunderbird": "Dne 05. 03. 24 v 10:15 Desk napsal(a):",
    "sk gmail": "ut 5. 3. 2024 o 10:15 Desk <help@desk.example> napísal(a):",
    "sv gmail": "Den tis 5 mars 2024 kl 10:15 skrev Desk <help@desk.example>:",
    "da gmail": "tirs. 5. mar. 2024 kl. 10.15 skrev Desk <help@desk.example>:",
    "nb gmail": "tir. 5. mars 2024 kl. 10:15 skrev Desk <help@desk.example>:",
    "fi gmail": "ti 5. maalisk. 2024 klo 10.15 Desk (help@desk.example) kirjoitti:",
    "et gmail": "Kuupäev T, 5. märts 2024 kell 10:15 kirjutas Desk <help@desk.example>:",
    "lv gmail": "otrd., 2024. g. 5. marts, plkst. 10:15 — lietotājs Desk (<help@desk.example>) rakstīja:",
    "lt gmail": "2024-03-05, an, 10:15 Desk <help@desk.example> rašė:",
    "hu gmail": "Desk <help@desk.example> ezt írta (időpont: 2024. márc. 5., K, 10:15):",
    "ro gmail": "În mar., 5 mar. 2024 la 10:15, Desk <help@desk.example> a scris:",
    "bg gmail": "На вт, 5.03.2024 г. в 10:15 ч. Desk <help@desk.example> написа:",
    "sr gmail": "уто, 5. мар 2024. у 10:15 Desk <help@desk.example> је написао/ла:",
    "hr gmail": "uto, 5. ožu 2024. u 10:15 Desk <help@desk.example> napisao je:",
    "sl gmail": "V V tor., 5. mar. 2024 ob 10:15 je oseba Desk <help@desk.example> napisala:",
    "el gmail": "Στις Τρί 5 Μαρ 2024 στις 10:15 π.μ., ο/η Desk <help@desk.example> έγραψε:",
    "tr gmail": "Desk <help@desk.example>, 5 Mar 2024 Sal, 10:15 tarihinde şunu yazdı:",
    "ru gmail": "вт, 5 мар. 2024 г. в 10:15, Desk <help@desk.example>:",
    "ru apple": "5 марта 2024 г., в 10:15, Desk <help@desk.example> написал(а):",
    "ru mail.ru": "Вторник, 5 марта 2024, 10:15 +03:00 от Desk <help@desk.example>:",
    "ru thunderbird": "05.03.2024 10:15, Desk пишет:",
    "ru yandex": '05.03.2024, 10:15, "Desk" <help@desk.example>:',
    "uk gmail": "вт, 5 бер. 2024 р. о 10:15 Desk <help@desk.example> пише:",
    "uk apple": "5 бер. 2024 р. о 10:15 Desk <help@desk.example> написав(ла):",
    "uk thunderbird": "05.03.24 10:15, Desk пише:",
    "be gmail": "аўт, 5 сак 2024 г. у 10:15 Desk <help@desk.example> піша:",
    "he gmail": "‫בתאריך יום ג׳, 5 במרץ 2024 ב-10:15 מאת ‪Desk‬‏ <‪help@desk.example‬‏>:‬",
    "ar gmail": "في الثلاثاء، 5 مارس 2024 في 10:15 ص تمت كتابة ما يلي بواسطة Desk <help@desk.example>:",
    "fa gmail": "در تاریخ سه‌شنبه ۵ مارس ۲۰۲۴،‏ ۱۰:۱۵ Desk <help@desk.example> نوشت:",
    "ja gmail": "2024年3月5日(火) 10:15 Desk <help@desk.example>:",
    "ja apple": "2024/03/05 10:15、Desk <help@desk.example>のメール:",
    "zh gmail": "Desk <help@desk.example> 于2024年3月5日周二 10:15写道：",
    "zh-tw gmail": "Desk <help@desk.example> 於 2024年3月5日 週二 上午10:15寫道：",
    "zh qq": "在 2024年3月5日，10:15，Desk <help@desk.example> 写道：",
    "ko gmail": "2024년 3월 5일 (화) 오전 10:15, Desk <help@desk.example>님이 작성:",
    "vi gmail": "Vào Th 3, 5 thg 3, 2024 vào lúc 10:15 Desk <help@desk.example> đã viết:",
    "th gmail": "ในวันที่ อ. 5 มี.ค. 2024 เวลา 10:15 Desk <help@desk.example> เขียนว่า:",
    "id gmail": "Pada tanggal Sel, 5 Mar 2024 pukul 10.15 Desk <help@desk.example> menulis:",
    "zoho": "---- On Tue, 05 Mar 2024 10:15:00 +0200 Desk <help@desk.example> wrote ----",
}

# The header block Outlook and its like print above the older message.
HEADER_BLOCKS = {
    "en outlook": "From: Desk <help@desk.example>\nSent: Tuesday, March 5, 2024 10:15 AM\nTo: Olena\nSubject: Order",
    "en rule": "________________________________\nFrom: Desk <help@desk.example>\nSent: Tuesday, March 5, 2024\nTo: O\nSubject: Order",
    "en bold": "*From:* Desk <help@desk.example>\n*Sent:* Tuesday\n*To:* Olena\n*Subject:* Order",
    "de": "Von: Desk <help@desk.example>\nGesendet: Dienstag, 5. März 2024 10:15\nAn: Olena\nBetreff: Bestellung",
    "fr": "De : Desk <help@desk.example>\nEnvoyé : mardi 5 mars 2024 10:15\nÀ : Olena\nObjet : Commande",
    "es": "De: Desk <help@desk.example>\nEnviado: martes, 5 de marzo de 2024 10:15\nPara: Olena\nAsunto: Pedido",
    "it": "Da: Desk <help@desk.example>\nInviato: martedì 5 marzo 2024 10:15\nA: Olena\nOggetto: Ordine",
    "pt": "De: Desk <help@desk.example>\nEnviada em: terça-feira, 5 de março de 2024\nPara: Olena\nAssunto: Pedido",
    "nl": "Van: Desk <help@desk.example>\nVerzonden: dinsdag 5 maart 2024 10:15\nAan: Olena\nOnderwerp: Bestelling",
    "pl": "Od: Desk <help@desk.example>\nWysłano: wtorek, 5 marca 2024 10:15\nDo: Olena\nTemat: Zamówienie",
    "cs": "Od: Desk <help@desk.example>\nOdesláno: úterý 5. března 2024 10:15\nKomu: Olena\nPředmět: Objednávka",
    "sk": "Od: Desk <help@desk.example>\nOdoslané: utorok 5. marca 2024\nKomu: Olena\nPredmet: Objednávka",
    "sv": "Från: Desk <help@desk.example>\nSkickat: den 5 mars 2024 10:15\nTill: Olena\nÄmne: Beställning",
    "da": "Fra: Desk <help@desk.example>\nSendt: 5. marts 2024 10:15\nTil: Olena\nEmne: Ordre",
    "fi": "Lähettäjä: Desk <help@desk.example>\nLähetetty: tiistai 5. maaliskuuta 2024\nVastaanottaja: Olena\nAihe: Tilaus",
    "et": "Saatja: Desk <help@desk.example>\nSaadetud: teisipäev, 5. märts 2024\nAdressaat: Olena\nTeema: Tellimus",
    "lv": "No: Desk <help@desk.example>\nNosūtīts: otrdiena, 2024. gada 5. marts\nKam: Olena\nTēma: Pasūtījums",
    "lt": "Nuo: Desk <help@desk.example>\nIšsiųsta: 2024 m. kovo 5 d.\nKam: Olena\nTema: Užsakymas",
    "hu": "Feladó: Desk <help@desk.example>\nElküldve: 2024. március 5., kedd 10:15\nCímzett: Olena\nTárgy: Rendelés",
    "ro": "De la: Desk <help@desk.example>\nTrimis: marți, 5 martie 2024 10:15\nCătre: Olena\nSubiect: Comandă",
    "bg": "От: Desk <help@desk.example>\nИзпратено: вторник, 5 март 2024\nДо: Olena\nОтносно: Поръчка",
    "hr": "Šalje: Desk <help@desk.example>\nPoslano: utorak, 5. ožujka 2024.\nPrima: Olena\nPredmet: Narudžba",
    "sl": "Od: Desk <help@desk.example>\nPoslano: torek, 5. marec 2024\nZa: Olena\nZadeva: Naročilo",
    "el": "Από: Desk <help@desk.example>\nΣτάλθηκε: Τρίτη, 5 Μαρτίου 2024\nΠρος: Olena\nΘέμα: Παραγγελία",
    "tr": "Kimden: Desk <help@desk.example>\nGönderildi: 5 Mart 2024 Salı 10:15\nKime: Olena\nKonu: Sipariş",
    "ru": "От: Desk <help@desk.example>\nОтправлено: вторник, 5 марта 2024 г. 10:15\nКому: Olena\nТема: Заказ",
    "uk": "Від: Desk <help@desk.example>\nНадіслано: вівторок, 5 березня 2024 р. 10:15\nКому: Olena\nТема: Замовлення",
    "he": "מאת: Desk <help@desk.example>\nנשלח: יום שלישי 05 מרץ 2024\nאל: Olena\nנושא: הזמנה",
    "ar": "من: Desk <help@desk.example>\nتاريخ الإرسال: الثلاثاء 5 مارس 2024\nإلى: Olena\nالموضوع: طلب",
    "ja": "差出人: Desk <help@desk.example>\n送信日時: 2024年3月5日 10:15\n宛先: Olena\n件名: 注文",
    "zh": "发件人: Desk <help@desk.example>\n发送时间: 2024年3月5日 10:15\n收件人: Olena\n主题: 订单",
    "ko": "보낸 사람: Desk <help@desk.example>\n보낸 날짜: 2024년 3월 5일\n받는 사람: Olena\n제목: 주문",
    "vi": "Từ: Desk <help@desk.example>\nĐã gửi: Thứ Ba, 5 tháng 3, 2024\nĐến: Olena\nChủ đề: Đơn hàng",
    "id": "Dari: Desk <help@desk.example>\nDikirim: Selasa, 5 Maret 2024\nKepada: Olena\nSubjek: Pesanan",
}

MARKERS = [
    "-----Original Message-----", "----- Ursprüngliche Nachricht -----", "-----Message d'origine-----",
    "-----Mensaje original-----", "-----Messaggio originale-----", "-----Mensagem original-----",
    "-----Oorspronkelijk bericht-----", "-----Wiadomość oryginalna-----", "-----Původní zpráva-----",
    "-----Pôvodná správa-----", "-----Ursprungligt meddelande-----", "-----Oprindelig meddelelse-----",
    "-----Opprinnelig melding-----", "-----Alkuperäinen viesti-----", "-----Eredeti üzenet-----",
    "-----Исходное сообщение-----", "-----Вихідне повідомлення-----", "-----原始邮件-----", "-----Orijinal İleti-----",
]  # fmt: skip

MOBILE_LINES = [
    "Sent from my iPhone", "Get Outlook for iOS", "Von meinem iPhone gesendet", "Gesendet von Outlook für Android",
    "Envoyé de mon iPhone", "Enviado desde mi iPhone", "Inviato da iPhone", "Enviado do meu iPhone",
    "Verstuurd vanaf mijn iPhone", "Wysłane z iPhone'a", "Odesláno z iPhonu", "Skickat från min iPhone",
    "Sendt fra min iPhone", "Lähetetty iPhonesta", "Отправлено с iPhone", "Надіслано з iPhone",
    "iPhone'umdan gönderildi", "iPhoneから送信", "发自我的iPhone", "나의 iPhone에서 보냄", "Στάλθηκε από το iPhone μου",
]  # fmt: skip


@pytest.mark.parametrize("line", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS.keys())
def test_the_line_above_a_marked_quote_leaves_with_its_quote(line: str) -> None:
    cut = cut_reply(f"Thank you, it works now.\n\n{line}\n\n> How are things?\n> The desk\n")
    assert cut.reply == "Thank you, it works now."
    assert "How are things?" in cut.quoted


@pytest.mark.parametrize("line", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS.keys())
def test_the_line_above_an_unmarked_quote_ends_the_reply(line: str) -> None:
    cut = cut_reply(f"Thank you, it works now.\n\n{line}\nHow are things?\nThe desk\n")
    assert cut.reply == "Thank you, it works now."


@pytest.mark.parametrize("block", HEADER_BLOCKS.values(), ids=HEADER_BLOCKS.keys())
def test_a_header_block_ends_the_reply(block: str) -> None:
    cut = cut_reply(f"Дякую, it works.\n\n{block}\n\nHow are things?\n")
    assert cut.reply == "Дякую, it works."
    assert cut.quoted.endswith("How are things?")


@pytest.mark.parametrize("marker", MARKERS)
def test_an_original_message_line_ends_the_reply(marker: str) -> None:
    assert cut_reply(f"It works.\n\n{marker}\n\nOld words\n").reply == "It works."


@pytest.mark.parametrize("line", MOBILE_LINES)
def test_the_line_of_a_phone_is_the_signature(line: str) -> None:
    cut = cut_reply(f"It works.\n\n{line}\n")
    assert (cut.reply, cut.signature) == ("It works.", line)


@pytest.mark.parametrize(
    "text",
    [
        "On average, this takes two days.\nOn the other hand, it wrote nothing.",
        "At 10:30 the printer stopped:\nit shows error 5.",
        "On Monday I called Bob, who wrote:\nplease restart it.",
        "Subject: the invoice\nPlease look at it.",
        "From: now on, please call me.\nThanks",
        "I see this:\n\n```\nFrom: a@b.example\nTo: c@d.example\nSubject: x\n--\nDate: 2024\n```\n\nWhat is it?",
        "Steps:\n1. open\n2. click\n----\nResult: crash",
        "Надіслано замовлення 17, чекаю на відповідь вже третій день і нічого не отримую",
        "В 2024 году вы обещали:\nвернуть деньги.",
        "Отправлено с опозданием\n\nпосылка не пришла",
        "Hi\n\nSent from the warehouse yesterday\n\nbut no parcel came",
        "Error at 2024-03-05 10:15:00:\nstack trace follows",
    ],
)
def test_words_that_only_look_like_a_quote_stay(text: str) -> None:
    assert cut_reply(text).reply == text


def test_an_answer_below_the_quote_is_the_reply() -> None:
    cut = cut_reply("On 5 Mar 2024 at 10:15, Desk <help@desk.example> wrote:\n> Which one?\n\nThe red one.\n")
    assert cut.reply == "The red one."


def test_answers_between_quotes_keep_the_quotes_they_answer() -> None:
    text = "On 5 Mar 2024 at 10:15, Desk wrote:\n> Which one?\nThe red one.\n> When?\nToday."
    cut = cut_reply(text)
    assert cut.reply == text
    assert cut.is_interleaved


def test_a_signature_below_the_usual_delimiter_is_cut_with_what_follows() -> None:
    cut = cut_reply(
        "It works.\n\n-- \nOlena Koval\nShop\n\nOn 5 Mar 2024, Desk <h@desk.example> wrote:\n> Hi\n"
    )
    assert (cut.reply, cut.signature) == ("It works.", "--\nOlena Koval\nShop")


def test_a_closing_with_name_and_function_is_a_signature_and_a_name_alone_is_only_a_guess() -> None:
    block = cut_reply("It works.\n\nKind regards,\nOlena Koval\nHead of Sales")
    name = cut_reply("It works.\n\nKind regards,\nOlena")
    assert (block.reply, name.reply) == ("It works.", "It works.\n\nKind regards,\nOlena")
    assert name.unsigned == "It works."


@pytest.mark.parametrize("signature", ["Mvh\nOlena", "/Olena", "MfG\nOlena"])
def test_a_formula_is_a_signature_even_above_a_mere_name(signature: str) -> None:
    cut = cut_reply(f"It works.\n\n{signature}")
    assert (cut.reply, cut.signature) == ("It works.", signature)


def test_a_reply_that_shares_its_line_with_the_attribution_keeps_its_words() -> None:
    cut = cut_reply("Yes On Tue, Mar 5, 2024 at 10:15 AM, desk@desk.example wrote:\n> Is it red?\n")
    assert cut.reply == "Yes"


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("Ok\n2024/3/5 Ann Bell <ann@shop.example>\n\n>  Old", "Ok"),
        ("Ok.\n---- Ann Bell wrote ----\n\n> quoted\n> text", "Ok."),
        ("Ok\n------On 03/05/2024 10:15 AM, Ann Bell wrote-----\n\nOld words", "Ok"),
        ("Ok\n\nFrom: ann@shop.example\nDate: Tue, 5 Mar 2024 10:15:00 +0200\n\nOld", "Ok"),
        (
            "Ok\n\n  *From:* ann@shop.example [mailto:\n  ann@shop.example]\n  *Sent:* Wed\n  *To:* b@shop.example\n",
            "Ok",
        ),
        (
            "Ok\n\nOp 5-mrt.-2024, om 10:15 heeft Ann <ann@shop.example> het volgende geschreven:\n\nOld",
            "Ok",
        ),
        ("Ok\nPå 5 mars 2024 på 10:15:00, Ann Bell (ann@shop.example) skrev:\n\nOld", "Ok"),
        (
            "See\n>> >>  https://www.shop.example/sale <<\nAbove is the link",
            "See\n>> >>  https://www.shop.example/sale <<\nAbove is the link",
        ),
        (
            "Ok\n ------------------------------\n*From:* Ann [mailto:ann@shop.example]\n*Sent:* Wed\n*To:* B",
            "Ok",
        ),
        (
            "Ok\n\n-----Original Message-----\n\nFYI\n\n---------- Forwarded message ----------\nFrom: a@b.example",
            "Ok",
        ),
        ("Ok\n> On 5 Mar 2024, Ann <ann@shop.example> wrote:\n> > Deep\n> Less deep\n", "Ok"),
        ("Ok\n\nAnn Bell <ann@shop.example\n> wrote:\n\n> Old", "Ok"),
    ],
)
def test_forms_seen_in_the_wild_are_cut(text: str, reply: str) -> None:
    assert cut_reply(text).reply == reply


def test_a_very_long_body_is_kept_whole() -> None:
    text = "a line of a log\n" * 60_000
    assert cut_reply(text).reply == text.strip()


HTML_QUOTES = {
    "gmail": '<div dir="ltr">Works</div><br><div class="gmail_quote"><div class="gmail_attr">x</div><blockquote class="gmail_quote">Old words</blockquote></div>',
    "outlook web": '<div>Works</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">From: D</div><div>Old words</div>',
    "outlook desktop": '<div>Works</div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3pt"><p>From: D</p></div><p>Old words</p>',
    "apple": '<div>Works</div><blockquote type="cite"><div>On 5 Mar, D wrote:</div><div>Old words</div></blockquote>',
    "thunderbird": '<p>Works</p><div class="moz-cite-prefix">D wrote:</div><blockquote type="cite" cite="mid:x">Old words</blockquote>',
    "yahoo": '<div>Works</div><div id="yahoo_quoted_1" class="yahoo_quoted">Old words</div>',
    "proton": '<div>Works</div><div class="protonmail_quote">x<blockquote>Old words</blockquote></div>',
    "zoho": '<div>Works</div><div class="zmail_extra"><div id="Zm">x</div><blockquote>Old words</blockquote></div>',
    "outlook mac": '<div>Works</div><span id="OLK_SRC_BODY_SECTION"><div>From: x</div>Old words</span>',
    "zimbra": '<div>Works</div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">Old words</div>',
}


@pytest.mark.parametrize("html", HTML_QUOTES.values(), ids=HTML_QUOTES.keys())
def test_the_marks_of_html_programs_end_the_reply(html: str) -> None:
    message = read_message(html_mail(f"<html><body>{html}</body></html>"))
    assert message.reply_text == "Works"
    assert message.reply_html is not None
    assert "Old words" not in message.reply_html
    assert "Old words" in message.text


def test_html_decides_where_the_words_of_the_plain_part_are_unknown() -> None:
    html = '<div>Works</div><div class="gmail_quote">Bob zzkrifs<blockquote class="gmail_quote">Old</blockquote></div>'
    message = read_message(html_mail(html, plain="Works\n\nBob zzkrifs 5.3.\nOld\n"))
    assert message.reply_text == "Works"


def test_html_without_any_mark_has_no_reply_html() -> None:
    message = read_message(html_mail("<p>Only new words</p>"))
    assert message.reply_text == "Only new words"
    assert message.reply_html is None


def test_an_answer_below_a_gmail_quote_survives_in_html() -> None:
    html = '<div class="gmail_quote"><div class="gmail_attr">D:</div><blockquote class="gmail_quote">Old</blockquote><div>The red one</div></div>'
    message = read_message(html_mail(html))
    assert message.reply_text == "The red one"


def test_a_body_in_a_header_mail_is_read_through_the_whole_parser() -> None:
    message = read_message(mail("Works\n\nOn 5 Mar 2024 at 10:15, Desk <h@desk.example> wrote:\n> Old\n"))
    assert message.reply_text == "Works"
    assert message.quoted_text.endswith("> Old")
