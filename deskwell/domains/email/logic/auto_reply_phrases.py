"""The words of automatic replies, by language: in subjects, and in what they say."""

import re

AUTO_SUBJECT = re.compile(
    r"\W*(?:(?:re|aw|sv|fw|fwd)\s*:\s*)?\W*(?:auto(?:matic|mated)?[- ]?(?:reply|response|answer|acknowledge?ment|resposta)|automatic (?:reply|response)|autoreply|auto-?resp(?:onse|onder)|auto(?=:)|"
    r"out[- ]of[- ](?:the[- ])?office(?: (?:auto ?reply|reply|message|notification|response|notice|re))?|ooo\b|away from (?:my mail|the office|my desk)|vacation (?:reply|message|response|notice)|on (?:vacation|holiday|leave)\b|absence (?:message|notification)|"
    r"(?:abwesenheits?(?:notiz|nachricht|meldung|assistent|benachrichtigung|info)?|abwesend|automatische (?:antwort|rückantwort|antwortmail|e-?mail)|automatisierte antwort|eingangsbestätigung|nicht im (?:büro|haus)|urlaubs?(?:abwesenheit|notiz|benachrichtigung)|bin im urlaub)|"
    r"réponse automatique|absence du bureau|absent(?:e)? du bureau|message d['’]absence|en congés?\b|notification d['’]absence|"
    r"respuesta autom[aá]tica|contestaci[oó]n autom[aá]tica|fuera de (?:la )?oficina|ausente de la oficina|mensaje automático|autorespuesta|"
    r"risposta automatica|fuori (?:sede|ufficio)|assente dall['’]ufficio|assenza dall['’]ufficio|messaggio automatico|"
    r"resposta autom[aá]tica|fora do escrit[oó]rio|aus[eê]ncia (?:temporária|do escritório)|mensagem automática|"
    r"automatisch(?:e)? (?:antwoord|reactie|beantwoord|bericht)|afwezig(?:heid)?|afwezigheidsbericht|niet op kantoor|"
    r"auto(?:matiskt )?svar|frånvaro(?:meddelande)?|frånvarande|inte på kontoret|automatisk svar|automatisk besvar|fravær|fraværende|ikke til ?stede|ikke på kontoret|ferie(?:svar|besked)|"
    r"(?:odpowiedź automatyczna|automatyczna odpowiedź|autoodpowiedź|autoresponder|nieobecność|poza biurem|jestem na urlopie)|"
    r"automatick[aá] odpověď|automatická odpoveď|mimo kancelář|nepřítomnost|"
    r"автоматический ответ|автоответ(?:чик)?|автоматическое (?:сообщение|уведомление)|нет на (?:рабочем )?месте|в отпуске|отсутствую|автоматична відповідь|"
    r"自動(?:応答|返信|配信)|(?:【|\[)?自動(?:応答|返信)|不在(?:の(?:お知らせ|ため|連絡|通知))?|休暇|"
    r"automaattinen (?:vastaus|poissaoloviesti)|poissaolo(?:viesti|ilmoitus)?|poissa toimistosta|lomalla|otomatik (?:yanıt|cevap)|ofis dışında|izindeyim|"
    r"自动(?:回复|答复)|自動(?:回覆|答覆)|外出|休假|자동 ?(?:회신|응답|답장)|부재중|automatikus válasz|házon kívül|răspuns automat|αυτόματη απάντηση|תשובה אוטומטית|הודעת היעדרות|رد تلقائي|trả lời tự động|balasan otomatis|automatski odgovor|automatinis atsakymas|automātiskā atbilde|automaatvastus|samodejni odgovor|автоматичен отговор|автовідповідь|аўтаматычны адказ|resposta automàtica|ตอบกลับอัตโนมัติ|sjálfvirkt svar|balas(?:an)? automatik|תגובה אוטומטית|automatische (?:rückmeldung|abwesenheits\w+)|auto-?respuesta|automatisk besvarelse|不在通知|自動送信|부재중 자동 ?응답|auto-?odpověď)"
    r"(?:メッセージ|のお知らせ|中)?(?=\s*(?:[:：\-–—|(\[（【】)）\].,!]|$|re\b|aw\b|fw\b|from\b|von\b|until\b|till\b|bis\b|to\b|auf\b|à\b|av\b|fra\b|od\b|ang\b|för\b|zu\b|ticket\b|\())",
    re.IGNORECASE,
)
AUTO_TEXT = re.compile(
    r"(?:this is an? (?:auto(?:matic|mated)?(?:ally generated)?)[- ](?:reply|response|message|e-?mail)|i am (?:currently )?(?:out of (?:the )?office|on (?:annual |parental |maternity |sick )?(?:leave|vacation|holiday)|away from)|i['’]m (?:currently )?out of (?:the )?office|"
    r"ich bin (?:[^!?\n]{0,50} )?(?:nicht im (?:büro|haus|hause)|abwesend|im urlaub|außer haus|wieder (?:erreichbar|für sie da|im büro))|je suis (?:actuellement )?(?:absent|en congé|en vacances)|est(?:oy|aré) (?:actualmente )?(?:fuera de la oficina|de vacaciones|ausente)|"
    r"sono (?:attualmente )?(?:assente|fuori (?:ufficio|sede)|in ferie)|estou (?:atualmente )?(?:fora do escritório|ausente|de férias)|ik ben (?:momenteel |op dit moment |tot [^!?\n]{2,30} )?(?:afwezig|met vakantie|niet aanwezig|niet op kantoor)|"
    r"jag är (?:för närvarande )?(?:på semester|inte på kontoret|bortrest|ledig)|jeg (?:er|har|holder) (?:i øjeblikket |for tiden )?(?:på ferie|ferie|ikke på kontoret|ikke til stede)|(?:jestem|obecnie przebywam|przebywam) (?:obecnie )?(?:na urlopie|poza biurem|nieobecn)|jsem (?:momentálně )?(?:mimo kancelář|na dovolené)|"
    r"я (?:сейчас )?(?:в отпуске|нахожусь в отпуске|отсутствую)|olen (?:tällä hetkellä )?(?:lomalla|poissa)|(?:只今|ただいま|現在)(?:不在|休暇)|我(?:目前|现在)?(?:不在办公室|正在休假)|izindeyim|ofis dışındayım|i will be (?:out of (?:the )?office|on (?:annual |parental |sick )?leave|returning)|with (?:limited|no) access to (?:my )?e-?mail|je serai (?:absent|de retour|en congé)|sarò (?:assente|di ritorno)|estarei (?:ausente|fora|de férias|de volta)|ik ben (?:weer )?(?:terug|bereikbaar) (?:op|vanaf))",
    re.IGNORECASE,
)

