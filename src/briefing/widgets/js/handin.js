// entry
// Hand-in: downloads the answers file, shows the receipt, loads a file back. The bytes come from
// Python and go to Python; nothing is sent anywhere else.

import { Asker, SILENT } from "./asking.js";
import { browserStorage } from "./copies.js";
import { button, fill, h, refill } from "./dom.js";
import { createShell } from "./shell.js";

/**
 * Offer bytes as a download.
 * @param {string} name
 * @param {DataView | ArrayBuffer | Uint8Array} data
 */
function save(name, data) {
  const part = /** @type {BlobPart} */ (data);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([part], { type: "application/json" }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * A moment in the reader's own time zone, such as "22 Nov 2026, 19:40".
 * @param {string} iso
 */
export function moment(iso) {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return iso;
  return when.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

/**
 * What is still empty or only begun, in words.
 * @param {{empty: string[], partly?: string[], answered: number}} told
 */
export function emptySentence({ empty, partly = [], answered }) {
  if (!empty.length && !partly.length) {
    return answered === 1 ? "One answer; nothing is empty." : `${answered} answers; nothing is empty.`;
  }
  const there = answered === 1 ? "1 answer is in the file." : `${answered} answers are in the file.`;
  const begun = partly.length ? ` Not finished: ${partly.join(", ")}.` : "";
  const missing = empty.length ? ` Still empty: ${empty.join(", ")}.` : "";
  return `${there}${begun}${missing} You can go on and download again.`;
}

/** @param {number} bytes */
function size(bytes) {
  return bytes < 1000 ? `${bytes} bytes` : `${Math.round(bytes / 1000).toLocaleString("en-GB")} kB`;
}

/**
 * @param {import("./saving.js").Model} model
 * @param {HTMLElement} el
 * @param {Asker} asker
 */
function render(model, el, asker) {
  const config = model.get("config");
  const shell = createShell({ el, model, saver: /** @type {any} */ (asker), name: "handin" });
  shell.foot.hidden = true;
  const storage = browserStorage();
  const key = `briefing/${model.get("question")}/${model.get("student")}/downloaded`;

  const receipt = h("div", { class: "bq-receipt", hidden: true });
  const problem = h("p", { class: "bq-refused", role: "alert", hidden: true });
  const loaded = h("p", { class: "bq-loaded", hidden: true });
  const last = h("p", { class: "bq-last" });
  const place = h(
    "p",
    { class: "bq-place", hidden: !config.place },
    "Your answers are also saved in ",
    h("code", {}, config.place),
    ".",
  );
  const input = /** @type {HTMLInputElement} */ (
    h("input", { type: "file", accept: ".json,application/json", hidden: true, tabindex: -1, "aria-hidden": "true" })
  );

  /** @param {string} words */
  function wrong(words) {
    problem.textContent = words;
    problem.hidden = !words;
  }
  function tellLast() {
    let kept = null;
    try {
      kept = JSON.parse(storage?.getItem(key) ?? "null");
    } catch {
      // A browser that forbids storage remembers nothing.
    }
    last.textContent = kept?.when
      ? `Last downloaded on this computer: ${moment(kept.when)}, revision ${Number(kept.revision)}.`
      : "Not downloaded on this computer yet.";
  }
  /** @param {import("./asking.js").Told} told */
  function showReceipt(told) {
    const rows = [
      ["File", `${told.name} (${size(told.size)})`],
      ["Student", model.get("student")],
      ["Revision", String(told.revision)],
      ["Saved", told.saved ? moment(told.saved) : "nothing was saved yet"],
    ];
    refill(
      receipt,
      h("h4", { class: "bq-subtitle" }, "Your receipt"),
      h("dl", { class: "bq-facts" }, rows.filter(([, words]) => words).map(([name, words]) => [h("dt", {}, name), h("dd", { dir: "auto" }, words)]).flat()),
      h("p", {}, emptySentence(told)),
      h("p", {}, "The file is in your downloads. Give that file to your teacher in the way you agreed."),
      told.place && h("p", {}, "The same file lies in ", h("code", {}, told.place), "."),
    );
    receipt.hidden = false;
    place.hidden = true;
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
        storage?.setItem(key, JSON.stringify({ when: new Date().toISOString(), revision: told.revision }));
      } catch {
        // The receipt on the screen is enough.
      }
      tellLast();
      shell.say(`Downloaded ${told.name}, revision ${told.revision}. ${emptySentence(told)}`);
    },
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
  const body = h("div", { class: "bq-body" });
  fill(
    body,
    config.borrowed &&
      h("p", { class: "bq-borrowed" }, "This session forgets everything when it ends, and it ends after some idle minutes. Download before you leave."),
    h("div", { class: "bw-row" }, get, config.can_load && choose, input),
    last,
    problem,
    receipt,
    loaded,
    place,
  );
  shell.main.append(body);
  return () => shell.destroy();
}

export default () => {
  /** @type {Asker} */
  let asker;
  return {
    /** @param {{model: import("./saving.js").Model}} given */
    initialize({ model }) {
      asker = new Asker(model);
    },
    /** @param {{model: import("./saving.js").Model, el: HTMLElement}} given */
    render({ model, el }) {
      return render(model, el, asker);
    },
  };
};
