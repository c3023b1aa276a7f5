"""Every widget wherever it is met: 320 px to 4K, 200 % zoom, wide text spacing, from the right."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing.widgets import (
    Annotator,
    Box,
    Card,
    Cards,
    Column,
    Explorer,
    Feedback,
    Function,
    GateShown,
    Label,
    Lane,
    Matrix,
    MatrixText,
    Offered,
    Option,
    OwnCard,
    Place,
    Reader,
    ReaderLink,
    ReaderText,
    Record,
    Reference,
    Row,
    Table,
)
from briefing.widgets.board import BoardQuestion, BoardRow, ProgressBoard
from briefing.widgets.choice import Choice
from briefing.widgets.handin import HandIn, HandInReceipt
from briefing.widgets.student import StudentCode
from briefing.widgets.text import Text

pytestmark = pytest.mark.browser

SIZES = {
    "320": (320, 640),
    "480": (480, 800),
    "840": (840, 900),
    "1100": (1100, 800),
    "1920": (1920, 1080),
    "3840": (3840, 2160),
    # Zoom halves the page's own pixels: 1280 × 720 at 200 %.
    "zoomed": (640, 360),
}
SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
    " word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"
)
"""WCAG 1.4.12, as a reader's own style sheet sets it."""

ENGLISH = (
    "Officials in Aurelia said on Monday that 64 targets were hit near the river crossing.\n"
    "Nobody else has confirmed it. A resident told the agency by telephone that the bridge was "
    "still standing, and that two of the three roads to Marenia were open on Tuesday morning.\n"
)
FROM_THE_RIGHT = (
    "דובר הצבא במרניה אמר ביום שני כי 64 מטרות נפגעו ליד Aurelia Bridge.\n"
    "قال مسؤول في أوريليا إن 12 جسرا ما زالت مفتوحة يوم Tuesday صباحا.\n"
    "Nobody else has confirmed it.\n"
)
LABELS = [
    Label("source", "who said it"),
    Label("cue", "says-word"),
    Label("content", "what was said"),
]


def stretch(text: str, words: str) -> dict[str, int]:
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


def spans(text: str = ENGLISH, *marked: str, **more: Any) -> Annotator:
    names = ("source", "cue", "content")
    marks = [
        {"id": f"m{n}", "label": names[n % 3], **stretch(text, words)}
        for n, words in enumerate(marked or ("Officials in Aurelia", "said on Monday", "said"), 1)
    ]
    return Annotator(
        text, labels=LABELS, marks=marks, sources=["source"], question="ex99/q1",
        title="Who says so, and in which words?", student="fox-4821", **more,
    )  # fmt: skip


def sentences(text: str = ENGLISH) -> Annotator:
    lines = [line for line in text.split("\n") if line]
    segments = [
        {"id": f"t.s{n:02}", "part": "body", **stretch(text, w)} for n, w in enumerate(lines, 1)
    ]
    return Annotator(
        text, labels=[Label("attributed", "credited to somebody"), Label("outlet", "not credited")],
        mode="sentences", field="voice", segments=segments, question="ex99/q2",
        title="Sentence by sentence", answer={"labels": {"t.s01": {"voice": "attributed"}}},
        check=lambda _answer: Feedback(""),
    )  # fmt: skip


def choice() -> Choice:
    options = [
        {"id": "a", "text": "The sentence is credited to a named official of the ministry."},
        {"id": "b", "text": "Nobody is named."},
    ]
    return Choice([{"id": "g", "prompt": "Who says it?", "options": options}], question="ex99/q3")


def hand_in() -> HandIn:
    receipt = HandInReceipt(42, "2026-11-22T19:40:00Z", ("Question 4",), 5)
    return HandIn(lambda: ("ex02.fox-4821.answers.json", b"{}", receipt), lambda _data: "Loaded.")


def table() -> Table:
    verdicts = (Option("up", "adds up"), Option("down", "does not add up"), Option("open", "open"))
    columns = [
        Column("sum", "The sum of the parts", "number", unit="targets"),
        Column("says", "The verdict", "choice", verdicts),
        Column("why", "What would settle it", "text", most=20),
    ]
    rows = [
        Row("n1", "53 and 1 and 4 and 7"),
        Row("n2", "A convoy of 36 vehicles", "", {"sum": "36"}),
    ]
    return Table(columns, rows, title="A ledger", prompt="Fill in.", question="ex99/q6")


