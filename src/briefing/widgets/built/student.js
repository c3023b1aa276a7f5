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

// js/student.js
function render(model, el, asker) {
  const config = model.get("config");
  const shell = createShell({ el, model, saver: (
    /** @type {any} */
    asker
  ), name: "student" });
  shell.foot.hidden = true;
  const fieldId = unique("code");
  const hintId = unique("hint");
  const problemId = unique("problem");
  const now = h("strong", { class: "bw-code", dir: "auto" });
  const problem = h("p", { class: "bw-refused", role: "alert", id: problemId, hidden: true });
  const done = h("p", { class: "bw-loaded", hidden: true });
  const field = (
    /** @type {HTMLInputElement} */
    h("input", {
      type: "text",
      id: fieldId,
      class: "bw-code-field",
      dir: "auto",
      autocomplete: "off",
      autocapitalize: "none",
      spellcheck: "false",
      "aria-describedby": `${hintId} ${problemId}`
    })
  );
  function wrong(words) {
    problem.textContent = words;
    problem.hidden = !words;
    if (words) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
  function right(words) {
    done.textContent = words;
    done.hidden = !words;
    if (words) shell.say(words);
  }
  function paint() {
    refill(now, model.get("student"));
  }
  async function keep() {
    wrong("");
    right("");
    const told = await asker.ask("save", { code: field.value.slice(0, 1e5) }, () => wrong(`${SILENT} Your code is as it was.`));
    wrong(told.ok ? "" : told.message);
    if (!told.ok) {
      field.focus();
      return;
    }
    field.value = told.code;
    right(told.message);
  }
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    keep();
  });
  const another = button({
    text: "Propose another",
    press: async () => {
      wrong("");
      right("");
      const told = await asker.ask("propose", {}, () => wrong(SILENT));
      if (told.ok) {
        field.value = told.code;
        shell.say(`${told.code}. ${told.message}`);
        field.focus();
      } else wrong(told.message);
    }
  });
  field.value = model.get("student");
  paint();
  model.on("change:student", paint);
  shell.main.append(
    h(
      "div",
      { class: "bw-body" },
      h("p", { class: "bw-now" }, "Your code is ", now, "."),
      h("label", { for: fieldId, class: "bw-label" }, "Another code"),
      h(
        "div",
        { class: "bw-row" },
        field,
        button({ text: "Save", class: "bw-primary", press: keep }),
        config.can_propose && another
      ),
      h("p", { class: "bw-hint", id: hintId }, "The code stands in your answers file instead of your name. Write it down."),
      problem,
      done
    )
  );
  return () => {
    model.off("change:student", paint);
    shell.destroy();
  };
}
var student_default = () => {
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
  student_default as default
};
