"""Words added to and taken from the list of glin-profanity, and phrases that only look like swearing."""

_MORE = """
fucked fuckers fucks fuckwit fuckhead fuckup fuckboy fck fcking fcuk fking effing fuxk mofo motherfuckers
motherfucking motherfuckin dickhead dickheads dickface dickwad dick cockhead knobhead knobend bellend
wanker wankers wanking tosspot whore whores whorehouse slutty sluts twats cunts cunty bitchy bitching
biatch asses assholes asshats assclown assface fatass badass lardass smartass dumbasses jackasses
arseholes arsehead arse arsewipe azzhole azz shits shitting shitter shitstorm shitbag shitface shitless
shittier shat shitfaced horseshit batshit chickenshit dogshit bullshitter bullshitting dipshits shitheads
5h1t gobshite crappy pisshead pissoff douchebag douchebags douche douchy bastards faggots fags fag faggy
dyke dykes niggers niggas niggah retards cumshot cumslut cocksuckers skank skanky slag jizzed blowjobs
handjob handjobs titfuck buttfuck assfuck fistfuck mindfuck clusterfucks fuckery fuckoff scumbag scumbags
prick pricks minger ballsack nutsack ballbag turd turds chinks gooks raghead wop sonofabitch cuntface
goddamn goddamned goddamnit goddammit scheiße scheisse scheiss arschloch arschlöcher fotze hurensohn
wichser schlampe verfickt verfickte verfickter fick ficken missgeburt schwuchtel verpiss putain connard
connards connasse enculé enculée salope salopes merde merdique bordel enfoiré pute fdp puta putas puto
mierda gilipollas cabrón cabrona hijoputa joder jodido jodida coño pendejo pendeja chingar chingada verga
maricón cazzo stronzo stronza vaffanculo merda coglione troia puttana minchia fottiti porra caralho foda
foder fodase filhodaputa buceta cuzão klootzak kutwijf godverdomme hoer lul kut tyfus kankerlijer kurwa
kurwy chuj pierdolić pierdolę jebać jebany skurwysyn spierdalaj блядь блять сука хуй хуйня пизда пиздец
ебать ёбаный ебаный мудак гандон пидор sürtük orospu siktir amına piç
"""
_MORE_PHRASES = """
piece of crap
son of a bitch
piss off
pissed off
screw you
go to hell
kiss my ass
eat shit
suck my dick
hijo de puta
filho da puta
fils de pute
ta gueule
figlio di puttana
"""
_INNOCENT = """
alabama anal anus babeland bareback barenaked bastardized bastinado beaner beaners beaver bimbos black
bondage boner breast breasts bs bullet busty butt butts chick clitoris cock coon core dog doggy
domination dp dream ecchi ejaculation erotic escort eunuch fecal figging fingering g-spot genitals grope
hardcore hentai hoe homoerotic honkey hooker humping incest intercourse kill kinbaku kinky kut leather
lolita lovemaking lul masturbate mf murder nambla negro neonazi nipple nipples nude nudity omfg orgasm
paki panties panty pegging penis playboy pole poof poon porn porno pornography prince queer rape raping
rapist rectum sadism santorum scat scissoring semen sex sexo sexy shaved shibari shota shrimping simp
skeet slanteye snatch snowballing spooge suck sucks suicide sultry swastika swinger taste threesome tit
topless tushy twink twinkie undressing urethra vagina vibe vibrator voyeur vulva wand wop xx xxx yaoi
"""
_INNOCENT_PHRASES = """
ball sack
barely legal
big black
big breasts
blonde action
blue waffle
booty call
brunette action
bullet vibe
camel toe
cleveland steamer
clover clamps
date rape
double penetration
group sex
hard core
hot chick
how to kill
how to murder
huge fat
leather restraint
lemon party
make me come
missionary position
mr hands
nsfw images
phone sex
pole smoker
prince albert piercing
spread legs
strip club
style doggy
suicide girls
tainted love
tied up
tongue in a
violet wand
wet dream
white power
wrapping men
"""
_HARMLESS = """
butt joint
cock-a-doodle
rooster cock
blue tit
tit for tat
ball cock
stop cock
cock valve
moby dick
dick van dyke
dick cheney
dick clark
philip k. dick
dick francis
dick tracy
scunthorpe
penistone
cum laude
levee and dyke
van dyke
dick smith
dick's sporting goods
dick’s sporting goods
offa's dyke
prick test
skin prick
slag heap
s.h.i.t.
pussy willow
pussycat
fucking austria
fucking, austria
twatt
cock fighting
shit tzu
shih tzu
spotted dick
dick and jane
tom, dick and harry
tom dick and harry
fag end
faggots and peas
kick the bucket
bastard file
bastard sword
kut out
pute a
wild ass
o.a.s.s
cock pit
coq au vin
pique dame
"""

MORE = (*_MORE.split(), *_MORE_PHRASES.strip().splitlines())
INNOCENT = frozenset(_INNOCENT.split()) | frozenset(_INNOCENT_PHRASES.strip().splitlines())
PHRASES = tuple(_HARMLESS.strip().splitlines())
