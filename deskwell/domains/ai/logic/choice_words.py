"""The words with which customers point at one of several things offered, in the languages the AI replies in."""


def _words(*lists: str) -> frozenset[str]:
    return frozenset(" ".join(lists).split())


PLACES: tuple[frozenset[str], ...] = (
    _words(
        "1 1st one first former erste ersten erster erstes ersteres eins premier première 1er 1ère primero primera primer",
        "primeiro primeira primo prima uno eerste één första första ett første første pierwszy pierwsza pierwsze pierwszą",
        "první prvý ensimmäinen ensimmäisen первый первая первое первую первого перший перша перше першу birinci ilk",
    ),
    _words(
        "2 2nd two second latter zweite zweiten zweiter zweites zweiteres zwei deuxième second seconde deux 2e 2ème segundo",
        "segunda dos secondo seconda due segundo dois duas tweede twee andra två anden andet to andre drugi druga drugie drugą",
        "druhý druhá druhé druhou toinen toisen второй вторая второе вторую другий друга друге другу ikinci",
    ),
    _words(
        "3 3rd three third dritte dritten dritter drittes drei troisième trois 3e 3ème tercero tercera tercer tres terceiro",
        "terceira três terzo terza tre derde drie tredje trzeci trzecia trzecie trzecią třetí kolmas kolmannen третий третья",
        "третье третью третій третя третє третю üçüncü",
    ),
)
LAST = _words(
    "last letzte letzten letzter letztes letzteres dernier dernière último última ultimo ultima laatste sista sidste siste",
    "ostatni ostatnia ostatnie ostatnią poslední viimeinen последний последняя последнее последнюю останній остання sonuncu",
)
OTHER = _words(
    "other andere anderen anderer anderes autre otro otra outro outra altro altra ander andra anden andet annen annet inny inna",
    "inne drugi druga drugie jiný jiná jiné druhý toinen другой другая другое другую інший інша інше іншу diğeri diğer öbürü",
)
BOTH = _words(
    "both beide beides beiden ambos ambas entrambi entrambe allebei båda begge oba obie obydwa obě",
    "molemmat оба обе обидва обидві ikisi",
)
NONE = _words(
    "none neither keine keines keiner keins weder aucun aucune ninguno ninguna nenhum nenhuma nessuno nessuna geen ingen inget",
    "ingenting żaden żadna żadne žádný žádné kumpikaan никакой ниодин жоден жодне hiçbiri",
)
YES = _words(
    "yes yep yeah yup sure correct right exactly indeed ok okay ja jo jawohl genau richtig stimmt oui ouais exact sí si claro",
    "correcto exacto sim isso certo exato esatto giusto precies klopt juist precis just nemlig akkurat tak zgadza ano kyllä joo да",
    "верно точно так evet aynen doğru",
)
NO = _words("no nope nah nein ne non não nee nej nei nie ei нет ні hayır")
NOT = _words("not nicht pas kein keinen keine inte ikke niet не değil")
FILLERS = _words(
    "the a an i im i'm it its it's is that thats that's this one ones option number no. nr article topic choice point question please pls",
    "thanks thank you mean meant want need would like rather actually about for of them these those with my on in and or but d'll will take",
    "der die das den dem des ein eine einen ich ist es war bitte danke meine meinte möchte brauche nehme lieber nummer artikel option thema und",
    "oder sondern von um geht mich beim zum zur im ganz davon hiervon diese dieser diesen le la les l un une je c c'est est ce celui celle ceux s'il vous te plaît merci veux",
    "voudrais parle option numéro numero article sujet question de du des à et ou mais plutôt",
    "el los las lo un una es quiero opción opcion artículo articulo por favor gracias me refiero a de del y o pero o a os as é quero opção",
    "artigo obrigado obrigada isso il lo gli i è sono vorrei voglio opzione articolo favore per grazie quello quella di e ma",
    "het een ik is wil graag optie artikel bedankt dank van over en of maar die dat den det en ett jag är vill alternativ tack jeg er vil gerne",
    "gjerne takk mulighed og eller men om to jest chodzi mi o proszę opcja opcję artykuł dziękuję i lub ale ten ta to",
    "je to chci prosím děkuji a se on se haluan kiitos vaihtoehto это я мне нужен нужна нужно вариант номер статья пожалуйста спасибо про о и",
    "це мені потрібен потрібна варіант будь ласка дякую bu o lütfen teşekkürler seçenek",
)
NUMBER_WORDS = _words(
    "number no nr option nummer numéro numero número opción opcion opção opzione artikel article alternativ opcja numer номер вариант"
)
PHRASES: tuple[tuple[str, str], ...] = (
    (
        r"\ball of (?:them|these|those|the above)\b|les deux(?! premi)|tous les deux|toutes les deux|los dos|las dos|os dois|as duas|tutti e due|alle zwei",
        " both ",
    ),
    (
        (
            r"\b(?:none|neither|any) of (?:these|them|those|the above)|something (?:else|different)|etwas ander(?:es|em)|was anderes|(?:autre|quelque) chose(?: (?:d['’])?autre)?"
            r"|(?:aucune?|keines?|keiner|geen|ninguno|ninguna|nenhum|nenhuma|nessuno|nessuna) (?:des|der|von|van|de los|de las|dos|das|dei|delle) (?:deux|beiden|beide|dos|dois|duas|due)"
            r"|ni (?:l['’])?une? ni (?:l['’])?autre|otra cosa|algo distinto|outra coisa|qualcos['’]?altro|un['’]altra cosa|iets anders|något annat|noget andet|noe annet|coś innego"
            r"|něco jiného|jotain muuta|что-то другое|ни то,? ни другое|ни один|ни одна|щось інше|başka bir şey"
        ),
        " none ",
    ),
)
"""Said in several words; each becomes one word of the lists above."""
SIGNS: tuple[tuple[str, str], ...] = (
    (r"都不|都没|どれでもない|どちらでもない|둘 다 아니", "none"),
    (r"两个都|两者都|両方|둘 다", "both"),
    (r"第一|前者|一つ目|ひとつ目|最初|1番目|一番目|첫 ?번째|1번", "1"),
    (r"第二|后者|後者|二つ目|ふたつ目|2番目|二番目|두 ?번째|2번", "2"),
    (r"第三|三つ目|3番目|三番目|세 ?번째|3번", "3"),
    (r"最后|最後|마지막", "last"),
    (r"另一个|另外一个|もう一つ|もうひとつ|もう一方|다른", "other"),
    (r"^(?:不是?|没有|いいえ|违|아니[요오]?)[。.! ！]*$", "no"),
    (r"^(?:是的?|对|好的?|はい|ええ|네|예)[。.! ！]*$", "yes"),
)
"""Languages written without spaces: what stands anywhere in a short message."""
