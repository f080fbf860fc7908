"""How mail programs of the world introduce quotes, sign and answer by themselves; and what people write that looks alike."""

INTRODUCTIONS = [
    "On Mon, Feb 5, 2024, at 08:12 AM, petra.lind wrote:",
    "On Tuesday, May 14, 2024, orchard via Garden Talk wrote:",
    "On Fri, 2024-08-09 at 07:31 +0000, Ines Calder wrote:",
    "On 03/07/24 18:05, Ines Calder wrote:",
    "---- On Thu, 11 Jan 2024 09:48:02 +0100 Ines Calder<ines@garden.example> wrote ----",
    "Op 7 feb. 2024 om 21:09 heeft tuinman via Garden <post@garden.example> het volgende geschreven:",
    'Le 18 oct. 2023 07:41, "Odile Marchand" <odile@garden.example> a écrit :',
    "Dnia 2 cze 2024 o godz. 13:37 Jan Zieliński <jan@garden.example> napisał(a):",
    "Em qui, 6 de jun de 2024 08:20, Rita Lopes <rita@garden.example> escreveu:",
    "El martes, 9 de abril de 2024, jardinera escribió:",
    "At 11/2/2023 07:15 AM, you wrote:",
    'Op 29 jan. 2024 07:52 schreef "Sanne Bos" <sanne@garden.example>:',
    "tor. 12. sep. 2024 kl. 19.44 skrev Nils Berg <nils@garden.example>:",
    "понедельник, 3 июня 2024 г. пользователь sadovnik написал:",
    '9 sty 2024 06:58 "Jan Zieliński" <jan@garden.example> napisał(a):',
    '17 трав. 2024 р. 08:03 "Олена" olena@garden.example пише:',
    "Gerda Winkler <gerda@garden.example> schrieb am Di., 16. Jan. 2024 um 22:05 Uhr:",
    "2024-02-19 6:43 GMT+02:00 Ines Calder <ines@garden.example>:",
    "чт, 8 авг. 2024 г. в 07:26, Ольга Миронова <olga@garden.example>:",
    "пт, 12 июл. 2024, 09:14, Ольга Миронова <olga@garden.example>:",
    "Petra Lind (petra@garden.example) wrote:",
    "On 11-Apr-2011, at 6:54 PM, Bob <bob@example.com> sent:",
    "On 24.03.2024 at 10:00 Bob wrote:",
    "Bob Smith wrote on 24/03/2024 10:00:",
    "Bob <bob@example.com> wrote on 2024-03-24 10:00:",
    "Bob Smith schrieb am 24.03.2024 um 10:00:",
    "Am Sonntag, 24. März 2024, 10:00:00 MEZ hat Bob Smith <bob@example.com> Folgendes geschrieben:",
    "Am Sonntag, den 24. März 2024 um 10:00 schrieb Bob Smith <bob@example.com>:",
    "Am So., 24. März 2024 um 10:00 Uhr schrieb Bob\nSmith <bob@example.com>:",
    "Bob Smith <bob@example.com> hat am 24.03.2024 10:00 CET geschrieben:",
    "Le dimanche 24 mars 2024 à 10:00:00 UTC+1, Bob Smith <bob@example.com> a écrit :",
    "Le dim. 24 mars 2024 à 10:00, Bob Smith <bob@example.com> a\nécrit :",
    "Bob Smith a écrit le 24/03/2024 à 10:00 :",
    "Bob Smith <bob@example.com> a écrit :",
    "El domingo, 24 de marzo de 2024, 10:00:00 CET, Bob Smith <bob@example.com> escribió:",
    "El dom., 24 de marzo de 2024 10:00 a. m., Bob Smith <bob@example.com>\nescribió:",
    "Il domenica 24 marzo 2024 alle ore 10:00:00 CET, Bob Smith <bob@example.com> ha scritto:",
    "Il Dom 24 Mar 2024, 10:00 Bob Smith <bob@example.com> ha scritto:",
    "Em domingo, 24 de março de 2024 às 10:00:00 BRT, Bob Smith <bob@example.com> escreveu:",
    "Em dom., 24 de mar. de 2024 às 10:00, Bob Smith <bob@example.com>\nescreveu:",
    "Bob Smith <bob@example.com> escreveu no dia domingo, 24/03/2024 à(s) 10:00:",
    "Op zo 24 mrt. 2024 10:00 schreef Bob Smith <bob@example.com>:",
    "Op zondag 24 maart 2024 10:00:00 CET schreef Bob Smith:",
    "Den sön 24 mars 2024 10:00Bob Smith <bob@example.com> skrev:",
    "Den sön 24 mars 2024 kl 10:00 skrev Bob Smith <bob@example.com>:",
    "24 mars 2024 kl. 10:00 skrev Bob Smith <bob@example.com>:",
    "Den søn. 24. mar. 2024 kl. 10.00 skrev Bob Smith <\nbob@example.com>:",
    "søn. 24. mar. 2024, 10:00 skrev Bob Smith <bob@example.com>:",
    "niedz., 24 mar 2024 o 10:00 Bob Smith <bob@example.com> napisał(a):",
    "W dniu niedziela, 24 marca 2024 10:00:00 UTC+1 użytkownik Bob napisał:",
    "Dne ne 24. 3. 2024 10:00 uživatel Bob Smith <bob@example.com> napsal:",
    "ne 24. 3. 2024 v 10:00 odesílatel Bob Smith <bob@example.com> napsal:",
    "Bob Smith <bob@example.com> kirjoitti su 24. maalisk. 2024 klo 10.00:",
    "su 24. maalisk. 2024 klo 10.00 Bob Smith <bob@example.com> kirjoitti:",
    "Bob Smith <bob@example.com>, 24 Mar 2024 Paz, 10:00 tarihinde şunu yazdı:",
    "24 Mar 2024 Paz 10:00 tarihinde Bob Smith <bob@example.com> şunu yazdı:",
    "2024年3月24日(日) 10:00 Bob Smith <bob@example.com>:",
    "2024年3月24日 10:00、Bob Smith <bob@example.com>のメール:",
    "2024年3月24日(日) 10:00 Bob さん <bob@example.com>:",
    "2024/03/24 10:00、Bob Smith <bob@example.com>のメッセージ:",
    "> 2024/03/24 10:00、Bob Smith <bob@example.com>のメール：",
    "On Sun, 24 Mar 2024 10:00:00 +0900\nBob Smith <bob@example.com> wrote:",
    "Bob Smith <bob@example.com> 于2024年3月24日周日 10:00写道：",
    "Bob Smith <bob@example.com> 於 2024年3月24日 週日 上午10:00寫道：",
    '在 2024-03-24 10:00:00，"Bob Smith" <bob@example.com> 写道：',
    'At 2024-03-24 10:00:00, "Bob Smith" <bob@example.com> wrote:',
    "2024년 3월 24일 (일) 오전 10:00, Bob Smith <bob@example.com>님이 작성:",
    "2024. 3. 24. 오전 10:00, Bob Smith <bob@example.com> 작성:",
    "Bob Smith <bob@example.com> ezt írta (időpont: 2024. márc. 24., V, 10:00):",
    "În dum., 24 mar. 2024 la 10:00, Bob Smith <bob@example.com> a scris:",
    "Στις Κυρ 24 Μαρ 2024 στις 10:00 π.μ., ο χρήστης Bob Smith <bob@example.com> έγραψε:",
    "нд, 24 бер. 2024 р. о 10:00 Bob Smith <bob@example.com> пише:",
    "Vào CN, 24 thg 3, 2024 vào lúc 10:00 Bob Smith <bob@example.com> đã viết:",
    "Pada Min, 24 Mar 2024 pukul 10.00 Bob Smith <bob@example.com> menulis:",
    "\u202bבתאריך יום א׳, 24 במרץ 2024 ב-10:00 מאת \u202aBob Smith\u202c\u200f <\u202abob@example.com\u202c\u200f>:\u202c",
    "\u202bفي الأحد، 24 مارس 2024 في 10:00 ص تمت كتابة ما يلي بواسطة \u202aBob Smith\u202c\u200f <\u202abob@example.com\u202c\u200f>:\u202c",
    "เมื่อ อา. 24 มี.ค. 2024 เวลา 10:00 Bob Smith <bob@example.com> เขียนว่า:",
    "On Sunday, March 24, 2024 at 10:00:00 AM GMT+1, Bob Smith <bob@example.com> wrote:",
    "On Sunday, March 24th, 2024 at 10:00 AM, Bob Smith <bob@example.com> wrote:",
    "------- Original Message -------\nOn Sunday, March 24th, 2024 at 10:00 AM, Bob <bob@example.com> wrote:",
    "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Sunday, March 24, 2024 10:00 AM, Bob <bob@example.com> wrote:",
    "-------- Original message --------\nFrom: Bob <bob@example.com>\nDate: 24/03/2024 10:00 (GMT+01:00)\nTo: Ann <ann@example.org>\nSubject: Printer",
    "-------- Ursprüngliche Nachricht --------\nVon: Bob <bob@example.com>\nDatum: 24.03.24 10:00 (GMT+01:00)\nAn: Ann <ann@example.org>\nBetreff: Printer",
    "-------- Message d'origine --------\nDe : Bob <bob@example.com>\nDate : 24/03/2024 10:00 (GMT+01:00)\nÀ : Ann <ann@example.org>\nObjet : Printer",
    "-----Original Message-----\nFrom: Bob\nTo: Ann\nSent: Sun, Mar 24, 2024 10:00 am\nSubject: Printer",
    "Sent from my iPhone\n\nOn Mar 24, 2024, at 10:00 AM, Bob <bob@example.com> wrote:",
    "________________________________\nFrom: Bob <bob@example.com>\nSent: Sunday, March 24, 2024 10:00:00 AM\nTo: Ann\nSubject: Printer",
    "De: Bob <bob@example.com>\nEnviado el: domingo, 24 de marzo de 2024 10:00\nPara: Ann <ann@example.org>\nCC: Carl\nAsunto: Printer",
    "From: Bob via Desk [mailto:bob@example.com]\nSent: 24 March 2024 10:00\nTo: Ann; Carl\nCc: Dan\nSubject: RE: Printer\nImportance: High",
    "Von: Bob via Desk [mailto:bob@example.com] \nGesendet: Sonntag, 24. März 2024 10:00\nAn: Ann\nCc: Dan\nBetreff: AW: Printer\nPriorität: Hoch",
    "From: Bob <bob@example.com>\nDate: Sunday, 24 March 2024 at 10:00\nTo: Ann <ann@example.org>\nSubject: Printer",
    "From:\tBob\nTo:\tAnn\nDate:\t24.03.2024 10:00\nSubject:\tPrinter",
    "Bob ---24.03.2024 10:00:00---Please restart",
    "发件人: Bob <bob@example.com>\n发送时间: 2024年3月24日 10:00\n收件人: Ann <ann@example.org>\n主题: Printer",
    '------------------ 原始邮件 ------------------\n发件人: "Bob"<bob@example.com>;\n发送时间: 2024年3月24日(星期天) 上午10:00\n收件人: "Ann"<ann@example.org>;\n主题: Printer',
    "差出人: Bob <bob@example.com>\n送信日時: 2024年3月24日 10:00\n宛先: Ann <ann@example.org>\n件名: Printer",
    "보낸 사람: Bob <bob@example.com>\n보낸 날짜: 2024년 3월 24일 일요일 오전 10:00\n받는 사람: Ann\n제목: Printer",
    "От: Bob <bob@example.com>\nОтправлено: 24 марта 2024 г. 10:00\nКому: Ann\nТема: Printer",
    "Воскресенье, 24 марта 2024, 10:00 +03:00 от Bob <bob@example.com>:",
    "Od: Bob <bob@example.com>\nWysłano: niedziela, 24 marca 2024 10:00\nDo: Ann\nTemat: Printer",
    "Från: Bob <bob@example.com>\nSkickat: den 24 mars 2024 10:00\nTill: Ann\nÄmne: Printer",
    "Lähettäjä: Bob <bob@example.com>\nLähetetty: sunnuntai 24. maaliskuuta 2024 10.00\nVastaanottaja: Ann\nAihe: Printer",
    "Kimden: Bob <bob@example.com>\nGönderildi: 24 Mart 2024 Pazar 10:00\nKime: Ann\nKonu: Printer",
    "Feladó: Bob <bob@example.com>\nElküldve: 2024. március 24. 10:00\nCímzett: Ann\nTárgy: Printer",
    "De la: Bob <bob@example.com>\nTrimis: duminică, 24 martie 2024 10:00\nCătre: Ann\nSubiect: Printer",
    "Από: Bob <bob@example.com>\nΣτάλθηκε: Κυριακή, 24 Μαρτίου 2024 10:00\nΠρος: Ann\nΘέμα: Printer",
    "מאת: Bob <bob@example.com>\nנשלח: יום ראשון 24 מרץ 2024 10:00\nאל: Ann\nנושא: Printer",
    "من: Bob <bob@example.com>\nتم الإرسال: 24 مارس 2024 10:00\nإلى: Ann\nالموضوع: Printer",
    "Fra: Bob <bob@example.com>\nSendt: 24. marts 2024 10:00\nTil: Ann\nEmne: Printer",
    "Van: Bob <bob@example.com>\nVerzonden: zondag 24 maart 2024 10:00\nAan: Ann\nOnderwerp: Printer",
    "Da: Bob <bob@example.com>\nInviato: domenica 24 marzo 2024 10:00\nA: Ann\nOggetto: Printer",
    "Van: Bob <bob@example.com>\nDatum: zondag 24 maart 2024 om 10:00\nAan: Ann\nOnderwerp: Printer",
    "> From: bob@example.com\n> To: ann@example.org\n> Subject: Printer\n> Date: Sun, 24 Mar 2024 10:00:00 +0100\n>",
    "Date: Sun, 24 Mar 2024 10:00:00 +0100\nFrom: bob@example.com\nTo: ann@example.org\nSubject: Printer",
    "Subject: Printer\nFrom: bob@example.com\nTo: ann@example.org\nDate: Sun, 24 Mar 2024 10:00:00 +0100",
    "To: ann@example.org\nFrom: bob@example.com\nSubject: Printer\nDate: Sun, 24 Mar 2024 10:00:00 +0100",
    "-----Původní zpráva-----\nOd: Bob [mailto:bob@example.com]\nOdesláno: 24. března 2024 10:00\nKomu: Ann\nPředmět: Printer",
    '----- Reply message -----\nFrom: "Bob" <bob@example.com>\nTo: <ann@example.org>\nSubject: Printer\nDate: Sun, Mar 24, 2024 10:00',
    '----- Mensagem original -----\nDe: "Bob" <bob@example.com>\nPara: "Ann" <ann@example.org>\nEnviadas: Domingo, 24 de março de 2024 10:00:00\nAssunto: Printer',
    '----- Original Message -----\nFrom: "Bob" <bob@example.com>\nTo: "Ann" <ann@example.org>\nSent: Sunday, March 24, 2024 10:00:00 AM\nSubject: Printer',
    '----- Mail original -----\nDe: "Bob" <bob@example.com>\nÀ: "Ann" <ann@example.org>\nEnvoyé: Dimanche 24 Mars 2024 10:00:00\nObjet: Printer',
    "##- Please type your reply above this line -##",
    "--- Please reply above this line ---",
    "--\nReply above this line\n",
]

