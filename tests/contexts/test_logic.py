import pytest

from deskwell.domains.contexts.logic import brand_style, colours

COLOURS = ["#2f6f5e", "#ffe600", "#000", "#ffffff", "tomato", None, "#888888", *colours.PALETTE]


@pytest.mark.parametrize("colour", COLOURS)
def test_brand_colours_are_readable(colour):
    style = brand_style(colour)
    values = dict(part.split(":") for part in style.removeprefix(":root{").rstrip("}").split(";"))
    rgb = {name: colours._rgb(value) for name, value in values.items()}
    assert colours.contrast(rgb["--brand"], rgb["--brand-ink"]) >= 4.5
    assert colours.contrast(rgb["--brand-on-light"], colours._rgb(colours.LIGHT_PAPER)) >= 4.5
    assert colours.contrast(rgb["--brand-on-dark"], colours._rgb(colours.DARK_PAPER)) >= 4.5


def test_a_colour_may_be_named_as_on_screen():
    assert brand_style("red") == brand_style(colours.PALETTE["red"]) != brand_style("blue")
