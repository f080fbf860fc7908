"""Which language a text is in, from its letters and its commonest words: light, no model."""

import re
from collections import Counter

_STOP = {
    "en": "a an and are as at be been but by can could did do does for from get got had has have he her his how i if in into is it its me my not of on or our please she should so some than that the their them then there these they this to up was we were what when where which who why will with would you your am about just any",
    "de": "aber als am an auch auf aus bei bin bis bitte da das dass dem den der des die dir doch du ein eine einem einen einer er es für habe haben hat ich ihr im in ist ja kann kein keine können man mein meine meinen mich mir mit nach nicht noch nur oder sehr sein sich sie sind so und uns von vor wann warum was wenn wer wie wir wird wo zu zum zur über",
    "fr": "a ai au aux avec ce ces cette comment dans de des du elle en est et être eu il ils j je l la le les leur ma mais me mes moi mon n ne nous on ou où par pas plus pour pourquoi pouvez qu que quel quelle qui s sa se ses si son sont suis sur ta te tu un une vos votre vous y c d",
    "es": "a al como con cómo cuando de del desde donde dónde el ella en es esta este está fue ha hay he la las le les lo los me mi mis muy más no nos o para pero por puede puedo que qué se si sin sobre son su sus te tengo tiene tu un una y ya yo",
    "pt": "a ao aos as com como da das de do dos e ela ele em eu foi há isso já lhe mais mas me meu minha muito na não nas no nos o os ou para pela pelo por posso quando que se sem ser seu sua são também tem tenho um uma você vocês é está onde",
    "it": "a al alla anche che chi ci come con cosa da dal del della delle di dove e ed essere gli ha ho i il in io la le lo ma mi mia mio nel nella non o per perché più posso quando quello questo se si sono su sua suo ti tu un una è come",
    "nl": "aan al als bij ben dat de deze die dit een en er geen had hebben heb heeft het hij hoe ik in is jullie kan kunnen maar mag me mij mijn met naar niet nog nu of om ons ook op te u uit uw van voor waar waarom wanneer was wat we wel wij worden wordt ze zijn zo zou",
    "sv": "att av behöver det den de du en ett från för har hur i inte jag kan kommer man med men mig min mitt ni nu när och om på som så till vad var varför vi vill är ska inte",
    "da": "af at der det den de du en er et for fra har hvad hvor hvordan hvorfor i ikke jeg kan man med men mig min mit nu når og om på skal som så til var vi vil",
    "no": "av at det den de du en er et for fra har hva hvor hvordan hvorfor i ikke jeg kan man med men meg min mitt nå når og om på skal som så til var vi vil",
    "fi": "ei en että hän ja jos kun kuin miten miksi milloin minun minä missä mitä mutta myös niin olen on ovat se sen tai te voi voinko ole",
    "pl": "aby ale co czy dla do gdzie go i ich ja jak jest jestem kiedy ma mam mi mnie moje mogę można na nie o od po proszę przez się są ten to w z za że",
    "cs": "a ale být co do jak je jsem jsou kde kdy mi mám můj mohu na ne nebo o od po pro prosím proč se si s to v z za že",
    "tr": "ama ben benim bir bu çok da de değil için ile kadar mı mi ne nasıl neden olarak var ve ya nerede zaman yok",
    "ru": "а без был бы в вам вас все вы где да для до его ее если есть еще же за и из или как ко когда мне мой моя мы на не но о об он она от по почему при с со так то у уже что это я",
    "uk": "а але в вас ви все де для до є за з і із й його коли мені мій моя ми на не ні о про та те то у чи чому що це я як",
    "ro": "a am ar care ce cu cum când de din este eu fi la mai mea meu nu o pe pentru sau se si și un unde în să",
    "hu": "a az de egy ez és ha hogy hogyan is kell kérem lehet meg mi mikor miért nem van vagy volt hol",
    "id": "ada apa atau bagaimana bisa dan dari dengan di ini itu ke mengapa saya tidak untuk yang kapan mana",
    "vi": "bạn có cho của được không là làm một những nhưng như ở thế tôi và với khi nào đâu",
}  # fmt: skip
STOP_WORDS = {language: frozenset(words.split()) for language, words in _STOP.items()}

_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")), ("ko", re.compile(r"[\uac00-\ud7af]")), ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")), ("he", re.compile(r"[\u0590-\u05ff]")), ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")), ("el", re.compile(r"[\u0370-\u03ff]")),
)  # fmt: skip
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_WORD = re.compile(r"[^\W\d_]+")
_MARKS = {
    "de": "äöüß", "fr": "çœêèàùîôû", "es": "ñ¿¡", "pt": "ãõ", "pl": "ąćęłńśźż", "cs": "ěščřžůď", "tr": "ğışİ", "sv": "å", "da": "æø",
    "no": "æø", "ro": "ăâîșțţş", "hu": "őű", "vi": "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđơư",
}  # fmt: skip


def detect_language(text: str, default: str = "en") -> str:
    """An ISO 639-1 code; `default` when the text gives too little away."""
    return _by_script(text) or _by_words(text) or default


def _by_script(text: str) -> str | None:
    letters = len(_WORD.sub("", text)) < len(text)
    if not letters or text.isascii():
        return None
    size = sum(char.isalpha() for char in text)
    for language, script in _SCRIPTS:
        if len(script.findall(text)) * 4 > size:
            if language == "zh" or (language == "ar" and re.search("[پچژگک]", text)):
                return "zh" if language == "zh" else "fa"
            return language
    if len(_CYRILLIC.findall(text)) * 2 > size:
        return "uk" if re.search("[іїєґІЇЄҐ]", text) else "ru"
    return None


def _by_words(text: str) -> str | None:
    lowered = text.lower()
    words = _WORD.findall(lowered)
    scores: Counter[str] = Counter()
    for language, common in STOP_WORDS.items():
        scores[language] = 2 * sum(word in common for word in words)
        scores[language] += sum(lowered.count(mark) for mark in _MARKS.get(language, ""))
    best, score = scores.most_common(1)[0]
    if score < 2:
        return "en" if scores["en"] else None
    return "en" if scores["en"] == score else best
