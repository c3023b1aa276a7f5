// js/copies.js
function browserStorage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

// js/saving.js
var PATIENCE = 2e3;

// js/asking.js
var Asker = class {
  /**
   * @param {import("./saving.js").Model} model
   * @param {number} [patience] milliseconds
   */
  constructor(model, patience = PATIENCE) {
    this.model = model;
    this.patience = patience;
    this.open = /* @__PURE__ */ new Map();
    model.on("change:told", () => this.heard());
    this.news = "";
    this.offered = null;
  }
  /**
   * @param {string} what the name of the wish
   * @param {Record<string, any>} details
   * @param {() => void} late called when there is no answer in time
   * @returns {Promise<Told>}
   */
  ask(what, details, late) {
    const n = (this.model.get("wish")?.n ?? 0) + 1;
    const told = new Promise((done) => {
      this.open.set(n, { done, timer: setTimeout(late, this.patience) });
    });
    this.model.set("wish", { n, what, ...details });
    this.model.save_changes();
    return told;
  }
  heard() {
    const told = this.model.get("told") ?? {};
    const waiting = this.open.get(told.n);
    if (!waiting) return;
    this.open.delete(told.n);
    clearTimeout(waiting.timer);
    waiting.done(told);
  }
  /**
   * The frame's status line stays empty: these widgets say what happened beside their buttons.
   * @param {(status: import("./saving.js").Status) => void} watcher
   */
  watch(watcher) {
    watcher({ state: "idle", text: "" });
    return () => {
    };
  }
  again() {
  }
  download() {
  }
  takeOffer() {
  }
  forgetOffer() {
  }
};
var SILENT = "The notebook's kernel does not answer. Run this cell again, then press the button once more.";