DEVICE_SIGNATURES = """
Sent from my iPhone
Sent from my iPad
Sent from my iPhone 15
Sent from Mail for Windows 10
Sent from Mail for Windows
Sent from Outlook
Sent from Outlook for iOS
Sent from Yahoo Mail on Android
Sent from Yahoo Mail for iPhone
Sent from my Samsung Galaxy smartphone.
Sent from my T-Mobile 4G LTE Device
Sent from my Verizon, Samsung Galaxy smartphone
Sent via the Samsung Galaxy S21 5G, an AT&T 5G smartphone
Sent from ProtonMail mobile
Sent with ProtonMail Secure Email.
Sent with Proton Mail secure email.
Sent from Proton Mail for iOS
Sent from Gmail Mobile
Sent from Spark
Sent with Spark
Sent from Mailspring
Sent from my BlackBerry® smartphone
Sent via BlackBerry by AT&T
Sent from my Windows Phone
Sent from a mobile device, please excuse brevity
Sent from my mobile. Please excuse typos.
Sent from my pocket computer
Sent from Mailbox for iPad
Sent from Airmail
Sent with Airmail
Sent using Zoho Mail
Sent using Hushmail
Sent from Workspace ONE Boxer
Sent from Nine
Sent from AOL Mobile Mail
Get Outlook for iOS
Get Outlook for Android
Get Outlook for iOS<https://aka.ms/o0ukef>
Get Outlook for Android <https://aka.ms/ghei36>
Get BlueMail for Android
Get TypeApp for Android
Sent from Front
Sent via Superhuman
Sent from Superhuman iOS ( https://sprh.mn/?vip=ines@garden.example )
(Sent from a small device)
(sent from my phone)
<<sent by pixel>>
Sent from myMail for iOS
Sent from myMail for Android
Sent from Tutanota
Secured with Tuta Mail
Sent from Thunderbird for Android
Sent from Polymail
Sent from Samsung Mobile
Sent from my Huawei phone
Sent from my Xiaomi
From my iPhone
From my iPad
Sent from the train
Sent from iCloud
Sent from Canary (https://canarymail.io)
Sent from Edison Mail
Sent from HEY
Von meinem iPhone gesendet
Von meinem iPad gesendet
Von meinem Samsung Galaxy Smartphone gesendet.
Gesendet von meinem Windows Phone
Gesendet von Mail für Windows 10
Gesendet von Mail für Windows
Gesendet mit der Telekom Mail App
Gesendet von Outlook für iOS
Gesendet von Outlook für Android
Outlook für iOS beziehen
Outlook für Android herunterladen
Holen Sie sich Outlook für iOS
Diese Nachricht wurde von meinem Android-Mobiltelefon mit K-9 Mail gesendet.
Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.
Diese Nachricht wurde von meinem Android Gerät mit WEB.DE Mail gesendet.
Gesendet mit der GMX Mail App
Gesendet mit der mobilen Mail App
Von meinem Mobilgerät gesendet
Von unterwegs gesendet
Gesendet von Yahoo Mail auf Android
Gesendet von meinem Handy
Von Samsung-Tablet gesendet
Gesendet mit Proton Mail
Sent from my iPhone / Von meinem iPhone gesendet
Envoyé de mon iPhone
Envoyé de mon iPad
Envoyé depuis mon iPhone
Envoyé depuis mon mobile Orange
Envoyé depuis mon appareil mobile Samsung.
Envoyé de mon appareil Samsung de Bell via le réseau le plus vaste au pays.
Envoyé à partir de Outlook pour iOS
Obtenir Outlook pour iOS
Obtenez Outlook pour Android
Télécharger Outlook pour iOS
Provenance : Courrier pour Windows
Provenance : Courrier pour Windows 10
Envoyé avec la messagerie sécurisée Proton Mail.
Envoyé depuis l'application Mail Orange
Envoyé depuis Yahoo Mail pour Android
Envoyé de mon smartphone Samsung Galaxy.
Enviado desde mi iPhone
Enviado desde mi iPad
Enviado desde Correo para Windows
Enviado desde Correo para Windows 10
Enviado desde Yahoo Mail para Android
Enviado desde Yahoo Mail con Android
Enviado desde mi Samsung Mobile de Claro
Enviado desde Outlook para Android
Obtener Outlook para Android
Obtener Outlook para iOS
Enviado desde mi dispositivo móvil
Enviado con Proton Mail
Obtén Outlook para iOS
Inviato da iPhone
Inviato da iPad
Inviato dal mio iPhone
Inviato dal mio dispositivo Samsung
Inviato da smartphone Samsung Galaxy.
Inviato da Outlook per Android
Inviato da Posta per Windows
Ottieni Outlook per iOS
Scarica Outlook per Android
Inviato da Libero Mail per Android
Inviato da Yahoo Mail su Android
Inviato con Proton Mail
Inviato dall'app Mail
Enviado do meu iPhone
Enviado do meu iPad
Enviado do Email para Windows 10
Enviado do Outlook para iOS
Obter o Outlook para iOS
Obter o Outlook para Android
Enviado do Yahoo Mail no Android
Enviado a partir do meu smartphone Samsung Galaxy.
Enviado via iPhone
Enviado do meu telemóvel
Enviado desde o meu telemóvel
Enviado do Gmail para celular
Verstuurd vanaf mijn iPhone
Verstuurd vanaf mijn iPad
Verzonden vanaf mijn iPhone
Verzonden vanuit Mail voor Windows 10
Verzonden vanuit Mail voor Windows
Verzonden vanaf Outlook voor Android
Outlook voor iOS downloaden
Outlook voor Android downloaden
Verzonden vanaf mijn Samsung Galaxy-smartphone.
Verzonden met Proton Mail
Verstuurd via mijn mobiel
Verzonden vanaf Yahoo Mail op Android
Verzonden via mijn Samsung-telefoon
Skickat från min iPhone
Skickat från min iPad
Skickat från E-post för Windows 10
Skickat från Outlook för Android
Hämta Outlook för iOS
Skickat från min Samsung Galaxy-smarttelefon.
Skickat från Yahoo Mail för iPhone
Skickat från min mobil
Skickat från Mail för Windows
Skickades från min iPhone
Sendt fra min iPhone
Sendt fra min iPad
Sendt fra Outlook til iOS
Sendt fra Mail til Windows 10
Hent Outlook til iOS
Hent Outlook til Android
Få Outlook til iOS
Sendt fra min Samsung Galaxy-smartphone.
Sendt fra min telefon
Sendt fra E-post for Windows
Skaff deg Outlook for iOS
Last ned Outlook for Android
Wysłane z iPhone'a
Wysłane z iPada
Wysłane z mojego iPhone'a
Wysłane z aplikacji Poczta dla systemu Windows 10
Pobierz aplikację Outlook dla systemu iOS
Pobierz Outlook dla systemu Android
Wysłane z telefonu Samsung.
Wysłano ze smartfona Samsung Galaxy.
Wysłane z aplikacji mobilnej
Wysłane przy użyciu Proton Mail
Odesláno z iPhonu
Odesláno z mého iPhonu
Odesláno z mého iPhone
Odesláno z Pošty pro Windows 10
Získat Outlook pro Android
Odesláno ze Samsung Mobile
Odesláno z telefonu
Odesláno ze služby Outlook pro iOS
Získejte Outlook pro iOS
Odoslané z iPhonu
Odoslané z Outlooku pre Android
Отправлено с iPhone
Отправлено с моего iPhone
Отправлено с iPad
Отправлено из Почты для Windows 10
Отправлено из мобильной Яндекс.Почты
Отправлено из Mail.ru для Android
Отправлено из почты Mail.ru для iOS
Скачать Outlook для Android
Скачать Outlook для iOS
Отправлено со смартфона Samsung Galaxy.
Отправлено с мобильного устройства
Отправлено через Proton Mail
Получите Outlook для iOS
Надіслано з iPhone
Відправлено з мобільного
iPhoneから送信
iPadから送信
私のiPhoneから送信
Windows 版のメールから送信
Windows のメールから送信
iOS 版 Outlook を入手
Outlook for iOS を入手
Android 版 Outlook を入手
Yahoo!メール(iPhone)から送信
スマートフォンから送信
Galaxyから送信
Gmail モバイルから送信
Lähetetty iPhonesta
Lähetetty iPadista
Lähetetty Windowsin Sähköpostista
Hanki Outlook for iOS
Hanki Outlook Androidille
Lähetetty Samsung Galaxy -älypuhelimesta.
Lähetetty puhelimestani
Lähetetty laitteesta iPhone
iPhone'umdan gönderildi
iPad'imden gönderildi
iPhone’umdan gönderildi
Android için Outlook’u edinin
iOS için Outlook'u edinin
Windows için Posta ile gönderildi
Samsung cihazımdan gönderildi.
Yahoo Mail'den Android'de gönderildi
发自我的iPhone
发自我的 iPhone
发自我的iPad
发自我的小米手机
发自我的华为手机
从我的iPhone发送
從我的 iPhone 傳送
從我的iPad傳送
发送自 Windows 10 版邮件应用
发送自 Windows 版邮件
从 Windows 版邮件发送
获取 Outlook for iOS
获取Outlook for Android
取得 iOS 版 Outlook
來自我的iPhone
发自网易邮箱大师
發自我的 iPhone
來自 Yahoo奇摩電子郵件 Android 版
나의 iPhone에서 보냄
내 iPhone에서 보냄
내 갤럭시에서 보냄
iPhone에서 보냄
Windows용 메일에서 보냄
iOS용 Outlook 받기
Az iPhone készülékemről küldve
Trimis de pe iPhone-ul meu
Εστάλη από το iPhone μου
נשלח מה-iPhone שלי
أُرسلت من الـ iPhone
تم الإرسال من هاتفي
Được gửi từ iPhone của tôi
Dikirim dari iPhone saya
Poslano z mojega iPhonea
Saadetud minu iPhone'ist
Išsiųsta iš iPhone
ส่งจาก iPhone ของฉัน
Enviat des del meu iPhone
""".strip().split("\n")

