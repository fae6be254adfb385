"""Files that people of the demo desk attach, made when they are needed; nothing of it is a real person's."""

import io
import json
from collections.abc import Callable, Mapping
from functools import cache

from PIL import Image, ImageDraw, ImageFilter

Slots = Mapping[str, str]
File = tuple[str, str, bytes]
"""Name, media type, content."""


def make_file(kind: str, slots: Slots) -> File:
    """Return a file of the kind, about the order, payment and amount of the slots. Raises `KeyError`."""
    return KINDS[kind](slots)


def _photo(slots: Slots) -> File:
    return f"IMG_{slots['year']}{slots['card']}.jpg", "image/jpeg", _picture(int(slots["card"]) % 6)


@cache
def _picture(number: int) -> bytes:
    """A blurred close-up of something with a crack: light from one side, a box, a dark line."""
    tones = [
        (176, 148, 120),
        (120, 138, 150),
        (150, 120, 118),
        (110, 130, 104),
        (188, 176, 150),
        (96, 100, 118),
    ]
    tone = tones[number]
    picture = Image.linear_gradient("L").resize((960, 720)).rotate(20 * number)
    photo = Image.composite(
        Image.new("RGB", (960, 720), tone), Image.new("RGB", (960, 720), "white"), picture
    )
    drawing = ImageDraw.Draw(photo)
    left = 180 + 40 * number
    drawing.rounded_rectangle((left, 160, left + 520, 600), 36, fill=tuple(value // 2 + 60 for value in tone))
    drawing.rounded_rectangle((left + 30, 190, left + 490, 570), 24, outline=(250, 250, 246), width=6)
    photo = photo.filter(ImageFilter.GaussianBlur(4))
    crack = [(left + 60 + 46 * step, 250 + (37 * (step + number) * 7) % 190) for step in range(9)]
    ImageDraw.Draw(photo).line(crack, fill=(38, 30, 30), width=5, joint="curve")
    return _saved(photo, "JPEG", quality=82)


def _screenshot(slots: Slots) -> File:
    picture = Image.new("RGB", (900, 520), (243, 245, 247))
    drawing = ImageDraw.Draw(picture)
    drawing.rectangle((0, 0, 900, 56), fill=(38, 50, 56))
    drawing.rounded_rectangle((90, 14, 700, 42), 12, fill=(84, 99, 108))
    drawing.text(
        (106, 18), f"https://shop.example/checkout?order={slots['order']}", fill="white", font_size=16
    )
    drawing.rounded_rectangle((150, 130, 750, 420), 14, fill="white", outline=(208, 214, 218), width=2)
    drawing.text((190, 160), "Checkout", fill=(30, 36, 40), font_size=28)
    drawing.rounded_rectangle((190, 220, 710, 276), 8, fill=(253, 236, 234), outline=(214, 84, 72), width=2)
    drawing.text((210, 236), "The code is not valid for this order.", fill=(160, 40, 30), font_size=20)
    drawing.text((190, 310), f"Total: {slots['sum']}.00", fill=(30, 36, 40), font_size=24)
    return "screenshot.png", "image/png", _saved(picture, "PNG")


def _receipt(slots: Slots) -> File:
    lines = [
        "КВИТАНЦІЯ / RECEIPT", "-" * 34, f"Замовлення / order   {slots['order']}", f"RRN                  {slots['rrn']}",
        f"Картка / card        **** {slots['card']}", f"Сума / amount        {slots['sum']}.00", "Статус               УСПІШНО / OK",
    ]  # fmt: skip
    return f"receipt-{slots['order']}.txt", "text/plain", "\n".join(lines).encode()


def _log(slots: Slots) -> File:
    lines = []
    for second in range(160):
        late = second % 7 == 3
        lines.append(
            f"{slots['stamp'][:17]}{second % 60:02d}.{(second * 37) % 1000:03d}Z gw-api-{second % 3 + 1} "
            f"{'WARN ' if late else 'INFO '} rid={slots['txn'][:24]}{second:012x} POST /v3/payments "
            f"{'status=declined code=05 3ds=U/21 elapsed_ms=10012' if late else 'status=authorised elapsed_ms=412'}"
        )
    return f"gateway-{slots['isoday']}.log", "text/plain", "\n".join(lines).encode()


def _payload(slots: Slots) -> File:
    rows = [
        {
            "subscription": f"sub_{slots['pid']}{number:02d}",
            "payments": [f"pay_{number:04d}a", f"pay_{number:04d}b"],
        }
        for number in range(41)
    ]
    return "affected-subscriptions.json", "application/json", json.dumps(rows, indent=1).encode()


def _register(slots: Slots) -> File:
    rows = [
        f"{slots['isoday']};{slots['pid']}{number:02d};{100 + number * 13}.00;UAH;OK" for number in range(60)
    ]
    return (
        f"register-{slots['isoday']}.csv",
        "text/csv",
        "\n".join(["date;payment;amount;currency;status", *rows]).encode(),
    )


def _request(slots: Slots) -> File:
    digest = ":".join(slots["txn"].replace("-", "").upper()[place : place + 2] for place in range(0, 32, 2))
    return "gw-client.csr.txt", "text/plain", f"SHA-256 of the request\n{digest}\n".encode()


def _act(slots: Slots) -> File:
    lines = [
        "Platiqo / Obriy Group",
        f"Report {slots['isoday']}",
        f"Reference {slots['pid'].upper()}",
        "Signed: O. Tkachenko",
    ]
    return f"report-{slots['isoday']}.pdf", "application/pdf", pdf_of(lines)


def pdf_of(lines: list[str]) -> bytes:
    """Return a one-page PDF (ISO 32000-1) with these lines of Latin text."""
    text = "BT /F1 16 Tf 72 760 Td 24 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"xref\n0 6\n0000000000 65535 f \n{table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return bytes(out) + trailer.encode()


def _saved(picture: Image.Image, kind: str, **options: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


KINDS: dict[str, Callable[[Slots], File]] = {
    "photo": _photo,
    "screenshot": _screenshot,
    "receipt": _receipt,
    "log": _log,
    "payload": _payload,
    "register": _register,
    "request": _request,
    "act": _act,
}
