"""Languages by their tags (BCP 47, https://www.rfc-editor.org/info/bcp47): name, direction, script. Pure."""

from __future__ import annotations

import unicodedata
from typing import Literal

NAMES = {
    "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali",
    "bs": "Bosnian", "ca": "Catalan", "ckb": "Central Kurdish", "cs": "Czech", "cy": "Welsh", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian",
    "fi": "Finnish", "fil": "Filipino", "fr": "French", "ga": "Irish", "gl": "Galician", "gu": "Gujarati",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian",
    "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer",
    "ko": "Korean", "ku": "Kurdish", "ky": "Kyrgyz", "lo": "Lao", "lt": "Lithuanian", "lv": "Latvian",
    "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi", "ms": "Malay", "my": "Burmese",
    "nb": "Norwegian", "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian", "pa": "Punjabi",
    "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sd": "Sindhi",
    "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "so": "Somali", "sq": "Albanian", "sr": "Serbian",
    "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "tg": "Tajik", "th": "Thai", "ti": "Tigrinya",
    "tk": "Turkmen", "tr": "Turkish", "ug": "Uyghur", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek",
    "vi": "Vietnamese", "yi": "Yiddish", "zh": "Chinese",
}  # fmt: skip
LEFTWARD = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})
"""Languages that are mostly written from right to left."""
LEFTWARD_SCRIPTS = frozenset({"adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"})
OTHER_SCRIPTS = LEFTWARD | {
    "am", "be", "bg", "bn", "el", "gu", "hi", "hy", "ja", "ka", "km", "ko", "ky", "lo", "mk", "ml", "mn", "mr", "my",
    "ne", "pa", "ru", "si", "ta", "te", "tg", "th", "ti", "uk", "zh",
}  # fmt: skip
"""Languages that are mostly written in letters other than the Latin ones."""


def name(tag: str) -> str:
    """In English: `fa-IR` → Persian. A language that is not in the list is called by its tag."""
    return NAMES.get(_language(tag), f"“{tag}”")


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Of the writing: by the script if the tag names one (`uz-Arab`), or else by the language."""
    for part in tag.lower().split("-")[1:]:
        if len(part) == 4 and part.isalpha():
            return "rtl" if part in LEFTWARD_SCRIPTS else "ltr"
    return "rtl" if _language(tag) in LEFTWARD else "ltr"


def suits(text: str, tag: str) -> bool:
    """False if a text has only Latin letters and the language is written in others: it is a translation, then."""
    if _language(tag) not in OTHER_SCRIPTS or "-latn" in tag.lower():
        return True
    return not all(unicodedata.name(letter, "").startswith("LATIN") for letter in text if letter.isalpha())


def _language(tag: str) -> str:
    return tag.lower().partition("-")[0]
