// entry
// Short text with a live word count. Saved soon after the last key, now and then between, and whenever
// the box is left; a text that is too long is refused with a sentence, and what was there stays.

import { checkRow, quotation, reason } from "./asked.js";
import { h, refill, unique } from "./dom.js";
import { latin } from "./latin.js";
import { keepRoom, tooLong } from "./room.js";
import { Saver } from "./saving.js";
import { createShell } from "./shell.js";
import { codePoints, countSentence, countWords, standing, wholeCharacters } from "./counting.js";

/** How long after the last key the text is sent (milliseconds). */
const REST = 350;
/** How long that is put off at most while keys follow each other. */
const LONGEST = 600;

const STANDINGS = { empty: "", short: "Shorter than asked for.", long: "Longer than asked for.", fits: "" };

/**
 * @param {import("./saving.js").Model} model
 * @param {HTMLElement} el
 * @param {Saver} saver
 */
function render(model, el, saver) {
  const config = model.get("config");
  const least = config.least ?? null;
  const most = config.most ?? null;
  const readonly = Boolean(model.get("readonly"));
  const shell = createShell({
    el,
    model,
    saver,
    name: "writing",
    keys: (event) => {
      if ((event.ctrlKey || event.metaKey) && latin(event).toLowerCase() === "s") flush();
      return false;
    },
  });
  const titleId = shell.root.getAttribute("aria-labelledby");
  const promptId = unique("prompt");
  const countId = unique("count");
  const refusedId = unique("refused");
  const box = /** @type {HTMLTextAreaElement} */ (
    h("textarea", {
      class: "bq-box",
      style: { "--rows": config.rows ?? 4 },
      rows: config.rows ?? 4,
      dir: "auto",
      spellcheck: "true",
      readonly,
      "aria-labelledby": config.prompt ? `${titleId} ${promptId}` : titleId,
      "aria-describedby": `${countId} ${refusedId}`,
    })
  );
  const count = h("span", { class: "bq-count", id: countId });
  const refused = h("p", { class: "bq-refused", id: refusedId, role: "alert", hidden: true });
  const reasons = h("div", {});
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;
  let waiting = false;
  let since = 0;
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
    },
  });

  function tellCount() {
    const words = countWords(box.value);
    const now = standing(words, least, most);
    count.textContent = countSentence(words, least, most);
    count.dataset.standing = now;
    return now;
  }
  /** @param {string} words */
  function refuse(words) {
    refused.textContent = words;
    refused.hidden = !words;
  }
  function flush() {
    clearTimeout(resting);
    if (!waiting) return;
    waiting = false;
    saver.change({ ...saver.answer, text: good });
    const now = tellCount();
    if (now !== stood && STANDINGS[now]) shell.say(STANDINGS[now]);
    stood = now;
  }
  keepRoom(box, config.most_characters, "this box", refuse);
  box.addEventListener("input", () => {
    if (box.value.length > config.most_characters) {
      const length = codePoints(box.value);
      if (length > config.most_characters) {
        const at = Math.min(box.selectionStart, good.length);
        box.value = good;
        box.setSelectionRange(at, at);
        refuse(tooLong(length, config.most_characters, "this box"));
        return;
      }
    }
    good = wholeCharacters(box.value);
    refuse("");
    tellCount();
    refill(reasons);
    row.forget();
    if (!waiting) since = performance.now();
    waiting = true;
    // The browser's copy has each letter at once; Python hears of it when the hand rests.
    saver.draft({ ...saver.answer, text: good });
    clearTimeout(resting);
    resting = setTimeout(flush, Math.max(0, Math.min(REST, since + LONGEST - performance.now())));
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
  // Another view of this answer may be written in.
  const unfollow = saver.follow(() => {
    if (good !== String(saver.answer.text ?? "")) show();
  });
  shell.main.append(
    h(
      "div",
      { class: "bq-body" },
      quotation(config.quote),
      config.prompt && h("p", { class: "bq-prompt", id: promptId }, config.prompt),
      box,
      h("div", { class: "bq-under" }, count),
      refused,
      reasons,
      row.node,
    ),
  );
  return () => {
    flush();
    window.removeEventListener("pagehide", leaving);
    document.removeEventListener("visibilitychange", hiding);
    unread();
    unfollow();
    row.destroy();
    shell.destroy();
  };
}

export default () => {
  /** @type {Saver} */
  let saver;
  return {
    /** @param {{model: import("./saving.js").Model}} given */
    initialize({ model }) {
      saver = new Saver(model, { blank: (answer) => !String(answer.text ?? "").trim() });
      return () => saver.destroy();
    },
    /** @param {{model: import("./saving.js").Model, el: HTMLElement}} given */
    render({ model, el }) {
      return render(model, el, saver);
    },
  };
};
