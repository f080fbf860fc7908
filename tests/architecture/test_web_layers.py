"""The web app's features stand on one another in the order of the domains, and only that way."""

import re
from pathlib import Path

from scripts.tokens import strays_in

WEB = Path(__file__).parents[2] / "web" / "src"
# Top to bottom; a feature imports only from lower lines. `portal` is the customers' side of the tickets.
ORDER = (
    ("reports", "onboarding", "operations"),
    ("copilot",),
    ("automation", "macros"),
    ("actions",),
    ("inbox",),
    ("notifications",),
    ("ai", "email"),
    ("sla", "time_tracking", "knowledge"),
    ("tickets", "portal"),
    ("teams", "fields"),
    ("contexts",),
    ("accounts",),
    ("files",),
)
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}
LAYERS = {"app": 0, "pages": 1, "features": 2, "ui": 3, "api": 3}
IMPORT = re.compile(r"""from '@/([a-z]+)(?:/([a-z_]+))?|import\('@/([a-z]+)(?:/([a-z_]+))?""")


def sources() -> list[tuple[Path, str]]:
    return [(path.relative_to(WEB), path.read_text()) for path in WEB.rglob("*.ts*")]


def imports(text: str) -> list[tuple[str, str]]:
    return [(m[1] or m[3], m[2] or m[4] or "") for m in IMPORT.finditer(text)]


def test_every_feature_has_its_place():
    assert {path.name for path in (WEB / "features").iterdir()} == set(RANK)


def test_features_import_only_what_stands_below_them():
    wrong = [
        f"{path} imports {feature}"
        for path, text in sources()
        for layer, feature in imports(text)
        if layer == "features" and path.parts[0] == "features" and feature != path.parts[1]
        if RANK[feature] <= RANK[path.parts[1]]
    ]
    assert not wrong, wrong


def test_layers_import_only_what_stands_below_them():
    wrong = [
        f"{path} imports {layer}"
        for path, text in sources()
        for layer, _ in imports(text)
        if layer in LAYERS and path.parts[0] in LAYERS and LAYERS[layer] < LAYERS[path.parts[0]]
    ]
    assert not wrong, wrong


def test_values_that_are_no_tokens_are_found():
    written = """
        <p className='text-[13px] text-ink hover:bg-[rgb(0_0_0/0.5)]'>
        <p className='gap-[7px] max-h-[80vh] w-[calc(100%-1rem)] grid-cols-[1fr_6rem]'>
        const fill = '#ff8800'
        <p className='bg-slate-700 duration-300 transition-[width]'>
    """
    assert [stray.rpartition(": ")[2] for stray in strays_in("pages/some.tsx", written)] == [
        "rgb(",
        "text-[13px]",
        "hover:bg-[rgb(0_0_0/0.5)]",
        "gap-[7px]",
        "#ff8800",
        "bg-slate-700",
        "duration-300",
    ]
