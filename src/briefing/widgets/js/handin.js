// entry
// Hand-in: downloads the answers file, shows the receipt, loads a file back, lists earlier versions
// and what this browser keeps. The bytes come from Python and go to Python; nothing goes elsewhere.

import { Asker, SILENT } from "./asking.js";
import { browserStorage, copyKey } from "./copies.js";
import { button, fill, h, once, refill } from "./dom.js";
import { createEarlier, tellQuestions } from "./earlier.js";
import { otherCodes } from "./held.js";
import { createHeldList, inKilobytes as size } from "./heldlist.js";
import { moment } from "./moment.js";
import { createShell } from "./shell.js";
import { saveAs } from "./unsaved.js";

/**
 * What is still empty or only begun, in words.
 * @param {Record<string, any>} told with `empty`, `partly` and `answered`
 */
export function emptySentence({ empty = [], partly = [], answered = 0 }) {
  if (!empty.length && !partly.length) {
    return answered === 1 ? "One answer; nothing is empty." : `${answered} answers; nothing is empty.`;
  }
  const there = answered === 1 ? "1 answer is in the file." : `${answered} answers are in the file.`;
  const begun = partly.length ? ` Not finished: ${partly.join(", ")}.` : "";
  const missing = empty.length ? ` Still empty: ${empty.join(", ")}.` : "";
  return `${there}${begun}${missing} You can go on and download again.`;
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
  const key = `${copyKey(model.get("question"), model.get("student"))}/downloaded`;
  const exercise = String(model.get("question")).split("/")[0];

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
    press: once(async () => {
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
      saveAs(told.name, model.get("data"));
      showReceipt(told);
      try {
        storage?.setItem(key, JSON.stringify({ when: new Date().toISOString(), revision: told.revision }));
      } catch {
        // The receipt on the screen is enough.
      }
      tellLast();
      shell.say(`Downloaded ${told.name}, revision ${told.revision}. ${emptySentence(told)}`);
    }),
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
    if (!told.ok) return;
    shell.say(told.message);
    tellQuestions(exercise);
  });

  // A new session has a new code: whoever worked here before should know where the work is.
  const codes = otherCodes(storage, model.get("student")).filter((code) => code);
  const fresh = codes.length > 0 && otherCodes(storage, codes[0]).indexOf(model.get("student")) < 0;
  const elsewhere = h(
    "p",
    { class: "bq-borrowed", hidden: !fresh },
    "This browser keeps answers under ",
    codes.slice(0, 5).map((code, n) => [n > 0 && ", ", h("strong", { dir: "auto" }, code)]).flat(),
    codes.length > 5 && ` and ${codes.length - 5} more`,
    ", and none under yours. If one of these is you, give that code on the start page, then run all cells here.",
  );

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
    elsewhere,
    config.can_restore && createEarlier({ asker, say: shell.say, exercise }),
    createHeldList({ storage, student: model.get("student"), say: shell.say }),
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
