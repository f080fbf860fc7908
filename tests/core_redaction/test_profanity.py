"""A marked set of our own: swearing in eleven languages, plain and disguised, and words that only look like it."""

from deskwell.core.redaction import Kind, redact

SWEARING = """
this is fucking ridiculous|you are an asshole|what a piece of shit|bullshit company|go to hell you bastard
stupid bitch|you dickhead|motherfucker|f*ck this|f**k you|sh*t service|f u c k you|fck you|b1tch|a55hole|phuck
fuuuck|shiiit|s.h.i.t|f-u-c-k|FUCK|F@ck|fuk off|wtf is this shit|cunt|you wanker|bollocks to this|twat|prick
slut|whore|dumbass|jackass|goddamn fuckers|shitty product|piss off|cock sucker|cocksucker|fucked up|bullsh1t
B!tch|d1ck|ÄSSHOLE|ａｓｓｈｏｌｅ|fu\u200bck|Fսck|shıt|douchebag|retard|faggot|nigger|Scheiße|verdammte Scheisse
Arschloch|Wichser|Hurensohn|Fick dich|merde|putain|connard|salope|enculé|mierda|puta|cabrón|gilipollas|joder
hijo de puta|caralho|porra|filho da puta|cazzo|stronzo|vaffanculo|kut|klootzak|kurwa|сука|блядь|пиздец|хуй
"""

HARMLESS = """
Scunthorpe United|Penistone|Essex|Sussex|Middlesex|assess the class|classic bass|cocktail glass|Cockburn Street
Dick Van Dyke|Dickens|shiitake mushrooms|Matsushita|analysis|analyst|therapist|Arsenal|arsenic|assassin|passage
compass|embassy|massage|grass|hello|shell|Michelle|shitake|Hancock|peacock|cocoa|cockpit|canal|button|buttress
rapeseed|grape|drape|titanium|title|constitution|competition|Clitheroe|Lightwater|Saltash|Wang|Fuchs|Fukushima
Fuchsia|Scheibe|Schiff|putting|reputation|computer|input|dispute|putative|Kutcher|Curacao|merder|Mercedes
Dachshund|hoe garden|shed|sheet|basement|association|Bassett|Butterworth|Cummings|document|circumstance|cucumber
Essen|Wixhausen|puterea|skutecznie|kutyám|Kurwenal|Porrata|cazzuola|homogeneous|snigger|niggle|Niger river
Nigeria|spicy|spick and span|flange|pushing|crap table game?|screwdriver|blower|Gaylord hotel|Vagina medical
breast cancer screening|sexual health clinic|Weiner|Johnson|knob of the door|prickly pear|pricklier
hell of a good job?
"""


def texts(marked: str) -> list[str]:
    return [text for line in marked.strip().splitlines() for text in line.split("|")]


def is_swearing(text: str) -> bool:
    return any(finding.kind is Kind.PROFANITY for finding in redact(text).findings)


def test_nearly_all_swearing_is_found():
    missed = [text for text in texts(SWEARING) if not is_swearing(text)]
    assert len(missed) / len(texts(SWEARING)) <= 0.07, missed


def test_nobody_living_in_scunthorpe_is_hit():
    assert [text for text in texts(HARMLESS) if is_swearing(text)] == []
