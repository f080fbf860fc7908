from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskwell.domains.knowledge.logic import (
    front_matter,
    markdown,
    passages,
    search,
    seo,
    slugs,
    versions,
)

DEMO = Path(__file__).parents[2] / "deskwell/domains/onboarding/demo/articles"
DEMO_FILES = sorted(DEMO.rglob("*.md"))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Größe & Maße", "groesse-and-masse"),
        ("Café crème: 5€", "cafe-creme-5-euro"),
        ("Как вернуть заказ?", "kak-vernut-zakaz"),
        ("退货政策", "退货政策"),
        ("don't panic", "dont-panic"),
        ("!!!", "untitled"),
        ("a" * 200, "a" * 80),
    ],
)
def test_slug_is_readable(title, slug):
    assert slugs.slugify(title) == slug


def test_taken_slug_gets_the_next_number():
    assert slugs.unique("a", {"a", "a-2"}) == "a-3"


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        '![x](x"onerror="alert(1))',
        "<div style='background:url(javascript:alert(1))'>x</div>",
        '```"><script>alert(1)</script>\nx\n```',
        "# <img src=x onerror=alert(1)>",
        "> [!NOTE]<script>alert(1)</script>",
        "<details open ontoggle=alert(1)>x</details>",
        "<input type=image src=x onerror=alert(1)>",
        "<form action=//evil><button formaction=javascript:alert(1)>x</button></form>",
        "<base href=//evil><link rel=stylesheet href=//evil><meta http-equiv=refresh content=0>",
    ],
)
def test_rendering_leaves_nothing_that_runs(attack):
    lowered = markdown.render(attack).html.lower()
    live = lowered.replace("&lt;", "\0")
    for poison in (
        "<script",
        "<img src=x",
        "onerror=a",
        "<iframe",
        "<form",
        "<base",
        "style=",
        "<svg",
        'href="java',
        'href="data',
    ):
        assert poison not in live.replace('alt="x"', ""), lowered


def test_rendering_keeps_what_an_article_needs():
    result = markdown.render(
        "# Title\n\n| a | b |\n|:-|-:|\n| 1 | 2 |\n\n- [x] done\n\n> [!WARNING]\n> Hot.\n\n"
        "```python\ndef f(): pass\n```\n\n[other](../orders/refunds.md#when) ![i](/help/images/1/a.png)",
        link_base="/help/shop/articles/",
        image_sizes={"/help/images/1/a.png": (40, 30)},
    )
    assert [(h.level, h.anchor) for h in result.headings] == [(2, "title")]
    assert '<td class="right">2</td>' in result.html
    assert 'class="callout callout-warning"' in result.html
    assert 'aria-label="Done"' in result.html
    assert '<span class="k">def</span>' in result.html
    assert '<a href="/help/shop/articles/refunds#when">other</a>' in result.html
    assert 'width="40" height="30"' in result.html


def test_same_headings_get_different_anchors():
    assert [h.anchor for h in markdown.render("## Late\n\n## Late").headings] == ["late", "late-2"]


def test_excerpt_is_cut_at_a_word():
    text = markdown.excerpt("## Heading\n\nOne **two** [three](x) " + "four " * 100, length=30)
    assert text == "One two three four four four…"


def test_plain_text_has_no_markup():
    assert markdown.plain_text("# A\n\n- **b** `c`\n\n> [!TIP]\n> d") == "A\nb c\nTip: d"


@pytest.mark.parametrize("path", DEMO_FILES, ids=lambda path: path.stem)
def test_demo_article_is_whole(path):
    data, body = front_matter.split(path.read_text())
    assert data["title"]
    assert 40 <= len(data["summary"]) <= 160
    assert len(markdown.plain_text(body).split()) >= 90
    pieces = passages.passages(data["title"], body)
    assert all(len(piece.text) <= passages.LIMIT for piece in pieces)
    assert front_matter.split(front_matter.join(data, body)) == (data, body)


def test_demo_has_forty_articles():
    assert len(DEMO_FILES) == 40


