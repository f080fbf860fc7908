"""What the AI says around an answer, in the customer's language where we have the words, else in English."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """`intro` and `clarify` take the title of an article or a list of titles."""

    hello: str
    intro: str
    closing: str
    clarify: str
    hand_over: str
    asked: str
    thanks: str
    greeting: str
    unhappy: str = "I am sorry that this did not help. I have passed your question to our team. A person will answer you here."


_PHRASES = {
    "en": Phrases(
        "Hello{name},", "here is what our article “{title}” says about this:",
        "Does that answer your question? If not, just write back, or ask for a person.",
        "I want to be sure I understand you. Is your question about one of these?",
        "Thank you for your question. I do not have a reliable answer to it, so I have passed it to our team. A person will answer you here.",
        "Of course. I have passed your request to our team. A person will answer you here.",
        "You are welcome! If anything else comes up, just write here.",
        "Hello{name}! How can we help you?",
    ),
    "de": Phrases(
        "Hallo{name},", "das steht dazu in unserem Artikel „{title}“:",
        "Beantwortet das Ihre Frage? Wenn nicht, schreiben Sie einfach zurück oder fragen Sie nach einem Menschen.",
        "Ich möchte Sie richtig verstehen. Geht es um eines dieser Themen?",
        "Vielen Dank für Ihre Frage. Darauf habe ich keine verlässliche Antwort, deshalb habe ich sie an unser Team weitergegeben. Ein Mensch wird Ihnen hier antworten.",
        "Gern. Ich habe Ihre Anfrage an unser Team weitergegeben. Ein Mensch wird Ihnen hier antworten.",
        "Gern geschehen! Wenn noch etwas ist, schreiben Sie einfach hier.",
        "Hallo{name}! Wie können wir Ihnen helfen?",
        "Es tut mir leid, dass das nicht geholfen hat. Ich habe Ihre Frage an unser Team weitergegeben. Ein Mensch wird Ihnen hier antworten.",
    ),
    "fr": Phrases(
        "Bonjour{name},", "voici ce que dit notre article « {title} » à ce sujet :",
        "Cela répond-il à votre question ? Sinon, répondez simplement ici ou demandez à parler à une personne.",
        "Je voudrais être sûr de bien vous comprendre. Votre question concerne-t-elle l’un de ces sujets ?",
        "Merci pour votre question. Je n’ai pas de réponse fiable, je l’ai donc transmise à notre équipe. Une personne vous répondra ici.",
        "Bien sûr. J’ai transmis votre demande à notre équipe. Une personne vous répondra ici.",
        "Je vous en prie ! Si vous avez une autre question, écrivez simplement ici.",
        "Bonjour{name} ! Comment pouvons-nous vous aider ?",
        "Je suis désolé que cela n’ait pas aidé. J’ai transmis votre question à notre équipe. Une personne vous répondra ici.",
    ),
    "es": Phrases(
        "Hola{name}:", "esto es lo que dice nuestro artículo «{title}» al respecto:",
        "¿Responde esto a su pregunta? Si no, responda aquí o pida hablar con una persona.",
        "Quiero asegurarme de entenderle bien. ¿Su pregunta trata de uno de estos temas?",
        "Gracias por su pregunta. No tengo una respuesta fiable, así que la he pasado a nuestro equipo. Una persona le responderá aquí.",
        "Por supuesto. He pasado su solicitud a nuestro equipo. Una persona le responderá aquí.",
        "¡De nada! Si surge algo más, escríbanos aquí.",
        "¡Hola{name}! ¿En qué podemos ayudarle?",
        "Siento que esto no haya ayudado. He pasado su pregunta a nuestro equipo. Una persona le responderá aquí.",
    ),
    "pt": Phrases(
        "Olá{name},", "isto é o que diz o nosso artigo “{title}” sobre o assunto:",
        "Isso responde à sua pergunta? Se não, responda aqui ou peça para falar com uma pessoa.",
        "Quero ter certeza de que entendi. A sua pergunta é sobre um destes temas?",
        "Obrigado pela sua pergunta. Não tenho uma resposta confiável, por isso a encaminhei à nossa equipe. Uma pessoa responderá aqui.",
        "Claro. Encaminhei o seu pedido à nossa equipe. Uma pessoa responderá aqui.",
        "De nada! Se precisar de mais alguma coisa, escreva aqui.",
        "Olá{name}! Como podemos ajudar?",
    ),
    "it": Phrases(
        "Buongiorno{name},", "ecco cosa dice il nostro articolo «{title}» a riguardo:",
        "Questo risponde alla sua domanda? Se no, risponda qui o chieda di parlare con una persona.",
        "Vorrei essere sicuro di aver capito. La sua domanda riguarda uno di questi argomenti?",
        "Grazie per la sua domanda. Non ho una risposta affidabile, quindi l’ho passata al nostro team. Una persona le risponderà qui.",
        "Certamente. Ho passato la sua richiesta al nostro team. Una persona le risponderà qui.",
        "Prego! Se c’è altro, scriva pure qui.",
        "Buongiorno{name}! Come possiamo aiutarla?",
    ),
    "nl": Phrases(
        "Hallo{name},", "dit staat erover in ons artikel “{title}”:",
        "Beantwoordt dit uw vraag? Zo niet, schrijf gerust terug of vraag naar een medewerker.",
        "Ik wil u graag goed begrijpen. Gaat uw vraag over een van deze onderwerpen?",
        "Bedankt voor uw vraag. Ik heb er geen betrouwbaar antwoord op en heb hem doorgegeven aan ons team. Een medewerker antwoordt u hier.",
        "Natuurlijk. Ik heb uw verzoek doorgegeven aan ons team. Een medewerker antwoordt u hier.",
        "Graag gedaan! Als er nog iets is, schrijf het gerust hier.",
        "Hallo{name}! Waarmee kunnen we u helpen?",
    ),
    "sv": Phrases(
        "Hej{name},", "så här står det i vår artikel ”{title}”:",
        "Svarar det på din fråga? Om inte, skriv gärna igen eller be att få tala med en människa.",
        "Jag vill vara säker på att jag förstår. Gäller din fråga något av detta?",
        "Tack för din fråga. Jag har inget säkert svar, så jag har lämnat den till vårt team. En person svarar dig här.",
        "Självklart. Jag har lämnat ditt ärende till vårt team. En person svarar dig här.",
        "Varsågod! Hör av dig här om det är något mer.",
        "Hej{name}! Hur kan vi hjälpa dig?",
    ),
    "da": Phrases(
        "Hej{name},", "det står der om det i vores artikel “{title}”:",
        "Besvarer det dit spørgsmål? Hvis ikke, så skriv igen eller bed om at tale med et menneske.",
        "Jeg vil gerne være sikker på, at jeg forstår dig. Handler dit spørgsmål om et af disse emner?",
        "Tak for dit spørgsmål. Jeg har ikke et sikkert svar og har givet det videre til vores team. En person svarer dig her.",
        "Selvfølgelig. Jeg har givet din henvendelse videre til vores team. En person svarer dig her.",
        "Selv tak! Skriv bare her, hvis der er mere.",
        "Hej{name}! Hvordan kan vi hjælpe dig?",
    ),
    "no": Phrases(
        "Hei{name},", "dette står det om det i artikkelen vår «{title}»:",
        "Svarer det på spørsmålet ditt? Hvis ikke, skriv igjen eller be om å få snakke med et menneske.",
        "Jeg vil være sikker på at jeg forstår deg. Gjelder spørsmålet ditt et av disse temaene?",
        "Takk for spørsmålet. Jeg har ikke noe sikkert svar og har gitt det videre til teamet vårt. En person svarer deg her.",
        "Selvfølgelig. Jeg har gitt henvendelsen din videre til teamet vårt. En person svarer deg her.",
        "Bare hyggelig! Skriv her hvis det er noe mer.",
        "Hei{name}! Hvordan kan vi hjelpe deg?",
    ),
    "pl": Phrases(
        "Dzień dobry{name},", "oto co mówi o tym nasz artykuł „{title}”:",
        "Czy to odpowiada na pytanie? Jeśli nie, proszę odpisać lub poprosić o rozmowę z człowiekiem.",
        "Chcę mieć pewność, że dobrze rozumiem. Czy pytanie dotyczy jednego z tych tematów?",
        "Dziękujemy za pytanie. Nie mam na nie pewnej odpowiedzi, więc przekazałem je naszemu zespołowi. Odpowie tutaj człowiek.",
        "Oczywiście. Przekazałem prośbę naszemu zespołowi. Odpowie tutaj człowiek.",
        "Nie ma za co! W razie kolejnych pytań proszę pisać tutaj.",
        "Dzień dobry{name}! Jak możemy pomóc?",
    ),
    "ru": Phrases(
        "Здравствуйте{name}!", "Вот что об этом сказано в нашей статье «{title}»:",
        "Это ответ на ваш вопрос? Если нет, просто напишите ещё раз или попросите соединить с человеком.",
        "Хочу убедиться, что правильно вас понимаю. Ваш вопрос об одной из этих тем?",
        "Спасибо за вопрос. У меня нет надёжного ответа, поэтому я передал его нашей команде. Вам ответит человек.",
        "Конечно. Я передал ваш запрос нашей команде. Вам ответит человек.",
        "Пожалуйста! Если появятся ещё вопросы, пишите сюда.",
        "Здравствуйте{name}! Чем мы можем помочь?",
    ),
    "ja": Phrases(
        "お問い合わせありがとうございます。", "記事「{title}」には次のように書かれています。",
        "解決しましたか。解決しない場合は、このまま返信するか、担当者をご希望とお伝えください。",
        "ご質問は次のどれについてでしょうか。",
        "ご質問ありがとうございます。確かな回答ができないため、担当チームに引き継ぎました。担当者がこちらで回答いたします。",
        "承知しました。担当チームに引き継ぎました。担当者がこちらで回答いたします。",
        "どういたしまして。ほかにご質問があれば、こちらにお書きください。",
        "こんにちは。どのようなご用件でしょうか。",
    ),
    "zh": Phrases(
        "您好{name}，", "关于这个问题，我们的文章《{title}》这样写道：",
        "这是否解决了您的问题？如果没有，请直接回复，或要求人工客服。",
        "我想确认是否理解了您的问题。您问的是以下哪一个？",
        "感谢您的提问。我没有可靠的答案，已转交给我们的团队，会有工作人员在这里回复您。",
        "好的，我已将您的请求转交给我们的团队，会有工作人员在这里回复您。",
        "不客气！如有其他问题，请随时在这里留言。",
        "您好{name}！请问有什么可以帮您？",
    ),
}  # fmt: skip
CLARIFYING = frozenset(words.clarify for words in _PHRASES.values())
"""The sentences with which the AI asks back, in all languages."""

_THANKS = re.compile(
    r"\b(?:thanks?(?: you)?(?: so much| very much| a lot)?|thx|ty|cheers|danke(?: schön| sehr)?|vielen dank|merci(?: beaucoup)?|(?:muchas )?gracias|(?:muito )?obrigad[oa]"
    r"|grazie(?: mille)?|dank (?:je|u)(?: wel)?|bedankt|tack(?: så mycket)?|(?:mange )?tak|(?:tusen )?takk|kiitos|dziękuję|dzięki|děkuji|díky|спасибо|дякую|teşekkürler|teşekkür ederim"
    r"|mulțumesc|köszönöm)\b|ありがとう(?:ございます)?|谢谢(?:您|你)?|多谢|감사합니다|고마워요|شكرا",
    re.IGNORECASE,
)
_HELLO = re.compile(
    r"\b(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)|moin|servus|bonjour|bonsoir|salut|hola|buenos días|buenas(?: tardes)?|olá|oi|bom dia|boa tarde"
    r"|ciao|buongiorno|buonasera|hoi|goedendag|hej|hei|moi|terve|cześć|dzień dobry|ahoj|dobrý den|здравствуйте|привет|вітаю|merhaba|selam|bună(?: ziua)?|szia)\b|こんにちは|您好|你好|안녕하세요|مرحبا",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:(?:it |that |this )?(?:works?(?: now)?|worked|helped|solved|fixed|perfect|great|awesome|excellent|ok(?:ay)?|good|fine|super|cool|all good|got it|bye|goodbye|have a (?:nice|good|great) (?:day|one|evening))"
    r"|that'?s (?:all|it|great|perfect)|problem solved|no problem|for (?:your|the) (?:quick |fast )?(?:help|answer|reply|support)|passt|prima|klasse|alles klar|tschüss|hat geklappt|parfait|super|c'est bon|perfecto|genial|vale|perfeito|ótimo|perfetto|top|geweldig|perfekt)\b",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\b(?:so|very|much|a lot|you|your|team|there|everyone|again|and|for|all|it|that|this|is|was|really|all right|alright|dear|support|sir|madam|now|just|guys)\b",
    re.IGNORECASE,
)


_FAILED = re.compile(
    r"\b(?:(?:did|does|do)(?:n['’]t| not) (?:help|work|answer|solve|fix)|not (?:helpful|working|what i (?:asked|meant))|no help|of no use|still (?:not|no|doesn['’]t|does not|can['’]t|cannot|the same|stuck)|already (?:tried|did|done) (?:that|this|it)|wrong answer"
    r"|(?:hat|hilft|half|klappt|geht|funktioniert)(?: mir| leider| das| auch)* nicht|nicht geholfen|immer noch nicht|ne (?:marche|fonctionne|m['’]aide|répond) pas|toujours pas|no (?:funciona|me ayuda|me sirve|ayudó)|sigue sin|não (?:funciona|funcionou|ajuda|ajudou)"
    r"|non (?:funziona|aiuta|mi aiuta|serve)|(?:werkt|helpt|hielp) niet|(?:fungerar|hjälper|hjälpte|virker|hjelper|hjælper) (?:inte|ikke)|nie (?:działa|pomogło|pomaga)|не (?:помогло|помогает|работает))\b",
    re.IGNORECASE,
)


def phrases(language: str) -> Phrases:
    return _PHRASES.get(language, _PHRASES["en"])


def small_talk(text: str) -> str | None:
    """`thanks` or `greeting` when a message is nothing but that; else None."""
    if len(text) > 160 or "?" in text:
        return None
    for kind, pattern in (("thanks", _THANKS), ("greeting", _HELLO)):
        if pattern.search(text) and not _says_more(text):
            return kind
    return None


def says_it_failed(text: str) -> bool:
    """Whether a customer says that what was tried or answered did not help."""
    return bool(_FAILED.search(text))


def _says_more(text: str) -> bool:
    rest = text
    for pattern in (_THANKS, _HELLO, _DONE, _FILLER):
        rest = pattern.sub(" ", rest)
    return bool(re.search(r"\w", rest))


def with_name(phrase: str, name: str | None) -> str:
    """The phrase with the customer's first name, when there is one that looks like a name."""
    first = (name or "").split(" ")[0].strip()
    known = bool(re.fullmatch(r"[^\W\d_][^\W\d_'’.-]{0,30}", first)) and not re.fullmatch(
        r"(?i)customer|user|admin|test|unknown|anonymous", first
    )
    return phrase.replace("{name}", f" {first}" if known else "")
