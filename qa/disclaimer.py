"""What is said with every answer, in one place: an approval is bound to these words too."""

DISCLAIMER = (
    "Curbside quotes published sources word for word. It is for the education of health professionals, it is not "
    "medical advice for any one person, and it does not take the place of clinical judgement or of the full text of "
    "what it cites."
)
PENDING = "Educational purpose only: exercise caution, pending human review."
