"""What is known of a language by its tag."""

from __future__ import annotations

import pytest

from factsite import languages


@pytest.mark.parametrize(
    ("tag", "name", "direction"),
    [
        ("fa", "Persian", "rtl"),
        ("fa-IR", "Persian", "rtl"),
        ("AR", "Arabic", "rtl"),
        ("en-GB", "English", "ltr"),
        ("uz", "Uzbek", "ltr"),
        ("uz-Arab-AF", "Uzbek", "rtl"),
        ("ks-Deva", "“ks-Deva”", "ltr"),
        ("zza", "“zza”", "ltr"),
    ],
)
def test_name_and_direction(tag: str, name: str, direction: str) -> None:
    assert (languages.name(tag), languages.direction(tag)) == (name, direction)


@pytest.mark.parametrize(
    ("text", "tag", "suits"),
    [
        ("کنفرانس ایران: 2020", "fa", True),
        ("Report on a speech", "fa", False),
        ("Report on a speech", "sr-Latn", True),
        ("Izveštaj", "sr", True),
        ("Report on a speech", "fr", True),
        ("2020", "el", False),
    ],
)
def test_a_title_in_latin_letters_is_a_translation_where_the_language_has_others(
    text: str, tag: str, suits: bool
) -> None:
    assert languages.suits(text, tag) is suits
