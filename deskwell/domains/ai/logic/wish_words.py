"""The words behind `wishes`: one entry a language, as regular expressions on lower-case text."""

_EN_ADJECTIVES = r"(?:a |an |the |some |another |any |your |one of your |actual |real |live |human |proper |living |breathing )*"
_EN_STRONG = (
    rf"{_EN_ADJECTIVES}(?:humans?|human being|(?<=real )(?:person|people)|(?<=actual )(?:person|people)|(?<=live )person|real (?:person|people)|actual (?:person|people)|live person"
    r"|(?:support |service |customer |human |live |care |sales )+(?:agents?|reps?|representatives?|advis[eo]r|person|specialist|assistant|employee|staff|team member)"
    r"|representative|operator|agent|csr|customer (?:service|support|care)|someone real|somebody real|supervisor|team member|member of (?:staff|your team|the team)|support staff|advis[eo]r|colleague)"
)
_EN_WEAK = rf"{_EN_ADJECTIVES}(?:person|someone|somebody|people|staff(?: member)?|employee|manager|anyone|specialist|{_EN_STRONG})"
_EN_TALK = (
    r"(?:want|need|like|love|prefer|wish|can i|could i|may i|let me|how (?:can|do) i|please|possible|able|i'd|trying|demand|just|rather|must|would)(?: \w+){0,4}? (?:to )?(?:talk|speak|chat|communicate|deal)(?:ing)?(?: directly| please)? (?:to|with)"
    r"|(?:^|please |just )(?:talk|speak|chat) (?:to|with)|(?:transfer|connect|escalate|forward|pass|hand|put|redirect|switch|route) (?:me|us|this|it|my (?:ticket|case|chat|call|issue|request))(?: over| on| through| back)? (?:to|with)"
    r"|connected (?:to|with)|transferred to|(?:get|put) (?:me )?(?:in touch|in contact|through) (?:to|with)"
)
_EN_OTHER = (
    r"(?:yesterday|last (?:week|time|month|night)|already (?:spoke|talked|chatted)|i (?:spoke|talked|chatted|have spoken|have talked) (?:to|with)|user.agent|(?:add|create|remove|delete|invite|become|hire|train|assign|rename|change|edit|export|list|see|find out|send|share|sell) (?:a |an |another |new |more |my |the |which |to )*(?:new |human |support )*(?:agents?|operators?|managers?|person|people|staff|employees?|representatives?|users?|someone|somebody|team members?)(?! (?:to|for) (?:help|call) me)"
    r"|real estate|estate agent|insurance agent|travel agent|human resources|human.readable|account manager|password manager|task manager|file manager|package manager|window manager|manager (?:role|account|app|page|view|permission)|delivery person|contact person|missing person|personal|per person|in person|another person|representative sample|operator network"
    r"|agents? (?:field|role|seat|licen[cs]e|status|column|dashboard|page|view|app|name|list|report|api|performance|group|guide|handbook)|operator (?:precedence|field|manual)|how many|do(?:es)? (?:an? |your )?(?:agents?|humans?|people|persons?|representatives?|managers?|staff|operators?) (?:\w+ )?(?:work|cost|get|see|have|need)"
    r"|what (?:is|are|does) (?:an? )?(?:agent|operator|human|manager|representative)|(?:don't|do not|no) need (?:to (?:talk|speak) (?:to|with) )?(?:a |an |any )?(?:human|person|agent|one)|without (?:talking|speaking) to|do i (?:need|have) to|money|english|at (?:my|the) (?:bank|store|shop|bar))"
)

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "person": _EN_STRONG,
        "talk": (
            rf"{_EN_TALK}|(?:get|give|bring|find|fetch|summon) me|i (?:really |just |do |only |still )?(?:want|need|demand|require|insist on|would like|would prefer|prefer)(?: to be (?:helped|served|contacted|called) by| help from| an answer from| support from)?"
            r"|(?:can|could|may|would|will) (?:i|we|you)(?: please)? (?:get|have|reach|contact)|how (?:can|do) (?:i|we) (?:reach|contact|get)|(?:is|are) there(?: any)?(?= (?:a |any )?(?:human|real|live|actual))"
            r"|(?:can|could|will|would)(?= (?:a |an |some |any )?(?:real |human |live |actual )*(?:agent|human|representative|person from|team member)[\w ]{0,25}(?:help|call|contact|look|take over|assist|answer|reply|respond|talk|speak|get back))"
        ),
        "only_before": "yes",
        "gap": "14",
        "phrases": (
            r"(?:human|real person|live agent|real human|agent|representative|operator|live person)(?:,)? (?:please|now|pls|plz)|(?:don't|do not|dont) want (?:to (?:talk|speak|chat|deal) (?:to|with) )?(?:an? |the |this |your )?(?:\w+ )?(?:bot|robot|machine|ai|chatbot|computer|automat\w+)"
            r"|(?:no|stop|enough of|enough with|sick of|tired of) (?:the |this |these |more |your )?(?:bots?|robots?|chatbots?|automated (?:answers|replies|responses))|not (?:an? |with an? |to an? )(?:bot|robot|machine|ai|chatbot)|instead of (?:an? |the |this )(?:bot|robot|machine|ai|chatbot)"
            r"|(?:take|let|have|get) (?:a |an |some)?(?:human|person|agent|one)(?: from \w+ \w+)? (?:to )?(?:take over|handle this|look at this|look into this|call me|contact me|call us|contact us)|(?:can|could|will|would|please)(?: you)?(?: have)? (?:someone|somebody|a person|a human|an agent)(?: from [\w ]{2,25}?)? (?:please )?(?:call|contact|phone|ring|get in touch|get back to)(?: me| us| with me)?"
            r"|(?:human|person|agent) (?:should|must|needs to|has to) (?:take over|look at|handle|help)|(?:human|personal|live) (?:support|assistance|help)(?: please| now)?$|escalate (?:this|my (?:ticket|case|issue|request))(?: please| now| immediately)?$"
            r"|i (?:want|need) (?:human|real|live|personal) (?:help|support|assistance|contact)|(?:is|are) there (?:a |any )?(?:real |actual |live )+(?:person|people|human)|(?:get|give) me (?:a |an )?(?:real |actual |live )?(?:person|someone|somebody)|i (?:want|need|demand) (?:a |an )(?:real |actual |live )?person"
        ),
        "other": _EN_OTHER,
        "filler": r"please|pls|plz|now|i|a|an|the|hi|hello|hey|real|live|human|get|me|asap|immediately|to|speak|talk|with|need|want|just|urgent|ok|okay|no",
    },
    "en, anybody": {
        "person": _EN_WEAK,
        "talk": _EN_TALK,
        "only_before": "yes",
        "gap": "14",
        "other": _EN_OTHER,
    },
    "de": {
        "person": r"(?:eine[mnrs]? |der |die |den |dem |echte[nmrs]? |richtige[nmrs]? |menschliche[nmrs]? |lebendige[nmr]? )*(?:menschen?|mitarbeiter(?:in)?s?|berater(?:in)?|person|sachbearbeiter(?:in)?|ansprechpartner(?:in)?|kundenberater(?:in)?|support.?mitarbeiter(?:in)?|agenten?|jemande[mn]|jemand(?= (?:echt|aus|vom|von))|kollegen|vorgesetzten|operator)",
        "talk": r"(?:sprechen|reden|chatten|telefonieren|verbinden|verbinde|verbindet|weiterleiten|weitergeben|weiterleite|leiten|leite|durchstellen|übergeben|übergib|(?:ich |wir )?(?:will|möchte|brauche|brauch|möchten|hätte gern(?:e)?|verlange|wünsche)(?: (?:bitte|jetzt|sofort|endlich|gerne|lieber|mit|einen|hilfe von))*|geben sie mir|gib mir|holen sie|kann mir|könnte mir|(?:kann|könnte|dürfte) ich(?=.{0,40}(?:haben|bekommen|kriegen|erreichen))|gibt es(?= (?:hier |auch )?(?:eine|echte|einen)))",
        "phrases": r"kein(?:en?)? (?:bot|roboter|chatbot|maschine|computer|ki)(?! )|nicht mit (?:einem |einer |dem )?(?:bot|roboter|chatbot|maschine|computer|ki)|(?:menschliche|persönliche)[nr]? (?:hilfe|unterstützung|betreuung|beratung)|echte[nr]? (?:mensch|person)|rufen sie mich (?:bitte )?(?:an|zurück)",
        "other": r"gestern|letzte[rn]? woche|bereits gesprochen|habe (?:schon )?mit|hatte mit|hinzufügen|anlegen|einladen|löschen|entfernen|pro person|personen?daten|personenkonto|kontaktperson|mitarbeiterrabatt|mitarbeiter(?:konto|liste|verwaltung)|wie viele|persönliches konto|lieferperson|andere person|welche(?:r|s)? (?:mitarbeiter|person|mensch)|menschenrechte|user.agent|anstellen|einstellen",
        "filler": r"bitte|einen?|mit|ich|will|jetzt|sofort|hallo|echten?|den|der|brauche|möchte|menschlichen?",
    },
    "fr": {
        "person": r"(?:un |une |le |la |l'|votre |vrai |vraie |véritable )*(?:humaine?|être humain|personne(?: réelle| humaine| physique)?|conseill(?:er|ère)|agente?(?: humain)?|opérat(?:eur|rice)|représentante?|responsable|quelqu'un|employée?|interlocuteur|technicien|membre de (?:l'|votre )équipe|vraie personne)",
        "talk": r"(?:parler|discuter|échanger|communiquer|joindre|contacter|avoir|transfér(?:er|ez)|transmett(?:re|ez)|pass(?:er|ez)(?:-moi)?|mett(?:re|ez)(?:-moi)? en (?:relation|contact|communication)|je (?:veux|voudrais|souhaite|souhaiterais|préfère|préférerais|demande|exige)|j'(?:aimerais|ai besoin d')(?:e)?|il me faut|connecte(?:r|z)(?:-moi)?|donnez-moi|besoin d'|est-ce qu'il y a|y a-t-il|pouvez-vous me passer)",
        "phrases": r"pas (?:à |avec |parler à )?(?:un |une |le |ce )?(?:robot|bot|machine|chatbot|ia|ordinateur)(?! )|assistance humaine|aide humaine|support humain|rappelez-moi",
        "other": r"\bhier\b|semaine dernière|j'ai (?:déjà )?parlé|ajouter|inviter|supprimer|créer|par personne|en personne|personne ne|agent immobilier|combien d|ressources humaines|quel(?:le)? (?:agent|personne|conseiller|opérateur)|données personnelles|d'une autre personne|livreur|modifier",
        "filler": r"svp|s'il vous plaît|s'il te plaît|un|une|humain|vrai|je|veux|maintenant|bonjour|à|vite",
    },
    "es": {
        "person": r"(?:un |una |el |la |algún |alguna |verdader[oa] )*(?:humanos?|persona(?: real| humana| de verdad)?|ser humano|agente(?: humano)?|representante|operador(?:a)?|asesor(?:a)?|alguien|ejecutivo|empleado|encargado|supervisor|responsable|persona física)",
        "talk": r"(?:hablar|conversar|chatear|comunicar(?:me|se)?|contactar|pása(?:me|nme)|páse(?:me|nme)|pasarme|pasar|transfiér[ae](?:me|nme)?|transferir(?:me)?|conécta(?:me|nme)|conécte(?:me|nme)|conectar(?:me)?|quiero|quisiera|necesito|deseo|prefiero|me gustaría|exijo|solicito|dame|deme|póngame|comuníqueme|comuníquenme|hay(?= (?:un|una|algún|alguna|alguien))|(?:puede|podría|puedo) (?:atenderme|hablar|ayudarme))",
        "phrases": r"no (?:quiero )?(?:hablar )?(?:con )?(?:un |una |el |este )?(?:robot|bot|máquina|chatbot|ia)(?! )|atención humana|ayuda humana|soporte humano|atención personalizada|llámenme",
        "other": r"\bayer\b|semana pasada|ya hablé|hablé con|he hablado|agregar|añadir|invitar|eliminar|crear|por persona|en persona|datos personales|cuánt[oa]s|recursos humanos|agente inmobiliario|qué (?:agente|persona|operador)|quién|cambiar|otra persona|repartidor|cuenta personal|alguien (?:robó|usó|entró|ha)",
        "filler": r"por favor|un|una|humano|ya|ahora|quiero|con|hola|necesito",
    },
    "pt": {
        "person": r"(?:um |uma |o |a |algum |alguma )*(?:humano|pessoa(?: real| de verdade| humana)?|ser humano|atendente(?: humano)?|agente(?: humano)?|representante|operador(?:a)?|alguém|funcionário|gerente|supervisor|consultor)",
        "talk": r"(?:falar|conversar|comunicar|contatar|contactar|transfer(?:ir|e|ira)|transferir-me|me transfira|passe-me|passar|me pass[ae]|conect(?:e|ar)(?:-me)?|me conect[ae]|lig(?:ue|ar)-me|quero|queria|gostaria|preciso|desejo|prefiro|exijo|me d[êe]|chame|chama|há(?= (?:um|uma|algu))|tem(?= (?:um|uma|algu))|pode me atender|atendid[oa] por)",
        "phrases": r"não (?:quero )?(?:falar )?(?:com )?(?:um |uma |o |esse )?(?:robô|robot|bot|máquina|chatbot|ia)(?! )|atendimento humano|ajuda humana|suporte humano",
        "other": r"\bontem\b|semana passada|já falei|falei com|adicionar|convidar|remover|excluir|criar|por pessoa|pessoalmente|dados pessoais|quant[oa]s|recursos humanos|qual (?:agente|pessoa|atendente)|outra pessoa|entregador|conta pessoal|alguém (?:usou|roubou|entrou)|alterar",
        "filler": r"por favor|um|uma|humano|já|agora|quero|com|olá|preciso",
    },
    "it": {
        "person": r"(?:un |uno |una |un'|il |la |l'|qualche |vero |vera )*(?:umano|persona(?: reale| vera| umana| in carne e ossa)?|essere umano|operatore(?: umano)?|operatrice|agente(?: umano)?|rappresentante|qualcuno|addetto|responsabile|consulente|impiegato|assistente umano)",
        "talk": r"(?:parlare|parlo|chattare|comunicare|contattare|trasferi(?:re|scimi|temi|sca)|mi trasferisca|passa(?:mi|temi|re)|mi passi|collega(?:mi|temi|re)|metti(?:mi)? in contatto|mettetemi in contatto|mettermi in contatto|voglio|vorrei|preferisco|desidero|ho bisogno di|mi serve|esigo|dammi|datemi|c'è(?= (?:un|una|qualcuno))|posso avere|essere contattato da)",
        "phrases": r"non (?:voglio )?(?:parlare )?(?:con )?(?:un |una |il |questo )?(?:robot|bot|macchina|chatbot|ia)(?! )|assistenza umana|aiuto umano|supporto umano",
        "other": r"\bieri\b|settimana scorsa|ho (?:già )?parlato|aggiungere|invitare|eliminare|rimuovere|creare|(?<!\w)a persona|per persona|di persona|dati personali|quant[ei]|risorse umane|agente immobiliare|quale (?:agente|persona|operatore)|un'altra persona|corriere|account personale|qualcuno (?:ha|è)|modificare",
        "filler": r"per favore|per piacere|un|una|umano|subito|ora|voglio|con|ciao",
    },
    "nl": {
        "person": r"(?:een |de |het |echte? |levende? )*(?:mens|menselijke medewerker|echt persoon|persoon|medewerk(?:er|ster)|iemand|agent|collega|klantenservicemedewerker|adviseur|leidinggevende|echt mens)",
        "talk": r"(?:spreken|praten|chatten|doorverbinden|verbind(?:en)?|doorsturen|overdragen|doorzetten|(?:ik )?(?:wil|zou graag|heb|moet)(?: (?:graag|nu|met|een|liever|behoefte aan))*|geef me|mag ik|kan ik|kunt u mij|kan je me|is er(?= (?:een |ook )?(?:echt|mens|iemand|medew)))",
        "phrases": r"(?:geen|niet met een|niet met deze) (?:bot|robot|chatbot|machine|computer)(?! )|menselijke (?:hulp|ondersteuning)|bel me terug",
        "other": r"gisteren|vorige week|heb (?:al |gisteren )?(?:met|gesproken)|toevoegen|uitnodigen|verwijderen|aanmaken|per persoon|persoonlijke gegevens|hoeveel|welke (?:medewerker|persoon)|andere persoon|bezorger|persoonlijk account|iemand anders|iemand (?:heeft|is)|makelaar|wijzigen",
        "filler": r"alstublieft|graag|aub|een|met|nu|ik|wil|hallo|echte?",
    },
    "sv": {
        "person": r"(?:en |ett |den |riktig |verklig |levande |mänsklig )*(?:människa|person|handläggare|medarbetare|agent|kundtjänstmedarbetare|någon|operatör|representant|supportmedarbetare|chef)",
        "talk": r"(?:prata|tala|chatta|koppla(?: mig)?|kopplad|kopplas|överför|skicka vidare|jag (?:vill|behöver|önskar|skulle vilja|kräver)(?: (?:ha|prata|tala|nu))*|ge mig|kan jag få|får jag|finns det(?= (?:en |någon ))|kontakt med)",
        "phrases": r"(?:inte|ingen)(?: prata)?(?: med)?(?: en)? (?:bot|robot|chattbot|chatbot|maskin|dator)(?! )|mänsklig (?:hjälp|support|kontakt)|ring mig",
        "other": r"\bigår\b|förra veckan|pratade|talade|har (?:redan )?pratat|lägga till|bjuda in|ta bort|skapa|per person|personuppgift|hur många|vilken (?:agent|person|handläggare)|annan person|någon annan|någon har|mäklare|ändra",
        "filler": r"tack|snälla|en|med|nu|jag|vill|hej|riktig",
    },
    "da": {
        "person": r"(?:en |et |et rigtigt |en rigtig |den |rigtig |ægte |levende |menneskelig )*(?:menneske|person|medarbejder|agent|kundeservicemedarbejder|nogen|operatør|repræsentant|supportmedarbejder|rådgiver)",
        "talk": r"(?:tale|snakke|chatte|stille(?: mig)? (?:om|videre)|stil mig|viderestil(?:le|les)?|omstill(?:e|es|et)|overfør|forbind(?: mig)?|jeg (?:vil|ønsker|har brug for|skal|kræver)(?: (?:gerne|have|tale|nu|med))*|giv mig|kan jg få|kan jeg få|må jeg|er der(?= (?:en |nogen ))|kontakt med)",
        "phrases": r"(?:ikke|ingen)(?: tale| snakke)?(?: med)?(?: en)? (?:bot|robot|chatbot|maskine|computer)(?! )|menneskelig (?:hjælp|support|kontakt)|ring til mig",
        "other": r"i går|sidste uge|talte|snakkede|har (?:allerede )?(?:talt|snakket)|tilføje|invitere|slette|fjerne|oprette|pr\.? person|per person|persondata|personoplysninger|hvor mange|hvilken (?:agent|person|medarbejder)|anden person|nogen andre|nogen har|ejendomsmægler|ændre",
        "filler": r"tak|venligst|en|et|med|nu|jeg|vil|hej|rigtigt?",
    },
    "no": {
        "person": r"(?:en |et |ekte |virkelig |levende |menneskelig )*(?:menneske|person|medarbeider|agent|kundebehandler|noen|operatør|representant|rådgiver|saksbehandler|kundeservicemedarbeider)",
        "talk": r"(?:snakke|prate|chatte|sett(?: meg)? over|sette meg over|viderekoble|overfør(?: meg)?|koble(?: meg)?|koblet|jeg (?:vil|ønsker|trenger|må|krever)(?: (?:gjerne|ha|snakke|nå|å|med))*|gi meg|kan jeg få|får jeg|er det(?= (?:en |noen ))|finnes det|kontakt med)",
        "phrases": r"(?:ikke|ingen)(?: snakke)?(?: med)?(?: en)? (?:bot|robot|chatbot|maskin|datamaskin)(?! )|menneskelig (?:hjelp|støtte|kontakt)|ring meg",
        "other": r"i går|forrige uke|snakket|pratet|legge til|invitere|slette|fjerne|opprette|per person|personopplysninger|hvor mange|hvilken (?:agent|person|medarbeider)|annen person|noen andre|noen har|eiendomsmegler|endre",
        "filler": r"takk|vennligst|en|et|med|nå|jeg|vil|hei|ekte",
    },
    "fi": {
        "person": r"(?:oikean? |elävän? |aidon? )*(?:ihmi(?:nen|sen|stä|selle|seen|sten)|henkilö(?:n|ä|lle|ön)?|asiakaspalvelija(?:n|a|lle|an)?|edustaja(?:n|a|lle|an)?|joku|jonkun|jollekin|työntekijä(?:n|ä|lle|än)?|asiantuntija(?:n|a|lle)?|virkailija(?:n|a|lle|an)?|esimie(?:s|hen))",
        "talk": r"(?:puhua|jutella|keskustella|chatata|yhdist(?:ä|äkää|täkää|ää|ät|ätte)|siirrä|siirtäkää|siirtää|ohjatkaa|ohjaa|haluan|haluaisin|tarvitsen|voinko|saanko|saisinko|onko(?= (?:siellä |täällä )?(?:oike|ihmi|joku))|antakaa|vaadin)",
        "phrases": r"(?:en halua|ei)(?: puhua)? (?:botin|robotin|koneen|botille|robotille|koneelle|tekoälyn)(?: kanssa)?|ihmisen apua|ihmisapua|soittakaa minulle",
        "other": r"\beilen\b|viime viikolla|puhuin|juttelin|lisätä|lisään|kutsua|poistaa|luoda|per henkilö|henkilötie|kuinka mon|kuka|kiinteistövälittäjä|toisen henkilön|joku on|muuttaa",
        "filler": r"kiitos|heti|nyt|oikea|hei|haluan",
    },
    "pl": {
        "person": r"(?:żyw(?:ym|ego|a|y) |prawdziw(?:ym|ego|ą|ej|y) )*(?:człowiek(?:iem|a|owi)?|osob(?:ą|ę|a|y|ie)|konsultant(?:em|a|owi|ką|kę)?|pracownik(?:iem|a|owi)?|agent(?:em|a|owi)?|kimś|ktoś|kogoś|przedstawiciel(?:em|a|owi)?|doradc(?:ą|ę|y)|operator(?:em|a|owi)?|kierownik(?:iem|a)?)",
        "talk": r"(?:rozmawiać|porozmawiać|pogadać|czatować|skontaktować|połącz(?:yć|cie|)|połączenie|przełącz(?:yć|cie|)|przekaż(?:cie)?|przekazać|chcę|chciał(?:bym|abym)|potrzebuję|wolę|proszę(?: o| mnie)?|żądam|dajcie|daj mi|czy (?:jest|mogę|można)|poproszę)",
        "phrases": r"nie (?:chcę )?(?:rozmawiać )?(?:z )?(?:botem|robotem|maszyną|automatem|chatbotem|komputerem)(?! )|pomoc człowieka|pomocy człowieka|zadzwońcie do mnie",
        "other": r"wczoraj|zeszłym tygodniu|rozmawiał(?:em|am)|dodać|zaprosić|usunąć|utworzyć|na osobę|dane osobowe|danych osobowych|ile (?:osób|agentów)|ilu|któr(?:y|a) (?:agent|osoba|konsultant|pracownik)|inna osoba|innej osoby|konto osobiste|ktoś (?:inny|użył|ukradł|wszedł)|zmienić",
        "filler": r"proszę|z|teraz|natychmiast|chcę|cześć|prawdziwy|żywy",
    },
    "cs": {
        "person": r"(?:živ(?:ým|ého|ý|ou) |skutečn(?:ým|ého|ý|ou) |opravdov(?:ým|ého|ou) )*(?:člověk(?:em|a|u)?|osob(?:ou|u|a|y|ě)|operátor(?:em|a|ovi|kou|ku)?|pracovník(?:em|a|ovi)?|agent(?:em|a)?|někým|někdo|někoho|zástupc(?:em|e)|poradc(?:em|e)|zaměstnanc(?:em|e)|vedoucí(?:m|ho)?)",
        "talk": r"(?:mluvit|promluvit|hovořit|bavit|chatovat|spoj(?:it|te|ení)|přepoj(?:it|te)|předat|předejte|přesměru(?:jte|j)|chci|chtěl(?:a)? bych|potřebuji|potřebuju|prosím o|žádám|dejte mi|dej mi|mohu|můžu|je tam(?= )|raději bych)",
        "phrases": r"ne(?:chci)? (?:mluvit )?(?:s )?(?:botem|robotem|strojem|chatbotem|počítačem)(?! )|lidskou pomoc|lidská podpora|zavolejte mi",
        "other": r"\bvčera\b|minulý týden|mluvil(?:a)? jsem|přidat|pozvat|odstranit|smazat|vytvořit|na osobu|osobní (?:údaje|účet)|kolik|který (?:agent|operátor|pracovník)|jiná osoba|jiné osoby|někdo (?:jiný|použil|ukradl|se)|realitní|změnit",
        "filler": r"prosím|s|teď|hned|chci|ahoj|živý|skutečný",
    },
    "ru": {
        "person": r"(?:жив(?:ым|ого|ой|ому) |реальн(?:ым|ого|ому|ый) |настоящ(?:им|его|ему|ий) )*(?:человек(?:ом|а|у)?|оператор(?:ом|а|у)?|сотрудник(?:ом|а|у)?|специалист(?:ом|а|у)?|агент(?:ом|а|у)?|менеджер(?:ом|а|у)?|консультант(?:ом|а|у)?|кем-то|кто-то|кто-нибудь|представител(?:ем|я|ю)|людьми|руководител(?:ем|я))",
        "talk": r"(?:поговорить|говорить|пообщаться|общаться|связаться|связь|соедин(?:ите|и|ить)(?: меня)?|переключ(?:ите|и|ить)(?: меня)?|перевед(?:ите|и)(?: меня)?|перевести|передайте|позовите|позови|хочу|хотел(?:а)? бы|хотелось бы|нужен|нужна|нужно|мне бы|дайте|дай|можно|могу(?: я)?|есть ли|требую|пригласите)",
        "phrases": r"не (?:хочу )?(?:с |говорить с |общаться с )(?:ботом|роботом|машиной)|(?:хватит|без) бот(?:ов|а)|помощь человека|живое общение|перезвоните",
        "other": r"вчера|на прошлой неделе|(?:по)?говорил(?:а)? с|общался|общалась|добавить|пригласить|удалить|создать|на человека|персональн|личн(?:ые|ых) данн|сколько|какой (?:агент|оператор|сотрудник|менеджер)|другого человека|другой человек|кто-то (?:украл|вош|использ|взлом|друг)|менеджер (?:паролей|задач|файлов)|изменить",
        "filler": r"пожалуйста|с|сейчас|срочно|хочу|живой|нужен|здравствуйте|привет",
    },
    "uk": {
        "person": r"(?:жив(?:ою|ого|ої|им) |реальн(?:ою|ої|им|ого) |справжн(?:ьою|ім|ьої) )*(?:людин(?:ою|и|у|і|а)|оператор(?:ом|а|у)?|співробітник(?:ом|а)?|працівник(?:ом|а)?|спеціаліст(?:ом|а)?|фахівц(?:ем|я)|агент(?:ом|а)?|менеджер(?:ом|а)?|консультант(?:ом|а)?|кимось|хтось|представник(?:ом|а)?|керівник(?:ом|а)?)",
        "talk": r"(?:поговорити|говорити|поспілкуватися|спілкуватися|зв'язатися|зв'яжіть(?: мене)?|з'єдна(?:йте|й|ти)(?: мене)?|переключ(?:іть|и)(?: мене)?|переведіть(?: мене)?|передайте|покличте|хочу|хотів би|хотіла б|потрібен|потрібна|потрібно|дайте|чи можна|можна|чи є|вимагаю)",
        "phrases": r"не (?:хочу )?(?:з |говорити з |спілкуватися з )(?:ботом|роботом|машиною)|без ботів|допомога людини|передзвоніть",
        "other": r"вчора|минулого тижня|(?:по)?говорив|говорила|спілкувався|спілкувалась|спілкувалася|додати|запросити|видалити|створити|на людину|персональн|особист(?:і|их) дан|скільки|який (?:агент|оператор|менеджер)|іншої людини|інша людина|хтось (?:вкрав|зайшов|використ|інш)|змінити",
        "filler": r"будь ласка|з|зараз|терміново|хочу|жива|потрібен|вітаю",
    },
    "tr": {
        "person": r"(?:bir |gerçek |canlı )*(?:insan(?:la|a|ı|dan)?|kişi(?:yle|ye|yi)?|temsilci(?:yle|ye|si|nizle|sine|siyle|niz)?|müşteri temsilcisi(?:yle|ne|ni)?|yetkili(?:yle|ye|si)?|operatör(?:le|e|ü)?|biri(?:yle|siyle|ne|sine)?|görevli(?:yle|ye)?|çalışan(?:la|a)?|müdür(?:le|e)?|danışman(?:la|a)?)",
        "talk": r"(?:konuş(?:mak|abilir miyim|ayım|mam|turun)|görüş(?:mek|ebilir miyim|eyim|mem|türün)|bağla(?:yın|yınız|r mısınız|yabilir misiniz|nmak|nabilir miyim|)|aktar(?:ın|ınız|ır mısınız|abilir misiniz)|yönlendir(?:in|ir misiniz|ebilir misiniz)|istiyorum|isterim|lazım|ihtiyacım var|ulaş(?:mak|abilir miyim)|var mı|verin|yazışmak|devret(?:in)?)",
        "phrases": r"(?:bot|robot|makine)(?:la|yla|le)? (?:konuşmak |görüşmek )?istemiyorum|insan desteği|beni arayın",
        "other": r"\bdün\b|geçen hafta|konuştum|görüştüm|ekle(?:mek|rim|yebilir|yeceğim)|davet|sil(?:mek|erim|ebilir)|oluştur|kişi başı|kişisel|kaç (?:kişi|temsilci|insan)|hangi (?:temsilci|kişi|operatör)|başka bir(?:i| kişi)(?:nin|si)|insan kaynakları|emlak|değiştir",
        "filler": r"lütfen|bir|gerçek|hemen|şimdi|merhaba|istiyorum",
    },
    "ro": {
        "person": r"(?:un |o |cu |adevărat[ăa]? )*(?:om(?:ul)?(?: real| adevărat)?|persoan(?:ă|a)(?: reală| adevărată)?|operator(?:ul)?|agent(?:ul)?(?: uman)?|reprezentant(?:ul)?|cineva|angajat|consultant|coleg|ființă umană)",
        "talk": r"(?:vorb(?:esc|i|ească)|discut(?:a|)|comunic(?:a)?|contact(?:ez|a)|conect(?:ați-mă|ează-mă|a|ați)|transfer(?:ați-mă|ă-mă|a|ați)|pune(?:ți)?-mă|da(?:ți)?-mi|vreau|aș vrea|aș dori|doresc|am nevoie(?: de)?|prefer|pot|există|cer|legătura)",
        "phrases": r"nu (?:vreau )?(?:să vorbesc )?(?:cu )?(?:un )?(?:robot|bot|chatbot|mașină)(?! )|asistență umană|ajutor uman|suport uman|sunați-mă",
        "other": r"\bieri\b|săptămâna trecută|am (?:mai )?vorbit|adaug|adăuga|invit|șterg|creez|crea |de persoană|pe persoană|date(?:le)? personale|câți|câte|care (?:agent|operator|persoană)|alt(?:ă|ei) persoan|cineva (?:a|mi-a|s-a)|imobiliar|schimb|resurse umane",
        "filler": r"vă rog|te rog|un|o|acum|vreau|bună|cu",
    },
    "hu": {
        "person": r"(?:egy |valódi |igazi |élő |hús-vér )*(?:ember(?:rel|hez|t|i)?|személ(?:y|lyel|yhez)|ügyintéző(?:vel|höz|t)?|munkatárs(?:sal|hoz|at)?|operátor(?:ral|hoz|t)?|ügynök(?:kel|höz)?|valaki(?:vel|hez|t)?|képviselő(?:vel|höz)?|ügyfélszolgálatos(?:sal)?|kolléga|kollégával|vezető(?:vel)?)",
        "talk": r"(?:beszélni|beszélhet(?:nék|ek)|beszélnék|beszéljek|chatelni|kapcsol(?:ják|janak|jon|játok|jatok|ja|ni|d)?|kapcsolatba|átad(?:ni|ná|ja|ják)|továbbít(?:sa|sák|ani)|szeretnék|akarok|kérek|kérem|szükségem van|adjanak|van(?= (?:ott |itt )?(?:egy |valódi|élő|valaki))|kaphatok|inkább)",
        "phrases": r"nem (?:akarok )?(?:bottal|robottal|géppel|chatbottal)(?: beszélni)?|emberi (?:segítség|segítséget|támogatás|ügyintéző)|hívjanak(?: fel| vissza)?",
        "other": r"tegnap|múlt héten|beszéltem|hozzáad|meghív|töröl|törlés|létrehoz|fejenként|személyenként|személyes adat|hány|melyik (?:ügyintéző|operátor|munkatárs|ember)|másik személy|valaki (?:más|ellopta|belépett|használ)|ingatlan|módosít",
        "filler": r"kérem|kérek|egy|most|azonnal|szia|igazi|élő",
    },
    "el": {
        "person": r"(?:έναν? |μια |ένα |κάποιον |πραγματικ(?:ό|ή|ός) |ζωνταν(?:ό|ή) )*(?:άνθρωπο[ςι]?|ανθρώπου|άτομο|εκπρόσωπο[ςι]?|υπάλληλο[ςι]?|αντιπρόσωπο[ςι]?|κάποιον|κάποιος|σύμβουλο[ςι]?|πράκτορα|χειριστή|υπεύθυνο)",
        "talk": r"(?:μιλήσω|μιλήσουμε|συνομιλήσω|επικοινωνήσω|συνδέστε(?: με)?|συνδέσετε|σύνδεσ[εέ](?: με)?|μεταφέρετε|μεταβιβάστε|δώστε(?: μου)?|θέλω|θα ήθελα|χρειάζομαι|προτιμώ|μπορώ|υπάρχει|ζητώ|απαιτώ|περάστε)",
        "phrases": r"(?:δεν|όχι) (?:θέλω )?(?:να μιλήσω )?(?:με |σε )?(?:ένα )?(?:ρομπότ|bot|μηχανή)(?! )|ανθρώπινη (?:βοήθεια|υποστήριξη)|καλέστε με",
        "other": r"\bχθες\b|χτες|περασμένη εβδομάδα|μίλησα|προσθέσω|προσκαλέσω|διαγράψω|δημιουργήσω|ανά άτομο|προσωπικ|πόσ(?:οι|α|ους)|ποιος|άλλο(?:υ)? άτομο|άλλου ατόμου|κάποιος (?:άλλος|μπήκε|έκλεψε|χρησιμ)|αλλάξω",
        "filler": r"παρακαλώ|έναν|με|τώρα|θέλω|γεια",
    },
    "ar": {
        "person": r"(?:شخص(?: حقيقي| بشري)?|انسان|إنسان|موظف(?: حقيقي| خدمة العملاء| الدعم)?|ممثل(?: خدمة العملاء| الخدمة)?|بشري|بشر|وكيل|مندوب|أحد(?: الموظفين)?|احد|مشرف|مدير|موظفين|الموظف)",
        "talk": r"(?:التحدث|اتحدث|أتحدث|تحدث|الكلام|اتكلم|أتكلم|نتكلم|التواصل|أتواصل|اتواصل|تحويلي|حولني|حولوني|تحويل|وصلني|وصلوني|توصيلي|أريد|اريد|أرغب|ارغب|أحتاج|احتاج|أفضل|هل يوجد|هل يمكنني|ممكن|اعطني|أعطني|أطلب|عايز|ابغى|أبغى|بدي)",
        "phrases": r"لا أريد (?:التحدث )?(?:مع |إلى )?(?:روبوت|آلة|بوت)|(?:دعم|مساعدة) بشري(?:ة)?|اتصلوا بي",
        "other": r"أمس|الأسبوع الماضي|تحدثت|تكلمت|تواصلت|إضافة|اضافة|أضيف|دعوة|حذف|إنشاء|لكل شخص|الشخصية|شخصي(?! )|كم |أي موظف|شخص آخر|مدير (?:الملفات|كلمات|المهام)|تغيير",
        "filler": r"من فضلك|لو سمحت|مع|الآن|أريد|مرحبا",
        "spaced": "no",
    },
    "he": {
        "person": r"(?:נציג(?:ה)?(?: אנושי| שירות)?|בן אדם|בנאדם|אדם(?: אמיתי)?|אנושי|מישהו(?: אמיתי| מהצוות)?|עובד|מנהל|סוכן|אנשים)",
        "talk": r"(?:לדבר|אדבר|לשוחח|לצ'וטט|להתכתב|תעביר(?:ו|י)?(?: אותי)?|העבירו(?: אותי)?|להעביר אותי|לעבור|חבר(?:ו|י)? אותי|תחבר(?:ו|י)?(?: אותי)?|רוצה|מבקש(?:ת)?|צריך|צריכה|מעדיפ(?:ה|)|מעדיף|אפשר|יש(?= )|תנו לי|דורש(?:ת)?|לקבל)",
        "phrases": r"לא (?:רוצה )?(?:לדבר )?עם (?:רובוט|בוט|מכונה)|(?:מענה|סיוע|תמיכה) אנושי(?:ת)?|תתקשרו אליי",
        "other": r"אתמול|בשבוע שעבר|דיברתי|שוחחתי|להוסיף|להזמין|למחוק|ליצור|לאדם|לנפש|אישי(?:ים|ות|)|כמה|איזה (?:נציג|סוכן|עובד)|מישהו (?:אחר|נכנס|גנב|השתמש)|אדם אחר|מנהל (?:סיסמאות|קבצים|משימות)|לשנות",
        "filler": r"בבקשה|עם|עכשיו|אני|רוצה|שלום|אנושי",
        "spaced": "no",
    },
    "hi": {
        "person": r"(?:किसी |एक |असली |वास्तविक )*(?:इंसान|व्यक्ति|आदमी|मनुष्य|एजेंट|प्रतिनिधि|ऑपरेटर|कर्मचारी|अधिकारी|मैनेजर|किसी से|insaan|agent|representative|executive|human)",
        "talk": r"(?:बात (?:करनी|करना|करा|करवा|करने|कर सकता|कर सकती)|बात|जोड़(?:ें|िए|ो|)|कनेक्ट|ट्रांसफर|स्थानांतरित|चाहिए|चाहता|चाहती|मिला(?:इए|ओ|एं)|संपर्क|भेजें|baat|connect|transfer|chahiye)",
        "phrases": r"(?:बॉट|रोबोट|मशीन) से (?:बात )?नहीं|मानव सहायता|मुझे (?:वापस )?(?:फोन|कॉल) करें",
        "other": r"कल |पिछले|बात की थी|बात हुई|जोड़ने|जोड़ूं|हटा|बनाऊं|बनाएं|प्रति व्यक्ति|व्यक्तिगत|कितने|कौन|दूसरे व्यक्ति|बदल",
        "filler": r"कृपया|से|अभी|मुझे|नमस्ते|एक|please",
        "spaced": "no",
    },
    "ja": {
        "person": r"(?:人間|人(?=と|に|を|へ)|担当者|オペレーター|スタッフ|係の人|係員|サポートの人|生身の人|責任者|有人|相談員|社員)",
        "talk": r"(?:話したい|話せ|話させて|お話し|話をしたい|つないで|繋いで|つなげて|繋げて|つなぎ|代わって|替わって|代わり|お願い|対応して(?:ほし|くだ)|対応を|転送|相談したい|連絡(?:したい|を取りたい|がほしい)|出して|呼んで|いますか|希望|してもらえ)",
        "phrases": r"(?:ボット|ロボット|機械|ai)(?:では|じゃ)なく|(?:ボット|ロボット|機械|ai)とは話したくない|有人(?:対応|チャット|サポート)|人間の対応",
        "other": r"昨日|先週|話しました|話した(?!い)|追加|招待|削除|作成|一人(?:当たり|あたり)|個人|何人|どの(?:担当者|スタッフ|オペレーター)|他の人|別の人|変更|登録",
        "filler": r"お願いします|を|に|と|今すぐ|の",
        "spaced": "no",
    },
    "ko": {
        "person": r"(?:상담원|상담사|사람|담당자|직원|매니저|실제 사람|진짜 사람|인간|관리자|책임자)",
        "talk": r"(?:연결|이야기하고 싶|얘기하고 싶|이야기할 수|얘기할 수|대화하고 싶|대화할 수|말하고 싶|통화|바꿔|돌려|넘겨|원해요|원합니다|필요해요|필요합니다|부탁|불러|상담(?:하고 싶|받고 싶|할 수|을 원)|있나요|문의하고 싶)",
        "phrases": r"(?:봇|로봇|기계|챗봇|ai)(?:이|과|와|하고|랑)? ?(?:말고|아닌|대화하기 싫)|사람 상담|전화 ?주세요",
        "other": r"어제|지난주|했어요|했습니다|통화했|연결했|추가|초대|삭제|생성|1인당|인당|개인|몇 ?명|어떤 (?:상담원|직원|담당자)|다른 사람(?:이|의)|변경|등록|명 있나요",
        "filler": r"부탁합니다|부탁드려요|주세요|지금|좀|을|를",
        "spaced": "no",
    },
    "zh": {
        "person": r"(?:人工(?:客服|服务|坐席)?|真人(?:客服)?|客服(?:人员|代表|专员)?|活人|工作人员|人类|专员|接线员|經理|经理|主管|真人客服|客服人員|人員)",
        "talk": r"(?:转(?:接|到|给|人工|)|轉(?:接|到|)|接(?:通|入)?|找(?:一个|个|你们的)?|联系|聯繫|和.{0,6}(?:说话|聊|谈|交谈|对话)|跟.{0,8}(?:说话|聊|谈|通话|讲)|与.{0,6}(?:说话|交谈|沟通|对话)|我(?:要|想|需要|想要|要求)|需要|请(?:帮我)?|給我|给我|有没有|叫|换|能不能|可以|可否)",
        "phrases": r"不(?:要|想)(?:和|跟|与)?(?:机器人|機器人|机器|ai)|转人工|轉人工|人工(?:服务|客服)$|打电话给我|请回电",
        "other": r"昨天|上周|上星期|(?:联系|聊|谈|说|咨询)过|添加|邀请|删除|创建|每人|个人|多少|几个|哪(?:个|位)(?:客服|人员|员工)|别人|其他人|另一个人|修改|更改|几点|人工费|人工智能",
        "filler": r"请|谢谢|我|要|快|吧|！|,|，|的",
        "spaced": "no",
    },
    "vi": {
        "person": r"(?:một |con )*(?:người(?: thật)?|con người|nhân viên(?: hỗ trợ| tư vấn)?|tư vấn viên|tổng đài viên|đại diện|ai đó|quản lý|điện thoại viên)",
        "talk": r"(?:nói chuyện|trò chuyện|trao đổi|gặp|kết nối(?: tôi)?|nối máy|chuyển(?: tôi)?(?: máy)?|tôi (?:muốn|cần)|cho tôi|có thể|liên hệ|yêu cầu|gọi|có(?= (?:ai|người|nhân viên)))",
        "phrases": r"không (?:muốn )?(?:nói chuyện )?(?:với )?(?:robot|bot|máy|chatbot)(?! )|hỗ trợ trực tiếp|gọi lại cho tôi",
        "other": r"hôm qua|tuần trước|đã (?:nói chuyện|trao đổi|gặp)|thêm|mời|xóa|xoá|tạo|mỗi người|cá nhân|bao nhiêu|nhân viên nào|người khác|ai đó (?:đã|khác)|thay đổi|trình quản lý|nhân sự",
        "filler": r"làm ơn|vui lòng|với|ngay|tôi|muốn|xin chào",
    },
    "id": {
        "person": r"(?:seorang |seseorang |para )*(?:manusia(?: asli| sungguhan)?|orang(?: asli| sungguhan| beneran)?|agen(?: manusia)?|petugas|operator|perwakilan|staf|customer service|cs|seseorang|karyawan|manajer|admin)",
        "talk": r"(?:bicara|berbicara|ngobrol|mengobrol|chat|terhubung|hubungkan(?: saya)?|sambungkan(?: saya)?|alihkan(?: saya)?|transfer(?: saya)?|saya (?:mau|ingin|butuh|perlu|minta)|tolong|minta|bisakah saya|bisa saya|apakah ada|ada(?= (?:orang|petugas|manusia))|beri saya|menghubungi)",
        "phrases": r"(?:tidak mau|bukan|jangan)(?: bicara)?(?: dengan)? (?:bot|robot|mesin|chatbot)|bantuan manusia|telepon saya",
        "other": r"kemarin|minggu lalu|sudah (?:bicara|berbicara|ngobrol)|tambah|menambah|undang|hapus|menghapus|buat |membuat|per orang|pribadi|berapa|(?:agen|petugas|operator) mana|orang lain|seseorang (?:telah|mencuri|masuk|lain)|ubah|mengubah|sumber daya manusia",
        "filler": r"tolong|mohon|dengan|sekarang|saya|mau|halo|ingin",
    },
    "th": {
        "person": r"(?:เจ้าหน้าที่|คนจริง(?:ๆ)?|พนักงาน|มนุษย์|คน(?=จริง)|แอดมิน|ผู้จัดการ|ตัวแทน|โอเปอเรเตอร์)",
        "talk": r"(?:คุย|พูด|สนทนา|ติดต่อ|โอนสาย|โอน|เชื่อมต่อ|ต่อสาย|ขอ|อยาก|ต้องการ|เรียก|มี(?=เจ้าหน้าที่|คน|พนักงาน))",
        "phrases": r"ไม่(?:อยาก|ต้องการ)(?:คุยกับ)?(?:บอท|หุ่นยนต์|เครื่อง)|โทรกลับ",
        "other": r"เมื่อวาน|สัปดาห์ที่แล้ว|คุยกับ.{0,15}แล้ว|เพิ่ม|เชิญ|ลบ|สร้าง|ต่อคน|ส่วนตัว|ส่วนบุคคล|กี่คน|คนไหน|คนอื่น|เปลี่ยน",
        "filler": r"ค่ะ|ครับ|หน่อย|กับ|ตอนนี้",
        "spaced": "no",
    },
}  # fmt: skip

