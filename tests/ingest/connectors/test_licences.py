"""Licences named by codes, addresses and sentences, and the stricter of two."""

import pytest

from ingest.connectors.licences import KEPT, Licence, licence_in, stricter


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CC0", "CC0"),
        ("CC BY", "CC BY"),
        ("cc by-nc-nd", "CC BY-NC-ND"),
        ("CC BY-NC-SA 4.0", "CC BY-NC-SA"),
        ("CC-BY-SA", "CC BY-SA"),
        ("http://creativecommons.org/licenses/by/2.0", "CC BY"),
        ("https://creativecommons.org/licenses/by-nc-nd/4.0/legalcode", "CC BY-NC-ND"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0"),
        ("Publication of EHP lies in the public domain and is therefore without copyright.", "CC0"),
        ("distributed under the terms of the Creative Commons Attribution License, which permits use", "CC BY"),
        ("the Creative Commons Attribution Non-Commercial License (", "CC BY-NC"),
        ("Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International License", "CC BY-NC-ND"),
        ("Creative Commons Attribution-ShareAlike License", "CC BY-SA"),
        ("TDM", "TDM"),
        ("This file is available for text mining. It may also be used with the principles of fair use", "TDM"),
    ],
)
def test_a_licence_is_known_by_code_address_and_words(text: str, code: str) -> None:
    assert licence_in(text) == Licence(code)


@pytest.mark.parametrize("text", ["", "none", "NO-CC CODE", "© 2010 Cancer Research UK", "All rights reserved."])
def test_what_names_no_licence_is_none(text: str) -> None:
    assert licence_in(text) is None


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("CC BY", "CC BY", "CC BY"),
        ("CC0", "CC BY", "CC BY"),
        ("CC0", "CC0", "CC0"),
        ("CC BY-NC", "CC BY-ND", "CC BY-NC-ND"),
        ("CC BY-SA", "CC BY-NC", "CC BY-NC-SA"),
        ("CC BY-NC-SA", "CC BY-ND", "CC BY-NC-ND"),
        ("CC BY", "TDM", "TDM"),
    ],
)
def test_the_stricter_of_two_has_the_conditions_of_both(one: str, other: str, both: str) -> None:
    assert stricter(Licence(one), Licence(other)) == stricter(Licence(other), Licence(one)) == Licence(both)


def test_what_is_only_for_mining_is_not_kept() -> None:
    assert "TDM" not in KEPT
    assert all(licence_in(code) == Licence(code) for code in KEPT)
