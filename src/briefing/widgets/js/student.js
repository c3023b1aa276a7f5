// entry
// The student's code: shows it, lets the student type another, tells why one is refused, and under
// which codes this browser keeps answers. Python decides; the field keeps what was typed.

import { Asker, SILENT } from "./asking.js";
import { browserStorage } from "./copies.js";
import { composing } from "./composing.js";
import { button, h, refill, unique } from "./dom.js";
import { heldBy, heldInWords } from "./held.js";
import { createShell } from "./shell.js";

/**
 * @param {import("./saving.js").Model} model
 * @param {HTMLElement} el
 * @param {Asker} asker
 */
function render(model, el, asker) {
  const config = model.get("config");
  const shell = createShell({ el, model, saver: /** @type {any} */ (asker), name: "student" });
  shell.foot.hidden = true;
  const fieldId = unique("code");
  const hintId = unique("hint");
  const problemId = unique("problem");
  const now = h("strong", { class: "bq-code", dir: "auto" });
  const problem = h("p", { class: "bq-refused", role: "alert", id: problemId, hidden: true });
  const done = h("p", { class: "bq-loaded", hidden: true });
  const field = /** @type {HTMLInputElement} */ (
    h("input", {
      type: "text",
      id: fieldId,
      class: "bq-code-field",
      dir: "auto",
      autocomplete: "off",
      autocapitalize: "none",
      spellcheck: "false",
      "aria-describedby": `${hintId} ${problemId}`,
    })
  );

  /** @param {string} words */
  function wrong(words) {
    problem.textContent = words;
    problem.hidden = !words;
    if (words) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
  /** @param {string} words */
  function right(words) {
    done.textContent = words;
    done.hidden = !words;
    if (words) shell.say(words);
  }
  const held = h("div", { class: "bq-held" });
  function paint() {
    refill(now, model.get("student"));
    paintHeld();
  }
  /** The codes under which this browser keeps answers; what they are is not shown here. */
  function paintHeld() {
    const all = heldBy(browserStorage());
    const mine = all.find(({ student }) => student === model.get("student"));
    const others = all.filter((one) => one !== mine && one.student && !one.desk);
    refill(
      held,
      mine && h("p", {}, `This browser keeps answers under this code (${heldInWords(mine)}). Where an exercise is still empty, they are offered there when you run its cells.`),
      others.length > 0 && h("p", {}, "This browser also keeps answers under other codes. Is one of them you?"),
      others.length > 0 &&
        h(
          "ul",
          { class: "bq-list" },
          others.slice(0, 12).map((one) =>
            h(
              "li",
              { class: "bq-line" },
              h("span", {}, h("strong", { dir: "auto" }, one.student), h("span", { dir: "auto" }, ` (${heldInWords(one)})`)),
              button({ text: "Go on under this code", label: `Go on under ${one.student}`, press: () => keep(one.student) }),
            ),
          ),
        ),
    );
  }
  /** @param {string} [code] */
  async function keep(code = field.value) {
    wrong("");
    right("");
    const told = await asker.ask("save", { code: code.slice(0, 100_000) }, () => wrong(`${SILENT} Your code is as it was.`));
    wrong(told.ok ? "" : told.message);
    if (!told.ok) {
      field.focus();
      return;
    }
    field.value = told.code;
    right(told.message);
    // The list of other codes was drawn anew, and the button in it that was pressed is gone.
    if (!shell.root.contains(document.activeElement)) field.focus();
  }
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || composing(event) || event.ctrlKey || event.shiftKey) return;
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
    },
  });

  field.value = model.get("student");
  paint();
  model.on("change:student", paint);
  shell.main.append(
    h(
      "div",
      { class: "bq-body" },
      h("p", { class: "bq-now" }, "Your code is ", now, "."),
      h("label", { for: fieldId, class: "bq-label" }, "Another code"),
      h(
        "div",
        { class: "bw-row" },
        field,
        button({ text: "Save", class: "bw-primary", press: () => keep() }),
        config.can_propose && another,
      ),
      h("p", { class: "bq-hint", id: hintId }, "The code stands in your answers file instead of your name. Write it down."),
      problem,
      done,
      held,
    ),
  );
  return () => {
    model.off("change:student", paint);
    shell.destroy();
  };
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
