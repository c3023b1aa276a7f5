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

// js/asked.js
var VERDICTS = (
  /** @type {Record<string, [string, string]>} */
  {
    right: ["✓", "Right"],
    near: ["≈", "Nearly"],
    wrong: ["✗", "Not this one"],
    missed: ["○", "This one"],
    extra: ["✗", "Not asked for"],
    fine: ["✓", "Rightly not chosen"],
    note: ["•", "Note"]
  }
);
function quotation(words) {
  return words ? h("blockquote", { class: "bw-quote", dir: "auto" }, words) : null;
}
function reason(item, about) {
  const verdict2 = Object.hasOwn(VERDICTS, item.verdict) ? item.verdict : "note";
  const [sign, words] = VERDICTS[verdict2];
  const text = item.text.startsWith(`${words}.`) ? item.text.slice(words.length + 1).trim() : item.text;
  return h(
    "p",
    { class: `bw-said bw-verdict-${verdict2}` },
    h(
      "span",
      {},
      about && h("span", { dir: "auto" }, `${about}: `),
      h("strong", { class: `bw-verdict-${verdict2}` }, h("span", { "aria-hidden": "true" }, `${sign} `), `${words}.`),
      item.label && verdict2 !== "right" ? ` Key: ${item.label}.` : "",
      text ? ` ${text}` : ""
    )
  );
}
function checkRow({ model, saver, say, ready, show, beside = [] }) {
  const config = model.get("config") ?? {};
  const summary = h("div", { class: "bw-summary", hidden: true });
  const tries = h("span", { class: "bw-tries" });
  const hint = h("span", { class: "bw-hint", id: unique("hint") });
  const ask = button({
    text: config.check || "Check my answer",
    class: "bw-primary",
    attrs: { "aria-describedby": hint.id },
    press: () => {
      hint.textContent = ready();
      if (hint.textContent) say(hint.textContent);
      else saver.check();
    }
  });
  const can = Boolean(model.get("can_check"));
  const heard = (aloud) => {
    const feedback = { items: [], ...model.get("feedback") };
    if (!feedback.summary && !feedback.items.length) return;
    refill(summary, h("p", {}, feedback.summary));
    summary.hidden = !feedback.summary;
    hint.textContent = "";
    const n = feedback.attempts ?? 0;
    tries.textContent = n > 1 && !config.check ? `${n} tries so far` : "";
    show(feedback);
    if (aloud) say(feedback.summary);
  };
  const later = () => heard(true);
  model.on("change:feedback", later);
  heard(false);
  return {
    node: h(
      "div",
      { class: "bw-check", hidden: !can && !beside.length && summary.hidden },
      h("div", { class: "bw-row" }, can && ask, ...beside, tries, hint),
      summary
    ),
    forget() {
      summary.hidden = true;
      hint.textContent = "";
    },
    destroy() {
      model.off("change:feedback", later);
    }
  };
}

