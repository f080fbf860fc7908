"""The words by which mail programs announce a quote or sign a message, by language."""

import re

_DATE_HINT = r"(?=.{0,400}(?:\d|@|today|yesterday|heute|gestern|hier|ieri|ayer|ontem|gisteren|igår|i går|wczoraj|včera|вчера|今日|昨日))"

# Each is tried on up to four joined lines; all need something that looks like a date or an address.
_INTROS = (
    r"(?:>\s*)?(?:On|At|In a message dated|In article|Quoting)\b.{3,400}?\b(?:wrote|writes|write|said|sent)\b.{0,200}?[:：]?",  # en
    r"(?:>\s*)?(?:On)\b.{3,300}<[^<>\s]+@[^<>\s]+>\s*(?:wrote)?\s*[:：]",
    r".{2,200}\b(?:wrote|schrieb|skrev|escribió|escreveu|schreef|napisał(?:\(a\)|a)?|kirjoitti)\b.{0,120}\d.{0,80}[:：]",
    r"(?:Am|Den|Im)\b.{3,400}\bschrieb(?:en)?\b.{0,200}[:：]?",  # de
    r".{2,200}\b(?:schrieb am|hat am)\b.{3,200}[:：]",
    r"(?:Le|À)\b.{3,400}\b(?:a|ont|avez)\s+écrit\s?[:：]?",  # fr
    r".{2,200}\ba écrit (?:le|sur)\b.{3,200}[:：]",
    r"(?:El|En|A las)\b.{3,400}\b(?:escribi[oó]|ha escrito|escribió lo siguiente|\(.{3,100}\) escribió)\s?.{0,80}[:：]",  # es
    r".{2,200}\bescribió el\b.{3,200}[:：]",
    r"(?:Il|In data|Alle|Nel|Lo|Il giorno)\b.{3,400}\b(?:ha scritto|scrive|ha inviato|scritto)\b.{0,120}[:：]",  # it
    r".{2,200}\bha scritto (?:il|in data)\b.{3,200}[:：]",
    r"(?:Em|A|No dia|Na|Às|Aos|Dia|Ao)\b.{3,400}\b(?:escreveu|escreveram)\b.{0,120}[:：]?",  # pt
    r"(?:Op|Van)\b.{3,400}\b(?:schreef|geschreven|het volgende geschreven|heeft)\b.{0,200}[:：]",  # nl
    r"(?:Den|På|Kl|Fredag|Torsdag|Onsdag|Tisdag|Måndag|Lördag|Söndag|D\.|Le|man|tir|ons|tor|tors|fre|lør|søn|mån|tis|lör|sön)\b\.?.{3,400}\b(?:skrev|följande|skrifað)\b.{0,200}[:：]",  # sv da no
    r".{2,200}\bskrev (?:den|kl|følgende den|följande den)\b.{3,200}[:：]",
    r"Wiadomość napisana przez.{3,300}\d.{0,60}[:：]",
    r"(?:W dniu|Dnia|Dn\.|W|pon|wt|śr|czw|pt|sob|niedz|poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela|\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4})\b.{0,400}?\b(?:napisał(?:\(a\)|a|o)?|pisze|pisał(?:\(a\)|a)?|wysłał(?:\(a\)|a)?)(?!\w).{0,120}[:：]",  # pl
    r".{2,200}\b(?:napisał|napisała|napsal|napsala)(?!\w).{0,100}\d.{0,60}[:：]",
    r"(?:Dne|Dňa|V|po|út|ut|st|čt|št|pá|pi|so|ne|pondělí|úterý|středa|čtvrtek|pátek|sobota|neděle|\d{1,2}\.)\b.{0,400}?\b(?:napsal(?:\(a\)|a)?|odeslal(?:a)?|píše|napísal(?:\(a\)|a)?)(?!\w).{0,120}[:：]",  # cs sk
    r"(?:\d{1,2}[ ./-].{1,30}|пн|вт|ср|чт|пт|сб|вс|В|Вы писали|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|\d{4}-\d\d-\d\d)\b.{0,400}?\b(?:пишет|писал(?:\(а\)|а)?|написал(?:\(а\)|а)?|пише|написав)(?!\w).{0,200}[:：]",  # ru uk
    r"\d{4}\s*年.{2,200}(?:[:：]|のメール|さんは書きました|wrote:)",  # ja
    r".{0,100}\d{4}[/年-].{2,200}(?:さん)?(?:のメール|は書きました|が書きました|のメッセージ|は次のように書きました|wrote)[:：]?",
    r"(?:在|于|於).{3,300}(?:写道|寫道|写到|寫到)\s*[:：]?",  # zh
    r".{0,200}(?:于|於|在).{3,200}(?:写道|寫道)\s*[:：]?",
    r"\d{4}年.{2,200}(?:写道|寫道)\s*[:：]?",
    r"(?:.{0,60}\d.{0,200}|.{2,100})\b(?:kirjoitti|kirjutas|rašė|rakstīja)\b.{0,200}[:：]",  # fi et lt lv
    r".{3,300}(?:tarihinde|saatinde|şunları yazdı|şunu yazdı|yazdı)\b.{0,200}[:：]?",  # tr
    r".{3,300}(?:님이 작성|님이 작성했습니다|님의 말|작성)\s*[:：]",  # ko
    r".{3,300}\b(?:ezt írta|írta|a scris|написа|έγραψε|je napisao|je napisal|viết|đã viết|כתב|כתבה|كتب|menulis)(?!\w).{0,120}[:：]",
    r".{0,120}בתאריך.{3,300}(?:כתב|מאת).{0,200}[:：]",
    r"\d{4}[-/]\d{1,2}[-/]\d{1,2}[ T,]+\d{1,2}:\d{2}.{0,120}<[^<>\s]+@[^<>\s]+>\s*[:：]",  # 2014-03-20 17:22 GMT+01:00 Ann <a@b>:
    r"[^\n]{0,80}<[^<>\s]+@[^<>\s]+>\s*(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev|napisał\(?a?\)?|napsal|пишет|さん)\s?[:：]",
    r".{0,60}\d{1,2}[:.]\d{2}.{0,120}<[^<>\s]+@[^<>\s]+>[^\n<>.!?]{0,40}[:：]",  # вт, 5 янв. 2021 г. в 10:00, Ann <a@b>:
    r"\*? ?[^\n<>]{2,60}<[^<>\s]+@[^<>\s]+> \[\d{4}-\d\d-\d\d[^\[\]\n]{0,40}\][:：]",  # * Ann <a@b> [2024-03-04 10:00 +0100]:
    r"(?:Em|On|Am|Le|El|Il|Op|Den)\b.{0,80}\d{1,2}[:.h]\d{2}.{0,200}@.{0,120}[:：]",
)
INTRO = re.compile(rf"{_DATE_HINT}(?:{'|'.join(_INTROS)})[ \t>*_]*\Z", re.IGNORECASE | re.DOTALL)
INTRO_HINT = re.compile(
    r"wrote|writes|write|said|sent|schr[ie]+[bf]|écrit|escri[bt]|scritt|scrive|inviato|escreve|schreef|geschreven|heeft|skrev|"
    r"följande|napisał|pisze|pisał|wysłał|napsal|odeslal|píše|napísal|пишет|писал|пише|написав|年|写|寫|書|kirjoitti|kirjutas|rašė|"
    r"rakstīja|tarihinde|saatinde|yazdı|작성|말|írta|scris|написа|έγραψε|napisa|viết|כתב|מאת|كتب|menulis|@|メール|メッセージ",
    re.IGNORECASE,
)
_WROTE = (
    r"wrote|writes|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev|napisał(?:a|\(a\))?|pisze|napsal(?:a)?|"
    r"пишет|пише|писал(?:а)?|написал(?:а)?|написав|kirjoitti|yazdı|写道|寫道"
)
NAME_WROTE = re.compile(
    rf"(?:[^\n:>]{{2,80}}|[^\n:<>]{{0,80}}[<(][^<>()\s]+@[^<>()\s]+[>)]\s?)\b(?:{_WROTE})\s?[:：]\s*\Z",
    re.IGNORECASE,
)
# With an address in brackets no date is needed: Ann <ann@example.org> wrote:
ADDRESS_WROTE = re.compile(
    rf"[^\n:<>()]{{0,60}}[<(][^<>()\s]{{1,64}}@[^<>()\s]{{3,120}}[>)]\s(?:{_WROTE})\s?[:：]\s*\Z",
    re.IGNORECASE,
)
# Programs that put the introduction between signs: GroupWise, Notes.
SIGNED_INTRO = re.compile(
    r">>> ?(?=[^\n]{0,150}\d{1,2}[:.]\d{2})[^\n>][^\n]{2,150} ?>>>\s*\Z|"
    r"\S[^\n]{0,60}-{2,3} ?\d{1,4}[./-]\d{1,2}[./-]\d{2,4}[ ,]{1,2}\d{1,2}[:.]\d{2}[^\n]{0,20}---|"
    r"-{3,4} [^\n]{0,60}\d{1,2}:\d{2}[^\n]{3,200}<[^<>\s]+@[^<>\s]+>[^\n]{0,20} -{3,4}\s*\Z"
)
# A date, a time and a closing colon, in whatever language: an introduction when a quote follows.
GENERIC_INTRO = re.compile(r"(?=.*\d{1,2}[:.h]\d{2})(?=.*(?:\d{4}|@))[^\n>]{10,300}[:：]\s*\Z", re.DOTALL)
DATE_AND_ADDRESS = re.compile(
    r"\W{0,3}\d{4}[/-]\d{1,2}[/-]\d{1,2}[^\n>]{0,120}<[^<>\s]+@[^<>\s]+>\s*[:：]?\Z"
)
IN_THE_LINE = re.compile(
    r"(?<=\S)[ \t-]*[ \t-](?=(?:On|Am|Le|El|Il|Em|Op|Den) [^\n]{0,40}\d[^\n]{3,200}(?:wrote|schrieb[^\n]{0,80}|a écrit|escribió|ha scritto|escreveu|schreef[^\n]{0,80}|skrev[^\n]{0,80})\s?:\s*$)"
)
# Programs that put the quoted text behind the introduction: On Tue, Mar 5, 2024 at 10:00, Ann<a@b.c> wrote:   Text
INTRO_WITH_TEXT = re.compile(
    r"[ \t]{0,4}On [^\n<>]{3,30}\d{4}[^\n<>]{3,80}\d{1,2}:\d{2}[^\n<>]{0,80}<[^<>\s]+@[^<>\s]+> wrote:[ \t]{2,}\S"
)
QUOTE_FOLLOWS = re.compile(r"[^\n>]{3,300}[:：]\s*\Z")