def cards() -> Cards:
    shown = [
        Card(
            "c1", "A missing count", "Nobody else has confirmed it.", (Box("Known", "A report."),)
        ),
        Card("c2", "The weather over the river crossing"),
    ]
    decisions = [Offered("yes", "Accept"), Offered("no", "Reject")]
    gates = [Offered("date", "known before", "It is earlier."), Offered("said", "the text says it")]
    return Cards(shown, decisions, gates, title="Two cards", question="ex99/q7")


def matrix() -> Matrix:
    texts = [MatrixText("a", ENGLISH, "Harbour Post"), MatrixText("b", ENGLISH, "Rail News")]
    functions = [Function("problem", "Problem"), Function("cause", "Cause", "who or what")]
    answer = {"cells": {"a/problem": {"present": True, "spans": [[0, 20], [10, 30]]}}}
    return Matrix(texts, functions, title="Which functions", question="ex99/q8", answer=answer)


def reader() -> Reader:
    left, right = ReaderText("Ours", ENGLISH, "en"), ReaderText("Theirs", FROM_THE_RIGHT, "he")
    return Reader(left, right, [ReaderLink((0, 20), (0, 16), "who speaks")], title="Side by side")


def board() -> ProgressBoard:
    questions = (
        BoardQuestion("q1", "Who says so, and in which words?", "answered", "answered"),
        BoardQuestion(
            "q2",
            "Which of these two numbers of targets can be checked at all?",
            "begun",
            "begun: 2 of 6 rows",
        ),
    )
    rows = [
        BoardRow("lesson02", "Who says so?", "notebooks/02-who-says-so.ipynb", "2026-11-22T19:40:00Z", questions),
        BoardRow("ex02", "Exercise 2: who says so, and is it credited?", "exercises/ex02-who-says-so.ipynb", "", questions),
    ]  # fmt: skip
    return ProgressBoard(lambda: rows)


def explorer() -> Explorer:
    lanes = [Lane("before", "before"), Lane("later", "later", "Too late for this test.")]
    records = [
        Record(
            f"R{n}", "The river crossing", ENGLISH, "Nobody else has confirmed it.", "news report",
            "an agency that the state owns", "2031-03", "The Courier", "https://x.test/" + "a" * 90,
            places={"a": Place(lane.id, "2 days")},
        )
        for n, lane in enumerate(lanes)
    ]  # fmt: skip
    return Explorer(
        records, [Reference("a", "Harbour Post", "5 March 2031")], lanes=lanes, reference="a"
    )


def own_card() -> OwnCard:
    sentences = tuple(Option(f"s{n}", line) for n, line in enumerate(ENGLISH.split("\n")))
    columns = [
        Column("sentence", "1 · The sentence", "choice", sentences),
        Column("words", "3 · Searched for: words of your own", hint="A comma between them."),
    ]
    gates = [
        GateShown("a", "The text does not say it", "open", "Write 2 words of your own in box 3."),
        GateShown("b", "It was known before", "later", "E12 (news report, 2031-03-05): 5 days later."),
    ]  # fmt: skip
    answer = {"rows": {"card": {"sentence": "s1", "words": "zebra*, " + "w" * 80}}}
    return OwnCard(columns, Row("card", "My card"), lambda _cells: gates, answer=answer)


WIDGETS: dict[str, tuple[str, Callable[[], Any]]] = {
    "spans": ("annotator", spans),
    "from-the-right": (
        "annotator",
        lambda: spans(
            FROM_THE_RIGHT, "דובר הצבא במרניה", "64 מטרות נפגעו ליד Aurelia", "قال مسؤول"
        ),
    ),
    "sentences": ("annotator", sentences),
    "choice": ("choice", choice),
    "text": ("text", lambda: Text("Say in one sentence who is not heard.", words=(10, 40))),
    "table": ("table", table),
    "cards": ("cards", cards),
    "matrix": ("matrix", matrix),
    "reader": ("reader", reader),
    "explorer": ("explorer", explorer),
    "own-card": ("own_card", own_card),
    "handin": ("handin", hand_in),
    "board": ("board", board),
    "student": ("student", lambda: StudentCode("fox-4821", propose=lambda: "owl-1234")),
}