AUTOMATIC_SUBJECTS = """
Automatic reply: Printer
Auto Reply: Printer
Auto-Reply: Printer
AutoReply: Printer
Autoreply: Re: Printer
Auto: Re: Printer
Automatic response: Printer
Auto Response: Printer
Out of Office: Printer
Out of Office AutoReply: Printer
Out of office Re: Printer
OOO Re: Printer
OOO: back on Monday
Out of the office: Printer
[Auto-Reply] Printer
(Auto reply) Printer
Vacation reply: Printer
On vacation Re: Printer
Away from my mail Re: Printer
I am out of the office
Out of Office
Automatic reply
Re: Printer (Out of office)
Re: Printer [Auto-Reply]
Automated response - Printer
Automated reply from Carl
Away: Printer
Vacation
Carl is out of office
Holiday notice
Automatische Antwort: Printer
Abwesenheitsnotiz: Printer
Abwesenheit: Printer
Abwesend: Printer
Abwesenheitsbenachrichtigung Re: Printer
Automatische Abwesenheitsnotiz: Printer
Ich bin nicht im Büro: Printer
Urlaubsabwesenheit
Re: Printer - Abwesenheitsnotiz
Automatische Rückmeldung: Printer
AUTO: Carl ist nicht im Hause (Rückkehr am 10.03.2024)
AUTO: Carl is out of the office (returning 10/03/2024)
Außer Haus: Printer
Réponse automatique : Printer
Réponse automatique: Printer
Absence du bureau : Printer
Absent du bureau: Printer
Message d'absence: Printer
Notification d'absence
Absence : Printer
Réponse d'absence
En congés : Printer
Respuesta automática: Printer
Respuesta automatica: Printer
Fuera de la oficina: Printer
Fuera de oficina Re: Printer
Mensaje automático: Printer
Ausencia: Printer
Auto-respuesta: Printer
Vacaciones: Printer
Risposta automatica: Printer
Risposta automatica
Fuori sede: Printer
Fuori ufficio: Printer
Assente: Printer
R: Printer - assente dall'ufficio
Resposta automática: Printer
Resposta automática
Fora do escritório: Printer
Ausência temporária: Printer
Ausente: Printer
Férias: Printer
Automatisch antwoord: Printer
Automatische reactie: Printer
Afwezigheidsbericht: Printer
Afwezig: Printer
Niet aanwezig: Printer
Automatisch beantwoord: Printer
Buiten kantoor: Printer
Autosvar: Printer
Automatiskt svar: Printer
Frånvaromeddelande: Printer
Frånvarande: Printer
Semester: Printer
Ej på kontoret: Printer
Automatisk svar: Printer
Fraværende: Printer
Fravær: Printer
Ikke til stede: Printer
Ikke på kontoret: Printer
Automatisk besvarelse: Printer
Autosvar: ferie
Ferie: Printer
Odpowiedź automatyczna: Printer
Automatyczna odpowiedź: Printer
Poza biurem: Printer
Nieobecność w biurze: Printer
Urlop: Printer
Automatická odpověď: Printer
Mimo kancelář: Printer
Nepřítomnost: Printer
Automatická odpoveď: Printer
Dovolená: Printer
Автоматический ответ: Printer
Автоответ: Printer
Отсутствую в офисе: Printer
Нет на рабочем месте: Printer
В отпуске: Printer
Автовідповідь: Printer
Автоматична відповідь: Printer
Отпуск: Printer
自動応答: Printer
自動返信: Printer
【自動返信】お問い合わせ
自動応答メッセージ：Printer
不在通知
休暇中: Printer
外出中: Printer
[自動送信] Printer
Automaattinen vastaus: Printer
Poissa: Printer
Lomalla: Printer
Poissaoloilmoitus: Printer
Otomatik yanıt: Printer
Otomatik Yanıt: Printer
Ofis dışında: Printer
Otomatik cevap: Printer
自动回复: Printer
自动回复:Printer
自動回覆: Printer
自动答复: Printer
外出: Printer
[自动回复] Printer
休假：Printer
자동 회신: Printer
자동응답: Printer
부재중 자동응답
Automatikus válasz: Printer
Răspuns automat: Printer
Αυτόματη απάντηση: Printer
תגובה אוטומטית: Printer
תשובה אוטומטית: Printer
رد تلقائي: Printer
Trả lời Tự động: Printer
Balasan Otomatis: Printer
Automatski odgovor: Printer
Samodejni odgovor: Printer
Automatinis atsakymas: Printer
Automaatvastus: Printer
Автоматичен отговор: Printer
Resposta automàtica: Printer
ตอบกลับอัตโนมัติ: Printer
Sjálfvirkt svar: Printer
Balas automatik: Printer
""".strip().split("\n")