_ORIGINAL = (
    r"original message|original email|original appointment|reply message|reply above|ursprüngliche nachricht|original[- ]?nachricht|ursprüngliche e-mail|"
    r"originalnachricht|antwort nachricht|message d['’]origine|message original|mail original|e-mail original|message d’origine|mensaje original|"
    r"messaggio originale|mensagem original|oorspronkelijk bericht|origineel bericht|ursprungligt meddelande|originalmeddelande|"
    r"oprindelig meddelelse|original meddelelse|oprindelig besked|opprinnelig melding|original melding|wiadomość oryginalna|oryginalna wiadomość|"
    r"původní (?:zpráva|e-mail)|originální zpráva|pôvodná správa|исходное сообщение|оригинальное сообщение|пересылаемое сообщение|"
    r"元のメッセージ|オリジナルメッセージ|original mail|alkuperäinen viesti|özgün ileti|orijinal mesaj|asıl ileti|원본 메시지|"
    r"原始邮件|原始郵件|原邮件|原始信息|eredeti üzenet|mesaj original|πρωτότυπο μήνυμα|quoted text|вихідне повідомлення"
)
_FORWARD = (
    r"forwarded message|forwarded by|forwarded mail|begin forwarded message|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|message transféré|"
    r"début du message (?:réexpédié|transféré)|mensaje reenviado|inicio del mensaje reenviado|messaggio inoltrato|inizio messaggio inoltrato|"
    r"mensagem encaminhada|mensagem reencaminhada|início da mensagem (?:encaminhada|reencaminhada)|doorgestuurd bericht|begin doorgestuurd bericht|vidarebefordrat meddelande|"
    r"vidarebefordrat brev|videresendt meddelelse|videresendt melding|videresendt besked|wiadomość przekazana|przekazana wiadomość|"
    r"přeposlaná zpráva|přesměrovaná zpráva|пересылаемое сообщение|пересланное сообщение|перенаправленное сообщение|転送メッセージ|転送されたメッセージ|"
    r"välitetty viesti|edelleenlähetetty viesti|iletilen mesaj|yönlendirilen ileti|转发的邮件|转发邮件|轉寄的郵件|轉寄郵件|전달된 메시지"
)
_DASH = r"[-_=~*—–‐‑‒―─]"
ORIGINAL = re.compile(rf"[ \t>]*{_DASH}{{2,}}\s*(?:{_ORIGINAL})\b.{{0,80}}$", re.IGNORECASE)
FORWARD = re.compile(
    rf"[ \t>*]*(?:{_DASH}{{2,}}\s*(?:{_FORWARD})\b|(?:begin forwarded message|anfang der weitergeleiteten|début du message|inicio del mensaje|inizio (?:del )?messaggio|início da mensagem|begin doorgestuurd|vidarebefordrat brev|videresendt|přeposlaná|начало пер\w+|転送され|välitetty).{{0,60}}[:：]\s*$).{{0,80}}",
    re.IGNORECASE,
)
RULE = re.compile(r"[ \t]*(?:_{10,}|-{20,}|={20,}|\*{20,}|—{10,}|─{10,})[ \t]*$")
# A ruler right above the history, or what BlackBerry writes in its place.
SHORT_RULE = re.compile(rf"[ \t]*(?:{_DASH}{{3,}}|Original Message)[ \t]*$")
REPLY_LINE = re.compile(
    r"[ \t>*]*##-.{5,150}-##[ \t*]*$|"
    r"\W{0,12}(?:(?:please )?(?:type|write|enter|add|post) (?:your )?(?:reply|response|answer|comment).{0,20}above this line|(?:please )?reply above this line|"
    r"(?:bitte )?(?:antworten sie|antwort|schreiben sie ihre antwort) (?:bitte )?(?:ober|über)(?:halb)? (?:von )?dieser (?:linie|zeile)|répondre au-dessus de cette ligne|"
    r"responda por encima de esta línea|rispondi sopra questa riga|escreva sua resposta acima desta linha|"
    r"antwoord boven deze regel|svara ovanför denna rad|svar over denne linje|この行より上に)\W{0,12}.{0,40}$",
    re.IGNORECASE,
)