# Words that people write too. In a mail that answers ours, at the beginning of the subject, only machines put them.
WEAK_SUBJECT = re.compile(
    r"\W*(?:(?:i am|i'm|ich bin|je suis|sono|estoy|estou|ik ben|jag är|jeg er|jestem) (?:\w+ ){0,2}?(?:out of (?:the )?office|nicht im (?:büro|haus|hause)|absent|assente|ausente|afwezig)|"
    r"(?:[\w.'-]+ ){1,3}is (?:out of (?:the )?office|on (?:vacation|leave|holiday)|away)|away|vacation|holiday(?: notice)?|(?:ich bin )?nicht im (?:büro|haus|hause)|außer haus|urlaub|ferien|"
    r"absence|réponse d['’]absence|absent|congés?|vacances|ausencia|ausente|vacaciones|assente|assenza|ferie|férias|ausência|niet aanwezig|buiten kantoor|vakantie|semester|ej på kontoret|"
    r"ikke til stede|nieobecność(?: w biurze)?|urlop|dovolen[áa]|nepřítomen|отсутствую(?: в офисе)?|отпуск|в отпуске|відпустка|休暇中?|外出中?|不在|出張中?|poissa|lomalla|izin|休假|出差|외출|휴가|szabadság)"
    r"\s*(?:[:：(\[\-–—]|$)",
    re.IGNORECASE,
)
# The same behind the subject: Re: Printer (out of office).
TRAILING_SUBJECT = re.compile(
    r".{0,200}[(\[\-–—:]\s*(?:out of (?:the )?office|auto(?:matic)?[- ]?(?:reply|response)|abwesenheits(?:notiz|nachricht|meldung)|automatische antwort|réponse automatique|respuesta automática|risposta automatica|"
    r"assente(?: dall['’]ufficio)?|resposta automática|automatisch antwoord|autosvar|automatiskt svar|odpowiedź automatyczna|автоответ|自動返信|自动回复)\W*$",
    re.IGNORECASE,
)
# Notes: AUTO: Ann Lee is out of the office (returning 10.03.2024)
NOTES_SUBJECT = re.compile(
    r"auto: .{2,80}\b(?:out of (?:the )?office|nicht im (?:büro|haus|hause)|returning|rückkehr|abwesend|absent|ausente|assente|afwezig|fuera de)\b",
    re.IGNORECASE,
)
