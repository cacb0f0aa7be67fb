"""The words that tell which aspect a question asks about.

A cue is a weight and a regular expression over the lower-cased question in which every drug name is
replaced by "@". A negative weight takes away: "store" in "drug store" is not about storage.
"""

# ruff: noqa: E501 (one cue a line)

import re
from dataclasses import dataclass

from qa.aspect import Aspect

_PERSON = r"(?:patients?|people|persons?|someone|somebody|anyone|adults?|women|woman|men|man|individuals?|i|we|she|he|they|you)"
_GIVE = r"(?:take|takes|taken|taking|use|used|using|give|given|giving|get|have|receive|received|start|started|prescribe|prescribed|administered?|on)"

_CLASS = r"(?:inhibitors?|inducers?|antagonists?|agonists?|blockers?|antibiotics?|diuretics?|nsaids?|steroids?|anticoagulants?|antidepressants?|opioids?|nitrates?|statins?|contraceptives?|antacids?|anticonvulsants?|supplements?|medications?|medicines|drugs)\b"

_TABLE: dict[Aspect, tuple[tuple[float, str], ...]] = {
    Aspect.BOXED_WARNING: ((2.5, r"\bbox(?:ed)?[ -]?warnings?|\bblack[ -]?box"),),
    Aspect.MISSED_DOSE: (
        (2.5, r"\bmiss(?:es|ed|ing)?\b.{0,25}\b(?:doses?|injections?|pills?|tablets?|one|appointment|infusions?|it)\b|\bmissed @|\bskip(?:s|ped)?\b.{0,15}\b(?:dose|injection|pill|tablet|one|day)\b|\bforg[eo]t(?:s|ten)?\b.{0,25}\b(?:dose|take|injection|pill|tablet|one|@)|\b(?:late|delayed|overdue|postponed?)\b.{0,15}\b(?:dose|injection|infusion)\b|\b(?:dose|injection|infusion)s?\b.{0,12}\b(?:is|are|was|were|been)? ?(?:late|delayed|overdue|missed|skipped|postponed)\b"),
    ),
    Aspect.OVERDOSE: (
        (2.5, r"\bover-?dos(?:e|es|ed|age|ing)\b|\btoo (?:much|many)\b.{0,25}(?:@|\btak|\bpill|\btablet)|\bto much\b|\bantidote|\brevers(?:e|es|al)\b.{0,25}(?:@|effect)|\bpoisoning\b|\btoxic (?:dose|level|amount)"),
        (0.6, r"@.{0,25}\btoxicity\b|\btoxicity of @"),
    ),
    Aspect.PREGNANCY: (
        (2.2, r"\bpregnan\w*|\btrimesters?\b|\bf(?:o)?etal\b|\bf(?:o)?etus\b|\bteratogen\w*|\bbirth defects?\b|\bunborn\b|\bgestation\w*"),
        (-2.0, r"\bprevent(?:s|ing)? pregnancy|\bpregnancy test"),
    ),
    Aspect.LACTATION: ((2.4, r"\bbreast[ -]?fe(?:ed|eding|d)\b|\bbreast milk\b|\blactat\w*|\bnursing (?:mothers?|women|infants?|a baby)\b|\bnursing\b(?= (?:with|on|while|my|her))"),),
    Aspect.FERTILITY: ((1.8, r"\b(?:in)?fertility\b|\bconceiv\w+|\bget(?:ting)? pregnant\b|\bsperm\w*|\bcontracepti\w+|\breproductive potential\b|\bbirth control\b"),),
    Aspect.RENAL: (
        (1.7, r"\bckd\b|\be?gfr\b|\bcrcl\b|\bcreatinine clearance\b|\b(?:ha?emo)?dialysis\b|\besrd\b|\beskd\b|\b(?:renal|kidney)(?:ly)? (?:impair\w*|insufficienc\w+|failure|disease|dysfunction|function|problems?|patients?|transplant\w*|dos\w+|adjust\w+)|\bimpaired (?:renal|kidney)|\b(?:bad|poor|weak|failing) kidneys?\b|\brenally\b|\bstage [345][ab]?\b.{0,12}(?:kidney|ckd|renal)"),
        (0.8, r"\b(?:renal|kidneys?|kidney stones?)\b"),
        (-1.6, r"\b(?:cause|causes|caused|causing|hurt|hurts|harm|harms|damage|damages|lead to|leads to|induce|induces|hard on|bad for|toxic to|worsens?)\b.{0,30}\b(?:kidneys?|renal|ckd|nephro)|\bprevents? (?:ckd|kidney|renal)"),
    ),
    Aspect.HEPATIC: (
        (1.7, r"\b(?:hepatic|liver) (?:impair\w*|insufficienc\w+|failure|disease|dysfunction|function|problems?|issues?|patients?|transplant\w*|dos\w+|adjust\w+|cirrhosis)|\bimpaired (?:hepatic|liver)|\bcirrho\w+|\bchild[ -]?pugh\b|\bfatty liver\b|\b(?:bad|poor|weak|failing) liver\b"),
        (0.8, r"\b(?:hepatic|liver|hepatitis)\b"),
        (-1.6, r"\b(?:cause|causes|caused|causing|hurt|hurts|harm|harms|damage|damages|lead to|leads to|induce|induces|hard on|bad for|toxic to|worsens?|aggravates?)\b.{0,30}\b(?:liver|hepatic|hepat\w+|cirrhosis)"),
    ),
    Aspect.PEDIATRIC: ((1.9, r"\bpa?ediatrics?\b|\bchild(?:ren|s|hood)?\b(?! pugh|-pugh|ren's)|\bkids?\b|\binfants?\b|\bneonat\w+|\bnewborns?\b|\bbab(?:y|ies)\b|\badolescents?\b|\bteen(?:s|ager|agers)?\b|\btoddlers?\b|\bminors\b|\b(?:under|younger than|below) (?:the age of )?(?:1[0-8]|[1-9])\b(?! ?(?:mg|ml|%|months? of))|\b(?:[1-9]|1[0-7])[ -](?:years?|yrs?|yo|y/o|months?)[ -]?old\b"), (-1.9, r"\bchild[ -]?pugh\b|\bchild-?bearing")),
    Aspect.GERIATRIC: ((1.9, r"\bgeriatrics?\b|\belderly\b|\bolder (?:adults?|people|patients?|persons?|women|men)\b|\bseniors?\b|\bold (?:people|age|patients?)\b|\baged? (?:65|70|75|80|85|90)\b|\b65 (?:years )?(?:and|or) (?:over|older)\b|\bover (?:65|70|75|80|85)\b|\b(?:6[5-9]|[789]\d)[ -](?:years?|yrs?|yo|y/o)[ -]?old\b|\b(?:6[5-9]|[789]\d) ?yo\b"),),
    Aspect.POPULATION: (
        (1.0, r"\b(?:in|for|to|by) (?:a |the )?(?:men|man|males?|women|woman|females?|premenopausal women|postmenopausal women|transgender \w+|black|asian|hispanic)\b"),
        (2.0, r"\b(?:specific|special) populations?\b|\bpopulation-specific\b"),
        (1.0, r"\b(?:is|are|be) (?:it|@) (?:safe|ok|okay|good)\b.{0,10}\b(?:in|for|if)\b"),
    ),
    Aspect.SEQUENCE: (
        (2.2, r"\b(?:what|which|anything|something|drug|treatment|therapy|antiresorptive|anti-resorptive|@)\b.{0,20}\b(?:should|must|to|can|could|will|comes?|goes?|do i|follows?)\b.{0,22}\b(?:follow(?:s|ed|ing)?|after(?:wards?)?|next|come after|instead of stopping)\b"),
        (2.0, r"\bafter (?:finishing|completing|stopping|the (?:last|final)|a course|\d+ (?:doses?|months?|years?|weeks?|injections?)|(?:one|two|three|six|twelve) (?:doses?|months?|years?))|\bswitch(?:es|ed|ing)? (?:from|to|over|between|back)?|\btransition(?:s|ed|ing)?\b|\bfollow(?:ed)?[ -](?:up|on) (?:therapy|treatment|drug|with)|\bsequen(?:ce|tial|cing)\w*|\bfollowed by\b|\bwhat (?:comes )?next\b|\bfollow(?:s|ed by)? @|\bthen start the\b|\bmove to the next\b|\bsecond course\b|\bretreat\w*|\brepeat (?:course|treatment|cycle)|\bholiday\b"),
        (1.6, r"\bhow long (?:can|should|is|may|must|do|does|will|would|am|are|to|i|you|we)\b.{0,30}\b(?:take|taken|taking|be on|use|used|continue|continued|treat\w*|given|treated|stay on|last|go on)\b|\b(?:duration|length) of (?:treatment|therapy|use|@)|\btreatment duration\b|\bmaximum (?:duration|number of (?:doses|months|years))|\bbeyond (?:\d+|one|two|twelve)|\blong[ -]term\b(?!.{0,20}(?:side|adverse|effects?|safety))|\bhow many (?:months|years|doses|injections)\b"),
        (-1.6, r"\bhow long (?:can|should|is|may|must|do|does|will|would)\b.{0,30}\b(?:system|urine|blood|milk|body|before|work|effect)\b"),
        (-1.5, r"\bafter (?:taking|eating|food|meals?|surgery|exercise)\b"),
    ),
    Aspect.STOPPING: (
        (2.2, r"\b(?:is|was|are|be|being|been|once|if|when|i|she|he|they|to|can|patients?) (?:\w+ )?(?:stopped|discontinued|withdrawn)\b|\bstop(?:s|ping)? (?:taking|using|it|the|my|this|@|treatment|therapy|abruptly)|\b(?:wean\w*|taper\w*|come off|coming off|get off|getting off|cold turkey|discontinu\w+|withdrawal)\b|\bquit(?:ting)? @|\bto reduce @"),
        (-1.5, r"\bstop(?:s|ping)? (?:the )?(?:pain|bleeding|nausea|cough|spread|infection|diarrhea)"),
    ),
    Aspect.CONTRAINDICATION: (
        (2.5, r"\bcontra-?indicat\w*"),
        (2.3, r"\bwho (?:should|must|can|may)(?: not|n['’]?t|not)\b|\b(?:should|must|can)(?: not|n['’]?t|not) (?:be )?(?:take|taken|use|used|receive|get|given|start\w*|initiated)\b|\bwhen (?:not to|should .{0,25}(?:not|avoided))|\bnot (?:be )?(?:recommended|appropriate|suitable) (?:for|in)\b|\bwho (?:is|are) not (?:eligible|candidates?)|\bavoid(?:ed)? @ (?:in|if)|\b(?:should|must) .{0,60}\bbe avoided\b|\bavoided in\b"),
        (1.9, r"\ballerg(?:y|ic|ies)\b.{0,45}\b(?:can|take|use|give|safe|okay|ok|receive|get)\b|\b(?:can|could|may|should|safe|okay|ok|take|give)\b.{0,50}\ballerg(?:y|ic|ies)\b"),
        (1.6, r"\b(?:after|since|following|despite|with) (?:(?:an?|the|my|her|his|recent|previous|prior|past) ){0,3}(?:heart attack|mi\b|myocardial infarction|strokes?\b|tia\b|pulmonary embolism|dvt|blood clot|gastric bypass|bariatric surgery|transplant)"),
        (1.5, r"\b(?:can|could|may|should|is it (?:ok|okay|safe)|safe|appropriate)\b.{0,60}\b(?:with|if|when|after|has|have|had|having|who|history of|because|recent)\b.{0,40}\b(?:heart attack|stroke|myocardial infarction|\bmi\b|cancer|ulcers?|asthma|glaucoma|seizures?|gout|diabet\w+|hypertension|hypocalc\w+|history|kidney stones?|depression|epilepsy|bleeding|disease|syndrome|porphyria|g6pd|infection)"),
    ),
    Aspect.INTERACTION: (
        (1.9, rf"\b(?:also|already|currently|concurrently|while) (?:taking|using|receiving|on)\b(?! (?:it|this|@)\b)|\b(?:patients?|people|those|someone|women|men) (?:(?:who (?:are|is) )?(?:also )?(?:taking|using|receiving|on)|treated with) (?:[a-z0-9-]+ ){{0,3}}{_CLASS}|\b(?:when|if) (?:administered|given|taken|used|combined) with\b|\b(?:consum|drink)\w* alcohol"),
        (2.4, r"\binteract(?:s|ing|ions?)?\b|\bco-?administ\w+|\bconcomitant\w*|\bconcurrent\w*"),
        (2.2, r"\b(?:take|taken|taking|use|used|using|given?|combin\w+|mix\w*|add\w*)\b.{0,50}@.{0,30}(?:\b(?:with|and|while|plus|after taking)\b|&|/|,).{0,30}@|@.{0,20}\b(?:with|and|plus)\b.{0,30}@.{0,20}\btogether\b|@.{0,40}\b(?:while|when) (?:taking|on|using)\b.{0,20}@|\bcan\b.{0,40}\btaken? (?:with )?\W*@\W*$|\bcan (?:it|@|this|that|i)\b.{0,30}\bwith @|@ (?:can|with) .{0,15}\btaken\b.{0,12}@|\bmixed with\b|\b(?:given|taken|used|administered|combined|prescribed) (?:together )?with\W*@|^\W*@ (?:and|with|plus|&|\+) @\W*$|\b(?:safe|ok|okay|fine)\b.{0,12}\b(?:with|and|to (?:take|use|combine) with)\b.{0,6}@|@ with @"),
        (1.8, r"\b(?:together|at the same time|same time)\b|\b(?:alcohol|drink(?:ing)?|grapefruit|antacids?|supplements?|vitamins?|ibuprofen|other (?:drugs?|medications?|medicines?)|antibiotics?|painkillers?|birth control|thyroid meds?|pill)\b.{0,25}\b(?:while|with|on|when)\b.{0,20}(?:@|\bit\b|\bthis\b)|\b(?:take|taking|use|used|combine|mix)\b.{0,15}(?:@|\bit\b).{0,12}\bwith (?:alcohol|grapefruit|antacids?|other|my|an?y|nitrates?|warfarin|supplements?|blood thinners?)|\bcyp ?[1-3][a-z]\d*|\b(?:inhibitors?|inducers?)\b.{0,30}\b(?:on|with|taking|dose)\b|\bon (?:warfarin|blood thinners?|digoxin|lithium|insulin)\b|\binterfer\w+"),
        (-0.6, r"\bwith food\b"),
    ),
    Aspect.MONITORING: (
        (2.2, r"\bmonitor\w*|\b(?:lab(?:oratory)?|blood|baseline|imaging|dental|eye|liver) (?:tests?|work|exams?|checks?|monitoring)\b|\bfollow-?up (?:tests?|visits?|labs?|scans?)|\bwhat (?:should|must|needs? to) be (?:checked|assessed|measured|tested|done before|evaluated|reviewed|corrected)|\b(?:checked|assessed|measured|tested|evaluated|reviewed|corrected) (?:before|prior to)\b|\b(?:before|prior to) (?:starting|initiat\w+|prescribing|the first|beginning|treatment|therapy)|\bhow often (?:should|to|do)\b.{0,25}\b(?:check|test|measure|scan|monitor)|\bwhat (?:labs?|tests?)\b|\blevels? (?:be )?(?:checked|monitored)"),
    ),
    Aspect.STORAGE: ((2.4, r"\bstor(?:e|ed|age|ing)\b|\brefrigerat\w*|\bfridge\b|\bfreez(?:e|er|ing)\b|\bfrozen\b|\broom temperature\b|\bshelf[ -]life\b|\bexpir\w+|\bdispos(?:e|al|ing)\b|\bhow (?:long|much temp\w*) .{0,30}\b(?:out of the|unrefrigerated)|\bkeep (?:it|@|them) (?:cold|cool|in)\b"), (-2.4, r"\b(?:drug|grocery|health food) ?stores?\b|\bin stores?\b")),
    Aspect.SUPPLY: (
        (2.3, r"\bhow (?:is|are|it'?s)?\b.{0,25}\b(?:supplied|dispensed|packaged)\b|\bstrengths?\b(?! of (?:evidence|recommend))|\bcomes? in\b|\blooks? like\b|\bwhat (?:colou?r|shape|size|mgs?\b|milligrams|mil\w*grams)|\b(?:colou?r|shape|imprint|appearance|identify)\b.{0,25}(?:pills?|tablets?|capsules?|@|\bit\b)|\bdosage forms?\b|\b(?:pre-?filled|vial|syringe|pen|package|pack|bottle) sizes?\b|\bmgs?\.? (?:are )?available\b|\bavailable (?:as|in) (?:a )?(?:generic|tablets?|pills?|liquid|what)|\b(?:lowest|highest) (?:strength|mg)\b|\bwhat mg\b|\bcome \"?in\b|^show @"),
        (1.2, r"\bmilligrams?\b|\bmil\w{1,2}grams\b|\bgeneric (?:version|available)|\bover[ -](?:the[ -])?counter\b|\botc\b|\bwho (?:makes|manufactures)\b|\bmanufactur\w+"),
    ),
    Aspect.INGREDIENTS: ((2.5, r"\bingredients?\b|\bwhat(?:'s|s|)?(?: meds?| drugs?| medicines?)?(?: is| are)? in (?:the |this )?(?:pill |tablet |capsule )?\W*(?:@|this\W*$|it\W*$)|\bcontain in\b|\bmade (?:of|from|with)\b|\bcontains?\b|\bcontaining\b|\bexcipients?\b|\blatex\b|\bgluten\b|\blactose\b|\b(?:is|are) (?:there )?@ in(?: the)?(?: pill| tablet)?\W+@|\bhow ?much @ (?:is )?in @|\bin (?:the )?(?:pill|tablet|vaccine|vial)\b|\bis @ an? \W?(?:opioid|nsaid|steroid|antibiotic|benzodiazepine|narcotic|statin|@)"),),
    Aspect.ABUSE: ((2.3, r"\baddict\w*|\babus(?:e|ed|ing)\b|\bdependence\b|\bmisuse\w*|\bcontrolled substance\b|\bhabit[ -]forming\b|\bnarcotic\b|\bschedule (?:drug|i+v?|[2-5])\b|\bget (?:you )?high\b"),),
    Aspect.MECHANISM: ((2.4, r"\bmechanisms?\b|\bmode of action\b|\bhow (?:does|do|did|is|will)\b.{0,30}\b(?:work|act|function)\b(?!.{0,10}\b(?:fast|quick|long))|\bwhat (?:does|do) @ (?:bind|target|inhibit|block|act on)|\b(?:target|receptor|pathway|binds?|inhibits?|blocks?)\b|\bpharmacolog\w+|\bwhat (?:class|type|kind|sort) of (?:drug|medication|medicine|antibiotic)|\baffects? the (?:brain|body|bone|nervous)\b|\bdrug class\b|\bwhy are .{0,40} (?:useful|effective)\b"), (-1.2, r"\bhow (?:fast|long|quick\w*|soon|well)\b")),
    Aspect.PHARMACOKINETICS: ((2.4, r"\bhalf[ -]?li(?:fe|ves)\b|\bmetaboli[sz]\w*|\bexcret\w*|\beliminat\w+ (?:from|by|half)|\bclearance of @|\bbioavailab\w*|\bpharmacokinetic\w*|\babsor(?:b|ption)\w*|\bprotein bind\w+|\bsteady[ -]state\b|\bhow (?:fast|quick(?:ly)?|soon|long)\b.{0,45}\b(?:work|effects?|affects?|kick in|act|stay|system|urine|blood|breast milk|last|leave|wear off|block)\b|\bonset of\b|\bpeak (?:level|concentration|plasma)|\b(?:in|out of) (?:your|my|the) (?:system|bloodstream)\b|\bcontinue working\b|\bhow strong\b"),),
    Aspect.COMPARISON: ((2.2, r"\bcompar(?:e|es|ed|ing|isons?)\b|\bversus\b|\bvs\.?(?:\s|$)|\bbetter (?:than|choice|option)\b|\b(?:as|more|less|safer|stronger|weaker|worse|superior|inferior|cheaper)\b.{0,30}\b(?:as|than)\b.{0,15}@|\bdifferen(?:ce|ces|t)\b.{0,25}\b(?:between|from|than)\b|\bwhich (?:is|one|drug|works)\b.{0,25}\b(?:better|safer|best|stronger|more effective)|\bsame (?:thing )?as\b|\bhead[ -]to[ -]head\b|\balternatives? to\b|\b@ or @\b|\bdiff between\b|\binstead of @"),),
    Aspect.NONCLINICAL: ((3.2, r"\bin (?:rats?|mice|animals?|monkeys|rabbits)\b"), (2.0, r"\bcarcinogen\w*|\bmutagen\w*|\bgenotox\w*|\banimal (?:studies|data|toxicology)\b|\bnonclinical\b|\bpreclinical\b"),),
    Aspect.ADMINISTRATION: (
        (1.9, r"\bhow (?:to|do|does|should|can|is|are|would|must)\b.{0,30}\b(?:administer\w*|adminit\w*|inject\w*|tak(?:e|en)|us(?:e|ed)|giv(?:e|en)|appl(?:y|ied)|put|dilut\w+|reconstitut\w+|infus\w+|prepar\w+|self[ -]inject|prescribed?|mix)\b|\badminist(?:er|ered|ers|ration)\b|\binject(?:ion|ed|ing|s)? (?:sites?|technique|myself|rate)|\b(?:infusion|injection) rate\b|\brate (?:of|for)\b.{0,20}\b(?:infusion|injection)|\b(?:with|without|before|after|on an) (?:an? )?(?:food|meals?|breakfast|empty stomach|eating|milk|water)\b|\b(?:eat|food|meal|lie down|breakfast)\b.{0,30}\b(?:after|before|with|taking)\b|\b(?:crush|chew|split|swallow|dissolve|cut)\w*\b.{0,20}(?:@|pill|tablet|capsule|\bit\b)|\bdilut\w+|\breconstitut\w+|\bwhat (?:size|gauge) (?:syringe|needle)|\bself[ -]?inject\w*|\bwho (?:administers|gives|injects)\b|\bwhen (?:to|should i) (?:take|start|use)\b|\bbest time to take\b|\btime of day\b|\bby mouth\b|\b(?:sub-?cutaneous|intravenous|intramuscular)(?:ly)?\b|\bdaily injection\b|\bwhere (?:on|in) the body\b|\bupright\b"),
        (-1.2, r"\bhow (?:long|many|much|often|fast|quickly)\b(?! before)"),
    ),
    Aspect.DOSING: (
        (2.2, r"\bdos(?:e|es|age|ages|ing|ed)\b(?! forms?| strengths?)|\bhow (?:much|many (?:mg|milligrams|tablets|pills|capsules|puffs|units|times))\b(?!.{0,30}\b(?:cost|weight|in @|of @ in))|\bhow often\b(?!.{0,25}\b(?:occur|happen|seen|cause|check|test|monitor|scan))|\b(?:titrat\w+|loading dose|regimen|frequency of administration)\b|\b(?:once|twice|times|daily|every|per) (?:a )?(?:day|daily|weekly|monthly|week|month)\b|\b(?:usual|normal|maximum|max|recommended|starting|lowest|highest|maintenance|initial|safe) (?:daily )?(?:dose|dosage|amount|dosing)|\bmost safe amount\b|\bdaily amount\b|\bhow prescribed\b|\bbooster\b"),
        (-1.1, r"\bmiss\w*.{0,20}\bdose|\bover-?dos|\bdosage forms?\b|\bdose[ -](?:dependent|response|related|limiting)|\b(?:after|following) (?:the |his |her )?(?:first|second|third|last|\d+|one|two|three|six|twelve) (?:monthly )?doses?\b"),
    ),
    Aspect.WARNING: (
        (2.1, r"\bwarnings?\b|\bprecautions?\b|\bsafety (?:risks?|concerns?|issues?|profile|information|signal)\b|\bis @ safe\b|\bhow safe\b|\bdangers?\b|\bdangerous\b|\bcautio\w+|\bsafety of\b"),
        (1.4, r"\brisks?\b(?! factors? (?:for|of)(?! @))|\braises? the risk|\bharm(?:s|ful)?\b|\bsignals?\b|\brisk factors?\b.{0,40}(?:@|\bit\b)"),
        (2.6, r"\bcause[sd]? .{0,40}\b(?:necrosis|osteonecrosis|\w*cancer|fractures?|heart attacks?|infarction|strokes?|death|failure|\w*sarcoma|lymphoma|clots?|embolism|suicid\w+|seizures?|arrhythm\w+|(?:liver|kidney|nerve) (?:damage|injury)|hypocalc\w+|anaphyla\w+|pancreatitis)\b"),
        (1.5, r"\bwhat about (?:(?:his|her|my|their|the) )?(?:heart|liver|kidneys|bones?|stomach|eyes?|skin|jaw|teeth|lungs?|brain|muscles|blood pressure|weight|bleeding|clots?|cancer|fractures?|infections?)\b"),
        (1.2, r"\b(?:exacerbate|aggravate|worsen)s?\b|\bexercise restrictions?\b|\bdriv(?:e|ing)\b|\boperat\w+ machinery\b|\bwhat (?:should|to) (?:i )?avoid\b"),
        (-1.2, r"\bwarfarin\b(?<!warnings)(?=$^)|\b(?:reduces?|lowers?|decreases?|prevents?) (?:the )?risks?\b|\bfracture risk\b|\brisk reduction\b|\bhigh(?:er)?[ -](?:fracture )?risk patients\b"),
    ),
    Aspect.ADVERSE_REACTION: (
        (2.3, r"\bside[ -]?effects?\b|\badverse\b|\bside affects?\b|\badrs?\b|\btolera(?:bility|ted)\b|\bundesirable\b"),
        (1.5, r"\b(?:does|do|can|could|will|would|did|may|might)\b.{0,30}(?:@|\bit\b|\bthis\b|\bthey\b).{0,25}\b(?:cause|make|lead|trigger|produce|give|affect|contribute|result|worsen|exacerbate|aggravate|increase|raise|lower)\b|\bcaused? by @|\bdue to @|\b(?:from|after) taking @|\bfeel when taking\b|\bdoes? @ do to\b|\bwhat (?:does|do) @ do\b|@ and [a-z ]{3,25}\?|^\W*[a-z]{5,25} @\W*$|\b(?:blood pressure|weight|mood|sleep) (?:when|while) on @|\bhow common\b|\bas common as\b|\bincidence of\b|\breactions?\b"),
        (0.8, r"\b(?:cause|causes|causing)\b"),
        (-1.0, r"\bwhat causes\b"),
    ),
    Aspect.TRIALS: (
        (2.2, r"\btrials?\b|\bstud(?:y|ies)\b|\bevidence\b|\bmeta-?analys[ie]s\b|\bliterature\b|\bpublished\b|\bretract\w+|\bresults?\b|\bdata (?:on|for|in|show)\b|\bfindings\b|\bprimary end ?point\b|\bparticipants\b|\bproved?\b|\bshow(?:n|s|ed)\b|\bdid @? ?.{0,30}\bshow\b"),
        (-1.0, r"\btest results?\b|\bresults? in\b"),
    ),
    Aspect.EFFICACY: (
        (2.1, r"\beffective(?:ness)?\b|\befficac\w+|\bhow well\b|\bwork(?:s|ed)? (?:for|in|against|better|well)\b|\bdoes (?:it|@) (?:work|help)\b|\b(?:reduce|reduces|reduced|reduction|prevents?|prevented|lower(?:s|ed)?|improve|improves|improved|increase|increases|increased) .{0,45}\b(?:fractures?|bmd|bone|mortality|death|events?|risk|symptoms?|pain|outcomes?|survival|weight|hba1c|a1c|cholesterol|ldl|blood pressure|relapse|exacerbations?)\b|\bbenefits?\b|\bsuccess rate\b|\bsurvival\b|\bgain in\b|\bresponse rate\b|\bnumber needed to treat\b|\bnnt\b|\breduced\b|\bhelps? with\b"),
    ),
    Aspect.INDICATION: (
        (2.3, r"\bindicat(?:ed|ion|ions|ed for)\b(?<!contraindicated)(?<!contraindication)|\bused (?:for|to treat|in the treatment)\b|\buse[sd]? (?:for|of)\b(?! (?:food|alcohol))|\bwhat(?:'s| is| are) (?:it|this|that|@(?: [a-z]+)?) (?:used |taken |given |prescribed )?for\b(?! (?:a |an )?(?:child|adult|dose|patient))|\bwhat (?:is|are) (?:it|this|that|@(?: [a-z]+)?)\b.{0,14}\bfor\b(?= *\W*$)|\bwhat (?:does|do|can|will) (?:it|this|that|@)\b.{0,20}\b(?:cure|treat|help)|\bwhat conditions?\b|\bapprov(?:ed|al)\b|\bwho (?:should|can|may|is|gets?|qualif\w+|needs?)\b(?! not|n['’]t).{0,25}\b(?:get|receive|take|use|treated|eligible|candidates?|@)|\bgood for\b|@.{0,12}\bwhat is it for\b|@.{0,20}\bgood for what\b|\breason (?:for|to)\b|\bprescribed for\b|\bwhy did my doctor\b|\blicen[sc]ed\b|\bmedication for @|\bit for\b|\bfor what\b|\bpurpose of\b|\bis it doe?s?\b"),
        (1.2, r"\bcan @ (?:be used )?(?:treat|help|for)\b|\b(?:treat|treats|treatment of|cure|cures)\b|\boff[ -]label\b|\bcandidates? for\b|\bshould (?:i|we|she|he) (?:start|use|consider)\b|\bcan i (?:give|use|prescribe)\b|\bwhen to start\b"),
        (-1.4, r"\bnot indicated\b|\bcontra-?indicat\w*|\bdespite (?:being|its|their) indicat\w+"),
    ),
    Aspect.PATIENT_INFORMATION: ((2.2, r"\bcounsel(?:l?ing|l?ed)?\b|\bwhat (?:should|do) (?:i|we|you) tell\b|\bmedication guide\b|\bpatient (?:information|education|leaflet|instructions?|advice)\b|\binformation for patients\b|\bpatients .{0,25}\bbe (?:told|aware|informed|advised)\b|\badvise patients\b"),),
    Aspect.COST: ((2.5, r"\bcosts?\b|\bprices?\b|\bexpensive\b|\bcheap(?:er|est)?\b|\binsurance\b|\bmedicare\b|\bcopay\b|\btier\b|\baffordable\b|\bcoupons?\b"),),
    Aspect.OVERVIEW: (
        (1.6, r"\btell me (?:more )?about (?:@|it\b|this\b|that\b)|^\W*(?:so |but |ok |okay |and )*(?:what|whats|what's|what is|what are|who is|describe|explain|summari[sz]e|overview|an overview of)(?: exactly)?(?: is| are)? @(?:,? (?:and |with |plus )?@){0,3}(?: (?!for\b)[a-z]{3,13}){0,2}\W*$|^\W*@\W*$|\bknow (?:much )?about @|\boverview\b|\beverything about\b|\binformation (?:on|about) @|\bsummary of @|\bis there an? (?:\w+ )?@"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """One regular expression and what a match of it is worth."""

    aspect: Aspect
    weight: float
    pattern: re.Pattern[str]


CUES = tuple(Cue(aspect, weight, re.compile(text)) for aspect, rows in _TABLE.items() for weight, text in rows)
