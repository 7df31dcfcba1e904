from __future__ import annotations

import pytest

from consistency.anchors import anchors_of


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("nothing to hold on to", set()),
        ("In 1998 they sold 12 500 boats", {("digits", "1998"), ("digits", "12500"), ("word", "in")}),
        # grouping and decimal signs differ by language, their digits do not
        ("1.234,5 t", {("digits", "12345")}),
        ("1,234.5 t", {("digits", "12345")}),
        ("١٩٩٨", {("digits", "1998")}),  # Arabic-Indic digits
        ("see https://example.org/a?b=1, please", {("address", "https://example.org/a?b=1")}),
        ("write to post@example.org.", {("address", "post@example.org")}),
        ("the Łódź office", {("word", "łodz")}),
        # Latin words in a text of another script are names and terms
        ("この装置はlinuxとUSBで動きます", {("word", "linux"), ("word", "usb")}),
        ("a COVID-19 test", {("digits", "19"), ("word", "covid-19")}),
    ],
)
def test_anchors(text, keys):
    assert anchors_of(text) == keys