LOOK = """() => {
    const wrong = [];
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) wrong.push(`the page scrolls: ${page.scrollWidth}`);
    const seen = node => node.checkVisibility({ visibilityProperty: true, opacityProperty: true })
        && node.getClientRects().length;
    const controls = ".bw button, .bw input, .bw select, .bw textarea, .bw summary, .bw a[href]";
    for (const node of document.querySelectorAll(controls)) {
        if (!seen(node)) continue;
        const name = node.outerHTML.slice(0, 90);
        const target = (node.matches("[type=checkbox], [type=radio], [type=file]")
            && (node.closest("label") ?? document.querySelector(`label[for="${node.id}"]`))) || node;
        const box = target.getBoundingClientRect();
        if (box.width < 24 || box.height < 24) wrong.push(`${box.width} × ${box.height}: ${name}`);
        if (box.left < -0.5 || box.right > page.clientWidth + 0.5) wrong.push(`out of the page: ${name}`);
        for (let up = node.parentElement; up?.closest(".bw"); up = up.parentElement) {
            if (getComputedStyle(up).overflowX === "visible") continue;
            const frame = up.getBoundingClientRect();
            if (box.left < frame.left - 0.5 || box.right > frame.right + 0.5) wrong.push(`cut off by ${up.className}: ${name}`);
        }
        const cut = node.matches("button, summary") && node.scrollWidth > node.clientWidth + 1;
        if (cut) wrong.push(`its words are cut: ${name}`);
    }
    for (const node of document.querySelectorAll(".bw-title, .bw-par, .bw-item-words, .bw-status")) {
        if (seen(node) && node.scrollWidth > node.clientWidth + 1) wrong.push(`too wide: ${node.className}`);
    }
    return wrong;
}"""

WORDS = """() => [...document.querySelectorAll(".bw-par")].flatMap(block => {
    const range = document.createRange();
    const found = [];
    for (const node of block.childNodes) {
        for (const word of node.data.matchAll(/\\S+/g)) {
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            const box = range.getBoundingClientRect();
            found.push([word[0], box.left, box.top, box.width, box.height].join(" "));
        }
    }
    return found;
})"""

PAINTED = """() => [...CSS.highlights]
    .filter(([name]) => /-l\\d+-\\d+$/.test(name))
    .flatMap(([, layer]) => [...layer].map(one => {
        const range = document.createRange();
        range.setStart(one.startContainer, one.startOffset);
        range.setEnd(one.endContainer, one.endOffset);
        return range.toString();
    })).sort()"""

TAGS = """() => [...document.querySelectorAll(".bw-tag")]
    .filter(tag => tag.style.visibility !== "hidden")
    .map(tag => {
        const box = tag.getBoundingClientRect();
        const pane = tag.closest(".bw-text").getBoundingClientRect();
        return [tag.textContent, box.left >= pane.left - 1 && box.right <= pane.right + 1];
    }).filter(([, inside]) => !inside)"""


def settle(page: Any) -> None:
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 60)))")


