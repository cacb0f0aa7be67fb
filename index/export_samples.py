"""Texts of our own that an exported encoder is compared on: short, long, over the limit, odd."""

_DRUGS = ("romosozumab", "denosumab", "warfarin", "metformin", "levothyroxine", "atorvastatin", "insulin glargine")
_FORMS = (
    "What is the usual dose of {} in adults with normal kidney function?",
    "{} must not be given to patients who reacted to it with anaphylaxis before.",
    "Limitations of use: treatment with {} should be reviewed after twelve months.",
    "Is {} safe during pregnancy",
)
_REPORT = (
    "In a double-blind trial, 2,417 patients with a hip or spine T-score of -2.5 or less were assigned to treatment "
    "or placebo for 12 months. New vertebral fractures occurred in 1.8% and 4.5% of patients (risk ratio 0.40; 95% CI, "
    "0.26 to 0.61; P<0.001). Serious cardiovascular events were judged by a committee that did not know the group. "
)
_ODD = (
    "",
    "?",
    "eGFR 25 mL/min/1.73 m²",
    "β-blockers, ≥ 65 years, 5 µg/kg",
    "Dose | 210 mg | once a month\n105 mg | 105 mg | two injections",
    "骨粗しょう症の治療",
    "hypocalcaemia " * 6,
)

SAMPLES: tuple[str, ...] = (
    *(form.format(drug) for drug in _DRUGS for form in _FORMS),
    _REPORT,
    _REPORT * 2,
    _REPORT * 5,
    *_ODD,
)
