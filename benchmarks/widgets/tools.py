"""What is compared: how each annotator is shown, and how it is seen that a mark is there.

One entry a tool; nothing here measures.
"""

from __future__ import annotations

from dataclasses import dataclass

COMMON = '''
import json, os, pathlib, time
from ipywidgets import Widget

here = pathlib.Path(os.environ["COMPARED"])
given = json.loads((here / "given.json").read_text())
text, marks = given["text"], given["marks"]
take = Widget.set_state

def heard(self, state):
    """Write down when the kernel has the new marks, before anybody works on them."""
    if "%s" in state:
        with open(here / "heard.txt", "a") as file:
            file.write(f"{time.time() * 1000}\\n")
    return take(self, state)

Widget.set_state = heard
'''

_OURS = """
from collections import namedtuple
from briefing.answers import AnswersStore
from briefing.widgets import Annotator

Article = namedtuple("Article", "id text sha256")
store = AnswersStore("ex02", here / "kept", lambda _: Article("001", text, "0" * 64))
marks = [{"id": f"m{n}", "start": s, "end": e, "label": l} for n, (s, e, l) in enumerate(marks, 1)]
Annotator(
    text, labels=["source", "cue", "content"], marks=marks, article="001", question="ex02/q2",
    save=lambda answer, base: store.save("q2", answer, base),
)
"""

_SPANMARK = """
from spanmark import AnnotationSession

suggestions = [{"start": s, "end": e, "label": l} for s, e, l in marks]
session = AnnotationSession(
    [{"id": "d", "text": text, "suggestions": suggestions}],
    labels=["source", "cue", "content"],
    output_path=here / "kept" / "spans.jsonl",
    allow_overlaps=OVERLAPS,
)
session.display()
"""

_JUPYTERANNOTATE = """
from jupyterannotate import AnnotateWidget

spans = [{"start": s, "end": e, "text": text[s:e], "label": l} for s, e, l in marks]
AnnotateWidget(docs=[text], spans=[spans], labels=["source", "cue", "content"])
"""

_IPYANNOTATIONS = """
from ipyannotations.text import TextTagger

TextTagger(
    classes=["source", "cue", "content"], text=text, data=[tuple(mark) for mark in marks],
)
"""

_RECOGITO = """
import anywidget, traitlets

class Recogito(anywidget.AnyWidget):
    _esm = here / "recogito.bundle.js"
    _css = here / "recogito.bundle.css"
    text = traitlets.Unicode().tag(sync=True)
    renderer = traitlets.Unicode().tag(sync=True)
    marks = traitlets.List().tag(sync=True)

marks = [{"id": f"m{n}", "start": s, "end": e, "label": l} for n, (s, e, l) in enumerate(marks, 1)]
Recogito(text=text, renderer=RENDERER, marks=marks)
"""

_NOTHING = """
class Nothing(__import__("anywidget").AnyWidget):
    _esm = '''export default { render({ model, el }) {
        const text = document.createElement("div");
        text.className = "compared-text";
        text.style.whiteSpace = "pre-wrap";
        text.textContent = model.get("text");
        text.addEventListener("mouseup", () => {
            el.dataset.made = String(Number(el.dataset.made ?? 0) + 1);
            text.style.outline = `${el.dataset.made}px solid red`;
            model.set("made", Number(el.dataset.made));
            model.save_changes();
        });
        el.append(text);
    } }'''
    text = __import__("traitlets").Unicode().tag(sync=True)
    made = __import__("traitlets").Int().tag(sync=True)

Nothing(text=text)
"""

_LAYERS = "[...CSS.highlights].reduce((n, [name, h]) => n + (/%s/.test(name) ? h.size : 0), 0)"


@dataclass(frozen=True, slots=True)
class Tool:
    """One annotator as it is compared.

    `trait` is what it sends to the kernel; `root` holds the text, `skip` what is written between
    its words; `shown` counts what is painted for marks. `overlaps` says which marks it starts from.
    `label` is what must be pressed after the words were selected, where it does not mark by itself,
    and `selected` counts what is painted for the selection. `kept` is the file it writes by itself.
    """

    name: str
    cell: str
    trait: str
    root: str
    shown: str
    overlaps: bool
    skip: str = ""
    newlines: bool = True
    label: str = ""
    selected: str = ""
    kept: str = ""
    acknowledged: bool = False


OURS = "this course's annotator"
FLOOR = "nothing (an outline is drawn)"

TOOLS = (
    Tool(
        OURS, _OURS, "edit", ".bw-text", _LAYERS % r"^bw-hl-.*-l\d+-\d+$", True, ".bw-tags", False,
        ".bw-palette [data-label=cue]", _LAYERS % "^bw-hl-.*-pending$", "kept/*.answers.json", True,
    ),
    Tool(
        "recogito text-annotator, elements", _RECOGITO.replace("RENDERER", '"SPANS"'), "marks",
        ".compared-text", "document.querySelectorAll('.r6o-annotation').length", True,
        ".r6o-span-highlight-layer",
    ),
    Tool(
        "recogito text-annotator, CSS highlights",
        _RECOGITO.replace("RENDERER", '"CSS_HIGHLIGHTS"'), "marks", ".compared-text",
        _LAYERS % ".", True,
    ),
    Tool(
        "spanmark, overlap", _SPANMARK.replace("OVERLAPS", "True"), "spans", ".so-textlayer",
        "document.querySelectorAll('.so-rail-badge').length", True, kept="kept/.*autosave",
    ),
    Tool(
        "spanmark, no overlap", _SPANMARK.replace("OVERLAPS", "False"), "spans", ".so-textlayer",
        "document.querySelectorAll('mark.so-inline-span').length", False, ".so-inline-label",
        kept="kept/.*autosave",
    ),
    Tool(
        "jupyterannotate", _JUPYTERANNOTATE, "spans", ".content",
        "document.querySelectorAll('.content .span').length", False,
    ),
    Tool(
        "ipyannotations", _IPYANNOTATIONS, "entity_spans", ".entity-tagger",
        "document.querySelectorAll('mark.entity').length", False, ".entity-label",
    ),
    Tool(
        FLOOR, _NOTHING, "made", ".compared-text",
        "document.querySelector('[data-made]')?.dataset.made ?? 0", True,
    ),
)  # fmt: skip