_LABELS = {
    "from": "from|από|מאת|من|od koga|pošiljatelj|odosielateľ|dari|saatja|nuo|ส่งจาก|จาก|từ|від кого|von|de|da|van|från|fra|od|от|от кого|差出人|送信者|发件人|寄件者|寄件人|lähettäjä|kimden|gönderen|보낸 사람|expéditeur|"
    "remitente|mittente|afzender|avsändare|afsender|avsender|absender|odesílatel|отправитель|feladó|de la|від|from address|发信人",
    "sent": "sent|στάλθηκε|ημερομηνία|נשלח|תאריך|تم الإرسال|تاريخ|التاريخ|poslano|poslané|odoslané|dikirim|tanggal|saadetud|kuupäev|išsiųsta|nosūtīts|datums|วันที่|ส่งเมื่อ|đã gửi|ngày|дата та час|изпратено|послато|enviat|date|gesendet|datum|envoyé|date d['’]envoi|enviado|enviado el|fecha|inviato|data|enviada|enviada em|enviado em|verzonden|"
    "verzonden op|skickat|sendt|dato|wysłano|odesláno|отправлено|дата|送信日時|日時|日付|发送时间|發送日期|日期|寄件日期|发送日期|lähetetty|päivämäärä|päiväys|"
    "gönderildi|gönderme tarihi|tarih|보낸 날짜|날짜|дата отправки|elküldve|trimis|надіслано|gesendet am|datum en tijd|时间|時間|sent at|"
    "sent on|envoyé le|gönderim zamanı|inviato il",
    "to": "to|προς|אל|إلى|kepada|adresaat|gavėjas|ถึง|đến|tới|пан|per a|an|à|a|para|naar|aan|till|til|do|komu|кому|宛先|收件人|收件者|vastaanottaja|kime|alıcı|받는 사람|destinataire|destinatario|destinatário|"
    "empfänger|ontvanger|mottagare|modtager|mottaker|címzett|către|получатель|per",
    "cc": "cc|κοιν|κοινοποίηση|העתק|نسخة|kopija|tembusan|koopia|สำเนา|копія|kopie|copie à|copie|copia|kopia|kopi|kopie k|cópia|копия|抄送|副本|ccc|bilgi|참조|kopio|dw|ud.w.|udw|másolatot kap|bcc",
    "subject": "subject|θέμα|נושא|הנדון|الموضوع|موضوع|zadeva|predmet|perihal|subjek|teema|tema|temats|หัวเรื่อง|เรื่อง|chủ đề|assumpte|относно|betreff|objet|sujet|asunto|oggetto|assunto|onderwerp|ämne|emne|temat|předmět|тема|件名|主题|主旨|主題|aihe|konu|제목|tárgy|subiect|"
    "titre|betr|re|titel|vec|predmet",
    "extra": "reply-to|antwort an|répondre à|organization|attachments|anlagen|importance|wichtigkeit|priority|priorität|newsgroups|message-id|allegati|bijlagen|"
    "pièces jointes|adjuntos|anexos|załączniki|tärkeys",
}
LABEL_KINDS = {label: kind for kind, labels in _LABELS.items() for label in labels.split("|")}
HEADER_LINE = re.compile(
    r"[ \t>|]*[*_]{0,3}([^\s:：*_][^:：*_\n]{0,28}?)[ \t]?[*_]{0,3}[:：][*_]{0,3}(.{0,1000})$"
)
