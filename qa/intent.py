"""What a question wants done: evidence shown, or something that quoting sources must not pass for."""

# ruff: noqa: E501 (one pattern a line)

import re
from collections.abc import Sequence
from enum import StrEnum

from qa.aspect import Aspect, Scored
from qa.drugs import DrugMention


class Intent(StrEnum):
    """What is wanted. Checked in this order: an emergency before all else."""

    EMERGENCY = "emergency"  # somebody is in danger now
    DOSE_A_PERSON = "dose a person"  # a dose, a start or a stop for one particular person
    COPY = "copy"  # the text of a document as a whole
    TOOL = "tool"  # a score, a calculation, a document to be written
    GREETING = "greeting"
    OTHER = "other"  # nothing of medicine in it that we know; a hint, never by itself a reason to refuse
    EVIDENCE = "evidence"


# Words of one who is there: present tense, first person or a person named by kinship, or "now".
_WHO = r"(?:i|i'm|im|i've|ive|my \w+(?: \w+)?|she|he|they|we|someone|somebody|our \w+|this (?:patient|woman|man|lady|guy)|(?:a|the|my) (?:patient|child|baby|friend|neighbou?r|man|woman|person|kid|mother|father|husband|wife))"
_HAS = r"(?:has|have|is having|am having|'m having|having|got|is getting|getting|feel(?:s|ing)?|is feeling|developed|is experiencing|am experiencing|complain\w* of|started (?:having|to have)|now has|suddenly has|with)"
_SIGN = (
    r"(?:(?:crushing|severe|bad|terrible|sudden|intense|heavy|tight|horrible|acute|strong|radiating|new)\s+(?:\w+\s+){0,2}chest (?:pain|pressure|tightness)|chest (?:pain|pressure|tightness)|"
    r"(?:face|facial|mouth) (?:is )?(?:droop\w*)|face drooping|droop\w+ (?:face|mouth)|slurred speech|(?:sudden|one-sided|one sided|left-sided|right-sided) (?:\w+ )?(?:weakness|numbness)|"
    r"(?:throat|tongue|face|lips?|airway) (?:is |are |was )?(?:swelling|swollen|closing)|swelling of (?:the |my |her |his )?(?:throat|tongue|face|lips)|swollen (?:tongue|throat|lips|face)|"
    r"(?:severe|sudden|extreme) (?:shortness of breath|breathlessness|difficulty breathing|trouble breathing)|"
    r"a (?:heart attack|stroke|seizure)(?! (?:\w+ ){0,3}(?:ago|last|in|at|before|after))|anaphyla\w+|the worst headache|worst headache)"
)
_EMERGENCY = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:crushing|excruciating) chest (?:pain|pressure)",
        rf"\b{_WHO}\b[^?.;]{{0,60}}\b(?:now|right now|currently|today|just|suddenly|at the moment|minutes? ago|hours? ago|all of a sudden)\b[^?.;]{{0,40}}\b{_SIGN}",
        rf"\b{_WHO}\b[^?.;]{{0,40}}\b{_HAS}\s+(?:(?!had\b)\w+\s+){{0,3}}{_SIGN}(?=[^?]*(?:[.!]|$|\bnow\b|\bwhat (?:do|should) (?:i|we)\b|\bhelp\b|\band (?:can|feel|is|am|my)\b|\bshould i\b))(?![^?.]{{0,30}}\b(?:history|ago|last (?:year|month|week)|in the past|when taking|can|could|does)\b)",
        r"\b(?:i|she|he|they|my \w+) (?:can ?not|can't|cant|cannot|can hardly|can barely|is unable to|am unable to|is struggling to|am struggling to|isn't|is not|stopped|has stopped|struggling to) (?:breathe?|breathing|breath)\b",
        rf"\b{_WHO}\b[^?.;]{{0,25}}\b(?:has (?:just )?overdosed|have (?:just )?overdosed|just overdosed|overdosed|took an overdose|has taken an overdose|took (?:a|the) whole (?:bottle|box|pack)|(?:took|swallowed|taken|ate) (?:too many|a whole|an entire|all (?:of )?(?:my|her|his|the|their)|\d{{2,3}} (?:pills|tablets|capsules)))\b",
        r"\b(?:i|i'm|im|she|he|my \w+|they)\b[^?.;]{0,30}\b(?:suicidal|want(?:s|ed)? to (?:die|kill (?:myself|herself|himself|themselves)|end (?:it all|my life|her life|his life))|going to kill (?:myself|herself|himself)|thinking (?:of|about) (?:suicide|killing (?:myself|herself|himself)|ending (?:it|my life|her life|his life))|kill(?:ing)? myself|end my life|hurt myself)\b",
        r"\b(?:face|mouth) (?:is |has |now |started )*droop\w*|\bspeech (?:is |has become |became )?slurred\b",
        r"\b(?:is|are|was|'s|found|am|lying|went|gone)\s+(?:\w+ )?(?:unconscious|unresponsive|not responding|not waking up|passed out|collapsed|turning blue|going blue|blue in the face|choking)\b(?=[^?]*(?:[.!]|$|\bwhat\b|\bhelp\b|\bnow\b))(?<!if she is unconscious)(?<!if he is unconscious)",
        r"\b(?:won't|wont|will not|can't|cannot|does not|doesn't) (?:wake up|stop (?:bleeding|seizing|convulsing))\b(?=[^?]*(?:[.!]|$|\bwhat\b|\bhelp\b|\bnow\b))",
        r"\b(?:is|are|am|'s|i'm) (?:having|in the middle of|currently having) (?:a|an) (?:heart attack|stroke|seizure|anaphylactic|allergic reaction)\b",
        r"\b(?:vomiting|coughing up|throwing up) (?:a lot of )?blood\b(?=[^?]*(?:[.!]|\bnow\b|\bhelp\b|\bwhat should\b|$))|\bbleeding (?:heavily|badly|a lot|won't stop|uncontrollably)\b",
        rf"\b(?:her|his|my|the patient's|their) {_SIGN.replace('a (?:heart attack', '(?:a heart attack')}(?=[^?]*(?:[.!]|$|\bnow\b|\bhelp\b|\bwhat (?:do|should)\b))",
    )
)
_ALARM = re.compile(
    r"chest|breath|overdos|suicid|kill|swell|swollen|closing|droop|slur|unconscious|respon|collaps|seizure|stroke|heart attack|"
    r"blood|bleed|anaphyla|swallow|took|taken| ate |to die|end (?:my|her|his|it)|hurt myself|choking|blue|wak|headache|weakness|"
    r"numbness|passed out|allergic reaction|seizing"
)
# A question about what may happen, not a report of what is happening.
_GENERAL = re.compile(
    r"^\W*(?:what (?:should|is|are|would|could|does|causes?|happens)|does|do|can|could|is (?:it|there)|are there|how|which|why|who|when|will|would|should (?:i|we) worry|list|tell me about|if|when|in case|suppose|after)\b"
)
_NOW = re.compile(
    r"\b(?:now|right now|just (?:took|had|overdosed|collapsed|started)|help me|please help|currently|at the moment|this (?:minute|moment)|minutes? ago|hour ago|today|suddenly|i (?:can't|cannot|cant) breathe|kill myself|i(?: am|'m| feel) suicidal|(?:i|she|he|my \w+)(?: have| has|'ve)?(?: just)? (?:overdosed|took|swallowed)|my \w+ (?:has|is))\b"
)