def picture(page: Any, name: str) -> None:
    """Keep a picture where somebody asks for them, to be looked at."""
    folder = os.environ.get("BRIEFING_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def drag(page: Any, words: str) -> None:
    box = page.evaluate(
        """words => {
            for (const block of document.querySelectorAll(".bw-par")) {
                const at = block.textContent.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(block.firstChild, at);
                range.setEnd(block.firstChild, at + words.length);
                document.querySelector(".bw-text").scrollTop += range.getBoundingClientRect().top
                    - document.querySelector(".bw-text").getBoundingClientRect().top - 60;
                const [box] = range.getClientRects();
                return [box.left, box.top + box.height / 2, box.right];
            }
        }""",
        words,
    )
    left, middle, right = box
    page.mouse.move(left + 1, middle)
    page.mouse.down()
    page.mouse.move((left + right) / 2, middle)
    page.mouse.move(right - 1, middle)
    page.mouse.up()


@pytest.mark.parametrize("name", WIDGETS)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_is_cut_off_at_any_width(mount: Callable[..., Any], name: str, dark: bool) -> None:
    module, make = WIDGETS[name]
    page = mount(make(), module, dark=dark)
    wrong = {}
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        if page.locator(".bw-item-button").count():
            page.locator(".bw-item-button").first.click()
        if page.locator(".bw-settings summary").count():
            page.click(".bw-settings summary")
        settle(page)
        picture(page, f"{name}-{size}-{'dark' if dark else 'light'}")
        found = page.evaluate(LOOK) + page.evaluate(TAGS)
        if found:
            wrong[size] = found
        if page.locator(".bw-settings summary").count():
            page.click(".bw-settings summary")
    assert wrong == {}


@pytest.mark.parametrize("name", WIDGETS)
def test_nothing_is_lost_with_wide_text_spacing(mount: Callable[..., Any], name: str) -> None:
    module, make = WIDGETS[name]
    page = mount(make(), module)
    page.add_style_tag(content=SPACED)
    wrong = {}
    for size in ("320", "1100"):
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        picture(page, f"{name}-{size}-spaced")
        found = page.evaluate(LOOK)
        if found:
            wrong[size] = found
    assert wrong == {}


@pytest.mark.parametrize("size", SIZES)
def test_marking_moves_no_word_and_marks_lie_on_their_words(
    mount: Callable[..., Any], page: Any, size: str
) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page = mount(spans(ENGLISH, "Officials in Aurelia", "Aurelia said"))
    before = page.evaluate(WORDS)
    for words, key in (("said", "2"), ("64", "3"), ("targets", "1")):
        drag(page, words)
        page.keyboard.press(key)
        settle(page)
        page.evaluate("document.querySelector('.bw-text').scrollTop = 0")
        assert page.evaluate(WORDS) == before
    assert page.evaluate(PAINTED) == sorted(
        ["Officials in Aurelia", "Aurelia said", "said", "64", "targets"]
    )
    assert page.evaluate(TAGS) == []


def heard(page: Any) -> str:
    return str(page.locator(".bw-live[role=status]").text_content()).strip("\xa0")


def test_arrows_follow_the_way_a_paragraph_is_written(mount: Callable[..., Any]) -> None:
    page = mount(spans(FROM_THE_RIGHT, "Nobody"))
    page.focus(".bw-text")
    for key, word in [
        ("Home", "דובר"),
        ("ArrowLeft", "הצבא"),
        ("ArrowLeft", "במרניה"),
        ("ArrowRight", "הצבא"),
    ]:
        page.keyboard.press(key)
        assert heard(page) == word
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("1")
    (mark,) = [
        m for m in page.evaluate("window.model.get('answer').marks") if m["label"] == "source"
    ]
    assert FROM_THE_RIGHT[mark["start"] : mark["end"]] == "הצבא"
    # Its end goes on to the left, too.
    page.keyboard.press("Alt+Shift+ArrowLeft")
    (mark,) = [
        m for m in page.evaluate("window.model.get('answer').marks") if m["label"] == "source"
    ]
    assert FROM_THE_RIGHT[mark["start"] : mark["end"]] == "הצבא במרניה"
    page.keyboard.press("Escape")
    page.keyboard.press("Control+End")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert heard(page) == "else", "in a paragraph from the left the right arrow goes on"
    page.keyboard.press("?")
    assert "← goes on" in page.inner_text(".bw-help")


def test_sentences_from_the_right_are_walked_to_the_left(mount: Callable[..., Any]) -> None:
    page = mount(sentences(FROM_THE_RIGHT))
    page.focus(".bw-text")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    assert "Sentence s02" in heard(page)
    page.keyboard.press("ArrowRight")
    assert "Sentence s01" in heard(page)


def test_a_tag_stands_where_its_mark_begins_to_the_eye(mount: Callable[..., Any]) -> None:
    page = mount(spans(FROM_THE_RIGHT, "הצבא במרניה", "64 מטרות", "Nobody"))
    found = page.evaluate(
        r"""() => {
            const edges = {};
            for (const tag of document.querySelectorAll(".bw-tag")) {
                const { left, right } = tag.getBoundingClientRect();
                edges[tag.textContent] = { left, right };
            }
            for (const [name, layer] of CSS.highlights) {
                const label = /-l(\d)-\d$/.exec(name)?.[1];
                if (!label || !layer.size) continue;
                const [one] = layer;
                const range = document.createRange();
                range.setStart(one.startContainer, one.startOffset);
                range.setEnd(one.endContainer, one.endOffset);
                const { left, right } = range.getBoundingClientRect();
                edges[label] = { left, right };
            }
            return edges;
        }"""
    )
    assert abs(found["says-word"]["right"] - found["1"]["right"]) < 2
    assert abs(found["what was said"]["right"] - found["2"]["right"]) < 2
    assert abs(found["who said it"]["left"] - found["0"]["left"]) < 2


HOSTS = {
    "lab-light": ("", "data-jp-theme-light='true'", False, "light"),
    "lab-dark": ("", "data-jp-theme-light='false'", False, "dark"),
    "vscode-dark": ("", "class='vscode-dark' data-vscode-theme-kind='vscode-dark'", False, "dark"),
    "vscode-light": ("", "class='vscode-light'", True, "light"),
    "vscode-contrast": ("", "class='vscode-high-contrast'", False, "dark"),
    "vscode-contrast-light": (
        "",
        "class='vscode-high-contrast vscode-high-contrast-light'",
        True,
        "light",
    ),
    "colab-dark": ("theme='dark'", "", False, "dark"),
    "colab-light": ("theme='light'", "", True, "light"),
    "white-page-dark-system": ("", "style='background:#fff'", True, "light"),
    "black-page": ("", "style='background:#111'", False, "dark"),
    "says-nothing-dark-system": ("", "", True, "dark"),
    "says-nothing": ("", "", False, "light"),
}
"""What each host writes on its page, what the reader's system asks for, and how we must look."""


def put_in(page: Any, html: str, widget: Any, **headers: str) -> None:
    """A widget on a page made as a host makes it; the module comes from a blob, as anywidget's does."""
    from conftest import BUILT, state_of

    body = f"<!doctype html><html lang='en' {html}<main>{widget.static_html()}<div id='widget'></div></main>"
    page.route(
        "http://host.test/*",
        lambda route: route.fulfill(
            content_type="text/html; charset=utf-8", body=body, headers=headers
        ),
    )
    page.goto("http://host.test/")
    page.add_style_tag(content=(BUILT / "annotator.css").read_text(encoding="utf-8"))
    page.evaluate(Path(__file__).with_name("fake_model.js").read_text(encoding="utf-8"))
    page.evaluate(
        """async ([esm, state]) => {
            const el = document.getElementById("widget");
            Object.assign(window, await window.briefingTest.mount({ esm, state, el }));
        }""",
        [(BUILT / "annotator.js").read_text(encoding="utf-8"), state_of(widget)],
    )
    page.wait_for_selector(".bw")


LEGIBLE = """() => {
    const rgb = colour => {
        const canvas = document.createElement("canvas").getContext("2d");
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const light = colour => {
        const [r, g, b] = rgb(colour).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const style = getComputedStyle(document.querySelector(".bw"));
    const [a, b] = [light(style.color), light(style.backgroundColor)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
}"""


@pytest.mark.parametrize("host", HOSTS)
def test_the_theme_of_every_host_is_taken(page: Any, host: str) -> None:
    root, body, dark_system, wanted = HOSTS[host]
    page.emulate_media(color_scheme="dark" if dark_system else "light")
    # A notebook's colour of the same name, left over from elsewhere, must not be mixed in.
    stray = "" if host.startswith("lab") else "<style>:root{--jp-layout-color1:#808080}</style>"
    put_in(page, f"{root}><head><title>A host</title>{stray}</head><body {body}>", spans())
    assert page.get_attribute(".bw", "data-theme") == wanted
    assert page.evaluate(LEGIBLE) > 10
    picture(page, f"host-{host}")


def test_a_change_of_theme_is_followed(page: Any) -> None:
    put_in(page, "><head><title>A host</title></head><body class='vscode-light'>", spans())
    page.evaluate("document.body.className = 'vscode-dark'")
    page.wait_for_selector(".bw[data-theme=dark]")
    page.evaluate(
        "document.body.className = ''; document.documentElement.setAttribute('theme', 'light')"
    )
    page.wait_for_selector(".bw[data-theme=light]")


def test_it_works_in_a_sandbox_without_storage_or_inline_scripts(page: Any) -> None:
    # An output frame: an origin of its own, so that localStorage throws; no inline script or eval.
    head = "><head><title>A frame</title></head><body>"
    rules = "sandbox allow-scripts; script-src blob:; style-src 'unsafe-inline'; connect-src 'none'"
    put_in(page, head, spans(), **{"Content-Security-Policy": rules})
    with pytest.raises(Exception, match="SecurityError|sandboxed|Access is denied"):
        page.evaluate("localStorage.length")
    drag(page, "targets")
    page.keyboard.press("2")
    page.wait_for_selector(".bw[data-state=saved]")
    settle(page)
    marks = page.evaluate("window.model.get('answer').marks")
    assert [ENGLISH[m["start"] : m["end"]] for m in marks if m["label"] == "cue"][-1] == "targets"
    assert "targets" in page.evaluate(PAINTED)
    assert page.locator("[id^=briefing-static]").is_hidden(), (
        "the static view in the same frame steps back"
    )
    page.evaluate("window.model.ack = false")
    drag(page, "bridge")
    page.keyboard.press("3")
    page.wait_for_selector(".bw[data-state=unsaved]", timeout=15_000)