AUTOMATIC_TEXTS = """
Thank you for your message. I am out of the office from 1 to 9 March with no access to e-mail.
Vielen Dank für Ihre Nachricht. Ich bin bis zum 10. März nicht im Büro.
Vielen Dank für Ihre E-Mail. Ich bin am 10.03. wieder erreichbar. In dringenden Fällen wenden Sie sich bitte an Bob.
Bonjour, je suis absent du bureau jusqu'au 10 mars.
Bonjour, je suis actuellement en congés.
Hola, estaré fuera de la oficina hasta el 10 de marzo.
Sono in ferie fino al 10 marzo.
Estou de férias até 10 de março.
Ik ben afwezig tot 10 maart.
Jag är på semester till den 10 mars.
Jeg har ferie frem til 10. marts.
Obecnie przebywam na urlopie do 10 marca.
Jsem na dovolené do 10. března.
Я в отпуске до 10 марта.
只今休暇をいただいております。
Olen lomalla 10.3. asti.
10 Mart'a kadar izindeyim.
我正在休假，3月10日回来。
""".strip().split("\n")

PEOPLES_SUBJECTS = """
Auto repair question
Automatic door does not close
Out of stock?
Office hours
Vacation rental
Vacation days wrong in payslip
Holiday booking
Absence form
Away kit sold out?
Ferienhaus Buchung
Urlaub Antrag
Abwesenheitsnotiz einrichten
Abwesenheitsnotiz funktioniert nicht
Automatische Antwort einrichten?
Automatische Tür defekt
Réponse automatique ne marche pas
Absence de réponse
Congés payés: question
Vacaciones: consulta
Ferie: domanda
Férias: dúvida
Semester: fråga
Ferie: spørgsmål
Urlop: pytanie
Dovolená: dotaz
Отпуск: вопрос
休暇の申請
Out of office message not working
Out of memory error
Auto-update failed
Autofill broken
Automatic renewal: please cancel
Ausencia de respuesta
Afwezig kind melden
Leave request
On leave without pay
Read: this is broken
Delivery status of my parcel
Undelivered parcel
Returned goods
Failure notice on screen
Warning: printer on fire
Mail system broken
Automatic reply does not work
Auto reply is broken since Monday
autoresponder question
Semester dates
外出許可の件
不在配達の件
""".strip().split("\n")

PROSE = """
On Monday I wrote: please send it.
On the other hand, we could replace it.
From the beginning it failed.
To be honest, I am annoyed.
Am Montag schrieb ich Ihnen schon einmal.
Le lundi, il a écrit une lettre.
El lunes mi colega escribió a soporte sin respuesta.
Il tecnico ha scritto che arriva domani.
Op maandag schreef ik al een bericht.
Автор пишет: это обычное предложение.
W dniu wczorajszym kolega napisał do was.
At 10:30 Bob called and wrote down the number: 12345
See https://example.com/on/2024-03-04/wrote: thanks
Sent from my iPhone the photo is fine, from the camera not.
Sent by mail on Monday, still no answer from you about it.
来自中国的客户需要帮助
私のパソコンから送信しましたが届きません
""".strip().split("\n")
