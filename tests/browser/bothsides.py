"""A page with real built modules over real Python widgets: what the browser sets, Python hears.

The front end's model is a small stand-in for the one of JupyterLab; everything that it saves goes
to the widget's traits, and every trait that Python changes comes back. `cut()` kills the kernel.
"""

from __future__ import annotations

import base64
from typing import Any

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Widgets</title>
<style>body{margin:12px;font-family:sans-serif}
body[data-jp-theme-light="false"]{background:#111;color:#eee;
--jp-layout-color1:#111111;--jp-ui-font-family:sans-serif}</style>
</head><body data-jp-theme-light="true"><main></main><script type="module">
const pack = (v) => {
  if (v instanceof DataView) {
    let s = "";
    for (let i = 0; i < v.byteLength; i += 1) s += String.fromCharCode(v.getUint8(i));
    return { $bytes: btoa(s) };
  }
  return v;
};
const unpack = (v) => {
  if (v && typeof v === "object" && "$bytes" in v) {
    const s = atob(v.$bytes);
    const d = new DataView(new ArrayBuffer(s.length));
    for (let i = 0; i < s.length; i += 1) d.setUint8(i, s.charCodeAt(i));
    return d;
  }
  return v;
};
class Model {
  constructor(id, state) {
    this.id = id; this.state = {}; this.dirty = {}; this.calls = new Map();
    for (const [k, v] of Object.entries(state)) this.state[k] = unpack(v);
  }
  get(name) { return this.state[name]; }
  set(name, value) {
    const same = this.state[name] === value;
    this.state[name] = value; this.dirty[name] = value;
    if (!same) this.tell("change:" + name);
  }
  async save_changes() {
    const sent = Object.fromEntries(Object.entries(this.dirty).map(([k, v]) => [k, pack(v)]));
    this.dirty = {};
    // Python counts code points: half characters must not even reach the wire.
    const back = await window.toPython(this.id, JSON.stringify(sent));
    this.take(JSON.parse(back));
  }
  take(back) {
    const names = Object.keys(back);
    for (const k of names) this.state[k] = unpack(back[k]);
    for (const k of names) this.tell("change:" + k);
  }
  on(name, call) {
    if (!this.calls.has(name)) this.calls.set(name, new Set());
    this.calls.get(name).add(call);
  }
  off(name, call) {
    if (name && call) this.calls.get(name)?.delete(call);
    else if (name) this.calls.delete(name);
    else this.calls.clear();
  }
  tell(name) { for (const call of [...(this.calls.get(name) ?? [])]) call(); }
}
window.models = {};
window.put = async (id, state, esm, css, staticHtml) => {
  const cell = document.createElement("div");
  cell.className = "jp-Cell"; cell.tabIndex = -1; cell.dataset.of = id;
  cell.innerHTML = staticHtml;
  const style = document.createElement("style");
  style.textContent = css;
  const el = document.createElement("div");
  cell.append(style, el);
  document.querySelector("main").append(cell);
  const url = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
  const widget = (await import(url)).default();
  const model = new Model(id, state);
  window.models[id] = model;
  model.close = widget.initialize?.({ model });
  model.show = (el) => {
    const stop = widget.render?.({ model, el });
    model.stop = () => stop?.();
  };
  model.show(el);
  model.again = () => {
    const next = document.createElement("div");
    cell.append(next);
    model.show(next);
  };
};
window.ready = true;
</script></body></html>"""


def _out(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"$bytes": base64.b64encode(bytes(value)).decode()}
    return value


def _in(value: Any) -> Any:
    if isinstance(value, dict) and "$bytes" in value:
        return memoryview(base64.b64decode(value["$bytes"]))
    return value


class BothSides:
    """A page of widgets; `put` shows one, `cut` lets Python fall silent."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.widgets: dict[str, Any] = {}
        self.silent = False
        self.heard: list[dict[str, Any]] = []
        page.expose_function("toPython", self._hear)
        self.open(address)

    def open(self, address: str) -> None:
        """Load the page afresh, as a reload does; the browser's storage stays."""
        self.page.route(address, lambda route: route.fulfill(body=PAGE, content_type="text/html"))
        self.page.goto(address)
        self.page.wait_for_function("window.ready === true")

    def put(self, widget: Any) -> Any:
        """Show a widget; returns the locator of its frame."""
        name = f"w{len(self.widgets)}"
        self.widgets[name] = widget
        state = {key: _out(value) for key, value in widget.get_state().items() if key != "layout"}
        esm, css = state.pop("_esm"), state.pop("_css")
        self.page.evaluate(
            "([id, state, esm, css, html]) => window.put(id, state, esm, css, html)",
            [name, state, esm, css, widget.static_html()],
        )
        return self.page.locator(f'[data-of="{name}"] .bw')

    def cut(self) -> None:
        """From now on Python hears nothing and says nothing."""
        self.silent = True

    def _hear(self, name: str, sent: str) -> str:
        import json

        changes = {key: _in(value) for key, value in json.loads(sent).items()}
        if self.silent:
            return "{}"
        self.heard.append(changes)
        widget = self.widgets[name]
        before = {key: widget.get_state(key)[key] for key in widget.keys if key[0] != "_"}
        widget.set_state(changes)
        after = {key: widget.get_state(key)[key] for key in before}
        back = {key: _out(after[key]) for key in after if after[key] != before[key]}
        return json.dumps({k: v for k, v in back.items() if k not in changes or v != changes[k]})