// js/copies.js
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value && typeof value === "object") {
    const parts = [];
    for (const key of Object.keys(value).sort()) {
      const item = value[key];
      if (item === null || item === void 0 || item === "") continue;
      if (key === "attempts" || key === "sha256") continue;
      parts.push(`${JSON.stringify(key)}:${canonical(item)}`);
    }
    return `{${parts.join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}
function digest(answer) {
  const text = canonical(answer);
  let a = 3735928559;
  let b = 1103547991;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}
function verdict(copy, answer, blank) {
  if (!copy || typeof copy.answer !== "object" || copy.answer === null) return "none";
  if (copy.answer.kind !== answer.kind || copy.answer.article !== answer.article) return "none";
  const mine = digest(copy.answer);
  const theirs = digest(answer);
  if (mine === theirs) return "none";
  if (copy.saved) return blank ? "offer" : "none";
  return copy.base === theirs ? "apply" : "offer";
}
var CopyStore = class {
  /**
   * @param {string} question
   * @param {string} student
   * @param {Storage | null} storage
   */
  constructor(question, student, storage) {
    this.storage = question ? storage : null;
    this.key = `briefing/${question}/${student}`;
  }
  /** @returns {Copy | null} */
  read() {
    try {
      const found = this.storage?.getItem(this.key);
      const copy = found ? JSON.parse(found) : null;
      return copy && typeof copy === "object" ? copy : null;
    } catch {
      return null;
    }
  }
  /**
   * @param {Copy} copy
   * @returns {boolean} whether the browser kept it
   */
  write(copy) {
    try {
      if (!this.storage) return false;
      this.storage.setItem(this.key, JSON.stringify(copy));
      return true;
    } catch {
      return false;
    }
  }
  forget() {
    try {
      this.storage?.removeItem(this.key);
    } catch {
    }
  }
};
function browserStorage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

// js/saving.js
var PATIENCE = 2e3;
var ADVICE = "Run this cell again to go on: your work is kept in this browser and comes back. Or download it.";
var Saver = class {
  /**
   * @param {Model} model
   * @param {{blank?: (answer: any) => boolean, storage?: Storage | null, patience?: number}} [options]
   *   `blank` says whether an answer is still empty
   */
  constructor(model, options = {}) {
    this.model = model;
    this.blank = options.blank ?? (() => false);
    this.patience = options.patience ?? PATIENCE;
    const storage = options.storage === void 0 ? browserStorage() : options.storage;
    this.copies = new CopyStore(model.get("question"), model.get("student"), storage);
    this.answer = model.get("answer");
    this.base = digest(this.answer);
    this.pinged = 0;
    this.lost = false;
    this.timer = void 0;
    this.copying = void 0;
    this.watchers = /* @__PURE__ */ new Set();
    this.readers = /* @__PURE__ */ new Set();
    this.offered = null;
    this.news = "";
    this.status = this.restStatus();
    model.on("change:ack", () => this.heard());
    model.on("change:edit", () => this.elsewhere());
    model.on("comm_live_update", () => this.probe());
    this.greet();
  }
  /** Look at the browser's copy once, when the widget comes up. */
  greet() {
    if (this.model.get("readonly")) return;
    const copy = this.copies.read();
    const what = verdict(copy, this.answer, this.blank(this.answer));
    if (!copy || what === "none") return;
    if (what === "offer") {
      this.offered = copy;
      return;
    }
    this.news = "Work that had not been saved was found in this browser. It is back and saved.";
    this.change(copy.answer);
  }
  /** Take the copy that was offered. */
  takeOffer() {
    const copy = this.offered;
    this.offered = null;
    if (!copy) return;
    this.change(copy.answer);
    for (const reader of this.readers) reader(this.answer);
  }
  /** Drop the copy that was offered, here and in the browser. */
  forgetOffer() {
    this.offered = null;
    this.copies.forget();
  }
  /**
   * Keep a new answer: to Python at once, to the browser's copy right after.
   * @param {Record<string, any>} answer
   */
  change(answer) {
    if (this.model.get("readonly")) return;
    this.answer = answer;
    this.send();
    clearTimeout(this.copying);
    this.copying = setTimeout(() => this.copy(false), 0);
  }
  send() {
    this.own = true;
    this.model.set("answer", this.answer);
    this.model.set("edit", (this.model.get("edit") ?? 0) + 1);
    this.own = false;
    this.model.save_changes();
    this.await();
  }
  /** Save now, though nothing changed: for Ctrl+S and "try again". */
  again() {
    if (this.model.get("readonly")) return;
    this.send();
  }
  /** Ask for feedback on the answer as it stands. */
  check() {
    this.model.set("check", (this.model.get("check") ?? 0) + 1);
    this.model.save_changes();
    this.await();
  }
  /** @param {boolean} saved */
  copy(saved) {
    this.copies.write({
      answer: this.answer,
      base: saved ? digest(this.answer) : this.base,
      saved,
      when: (/* @__PURE__ */ new Date()).toISOString()
    });
  }
  await() {
    clearTimeout(this.timer);
    if (!this.lost) this.tell({ state: "saving", text: "Saving…" });
    this.timer = setTimeout(() => this.late(), this.patience);
  }
  late() {
    this.lost = true;
    this.tell({
      state: "unsaved",
      text: "Not saved: the notebook's kernel does not answer.",
      advice: ADVICE
    });
  }
  /** Python has answered. */
  heard() {
    const ack = this.model.get("ack") ?? {};
    if ((ack.edit ?? 0) < this.model.get("edit")) return;
    clearTimeout(this.timer);
    clearTimeout(this.copying);
    this.lost = false;
    if (ack.ok === false) {
      this.copy(false);
      this.tell({ state: "refused", text: "Not saved.", advice: ack.message });
      return;
    }
    this.base = digest(this.answer);
    if (this.model.get("edit") > 0) this.copy(true);
    this.tell(this.restStatus());
  }
  /** Another tab on the same kernel has changed the answer. */
  elsewhere() {
    if (this.own) return;
    this.answer = this.model.get("answer");
    for (const reader of this.readers) reader(this.answer);
  }
  /** The connection changed: ask Python whether it is there. */
  probe() {
    if (this.model.get("readonly")) return;
    this.pinged += 1;
    this.model.set("ping", this.pinged);
    this.model.save_changes();
    this.await();
  }
  /** @returns {Status} what the status line says when nothing is going on */
  restStatus() {
    if (this.model.get("readonly")) return { state: "readonly", text: "For reading only." };
    const ack = this.model.get("ack") ?? {};
    if (this.model.get("config")?.kept === "memory") {
      const text = ack.edit ? "Kept in the notebook's memory." : "";
      return { state: ack.edit ? "saved" : "idle", text };
    }
    if (!ack.saved) return { state: "idle", text: "Nothing to save yet." };
    const more = ack.message ? ` ${ack.message}` : "";
    return { state: "saved", text: `Saved at ${clock(ack.saved)}.${more}` };
  }
  /** @param {Status} status */
  tell(status) {
    this.status = status;
    for (const watcher of this.watchers) watcher(status);
  }
  /**
   * Hear every change of status, the present one first.
   * @param {(status: Status) => void} watcher
   * @returns {() => void} stop hearing
   */
  watch(watcher) {
    this.watchers.add(watcher);
    watcher(this.status);
    return () => this.watchers.delete(watcher);
  }
  /**
   * Hear of answers that come from elsewhere: the browser's copy, another tab.
   * @param {(answer: any) => void} reader
   * @returns {() => void} stop hearing
   */
  read(reader) {
    this.readers.add(reader);
    return () => this.readers.delete(reader);
  }
  /** The answer as a file for the student to keep. */
  download() {
    const file = {
      format: "reading-the-briefing/unsaved-answer",
      version: 1,
      question: this.model.get("question"),
      student: this.model.get("student"),
      when: (/* @__PURE__ */ new Date()).toISOString(),
      answer: this.answer
    };
    const blob = new Blob([JSON.stringify(file, null, 1)], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    const name = `${file.question || "answer"}.${file.student || "me"}.unsaved.json`;
    link.download = name.replace(/[^\p{L}\p{N}._-]+/gu, "-");
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
  }
};
function clock(iso) {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  const two = (n) => String(n).padStart(2, "0");
  return `${two(moment.getHours())}:${two(moment.getMinutes())}`;
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

// js/counting.js
var SAYS_SOMETHING = /[\p{L}\p{N}]/u;
function countWords(text) {
  let words = 0;
  for (const piece of text.split(/\s+/u)) if (SAYS_SOMETHING.test(piece)) words += 1;
  return words;
}
function codePoints(text) {
  let points = 0;
  for (const _ of text) points += 1;
  return points;
}
function wholeCharacters(text) {
  return text.replace(/\p{Surrogate}/gu, "�");
}
function countSentence(words, least, most) {
  const counted = `${words.toLocaleString("en-GB")} ${words === 1 ? "word" : "words"}`;
  if (least === null && most === null) return counted;
  const asked = least !== null && most !== null ? `${least} to ${most} asked for` : least !== null ? `at least ${least} asked for` : `at most ${most} asked for`;
  return `${counted} · ${asked}`;
}
function standing(words, least, most) {
  if (words === 0) return "empty";
  if (least !== null && words < least) return "short";
  if (most !== null && words > most) return "long";
  return "fits";
}

// js/text.js
var REST = 350;
var STANDINGS = { empty: "", short: "Shorter than asked for.", long: "Longer than asked for.", fits: "" };
function render(model, el, saver) {
  const config = model.get("config");
  const least = config.least ?? null;
  const most = config.most ?? null;
  const readonly = Boolean(model.get("readonly"));
  const shell = createShell({
    el,
    model,
    saver,
    name: "text",
    keys: (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") flush();
      return false;
    }
  });
  const titleId = shell.root.getAttribute("aria-labelledby");
  const promptId = unique("prompt");
  const countId = unique("count");
  const refusedId = unique("refused");
  const box = (
    /** @type {HTMLTextAreaElement} */
    h("textarea", {
      class: "bw-box",
      rows: config.rows ?? 4,
      dir: "auto",
      spellcheck: "true",
      readonly,
      "aria-labelledby": config.prompt ? `${titleId} ${promptId}` : titleId,
      "aria-describedby": `${countId} ${refusedId}`
    })
  );
  const count = h("span", { class: "bw-count", id: countId });
  const refused = h("p", { class: "bw-refused", id: refusedId, role: "alert", hidden: true });
  const reasons = h("div", {});
  let resting;
  let waiting = false;
  let good = String(saver.answer.text ?? "");
  let stood = "";
  const row = checkRow({
    model,
    saver,
    say: shell.say,
    ready() {
      flush();
      if (box.value.trim()) return "";
      box.focus();
      return config.ask_first || "Write first, then check.";
    },
    show(feedback) {
      refill(reasons, feedback.items.map((item) => reason(item)));
    }
  });
  function tellCount() {
    const words = countWords(box.value);
    const now = standing(words, least, most);
    count.textContent = countSentence(words, least, most);
    count.dataset.standing = now;
    return now;
  }
  function refuse(words) {
    refused.textContent = words;
    refused.hidden = !words;
  }
  const tooLong = (length) => `That would make ${length.toLocaleString("en-GB")} characters; this box holds ${config.most_characters.toLocaleString("en-GB")}. Nothing was added and your text is as it was.`;
  function flush() {
    clearTimeout(resting);
    if (!waiting) return;
    waiting = false;
    saver.change({ ...saver.answer, text: good });
    const now = tellCount();
    if (now !== stood && STANDINGS[now]) shell.say(STANDINGS[now]);
    stood = now;
  }
  function fits(data) {
    const added = data?.getData("text/plain") ?? "";
    const kept = box.value.length - (box.selectionEnd - box.selectionStart);
    if (added.length + kept <= config.most_characters) return true;
    const before = box.value.slice(0, box.selectionStart) + box.value.slice(box.selectionEnd);
    const length = codePoints(added) + codePoints(before);
    if (length <= config.most_characters) return true;
    refuse(tooLong(length));
    return false;
  }
  box.addEventListener("paste", (event) => {
    if (!fits(event.clipboardData)) event.preventDefault();
  });
  box.addEventListener("drop", (event) => {
    if (!fits(event.dataTransfer)) event.preventDefault();
  });
  box.addEventListener("beforeinput", () => refuse(""));
  box.addEventListener("input", () => {
    if (box.value.length > config.most_characters) {
      const length = codePoints(box.value);
      if (length > config.most_characters) {
        const at = Math.min(box.selectionStart, good.length);
        box.value = good;
        box.setSelectionRange(at, at);
        refuse(tooLong(length));
        return;
      }
    }
    good = wholeCharacters(box.value);
    tellCount();
    refill(reasons);
    row.forget();
    if (!waiting && !saver.lost) saver.tell({ state: "saving", text: "Writing…" });
    waiting = true;
    saver.copies.write({
      answer: { ...saver.answer, text: good },
      base: saver.base,
      saved: false,
      when: (/* @__PURE__ */ new Date()).toISOString()
    });
    clearTimeout(resting);
    resting = setTimeout(flush, REST);
  });
  const leaving = () => flush();
  const hiding = () => {
    if (document.visibilityState === "hidden") flush();
  };
  box.addEventListener("blur", leaving);
  window.addEventListener("pagehide", leaving);
  document.addEventListener("visibilitychange", hiding);
  function show() {
    if (waiting) return;
    good = String(saver.answer.text ?? "");
    if (box.value !== good) {
      box.value = good;
      refill(reasons);
      row.forget();
    }
    stood = tellCount();
  }
  box.value = good;
  stood = tellCount();
  const unread = saver.read(show);
  shell.main.append(
    h(
      "div",
      { class: "bw-body" },
      quotation(config.quote),
      config.prompt && h("p", { class: "bw-prompt", id: promptId }, config.prompt),
      box,
      h("div", { class: "bw-under" }, count),
      refused,
      reasons,
      row.node
    )
  );
  return () => {
    flush();
    window.removeEventListener("pagehide", leaving);
    document.removeEventListener("visibilitychange", hiding);
    unread();
    row.destroy();
    shell.destroy();
  };
}
var text_default = () => {
  let saver;
  return {
    /** @param {{model: import("./saving.js").Model}} given */
    initialize({ model }) {
      saver = new Saver(model, { blank: (answer) => !String(answer.text ?? "").trim() });
    },
    /** @param {{model: import("./saving.js").Model, el: HTMLElement}} given */
    render({ model, el }) {
      return render(model, el, saver);
    }
  };
};
export {
  text_default as default
};
