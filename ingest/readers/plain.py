"""Text as a section stores it: one line, NFC, nothing invisible."""

import re
import unicodedata

# Windows' Symbol font, as PDF and Word export it into the private use area: a dropped "≥" is another dose.
_SYMBOL_FONT = {
    0xF0A3: "≤", 0xF0B3: "≥", 0xF0B1: "±", 0xF0B0: "°", 0xF0B4: "×", 0xF06D: "μ", 0xF061: "α", 0xF062: "β",
    0xF067: "γ", 0xF044: "Δ", 0xF0AE: "→", 0xF0AC: "←", 0xF0B7: "•", 0xF0A7: "■", 0xF0B2: "″", 0xF0A2: "′",
    0xF0B9: "≠", 0xF0BB: "≈", 0xF0A5: "∞", 0xF0D2: "®", 0xF0D3: "©", 0xF0D4: "™", 0xF03C: "<", 0xF03E: ">",
    0xF03D: "=", 0xF02B: "+", 0xF02D: "−", 0xF025: "%",
}  # fmt: skip
# Controls, formats (soft hyphen, zero width, direction), private use, lone surrogates.
_INVISIBLE = frozenset(("Cc", "Cf", "Co", "Cs"))
_ORDINARY = re.compile(r"[\x20-\x7e]*")


def plain(text: str) -> str:
    """Return the text on one line: white space collapsed and stripped, NFC, no invisible characters."""
    if _ORDINARY.fullmatch(text):
        return " ".join(text.split())
    text = text.translate(_SYMBOL_FONT)
    kept = "".join(char for char in text if char.isspace() or _is_visible(char))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _is_visible(char: str) -> bool:
    code = ord(char)
    is_noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return not is_noncharacter and unicodedata.category(char) not in _INVISIBLE