_PERSON = r"(?:me|myself|my (?!patients\b|doctor\b|question\b|understanding\b)\w+(?:[ -]\w+){0,2}|her|him|she|he|i|this (?:patient|woman|man|lady|child)|mum|mom|dad)"
_FIGURES = re.compile(
    r"\b\d{1,3}(?:\.\d+)?\s*(?:kg|kilos?|lbs?|pounds)\b|\b\d{1,3}[ -]?(?:year|yr|month|week)s?[ -]?old\b|\bcreatinine (?:is |of )?\d|\begfr (?:is |of )?\d",
    re.IGNORECASE,
)
_DOSE_PERSON = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:what|which|how much|how many|how often)\b[^?.]{0,45}\b(?:should|do|can|could|must|shall|may|would|am)\s+(?:i|we)\s+(?:give|take|use|inject|start|put|supposed)\b(?=[^?.]{0,60}\b(?:my (?!patients\b)\w+|her|him|me|mg|dose|tablets?|pills?|this patient|night|day|time)\b)",
        r"\bhow (?:much|many (?:mg|milligrams|pills|tablets|capsules|units|puffs|drops))\b[^?.]{0,30}\b(?:should|can|do|must|may) (?:i|she|he|my \w+) (?:take|have|use|give|get|inject)\b",
        r"\b(?:should|can|could|may|must|shall) (?:i|we) (?:stop|quit|discontinue|double|halve|skip|increase|decrease|lower|raise|change|reduce|restart|start|switch)\b(?: (?:taking|using|giving))?[^?.]{0,40}\b(?:(?:my|her|his|the) (?:dose|dosage|drugs?|medications?|medicines?|meds|pills?|tablets?|treatment|injections?|therapy)|it|taking|using|dose)\b",
        rf"\b(?:what|which) (?:dose|dosage)\b[^?.]{{0,40}}(?:\b(?:for|give|to) {_PERSON}|\bshould (?:she|he|my \w+))\b(?! (?:patients|with))(?![^?.]{{0,12}}\bpatients\b)",
        rf"\b(?:calculate|work out|figure out|tell me|give me|set|adjust)\b[^?.]{{0,25}}\b(?:dose|dosage|mg)\b[^?.]{{0,25}}\b(?:for|of) {_PERSON}\b",
        r"\bis \d+(?:\.\d+)? ?(?:mg|mcg|units|ml)\b[^?.]{0,30}\b(?:too much|enough|ok|okay|safe|right|correct)\b[^?.]{0,15}\bfor (?:me|my \w+|her|him)\b",
    )
)
_CALCULATE = r"(?:score|index|calculat\w+|risk estimate|probability|frax|qfracture|chads\S*|cha2ds2\S*|has-bled|meld|wells|bmi|apgar|gcs|egfr|crcl|creatinine clearance|ascvd)"
_TOOL = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:calculate|compute|work out|estimate|give|tell|determine)\b[^?.]{{0,25}}\b(?:my|me|her|his|this patient's|a|the)\b[^?.]{{0,20}}\b{_CALCULATE}\b[^?.]{{0,20}}(?:\bfor (?:me|my|her|him|this)\b|\bi am\b|\b(?:my|her|his)\b|\bpatient\b|,)",
        rf"\b(?:calculate|compute|work out)\b[^?.]{{0,30}}\b{_CALCULATE}\b|\bwhat is (?:my|her|his) (?:\w+ ){{0,2}}{_CALCULATE}\b|\bwhat (?:\w+ )?score does (?:this|the|my)\b",
        r"\b(?:write|draft|compose|generate|design|make|create)\b[^?.]{0,20}\b(?:a|an|me|my|the|some)\b[^?.]{0,25}\b(?:sop|letter|note|essay|poem|email|prescription|algorithm|protocol|story|report|code|program|plan|song|joke)\b",
        r"^\W*(?:translate|book|order|call|email|remind|schedule)\b|\bprescribe me\b|\bwrite me\b",
    )
)
_COPY = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:quote|copy|reproduce|print|paste|give me|show me|send me|read out|output|display|dump|recite|provide)\b[^?.]{0,25}\b(?:full|whole|entire|complete|verbatim|word[ -]for[ -]word)\b[^?.]{0,20}\b(?:text|label|guide|leaflet|article|paper|document|insert|guideline|section|abstract|information|monograph)\b",
        r"\b(?:full|whole|entire|complete) (?:text|copy) of\b|\bword for word\b[^?.]{0,30}\b(?:label|guide|leaflet|article|paper|document|insert|guideline)\b",
    )
)
_GREETING = re.compile(
    r"^\W*(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|thanks?|thank you|thx|bye|goodbye|ok|okay|cool|great|yes|no|test|ping)(?: (?:there|all|doc|doctor|curbside|you|so much|very much|a lot|again))*\W*$"
)
_MEDICAL = re.compile(
    r"\b(?:drugs?|medic\w+|patients?|dos(?:e|es|age|ing)|treat\w*|therap\w+|diseases?|syndromes?|symptoms?|diagnos\w+|pains?|aches?|cancers?|tumou?rs?|"
    r"infections?|virus\w*|bacteri\w+|vaccin\w*|side effects?|blood|heart|brain|bones?|liver|kidneys?|lungs?|skin|muscles?|nerves?|stomach|bowel|"
    r"throat|eyes?|teeth|tooth|dental|ears?|nose|pregnan\w+|birth|bab(?:y|ies)|surg\w+|clinic\w*|hospital\w*|doctors?|nurs\w+|physicians?|health\w*|"
    r"pills?|tablets?|inject\w*|antibiotics?|hormon\w+|genes?|genetic\w*|proteins?|cells?|mutations?|receptors?|enzymes?|trials?|stud(?:y|ies)|"
    r"guidelines?|label|evidence|risk|screen\w*|prevent\w*|mortality|surviv\w*|diet\w*|vitamins?|obes\w+|sleep\w*|stress|depress\w+|anxi\w+|"
    r"headaches?|fever|cough\w*|rash|allerg\w+|injur\w+|wounds?|fractur\w+|inflamm\w+|chronic|acute|contagious|cur(?:e|es|ed|able)|acne|cholesterol|glucose|insulin|"
    r"\w+(?:itis|osis|emia|aemia|oma|pathy|ectomy|plasty|algia|uria|penia|rrhea|mab|nib|scopy|gram|logy|trophy))\b"
)

