"""The words that decide whether a full stop ends a sentence: abbreviations, starters, what precedes a letter."""

# Never the last word of a sentence: something always follows.
NEVER_LAST = frozenset(
    "e.g eg i.e ie vs v.s cf viz ca approx fig figs suppl nos ref refs eq eqs "
    "vol vols pp chap sec ed eds var subsp ssp cv incl excl resp avg av dept univ an ae cu".split()
)
TITLES = frozenset("Dr Drs Mr Mrs Ms Prof St Mt".split())
# A number after these belongs to them: "No. 3", "p. 5", "Vol. 2", "Jan. 2020".
BEFORE_NUMBER = frozenset(
    "no p page tab al jan feb mar apr jun jul aug sept sep oct nov dec art para lot cat sp spp res ser rev".split()
)
# May end a sentence or not: they end it only where the next word is one that opens sentences.
SOMETIMES_LAST = frozenset(
    "al inc corp ltd co llc gmbh jr sr sp spp esp u.s u.k u.s.a e.u d.c ph.d m.d n.y jan feb mar apr jun jul aug sept "
    "sep oct nov dec j biol chem biochem natl acad sci proc med engl res physiol clin immunol microbiol pharmacol "
    "nat genet dev cell mol am int rev exp appl environ agric lond biophys nucl neurosci psychol pathol surg opin "
    "bull soc ann arch adv".split()
) - {"cell", "am", "dev", "mar"}
# A single letter after one of these is a name of its own, so a full stop after it is a full stop: "vitamin D."
BEFORE_LETTER = frozenset(
    "vitamin type hepatitis group class grade arm phase figure table factor part level cohort category stage "
    "influenza schedule step panel cyclin immunoglobulin protein appendix section model scenario score pugh strain "
    "subtype subgroup serogroup serotype region domain complex coenzyme haemophilia hemophilia plan set".split()
)
# Words that open a sentence far more often than they carry a name on.
STARTERS = frozenset(
    "The This These Those That There In It Its We Our A An However Here To For As At On By With When While Although "
    "If No Not None Do Does Use Using Patients Both All Thus Therefore Moreover Furthermore Additionally After "
    "Before During From Of Because Since Such Some Many Most Each Other Others Among Between One Two Three She He "
    "They His Her Their You Your Take Tell Ask Call Stop Store Keep Discontinue Avoid Administer Monitor Consider "
    "Advise Instruct Inform See Swallow Results Result Conclusion Conclusions Methods Method Background Objective "
    "Objectives Similarly Consistent Second First Third Finally Taken Together Overall Nevertheless Subsequently "
    "Increased Treatment Under Within Without Via Upon Can Could May Might Should Must Is Are Was Were Has Have "
    "Had Will What Which Who Why How Where Yet But And Or So Also Only Even Once Over Given Based Compared "
    "Adults Children Women Men Adult Pediatric Dose Dosage Doses Safety Efficacy Limitations Interpretation "
    "Participants Subjects Studies Study Data Evidence Interestingly Importantly Notably Surprisingly Recently "
    "Currently Previously Collectively Accordingly Conversely Consequently Hence Instead Further Likewise Indeed "
    "Increasing Knockdown Loss Analysis Expression Do Don't Begin Start Give Inject Reduce Refer Serious "
    "Contact Wash Shake Protect Discard Do".split()
)
