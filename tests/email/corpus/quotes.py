"""Answers as mail programs write them, in seventeen languages: what is new must remain, all of it and nothing else."""

from .building import Case, mail, multipart, text

# language: new text, Gmail, Apple Mail, Thunderbird, Outlook labels (from, sent, to, subject), phone, original message
_LANGUAGES: dict[str, tuple[str, str, str, str, tuple[str, str, str, str], str, str]] = {
    "en": ("Thank you, it works now.", "On Tue, Mar 5, 2024 at 10:00 AM Desk <help@desk.example> wrote:", "On 5 Mar 2024, at 10:00, Desk <help@desk.example> wrote:", "On 3/5/24 10:00 AM, Desk wrote:", ("From", "Sent", "To", "Subject"), "Sent from my iPhone", "Original Message"),
    "de": ("Danke, jetzt geht es.", "Am Di., 5. März 2024 um 10:00 Uhr schrieb Desk <help@desk.example>:", "Am 05.03.2024 um 10:00 schrieb Desk <help@desk.example>:", "Am 05.03.24 um 10:00 schrieb Desk:", ("Von", "Gesendet", "An", "Betreff"), "Von meinem iPhone gesendet", "Ursprüngliche Nachricht"),
    "fr": ("Merci, ça marche.", "Le mar. 5 mars 2024 à 10:00, Desk <help@desk.example> a écrit :", "Le 5 mars 2024 à 10:00, Desk <help@desk.example> a écrit :", "Le 05/03/2024 à 10:00, Desk a écrit :", ("De", "Envoyé", "À", "Objet"), "Envoyé de mon iPhone", "Message d'origine"),
    "es": ("Gracias, ya funciona.", "El mar, 5 mar 2024 a las 10:00, Desk (<help@desk.example>) escribió:", "El 5 mar 2024, a las 10:00, Desk <help@desk.example> escribió:", "El 5/3/24 a las 10:00, Desk escribió:", ("De", "Enviado", "Para", "Asunto"), "Enviado desde mi iPhone", "Mensaje original"),
    "it": ("Grazie, ora funziona.", "Il giorno mar 5 mar 2024 alle ore 10:00 Desk <help@desk.example> ha scritto:", "Il giorno 5 mar 2024, alle ore 10:00, Desk <help@desk.example> ha scritto:", "Il 05/03/24 10:00, Desk ha scritto:", ("Da", "Inviato", "A", "Oggetto"), "Inviato da iPhone", "Messaggio originale"),
    "pt": ("Obrigado, funciona.", "Desk <help@desk.example> escreveu (terça, 5/03/2024 à(s) 10:00):", "No dia 5 de mar. de 2024, às 10:00, Desk <help@desk.example> escreveu:", "Em 05/03/2024 10:00, Desk escreveu:", ("De", "Enviada em", "Para", "Assunto"), "Enviado do meu iPhone", "Mensagem original"),
    "nl": ("Bedankt, het werkt.", "Op di 5 mrt 2024 om 10:00 schreef Desk <help@desk.example>:", "Op 5 mrt. 2024, om 10:00 heeft Desk <help@desk.example> het volgende geschreven:", "Op 05-03-2024 om 10:00 schreef Desk:", ("Van", "Verzonden", "Aan", "Onderwerp"), "Verstuurd vanaf mijn iPhone", "Oorspronkelijk bericht"),
    "sv": ("Tack, nu fungerar det.", "Den tis 5 mars 2024 kl 10:00 skrev Desk <help@desk.example>:", "5 mars 2024 kl. 10:00 skrev Desk <help@desk.example>:", "Den 2024-03-05 kl. 10:00, skrev Desk:", ("Från", "Skickat", "Till", "Ämne"), "Skickat från min iPhone", "Ursprungligt meddelande"),
    "da": ("Tak, nu virker det.", "Den tirs. 5. mar. 2024 kl. 10.00 skrev Desk <help@desk.example>:", "Den 5. mar. 2024 kl. 10.00 skrev Desk <help@desk.example>:", "Den 05.03.2024 kl. 10.00 skrev Desk:", ("Fra", "Sendt", "Til", "Emne"), "Sendt fra min iPhone", "Oprindelig meddelelse"),
    "no": ("Takk, nå virker det.", "tir. 5. mars 2024 kl. 10:00 skrev Desk <help@desk.example>:", "5. mar. 2024 kl. 10:00 skrev Desk <help@desk.example>:", "Den 05.03.2024 10:00, skrev Desk:", ("Fra", "Sendt", "Til", "Emne"), "Sendt fra min iPhone", "Opprinnelig melding"),
    "pl": ("Dziękuję, działa.", "wt., 5 mar 2024 o 10:00 Desk <help@desk.example> napisał(a):", "Wiadomość napisana przez Desk <help@desk.example> w dniu 05.03.2024, o godz. 10:00:", "W dniu 5.03.2024 o 10:00, Desk pisze:", ("Od", "Wysłano", "Do", "Temat"), "Wysłane z iPhone'a", "Wiadomość oryginalna"),
    "cs": ("Díky, funguje to.", "út 5. 3. 2024 v 10:00 odesílatel Desk <help@desk.example> napsal:", "5. 3. 2024 v 10:00, Desk <help@desk.example>:", "Dne 05. 03. 24 v 10:00 Desk napsal(a):", ("Od", "Odesláno", "Komu", "Předmět"), "Odesláno z iPhonu", "Původní zpráva"),
    "ru": ("Спасибо, заработало.", "вт, 5 мар. 2024 г. в 10:00, Desk <help@desk.example>:", "5 мар. 2024 г., в 10:00, Desk <help@desk.example> написал(а):", "05.03.2024 10:00, Desk пишет:", ("От", "Отправлено", "Кому", "Тема"), "Отправлено с iPhone", "Исходное сообщение"),
    "ja": ("ありがとうございます。動きました。", "2024年3月5日(火) 10:00 Desk <help@desk.example>:", "2024/03/05 10:00、Desk <help@desk.example>のメール:", "2024/03/05 10:00 に Desk さんは書きました:", ("差出人", "送信日時", "宛先", "件名"), "iPhoneから送信", "元のメッセージ"),
    "fi": ("Kiitos, nyt toimii.", "ti 5. maalisk. 2024 klo 10.00 Desk (help@desk.example) kirjoitti:", "Desk <help@desk.example> kirjoitti 5.3.2024 kello 10.00:", "Desk kirjoitti 5.3.2024 klo 10.00:", ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"), "Lähetetty iPhonesta", "Alkuperäinen viesti"),
    "tr": ("Teşekkürler, çalışıyor.", "Desk <help@desk.example>, 5 Mar 2024 Sal, 10:00 tarihinde şunu yazdı:", "Desk <help@desk.example> şunları yazdı (5 Mar 2024 10:00):", "5.03.2024 10:00 tarihinde Desk yazdı:", ("Gönderen", "Gönderildi", "Kime", "Konu"), "iPhone'umdan gönderildi", "Orijinal Mesaj"),
    "zh": ("谢谢，现在可以了。", "Desk <help@desk.example> 于2024年3月5日周二 10:00写道：", "在 2024年3月5日，10:00，Desk <help@desk.example> 写道：", "在 2024/3/5 10:00, Desk 写道:", ("发件人", "发送时间", "收件人", "主题"), "发自我的iPhone", "原始邮件"),
}  # fmt: skip
_OLD = "Please restart the printer.\nIs it fine then?"


def _quoted(old: str = _OLD) -> str:
    return "\n".join(f"> {line}" for line in old.split("\n"))


def _answer(
    name: str, body: str, new: str, *, lacks: str = "restart the printer", content_type: str = "text/plain"
) -> Case:
    raw = mail(
        body,
        f"Content-Type: {content_type}; charset=utf-8",
        "In-Reply-To: <ours@desk.example>",
        Subject="Re: Printer",
    )
    return Case(name, raw, {"visible": new, "visible_lacks": [lacks] if lacks else []})


def cases() -> list[Case]:
    found: list[Case] = []
    for language, (new, gmail, apple, thunderbird, labels, phone, original) in _LANGUAGES.items():
        block = f"{labels[0]}: Desk <help@desk.example>\n{labels[1]}: 5. 3. 2024 10:00\n{labels[2]}: Ann\n{labels[3]}: Printer\n\n{_OLD}\n"
        found += [
            _answer(f"{language}: Gmail", f"{new}\n\n{gmail}\n\n{_quoted()}\n", new),
            _answer(f"{language}: Apple Mail", f"{new}\n\n> {apple}\n> \n{_quoted()}\n", new),
            _answer(
                f"{language}: Apple Mail, introduction not quoted",
                f"{new}\n\n{apple}\n\n{_quoted()}\n\n",
                new,
            ),
            _answer(f"{language}: Thunderbird, below", f"{thunderbird}\n{_quoted()}\n\n{new}\n", new),
            _answer(f"{language}: Outlook", f"{new}\n\n________________________________\n{block}", new),
            _answer(
                f"{language}: Outlook, bold labels",
                f"{new}\n\n*{labels[0]}:* Desk [mailto:help@desk.example]\n*{labels[1]}:* 5. 3. 2024 10:00\n*{labels[2]}:* Ann\n*{labels[3]}:* Printer\n\n{_OLD}\n",
                new,
            ),
            _answer(f"{language}: original message", f"{new}\n\n-----{original}-----\n{block}", new),
            _answer(f"{language}: phone", f"{new}\n\n{phone}\n\n{gmail}\n\n{_quoted()}\n", new),
        ]
    found += _others()
    return found


def _others() -> list[Case]:
    new, gmail, *_ = _LANGUAGES["en"]
    inline = f"Hi,\n\n{gmail}\n> Which model?\n\nThe X200.\n\n> Since when?\n\nSince Monday.\n"
    header, body = multipart(
        "alternative",
        text("Thanks!\n\nOld text below without any mark"),
        b"Content-Type: text/html\n\n<div>Thanks!</div><div class=gmail_quote>On Tue, Mar 5, 2024 at 10:00 AM Desk wrote:<blockquote class=gmail_quote>Old text below without any mark</blockquote></div>",
    )
    html_answers = [
        ("Gmail", '<div dir="ltr">Thanks!</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Tue, Mar 5, 2024 at 10:00 AM Desk &lt;<a href="mailto:help@desk.example">help@desk.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">restart the printer</blockquote></div>'),
        ("Outlook web", '<div>Thanks!</div><div id="appendonsend"></div><hr style="width:98%"><div id="divRplyFwdMsg" dir="ltr"><b>From:</b> Desk<br><b>Sent:</b> Tuesday<br><b>To:</b> Ann<br><b>Subject:</b> x</div><div>restart the printer</div>'),
        ("Outlook desktop", '<div class=WordSection1><p class=MsoNormal>Thanks!</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class=MsoNormal><b>From:</b> Desk<br><b>Sent:</b> Tuesday<br><b>To:</b> Ann<br><b>Subject:</b> x</p></div><p class=MsoNormal>restart the printer</p></div>'),
        ("Apple Mail", '<body>Thanks!<br><div><br><blockquote type="cite"><div>On 5 Mar 2024, at 10:00, Desk &lt;help@desk.example&gt; wrote:</div><br><div>restart the printer</div></blockquote></div></body>'),
        ("Thunderbird", '<p>Thanks!</p><div class="moz-cite-prefix">On 3/5/24 10:00 AM, Desk wrote:<br></div><blockquote type="cite" cite="mid:x@y">restart the printer</blockquote>'),
        ("Yahoo", '<div class="yahoo-style-wrap"><div>Thanks!</div></div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>On Tuesday, March 5, 2024 at 10:00:00 AM GMT+1, Desk &lt;help@desk.example&gt; wrote:</div><div>restart the printer</div></div>'),
        ("Proton", '<div>Thanks!</div><div class="protonmail_quote">On Tuesday, March 5th, 2024 at 10:00, Desk &lt;help@desk.example&gt; wrote:<br><blockquote class="protonmail_quote" type="cite">restart the printer</blockquote></div>'),
        ("Zimbra", '<div>Thanks!</div><hr id="zwchr"><div><b>From: </b>Desk<br><b>To: </b>Ann<br><b>Sent: </b>Tuesday<br><b>Subject: </b>x</div>restart the printer'),
        ("Hotmail", '<div>Thanks!</div><hr id="stopSpelling">Date: Tue, 5 Mar 2024 10:00:00<br>From: help@desk.example<br>To: ann@example.org<br>Subject: x<br><br>restart the printer'),
        ("Outlook for Android", '<div>Thanks!</div><div id="ms-outlook-mobile-signature">Get <a href="https://aka.ms/x">Outlook for Android</a></div><div id="mail-editor-reference-message-container"><hr><div><strong>From:</strong> Desk<br><strong>Sent:</strong> Tuesday<br><strong>To:</strong> Ann<br><strong>Subject:</strong> x</div>restart the printer</div>'),
    ]  # fmt: skip
    found = [
        _answer(f"html: {name}", source, "Thanks!", content_type="text/html") for name, source in html_answers
    ]
    found += [
        Case("html knows the quote, plain does not", mail(body, header, "In-Reply-To: <ours@desk.example>"), {"visible": "Thanks!"}),
        _answer("introduction wrapped", f"{new}\n\nOn Tue, Mar 5, 2024 at 10:00 AM Customer Support Desk <\nhelp@desk.example> wrote:\n\n{_quoted()}\n", new),
        _answer("introduction on three lines", f"{new}\n\nOn Mar 5, 2024, at 10:00 AM, Desk <\nvery-long-address-of-the-desk@desk.example>\nwrote:\n\nold text\n", new, lacks="old text"),
        _answer("introduction behind the last words", f"Fine then On Tue, Mar 5, 2024 at 10:00 AM, help@desk.example wrote:\n{_quoted()}\n", "Fine then"),
        _answer("answer around one quote", f"{new}\n\n{gmail}\n\n{_quoted()}\n\nRegards, Ann\n", f"{new}\n\nRegards, Ann"),
        _answer("answers between the lines keep the questions", inline, inline.strip(), lacks=""),
        _answer("signature behind its mark", f"{new}\n\n-- \nAnn Lee\nACME\n\n{gmail}\n{_quoted()}\n", new),
        _answer("signature, no quote", f"{new}\n\n--\nAnn Lee\n", new),
        _answer("name behind a dash", f"{new}\n\n-Ann\n", new),
        _answer("Outlook for iOS", f"{new}\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Desk <help@desk.example>\nSent: Tuesday, March 5, 2024 10:00:00 AM\nTo: Ann <ann@example.org>\nSubject: Printer\n\n{_OLD}", new),
        _answer("Yahoo", f"{new}\n\n    On Tuesday, March 5, 2024 at 10:00:00 AM GMT+1, Desk <help@desk.example> wrote:\n\n {_OLD}", new),
        _answer("Proton", f"{new}\n\nSent with Proton Mail secure email.\n\nOn Tuesday, March 5th, 2024 at 10:00 AM, Desk <help@desk.example> wrote:\n\n{_quoted()}\n", new),
        _answer("Samsung", f"{new}\n\nSent from my Galaxy\n\n-------- Original message --------\nFrom: Desk <help@desk.example>\nDate: 05/03/2024 10:00 (GMT+01:00)\nTo: Ann\nSubject: Printer\n\n{_OLD}", new),
        _answer("Windows Mail", f"{new}\n\nSent from Mail for Windows\n\nFrom: Desk\nSent: Tuesday, March 5, 2024 10:00 AM\nTo: Ann\nSubject: Printer\n\n{_OLD}", new),
        _answer("old Gmail", f"{new}\n\n2024-03-05 10:00 GMT+01:00 Desk <help@desk.example>:\n\n{_quoted()}\n", new),
        _answer("Zoho", f"{new}\n\n---- On Tue, 05 Mar 2024 10:00:00 +0100 Desk <help@desk.example> wrote ----\n\n{_OLD}\n", new),
        _answer("Zimbra, French", f'{new}\n\n----- Mail original -----\nDe: "Desk" <help@desk.example>\nEnvoyé: Mardi 5 Mars 2024 10:00:00\nObjet: x\n\n{_OLD}', new),
        _answer("T-Online", f'{new}\n\n-----Original-Nachricht-----\nBetreff: x\nDatum: 2024-03-05T10:00:00+0100\nVon: "Desk" <help@desk.example>\n\n{_OLD}', new),
        _answer("Hebrew, with direction marks", f"תודה\n\n\u202bבתאריך יום ב׳, 4 במאי 2020 ב-10:00 מאת Desk <\u202ahelp@desk.example\u202c\u200f>:\u202c\n\n{_quoted()}\n", "תודה"),
        _answer("reply above this line", f"{new}\n\n## Please type your reply above this line ##\n\n{_OLD}", new),
        _answer("prose that begins like an introduction", "On Monday I wrote:\nthe printer is broken. It still is.\n", "On Monday I wrote:\nthe printer is broken. It still is.", lacks=""),
        _answer("prose with a time and a colon", "We meet at 10:00, in room 4:\nplease come.\n", "We meet at 10:00, in room 4:\nplease come.", lacks=""),
        _answer("a list with From: in it", "Please change this:\nFrom: old\nthat is all.\n", "Please change this:\nFrom: old\nthat is all.", lacks=""),
        _answer("markdown rules are no signature", "Key points\n---\none\n---\ntwo\n", "Key points\n---\none\n---\ntwo", lacks=""),
        _answer("sent from, in a sentence", "It was sent from my iPhone app yesterday.\nIt never came.\n", "It was sent from my iPhone app yesterday.\nIt never came.", lacks=""),
        _answer("only a quote stays", f"{_quoted()}\n", _quoted(), lacks=""),
        _answer("only a phone signature stays", "Sent from my iPhone\n", "Sent from my iPhone", lacks=""),
        _answer("a forward in an answer is new", "See below.\n\n---------- Forwarded message ---------\nFrom: Bob <bob@example.org>\nDate: Tue, Mar 5, 2024\nSubject: Fan\nTo: Ann\n\nIt is loud.\n", "See below.\n\n---------- Forwarded message ---------\nFrom: Bob <bob@example.org>\nDate: Tue, Mar 5, 2024\nSubject: Fan\nTo: Ann\n\nIt is loud.", lacks=""),
    ]  # fmt: skip
    return found