# An abbreviation or a code, "FRAX", "TLR7", that may well be of medicine.
_TERM = re.compile(r"\b(?=\w*\d)\w*[A-Za-z]\w*\b|\b\w*[A-Z]\w*[A-Z]\w*\b")


def intent_of(text: str, mentions: Sequence[DrugMention], aspects: Sequence[Scored], has_concepts: bool) -> Intent:
    """Return what the question wants done. `has_concepts`: a clinical concept stands in it, or the talk is of one."""
    plain = text.lower().replace("’", "'")
    if is_emergency(plain):
        return Intent.EMERGENCY
    if _GREETING.match(plain):
        return Intent.GREETING
    if any(pattern.search(plain) for pattern in _COPY):
        return Intent.COPY
    if any(pattern.search(plain) for pattern in _TOOL):
        return Intent.TOOL
    if _doses_a_person(plain, mentions, aspects):
        return Intent.DOSE_A_PERSON
    if not mentions and not has_concepts and not _MEDICAL.search(plain) and not _TERM.search(text):
        return Intent.OTHER
    return Intent.EVIDENCE


def is_emergency(text: str) -> bool:
    """Return whether the text, in lower case, reports somebody in danger now.

    "My mother took it and now has crushing chest pain" does; "does it cause chest pain?" and "what
    should be done in an overdose?" do not.
    """
    if _ALARM.search(text) is None or not any(pattern.search(text) for pattern in _EMERGENCY):
        return False
    return _GENERAL.match(text) is None or _NOW.search(text) is not None


def _doses_a_person(text: str, mentions: Sequence[DrugMention], aspects: Sequence[Scored]) -> bool:
    if any(pattern.search(text) for pattern in _DOSE_PERSON):
        return True
    asked = {scored.aspect for scored in aspects}
    personal = re.search(r"\b(?:my|me|i|i'm|her|him|this patient)\b", text) is not None
    return bool(mentions) and Aspect.DOSING in asked and personal and _FIGURES.search(text) is not None
