// entry
// The progress board: each notebook with its questions, read from the answer files by Python; when
// it was last downloaded is what this browser remembers. It shows no points and changes nothing.

import { Asker, SILENT } from "./asking.js";
import { browserStorage } from "./copies.js";
import { button, h, refill } from "./dom.js";
import { moment } from "./moment.js";
import { createShell } from "./shell.js";

/**
 * @typedef {{id: string, title: string, state: "answered" | "begun" | "empty", words: string}} Asked
 * @typedef {{name: string, title: string, link: string, saved: string, problem: string, questions: Asked[]}} Row
 */

const SIGNS = { answered: "✓", begun: "◐", empty: "○" };

/**
 * Where a notebook beside this one lies for the server, so that JupyterLab can open it in a tab of
 * its own; empty where the page's address does not say which notebook this is.
 * @param {string} link relative to this notebook
 * @param {string} path of the page
 */
export function serverPath(link, path) {
  const here = /\/(?:lab(?:\/workspaces\/[^/]+)?\/tree|doc\/tree|notebooks)\/(.+\.ipynb)$/.exec(path)?.[1];
  if (!here) return "";
  const parts = decodeURIComponent(here).split("/").slice(0, -1);
  for (const part of link.split("/")) {
    if (part === "..") {
      if (!parts.length) return "";
      parts.pop();
    } else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/**
 * @param {Row} row
 * @param {string} student
 */
function downloaded({ name }, student) {
  try {
    const storage = browserStorage();
    // A code may stand in the key as it is, or so written that no sign of it can be mistaken.
    const found = [student, encodeURIComponent(student)]
      .map((code) => storage?.getItem(`briefing/${name}/hand-in/${code}/downloaded`))
      .find((words) => words);
    const kept = JSON.parse(found ?? "null");
    return kept?.when ? moment(kept.when) : "";
  } catch {
    // A browser that forbids storage remembers nothing.
    return "";
  }
}

/**
 * @param {Row} row
 * @param {string} student
 */
function drawRow(row, student) {
  const path = row.link && serverPath(row.link, location.pathname);
  const name = row.link
    ? h(
        "a",
        {
          href: row.link,
          "data-commandlinker-command": path ? "docmanager:open" : null,
          "data-commandlinker-args": path ? JSON.stringify({ path }) : null,
        },
        row.title,
      )
    : h("strong", {}, row.title);
  const done = row.questions.filter((one) => one.state === "answered").length;
  const questions = row.problem
    ? h("p", { class: "bp-problem" }, row.problem)
    : [
        h("span", {}, `${done} of ${row.questions.length} answered`),
        h(
          "ul",
          { class: "bp-questions" },
          row.questions.map((one) =>
            h(
              "li",
              {},
              h("span", { class: "bp-asked" }, `${one.id} ${one.title}`.trim()),
              h(
                "span",
                { class: `bp-state bp-${one.state}` },
                h("span", { class: "bp-sign", "aria-hidden": "true" }, SIGNS[one.state]),
                one.words,
              ),
            ),
          ),
        ),
      ];
  const label = (/** @type {string} */ words) => h("span", { class: "bp-label" }, `${words}: `);
  return h(
    "tr",
    { role: "row" },
    h("th", { scope: "row", role: "rowheader" }, name, h("span", { class: "bp-name" }, row.name)),
    h("td", { role: "cell" }, questions),
    h("td", { role: "cell" }, label("Last saved"), row.saved ? moment(row.saved) : "never"),
    h("td", { role: "cell" }, label("Downloaded here"), downloaded(row, student) || "no"),
  );
}

/**
 * @param {import("./saving.js").Model} model
 * @param {HTMLElement} el
 * @param {Asker} asker
 */
function render(model, el, asker) {
  const shell = createShell({ el, model, saver: /** @type {any} */ (asker), name: "board" });
  shell.foot.hidden = true;
  const body = h("tbody", { role: "rowgroup" });
  const problem = h("p", { class: "bq-refused", role: "alert", hidden: true });
  const draw = () => {
    const student = String(model.get("student") ?? "");
    refill(body, /** @type {Row[]} */ (model.get("board")).map((row) => drawRow(row, student)));
  };
  const wrong = (/** @type {string} */ words) => {
    problem.textContent = words;
    problem.hidden = !words;
  };
  const look = button({
    text: "Look again",
    press: async () => {
      wrong("");
      look.setAttribute("aria-busy", "true");
      const told = await asker.ask("look", {}, () => {
        look.removeAttribute("aria-busy");
        wrong(SILENT);
      });
      look.removeAttribute("aria-busy");
      wrong(told.ok ? "" : told.message);
      if (!told.ok) return;
      draw();
      shell.say(told.message);
    },
  });
  const heads = ["Notebook", "Questions", "Last saved", "Downloaded on this computer"];
  shell.main.append(
    h(
      "div",
      { class: "bq-body" },
      h(
        "table",
        { class: "bp-table", role: "table" },
        h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, heads.map((words) => h("th", { scope: "col", role: "columnheader" }, words)))),
        body,
      ),
      problem,
      h("div", { class: "bw-row bq-check" }, look),
    ),
  );
  draw();
  model.on("change:board", draw);
  return () => {
    model.off("change:board", draw);
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
