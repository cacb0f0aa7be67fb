"""What is said with every answer, in one place: the page shows these words, and an approval is bound to them."""

DISCLAIMER_LEAD = "For healthcare professionals."
DISCLAIMER = (
    "Every sentence of an answer is quoted from the source cited: check it there before acting on it. Curbside does "
    "not replace clinical judgement, and it knows nothing of the patient in front of you."
)
PENDING = "Educational purpose only: exercise caution, pending human review."