# A call back, and the team instead of a person: "connect me to support", "can somebody ring me?"
DESKS = {
    "en": (
        r"(?:connect|transfer|put|route|pass|switch) me (?:over |through )?(?:to|with) (?:the |your |a )?(?:support|help ?desk|support desk|team|(?:billing|sales|support|service|technical|tech) (?:team|department|support))"
        r"|(?:please|can you|could you|just) (?:transfer|escalate|connect) (?:me|this|us)(?: please| now)?(?=[^\w]*$)|(?:can|could|will|would) (?:someone|somebody|anyone) real [\w ]{0,12}(?:help|call|answer|assist|reply)"
        r"|(?:can|could|may|would|will)(?: you have)? (?:a |any )?(?:member|person|someone|somebody|anyone|one|colleague) (?:of|from|on|in) (?:your|the) (?:support |service )?(?:team|staff|side|company|department)[\w ]{0,12}(?:look|help|call|contact|check|answer|take|handle|assist|talk|speak|reply|get)"
        r"|(?:have|get|arrange) a (?:phone )?(?:call|chat|conversation) with (?:one of )?(?:you|your (?:staff|team|support|agents?|people|colleagues)|an? (?:agent|human|representative|real person))|(?:call|ring|phone) me(?: back)?(?: please)?(?=[^\w]*$)"
    ),
    "de": (
        r"mit (?:dem|ihrem|eurem|jemandem vom|jemandem aus dem) (?:kundenservice|kundendienst|kundensupport|support|support.?team|service.?team|service|team)(?: \w+){0,2} (?:sprechen|reden|chatten|telefonieren|verbinden|verbunden)|(?:verbinde[nt]?|verbindung) (?:sie )?(?:mich )?(?:bitte )?mit (?:dem|ihrem|eurem) (?:kundenservice|kundendienst|support)"
        r"|(?:kann|könnte|würde) mich (?:bitte )?(?:mal )?(?:jemand|wer|ein \w+)(?: \w+){0,3} (?:an|zurück)rufen|weiterleitung an (?:eine[nr]?|den|die) (?:\w+ )?(?:mitarbeiter(?:in)?|menschen|person|berater(?:in)?|kollegen|support)|jemande?n?,? mit dem (?:ich|man) (?:reden|sprechen|chatten)|bitte um (?:rückruf|einen rückruf)"
    ),
    "fr": (
        r"(?:parler|discuter|mettez-moi|mettre|contact|relation|joindre|passez-moi|transférez-moi|communiquer)[\w' -]{0,25}(?:services? clients?|le support|votre équipe|service après-vente|sav)|(?:membre|quelqu'un|personne) de (?:l'|votre )équipe (?:peut|pourrait|peut-elle|peut-il)"
        r"|(?:pouvez|pourriez|peut|pourrait)[- ](?:vous|on|quelqu'un) (?:me |m')(?:appeler|rappeler)|quelqu'un (?:peut|pourrait)(?:-il)? (?:me |m')(?:appeler|rappeler)"
    ),
    "es": r"(?:póngame|páseme|comuníqueme|conécteme|transfiérame|hablar|comunicarme|contactar) (?:con )?(?:el |su |un |alguien de )?(?:equipo de )?(?:atención al cliente|servicio al cliente|soporte)|(?:puede|podría|pueden|podrían) (?:alguien )?llamarme|que me llamen?(?: alguien)?",
    "pt": r"(?:falar|conectar|transferir|contato) (?:com )?(?:o |a |alguém do )?(?:suporte|atendimento|sac|serviço de atendimento)|me liguem?|(?:podem?|poderiam?) (?:alguém )?me ligar",
    "it": r"(?:parlare|collegami|mi passi|contattare|contatto) (?:con )?(?:il |l'|qualcuno del )?(?:servizio clienti|assistenza clienti|supporto)|(?:potete|può|potrebbe)(?: qualcuno)? (?:ri)?chiamarmi|(?:ri)?chiamatemi|mi richiami",
    "nl": r"met (?:de |jullie |uw |iemand van (?:de )?)?(?:klantenservice|klantendienst|support|helpdesk) (?:spreken|praten|chatten|bellen|doorverbonden)|verbind (?:me|mij) (?:door )?met (?:de |uw |jullie )?(?:klantenservice|support|helpdesk)|(?:kan|kunnen|kunt) (?:iemand|u|jullie) (?:me|mij) (?:terug)?bellen",
    "sv": r"(?:koppla|prata|tala|chatta)[\w ]{0,15}(?:kundtjänst|kundservice|supporten|er support)|kan (?:någon|ni) ringa (?:upp )?mig",
    "da": r"(?:tale|snakke|stil mig om|forbind mig|chatte)[\w ]{0,15}(?:kundeservice|supporten|jeres support)|kan (?:nogen|i) ringe (?:til )?mig(?: op)?",
    "no": r"(?:snakke|prate|chatte|sett meg over|koble)[\w ]{0,15}(?:kundeservice|kundestøtte|supporten)|kan (?:noen|dere) ringe meg",
    "fi": r"(?:puhua|jutella|yhdist\w+)[\w ]{0,20}asiakaspalvelu(?:n|un|sta)?|asiakaspalvelun kanssa|(?:voiko|voisiko) joku soittaa",
    "pl": r"(?:rozmawiać|porozmawiać|połącz\w*|połączenie|skontaktować)[\w ]{0,25}(?:obsługą klienta|działem obsługi|biurem obsługi|supportem|pomocą techniczną)|(?:czy ktoś może|może ktoś|czy ktoś mógłby)[\w ]{0,12}zadzwonić|proszę o telefon",
    "cs": r"(?:mluvit|spoj\w+|přepoj\w+|chatovat)[\w ]{0,20}(?:zákaznick\w+ (?:podporou|linkou|servisem|podporu|linku)|podporou)|(?:může|mohl by) mi někdo zavolat",
    "ru": r"(?:соедин\w+|поговорить|связаться|свяжите|переключите|переведите)[\w ]{0,20}(?:службой поддержки|службу поддержки|поддержкой|поддержку|техподдержкой)|(?:может|можете|могли бы)[\w -]{0,24}(?:по|пере)звонить",
    "uk": r"(?:з'єдна\w+|поговорити|зв'язатися|переключіть)[\w ]{0,20}(?:службою підтримки|підтримкою|підтримку)|(?:може|можете|могли б)[\w -]{0,24}(?:зателефонувати|передзвонити|подзвонити)",
    "tr": r"canlı destek(?: istiyorum| lütfen| lazım)?|müşteri hizmetleri(?:ne|yle|ni|ile)? (?:bağla|görüş|konuş|aktar)\w*|(?:biri )?beni ara(?:yabilir|sın|yın|r)\w*(?: misiniz| mısınız| mı)?",
    "ro": r"(?:vorbesc|conect\w+|legătura|transfer\w+)[\w -]{0,20}(?:serviciul clienți|relații cu clienții|suport(?:ul)?)|mă poate suna cineva|să mă sunați|mă puteți suna",
    "hu": r"ügyfélszolgálat(?:tal|hoz|ot)?[\w ]{0,20}(?:beszél|kapcsol)\w*|(?:beszél|kapcsol)\w*[\w ]{0,20}ügyfélszolgálat(?:tal|hoz|ot)?|(?:fel|vissza)hívna(?:nak)?(?: valaki)?|fel tudna(?:nak)? hívni",
    "ja": r"(?:サポート|カスタマーサービス|カスタマーサポート|窓口)(?:に|へ|と)(?:つない|繋い|つなげ|話|連絡したい)|電話(?:を)?(?:ください|もらえ|してほしい|で話したい)",
    "ko": r"고객 ?(?:센터|서비스)(?:로|에|와|랑)? ?(?:연결|통화|이야기)|전화(?:를)? ?(?:해|부탁|주실)",
    "zh": r"(?:找|联系|接|聯繫|轉)(?:一下)?(?:你们的?)?(?:客服|人工)|(?:能|可以)(?:有人)?(?:打电话|回电话?)给我|给我(?:打|回)(?:个)?电话",
    "ar": r"(?:التحدث|أتحدث|اتحدث|حولني|وصلني|توصيلي|التواصل)[\w ]{0,15}(?:خدمة العملاء|الدعم)|(?:يمكن|ممكن)[\w ]{0,15}(?:الاتصال بي|يتصل بي|تتصلوا بي)",
}  # fmt: skip
