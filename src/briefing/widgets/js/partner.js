// The button that takes a partner's file to compare with. The bytes go to Python, which reads them
// strictly; here nothing of them is looked at, and nothing is kept.

import { SILENT } from "./asking.js";
import { button, h } from "./dom.js";
import { plain } from "./plain.js";

/**
 * @param {import("./saving.js").Model} model
 * @param {import("./asking.js").Asker} asker
 * @param {(words: string) => void} say
 * @returns {HTMLElement}
 */
export function partnerRow(model, asker, say) {
  const config = model.get("config");
  const told = h("p", { class: "bw-aside bw-partner-told", dir: "auto" }, "The file is only shown here; nothing of it is kept.");
  const input = /** @type {HTMLInputElement} */ (
    h("input", { type: "file", accept: ".json,application/json", hidden: true, tabindex: -1, "aria-hidden": "true" })
  );
  const tell = (/** @type {string} */ words, wrong = false) => {
    told.textContent = plain(words);
    told.classList.toggle("bw-partner-wrong", wrong);
    say(words);
  };
  input.addEventListener("change", async () => {
    const file = input.files?.[0];
    if (!file) return;
    const { name, size } = file;
    try {
      if (size > config.most_bytes) {
        tell(`${name} is larger than any answers file. Nothing was compared.`, true);
        return;
      }
      const bytes = await file.arrayBuffer();
      model.set("upload", new DataView(bytes));
      const answer = await asker.ask("compare", { name, size: bytes.byteLength }, () => tell(SILENT, true));
      tell(answer.message, !answer.ok);
    } catch {
      tell(`${name} could not be read. Choose it once more.`, true);
    } finally {
      input.value = "";
    }
  });
  return h(
    "div",
    { class: "bw-row bw-partner" },
    button({ text: config.choose, class: "bw-primary", press: () => input.click() }),
    input,
    told,
  );
}