// js/dom.js
function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === void 0 || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "dataset") Object.assign(node.dataset, value);
    else if (name === "style") {
      for (const [key, item] of Object.entries(value)) node.style.setProperty(key, String(item));
    } else if (name === "on") {
      for (const [type, listener] of Object.entries(value)) {
        node.addEventListener(
          type,
          /** @type {EventListener} */
          listener
        );
      }
    } else node.setAttribute(name, value === true ? "" : String(value));
  }
  fill(node, ...children);
  return node;
}
function fill(node, ...children) {
  for (const child of children.flat()) {
    if (child === null || child === void 0 || child === false || child === "") continue;
    node.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}
function refill(node, ...children) {
  while (node.firstChild) node.removeChild(node.firstChild);
  fill(node, ...children);
}
function button({ label, text, title, class: name = "", press, attrs = {} }) {
  const made2 = h(
    "button",
    {
      type: "button",
      class: `bw-button ${name}`.trim(),
      "aria-label": label,
      title: title ?? label,
      on: { click: press },
      ...attrs
    },
    text ?? label
  );
  return (
    /** @type {HTMLButtonElement} */
    made2
  );
}
var made = 0;
function unique(stem) {
  made += 1;
  return `bw-${stem}-${made}-${Math.random().toString(36).slice(2, 8)}`;
}

// js/shell.js
var CELLS = ".jp-Cell, .cell, [data-cell]";
function createShell({ el, model, saver, name, keys }) {
  const titleId = unique("title");
  const head = h("div", { class: "bw-head" }, h("div", { class: "bw-title", id: titleId }, model.get("title")));
  const bar = h("div", { class: "bw-bar" });
  const main = h("div", { class: "bw-main" });
  const notice = h("div", { class: "bw-notice", role: "alert", hidden: true });
  const offer = h("div", { class: "bw-notice bw-offer", role: "group", "aria-label": "A copy in this browser", hidden: true });
  const status = h("div", { class: "bw-status" });
  const live = h("div", { class: "bw-live", role: "status", "aria-live": "polite", "aria-atomic": "true" });
  const foot = h("div", { class: "bw-foot" }, status);
  const root = h(
    "div",
    {
      class: `bw bw-${name}`,
      role: "group",
      "aria-labelledby": titleId,
      "data-lm-suppress-shortcuts": "true"
    },
    head,
    bar,
    main,
    notice,
    offer,
    foot,
    live
  );
  fill(el, root);
  const stop = guardKeys(root, (event) => {
    if (keys?.(event)) return true;
    const command = event.ctrlKey || event.metaKey;
    if (command && !event.altKey && event.key.toLowerCase() === "s") {
      saver.again();
      asked = true;
      return true;
    }
    if (event.key === "Escape") {
      leave(root);
      return true;
    }
    return false;
  });
  let asked = false;
  let before = "";
  const say = announcer(live);
  const unwatch = saver.watch((now) => {
    root.dataset.state = now.state;
    status.textContent = now.text;
    const bad = now.state === "unsaved" || now.state === "refused";
    notice.hidden = !bad;
    if (bad && before !== now.state + (now.advice ?? "")) {
      refill(
        notice,
        h("p", {}, h("strong", {}, now.text), " ", now.advice ?? ""),
        h(
          "div",
          { class: "bw-row" },
          button({ text: "Try again", press: () => saver.again() }),
          button({ text: "Download my answer", press: () => saver.download() })
        )
      );
    }
    if (now.state === "saved" && (asked || before.startsWith("unsaved"))) say(now.text);
    if (now.state !== "saving") asked = asked && now.state === "readonly";
    if (now.state !== "saving") before = now.state + (now.advice ?? "");
  });
  if (saver.news) {
    say(saver.news);
    status.textContent = saver.news;
  }
  showOffer(offer, saver);
  const unhide = hideStatic(root, model.get("static_id"));
  return {
    root,
    head,
    bar,
    main,
    foot,
    say,
    destroy() {
      stop();
      unwatch();
      unhide();
    }
  };
}
function guardKeys(root, handle) {
  const down = (event) => {
    const key = (
      /** @type {KeyboardEvent} */
      event
    );
    if (!key.isComposing && !key.defaultPrevented && handle(key)) key.preventDefault();
    key.stopPropagation();
  };
  const hush = (event) => event.stopPropagation();
  root.addEventListener("keydown", down);
  for (const type of ["keypress", "keyup", "copy", "cut", "paste"]) root.addEventListener(type, hush);
  return () => {
    root.removeEventListener("keydown", down);
    for (const type of ["keypress", "keyup", "copy", "cut", "paste"]) {
      root.removeEventListener(type, hush);
    }
  };
}
function leave(root) {
  const cell = root.closest(CELLS);
  if (cell instanceof HTMLElement && cell.tabIndex >= -1) cell.focus({ preventScroll: true });
  const active = document.activeElement;
  if (active instanceof HTMLElement && root.contains(active)) active.blur();
}
function announcer(live) {
  let odd = false;
  return (words) => {
    odd = !odd;
    live.textContent = odd ? words : `${words} `;
  };
}
function hideStatic(root, id) {
  let hidden = null;
  const hide = () => {
    if (!id || hidden) return;
    const query = `[id="${CSS.escape(id)}"]`;
    const found = (root.closest(CELLS) ?? document).querySelector(query);
    if (!(found instanceof HTMLElement) || root.contains(found)) return;
    const output = found.closest(".jp-OutputArea-child, .output_area");
    hidden = output instanceof HTMLElement && !output.contains(root) ? output : found;
    hidden.classList.add("bw-hidden");
  };
  hide();
  const later = requestAnimationFrame(() => hide());
  return () => {
    cancelAnimationFrame(later);
    hidden?.classList.remove("bw-hidden");
    hidden = null;
  };
}
function showOffer(offer, saver) {
  if (!saver.offered) return;
  const when = saver.offered.when?.slice(0, 16).replace("T", " ");
  const done = () => {
    offer.hidden = true;
  };
  fill(
    offer,
    h("p", {}, h("strong", {}, "This browser holds another version of your answer"), ` (${when} UTC).`),
    h(
      "div",
      { class: "bw-row" },
      button({
        text: "Use it",
        press: () => {
          saver.takeOffer();
          done();
        }
      }),
      button({ text: "Keep what is here", press: done }),
      button({
        text: "Forget it on this computer",
        press: () => {
          saver.forgetOffer();
          done();
        }
      })
    )
  );
  offer.hidden = false;
}

// js/handin.js
function save(name, data) {
  const part = (
    /** @type {BlobPart} */
    data
  );
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([part], { type: "application/json" }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
}
function moment(iso) {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return iso;
  return when.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}
function emptySentence(empty) {
  if (!empty.length) return "Nothing is empty.";
  return `Still empty: ${empty.join(", ")}. You can fill it in and download again.`;
}
function size(bytes) {
  return bytes < 1e3 ? `${bytes} bytes` : `${Math.round(bytes / 1e3).toLocaleString("en-GB")} kB`;
}
function render(model, el, asker) {
  const config = model.get("config");
  const shell = createShell({ el, model, saver: (
    /** @type {any} */
    asker
  ), name: "handin" });
  shell.foot.hidden = true;
  const storage = browserStorage();
  const key = `briefing/${model.get("question")}/${model.get("student")}/downloaded`;
  const receipt = h("div", { class: "bw-receipt", hidden: true });
  const problem = h("p", { class: "bw-refused", role: "alert", hidden: true });
  const loaded = h("p", { class: "bw-loaded", hidden: true });
  const last = h("p", { class: "bw-last" });
  const input = (
    /** @type {HTMLInputElement} */
    h("input", { type: "file", accept: ".json,application/json", hidden: true, tabindex: -1, "aria-hidden": "true" })
  );
  function wrong(words) {
    problem.textContent = words;
    problem.hidden = !words;
  }
  function tellLast() {
    let kept = null;
    try {
      kept = JSON.parse(storage?.getItem(key) ?? "null");
    } catch {
    }
    last.textContent = kept?.when ? `Last downloaded on this computer: ${moment(kept.when)}, revision ${Number(kept.revision)}.` : "Not downloaded on this computer yet.";
  }
  function showReceipt(told) {
    const rows = [
      ["File", `${told.name} (${size(told.size)})`],
      ["Student", model.get("student")],
      ["Revision", String(told.revision)],
      ["Saved", told.saved ? moment(told.saved) : "nothing was saved yet"]
    ];
    refill(
      receipt,
      h("h4", { class: "bw-subtitle" }, "Your receipt"),
      h("dl", { class: "bw-facts" }, rows.filter(([, words]) => words).map(([name, words]) => [h("dt", {}, name), h("dd", { dir: "auto" }, words)]).flat()),
      h("p", {}, emptySentence(told.empty)),
      h("p", {}, "The file is in your downloads. Give that file to your teacher in the way you agreed.")
    );
    receipt.hidden = false;
  }
  const get = button({
    text: "Download my answers",
    class: "bw-primary",
    press: async () => {
      wrong("");
      get.setAttribute("aria-busy", "true");
      const told = await asker.ask("pack", {}, () => {
        get.removeAttribute("aria-busy");
        const where = config.place ? ` What the other questions call saved lies in ${config.place}.` : "";
        wrong(`${SILENT}${where}`);
      });
      get.removeAttribute("aria-busy");
      wrong(told.ok ? "" : told.message);
      if (!told.ok) return;
      save(told.name, model.get("data"));
      showReceipt(told);
      try {
        storage?.setItem(key, JSON.stringify({ when: (/* @__PURE__ */ new Date()).toISOString(), revision: told.revision }));
      } catch {
      }
      tellLast();
      shell.say(`Downloaded ${told.name}, revision ${told.revision}. ${emptySentence(told.empty)}`);
    }
  });
  const choose = button({ text: "Load a file back…", press: () => input.click() });
  input.addEventListener("change", async () => {
    const file = input.files?.[0];
    if (!file) return;
    wrong("");
    loaded.hidden = true;
    const { name } = file;
    if (file.size > config.most_bytes) {
      wrong(`${name} has ${size(file.size)}; an answers file has at most ${size(config.most_bytes)}. Nothing was changed.`);
      input.value = "";
      return;
    }
    let bytes;
    try {
      bytes = await file.arrayBuffer();
    } catch {
      wrong(`${name} could not be read. Nothing was changed; choose it once more.`);
      return;
    } finally {
      input.value = "";
    }
    model.set("upload", new DataView(bytes));
    const told = await asker.ask("load", { name, size: bytes.byteLength }, () => wrong(SILENT));
    wrong(told.ok ? "" : told.message);
    loaded.textContent = told.ok ? told.message : "";
    loaded.hidden = !told.ok;
    if (told.ok) shell.say(told.message);
  });
  tellLast();
  const body = h("div", { class: "bw-body" });
  fill(
    body,
    config.borrowed && h("p", { class: "bw-borrowed" }, "This session forgets everything when it ends, and it ends after some idle minutes. Download before you leave."),
    h("div", { class: "bw-row" }, get, config.can_load && choose, input),
    last,
    problem,
    receipt,
    loaded,
    config.place && h("p", { class: "bw-place" }, "The same file lies in ", h("code", {}, config.place), ".")
  );
  shell.main.append(body);
  return () => shell.destroy();
}
var handin_default = () => {
  let asker;
  return {
    /** @param {{model: import("./saving.js").Model}} given */
    initialize({ model }) {
      asker = new Asker(model);
    },
    /** @param {{model: import("./saving.js").Model, el: HTMLElement}} given */
    render({ model, el }) {
      return render(model, el, asker);
    }
  };
};
export {
  handin_default as default,
  emptySentence,
  moment
};