def test_passages_follow_headings_and_name_table_cells():
    pieces = passages.passages(
        "Delivery",
        "Intro.\n\n## Costs\n\n| Where | Cost |\n|-|-|\n| UK | £3 |\n\n### Islands\n\nTwo days more.",
    )
    assert [(p.heading_path, p.text) for p in pieces] == [
        ((), "Intro."),
        (("Costs",), "Where: UK; Cost: £3"),
        (("Costs", "Islands"), "Two days more."),
    ]
    assert pieces[1].anchor == "costs"


def test_passages_anchors_are_those_of_the_page():
    body = "## Late\n\na\n\n## Late\n\nb"
    assert [p.anchor for p in passages.passages("x", body)] == [
        h.anchor for h in markdown.render(body).headings
    ]


@given(st.text(max_size=4000))
def test_any_text_gives_passages_within_the_limit(body):
    pieces = passages.passages("Title", body)
    assert pieces
    assert all(0 < len(piece.text) <= passages.LIMIT + passages.TARGET for piece in pieces)


def test_title_comes_from_front_matter_heading_or_file_name():
    assert front_matter.title_and_body({"title": "A"}, "# B\n\nx", file_name="c.md") == ("A", "# B\n\nx")
    assert front_matter.title_and_body({}, "# B\n\nx", file_name="c.md") == ("B", "x")
    assert front_matter.title_and_body({}, "x", file_name="big-news.md") == ("Big news", "x")


def test_bad_front_matter_says_where():
    with pytest.raises(front_matter.FrontMatterError, match="line"):
        front_matter.split("---\ntitle: [a\n---\nbody")


@pytest.mark.parametrize("block", ["a: &x [1]\nb: [*x, *x]", "a: " + "[" * 5000])
def test_front_matter_that_unfolds_is_refused(block):
    with pytest.raises(front_matter.FrontMatterError):
        front_matter.split(f"---\n{block}\n---\nbody")


@given(st.text(max_size=300), st.dictionaries(st.sampled_from(["title", "tags", "x"]), st.text(max_size=50)))
def test_front_matter_is_lossless(body, data):
    assert front_matter.split(front_matter.join(data, body)) == (data, body)


def test_comparison_marks_words():
    result = versions.compare("a\nthe red fox\nz", "a\nthe blue fox\nz\nnew")
    changed = next(line for line in result.lines if line.kind == "changed")
    assert [(p.kind, p.text) for p in changed.parts] == [
        ("same", "the "), ("removed", "red"), ("added", "blue"), ("same", " fox"),
    ]  # fmt: skip
    assert (result.added, result.removed) == (2, 1)


@given(st.text(max_size=200), st.text(max_size=200))
def test_comparison_loses_nothing(before, after):
    if before == after:
        return
    lines = versions.compare(before, after).lines
    for line in lines:
        if line.after is not None:
            text = "".join(p.text for p in line.parts if p.kind != "removed")
            assert text == after.splitlines()[line.after - 1]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("refnud", "refund"), ("adress", "address"), ("deliverry", "delivery"), ("passwrod", "password")],
)
def test_slip_of_one_is_found_by_deletions_and_corrected(typed, meant):
    assert set(search.deletions(typed)) & set(search.deletions(meant))
    assert search.correct(typed, {meant: 3, "fund": 9, "press": 2}) == (meant,)


def test_numbers_and_short_words_are_not_corrected():
    assert search.correct("tt1234", {"tt1235": 1}) == ()
    assert search.correct("vpm", {"vpn": 1}) == ()


def test_phrase_synonyms_reach_the_term():
    terms = search.plan("how do I get my money back", {}).terms
    assert [term.exact for term in terms] == ["money", "back"]
    assert "refund" in (terms[0].near or "")


def test_corrected_query_is_shown():
    known = {"refnud": search.Known(candidates={"refund": 4}), "time": search.Known(articles=9)}
    assert search.plan("refnud time", known).corrected == "refund time"


def test_highlights_escape_everything_else():
    assert search.highlighted("<b>\x02hit\x03</b>") == "&lt;b&gt;<mark>hit</mark>&lt;/b&gt;"


def test_json_cannot_leave_its_script_element():
    assert "</script>" not in seo.json_for_html({"a": "</script><script>alert(1)</script>"})
