"""What phones and mail programs sign by themselves, in the languages they speak: “Sent from my iPhone”."""

import re

# How a language says “sent” and “from”; a device or a program must follow.
_SENT = (
    r"(?:sent|written|typed|posted|composed|brought to you)\s+(?:from|via|with|on|using)",
    r"(?:secured|encrypted|protected)\s+(?:with|by)",
    r"(?:gesendet|geschickt|versendet|versandt|verschickt|verfasst|geschrieben)\s+(?:von|vom|mit|aus|über|via|per|unterwegs)",
    r"(?:envoyé|expédié|écrit)e?s?\s+(?:de|depuis|à partir de|avec|par|via|du|d['’])",
    r"provenance\s?:",
    r"(?:enviad[oa]|escrit[oa])\s+(?:desde|do|da|de|a partir d[eoa]|pel[oa]|via|com|con|mediante|a través)",
    r"enviat\s+(?:des del?|des d['’]|del?|amb|via)",
    r"(?:inviat[oa]|scritt[oa]|spedit[oa])\s+(?:da|dal|dall['’]|dalla|con|tramite|via|su)",
    r"(?:verzonden|verstuurd|verstuurt|gestuurd|geschreven)\s+(?:vanaf|vanuit|van|met|via|door|op)",
    r"(?:skickat|skickades|sänt|skrivet)\s+(?:från|via|med)",
    r"(?:sendt|skrevet)\s+(?:fra|via|med|på)",
    r"(?:wysłan[eoya]|wysłano|napisan[eo])\s+(?:z|ze|przy|za|przez)",
    r"(?:odesl[aá]n[oaé]|odoslan[eéáoý]|poslán[oa]|poslan[oae]|napsáno)\s+(?:z|ze|zo|pomocí|prostredníctvom|přes|s)",
    r"(?:отправлен[оа]?|послано|написано)\s+(?:с|из|со|через|от|при)",
    r"(?:надіслано|відправлено)\s+(?:з|із|зі|через|від)",
    r"(?:изпратено|послато|послано)\s+(?:от|са|с)",
    r"lähetetty",
    r"saadetud",
    r"išsiųsta\s+iš",
    r"nosūtīts\s+no",
    r"trimis[ăa]?\s+(?:de pe|din|de la|cu|prin)",
    r"(?:εστάλη|στάλθηκε|απεστάλη)\s+από",
    r"נשלח\s",
    r"(?:أُ?رسلت|أُ?رسل|تم الإرسال|مرسل)\s+(?:من|عبر|بواسطة)",
    r"(?:được )?gửi từ",
    r"dikirim\s+(?:dari|melalui)",
    r"ส่งจาก",
    r"(?:发送自|发自|發自|来自|來自|傳送自|寄自|从|從)\s?我?的?",
)
_DEVICES = (
    r"iphon\w*(?:['’]\w{1,4})?|ipad\w*|ipod|ios|icloud|mac|macbook|android\w*|galaxy|samsung|blackberry|huawei|xiaomi|redmi|pixel|htc|nokia|sony|"
    r"xperia|motorola|oneplus|oppo|vivo|honor|fairphone|lg|acer|hp|alcatel|lumia|mobil\w*|smartphone\w*|phone\w*|cell\w*|handy|tablet\w*|"
    r"telefon\w*|tel[eé]fono|t[eé]l[eé]phone|telem[oó]vel|celular|mobiel\w*|puhelime\w*|älypuhelime\w*|laittee\w*|cihaz\w*|komórk\w*|smartfon\w*|"
    r"смартфон\w*|телефон\w*|мобильн\w*|мобільн\w*|устройств\w*|device|gerät\w*|appareil|dispositivo|apparaat|enhet\w*|enhed\w*|zařízení|urządzen\w*|"
    r"windows\w*|outlook\w*|thunderbird|proton\w*|yahoo\w*|gmail\w*|gmx|web\.de|k-?9|zoho|aol|att|at&t|verizon|t-mobile|telekom|o2|vodafone|orange|"
    r"tutanota|tuta|boxer|nine|bluemail|typeapp|superhuman|mailbird|spark|airmail|newton|polymail|mailspring|canary|edison|wireless|touchmail|"
    r"mailbox|mymail|libero|\w{0,20}mail\w{0,20}|e-?post|e-?mail\w*|mail|courrier|correo|posta|poczt\w*|pošt\w*|почт\w*|яндекс\w*|sähköpost\w*|"
    r"messagerie|aplikacj\w*|aplikac\w*|applicat\w*|app|手机|手機|电话|邮件|邮箱\w*|郵件|電子郵件|網易|网易\w*|小米\w*|华为\w*|هاتفي|آيفون|הנייד|הטלפון"
)
# What may follow the name of the device: its model, its network, an excuse. Not a sentence.
_TAIL = (
    r"(?:[\s,/|(–—-]{1,3}[^\s!?<>]{1,24}){0,3}"
    r"(?:[\s,]{1,3}(?:on|for|via|over|using|with|by|powered|de|du|en|pour|para|con|per|su|auf|für|mit|op|voor|på|för|til|med|dla|pro|pre|для|через|na|no|em)\b[^.,!?]{0,50})?"
    r"(?:[\s,.;!:–—-]{1,4}(?:please|so please|so|bitte|merci|kindly|excuse|forgive|pardon|sorry|apolog|désolé|entschuldig|tipp|typos).{0,80})?"
)
_SEPARATE = rf"(?:{'|'.join(_SENT)})(?:\b|(?<=\s)|(?<=['’:的自从從])).{{0,60}}?(?<![\w])(?:{_DEVICES}){_TAIL}"
_GET = (
    r"get|download|holen sie sich|hol dir|laden sie|obten(?:ez|ir)|téléchargez|télécharger|obtén|obtener|obtenga|obter|obtenha|descargar|descarga|baixar|"
    r"ottieni|scarica|hämta|hent|få|skaff(?: deg)?|last ned|pobierz|získat|získejte|stáhnout|stiahnuť|získať|скачать|получите|завантажити|отримати|"
    r"hanki|lataa|取得|获取|下载|下載|dapatkan|descarregar|obțineți|szerezd|preuzmi|λήψη|הורד|احصل"
)
_ALONE = (
    # An own phone, or a program by its name: nothing else stands in the line.
    r"(?:sent|typed|written)\s+(?:from|via|on)\s+(?:my|a|an|the|our)\s(?:[\w'’.®&-]+[ ,]*){1,5}",
    r"(?:sent|typed|written)\s+(?:from|via|with|using)\s+(?-i:[A-Z][\w.+®-]*)(?: (?-i:[A-Z][\w.+®-]*|for|on|iOS|iPhone|iPad)){0,4}",
    r"[<(\[]{1,2}sent (?:from|by|via|with) [^<>\n]{2,50}[>)\]]{1,2}",
    rf"from my (?:{_DEVICES})(?: \d{{1,2}}\w{{0,3}}| pro| plus){{0,2}}",
    r"[\w]{2,20} from (?:my )?mobile",
    rf"(?:von|vom|aus|mit|per)\s+(?:meine[mrn]|der|dem|einem|unterwegs)?\s?.{{0,60}}?(?:(?:{_DEVICES}).{{0,40}}|unterwegs )\b(?:gesendet|versandt|versendet|geschickt|gesandt|verschickt)",
    r"diese (?:nachricht|e-?mail|mail) wurde (?:von|mit) .{2,80}",
    rf"(?:{_GET})\s?(?:o |la |l['’]|the |el |den |app |aplikację |aplikaci |program |приложение )?(?:outlook|bluemail|typeapp|yahoo mail|spark|mymail|gmail).{{0,25}}\b(?:ios|android\w*|mac\w*|windows|iphone|mobile\w*).{{0,20}}",
    rf"(?:{_GET}) (?:ios|android) (?:版|용) ?outlook",
    r"outlook (?:für|voor|for|til|pour|para|per) .{2,20} (?:beziehen|herunterladen|downloaden)",
    r"(?:ios|android|windows|mac)(?: için| 版)? ?outlook.{0,12}(?:edinin|を入手)|outlook for .{2,10}を入手|(?:ios|android)용 outlook 받기",
    r"yahoo mail: (?:search|suche|recherche).{0,80}",
    r".{0,40}(?:iphone|ipad|ios|android|galaxy|スマートフォン|スマホ|携帯|メール|outlook|gmail|モバイル)\S{0,20}\s?から(?:送信|のメール)(?:されました)?.{0,10}|.{0,20}から送信(?:されました)?",
    r".{0,30}(?:iphone|ipad|android|telefon|samsung|outlook|ios|cihaz|mail|windows|posta).{0,40}\b(?:gönderildi|gönderilmiştir|yazıldı)",
    r"(?:나의|내|저의)? ?.{1,30}에서 (?:보냄|보낸 메일|전송됨|발송)",
    r"(?:az )?.{0,20}(?:iphone|ipad|android|telefon|készülék|samsung).{0,20}(?:küldve|küldtem)",
    r"(?:来自|來自)我的.{1,20}|(?:发自|發自|发送自|傳送自|寄自)\s?我?的?\s?.{1,30}|(?:从|從)\s?我?的?\s?.{1,20}(?:发送|傳送|發送|寄出)",
)
_LINK = r"(?:<?\(?\s?https?://[^\s<>]{1,300}\s?\)?>?)"
_LINK_IN_LINE = re.compile(rf"<\s?https?://[^\s<>]{{1,300}}\s?>(?= )|{_LINK}\s*$")
_LINE = re.compile(
    rf"[ \t*_\-—–(<\[|>]{{0,6}}(?:{_SEPARATE}|{'|'.join(_ALONE)})[ \t.!*_<>)\]]{{0,6}}{_LINK}?[ \t.!*_)>\]]{{0,6}}$",
    re.IGNORECASE,
)
MAX_LENGTH = 160


def is_device_signature(line: str) -> bool:
    """Whether a line is nothing but what a phone or a mail program adds by itself."""
    text = _LINK_IN_LINE.sub("", line.strip()) or line
    if not 4 < len(text) < MAX_LENGTH:
        return False
    parts = text.split(" / ") if text.count(" / ") == 1 else [text]
    return all(_LINE.match(part.strip()) for part in parts) or bool(_LINE.match(text))
