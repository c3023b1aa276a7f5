// entry
// The matrix: a table of texts and functions; a chosen cell opens its text beside it, in which the
// words that show it are selected and attached.

import { checkRow, reason } from "./asked.js";
import { createGrid } from "./cellgrid.js";
import { createPanel } from "./cellpanel.js";
import { h, refill, unique } from "./dom.js";
import { CELL_VERDICTS } from "./fields.js";
import { createHelp } from "./help.js";
import { widgetKey } from "./keyboard.js";
import { latin } from "./latin.js";
import { MatrixStore } from "./matrixstore.js";
import { Saver } from "./saving.js";
import { createShell } from "./shell.js";
import { createTextPane } from "./textpane.js";
import { Toolbar } from "./toolbar.js";

/**
 * @param {MatrixStore} store
 * @param {import("./saving.js").Model} model
 * @param {HTMLElement} el
 * @returns {() => void}
 */
function render(store, model, el) {
  const { saver } = store;
  const config = model.get("config");
  /** @type {{article: string, pane: import("./textpane.js").TextPane, toolbar: Toolbar, node: HTMLElement} | null} */
  let shown = null;

  const shell = createShell({
    el,
    model,
    saver,
    name: "matrix",
    keys(event) {
      const mine = shown && store.store(shown.article);
      const inText = shown && event.target instanceof Node && shown.node.contains(event.target);
      if (mine && inText) {
        if (widgetKey(event, mine, { help: () => help.open(), find: () => shown?.toolbar.openFinder(true) })) return true;
        if (event.key === "Escape") return backToTable();
        return false;
      }
      const command = (event.ctrlKey || event.metaKey) && !event.altKey;
      const key = latin(event).toLowerCase();
      if (command && (key === "z" || key === "y")) {
        if (key === "y" || event.shiftKey) store.redo();
        else store.undo();
        return true;
      }
      if (event.key === "Escape" && event.target instanceof Node && panel.node.contains(event.target)) return backToTable();
      return false;
    },
  });
  const help = createHelp("spans", () => shown?.pane.focus());
  const area = h("div", { class: "bm-area", hidden: true, id: unique("area") });
  const grid = createGrid(store, {
    caption: "Choose a cell to decide it and to attach words.",
    panel: area.id,
    open(article, column) {
      store.choose(article, column);
      sync();
      panel.focus();
      area.scrollIntoView({ block: "nearest" });
    },
  });
  const panel = createPanel(store, {
    jump(mark) {
      store.store(shown?.article ?? "").activate(mark.id);
      shown?.pane.view.reveal(mark);
    },
    text: () => {
      shown?.pane.focus();
      store.say("Select words in the text, then press Enter.");
    },
    back: () => void backToTable(),
    attached: () => shown?.pane.focus(),
  });
  const textHome = h("div", { class: "bw-annotator bm-text" });
  area.append(panel.node, textHome);

  function backToTable() {
    grid.focus(store.chosenId);
    return true;
  }

  const showText = () => {
    const article = store.chosen?.article;
    area.hidden = !article;
    if (!article || shown?.article === article) return;
    shown?.pane.destroy();
    const mine = store.store(article);
    const given = store.text(article);
    const bar = h("div", { class: "bw-bar" });
    const pane = createTextPane(mine, {
      name: `${article}: text. Select words and press Enter to attach them. Press ? for help.`,
      lang: given?.lang,
      tags: true,
      palette: true,
      enter: () => mine.label(store.chosen?.function ?? ""),
      inspect: () => panel.focus(),
      synced: () => {
        toolbar.sync();
        panel.sync();
      },
    });
    const toolbar = new Toolbar(bar, mine, {
      help: () => help.open(),
      reveal: (stretch) => pane.view.reveal(stretch),
      check: () => {},
    });
    refill(textHome, h("div", { class: "bm-head" }, h("strong", { dir: "auto" }, article), " ", h("span", { dir: "auto" }, given?.title ?? "")), bar, pane.node, help.node);
    shown = { article, pane, toolbar, node: textHome };
    const first = mine.marks.find((mark) => mark.label === store.chosen?.function);
    requestAnimationFrame(() => first && pane.view.reveal(first));
  };

  const progress = h("span", { class: "bm-progress" });
  const told = h("ul", { class: "bm-told", "aria-label": "Reasons, cell by cell" });
  const row = checkRow({
    model,
    saver,
    say: shell.say,
    ready: () => (Object.keys(store.cells).length ? "" : "Decide a cell first, then check."),
    stands: () => true, // the store knows of each cell whether it has changed since
    show(feedback) {
      store.hearFeedback(feedback);
    },
  });
  const sync = () => {
    grid.sync();
    showText();
    panel.sync();
    progress.textContent = store.progress();
    const lines = store.ids.flatMap((id) => store.said(id).map((item) => ({ id, item })));
    refill(told, lines.map(({ id, item }) => h("li", {}, reason({ ...item, label: "" }, store.called(id), CELL_VERDICTS))));
    told.hidden = !lines.length;
  };
  const hear = (/** @type {string} */ news) => {
    // The summary was about the answer before; a reason stays as long as its cell does.
    if (news === "work") row.forget();
    sync();
  };
  store.hearers.add(hear);
  store.speakers.push(shell.say);
  shell.foot.append(progress);
  shell.main.append(
    h("div", { class: "bq-body" }, config.prompt && h("p", { class: "bq-prompt" }, config.prompt), grid.node),
    area,
    h("div", { class: "bq-body" }, row.node, told),
  );
  sync();
  return () => {
    store.hearers.delete(hear);
    store.speakers = store.speakers.filter((one) => one !== shell.say);
    shown?.pane.destroy();
    row.destroy();
    shell.destroy();
  };
}

export default () => {
  /** @type {MatrixStore} */
  let store;
  return {
    /** @param {{model: import("./saving.js").Model}} given */
    initialize({ model }) {
      const saver = new Saver(model, { blank: (answer) => !Object.keys(answer.cells ?? {}).length });
      store = new MatrixStore(model, saver);
      return () => saver.destroy();
    },
    /** @param {{model: import("./saving.js").Model, el: HTMLElement}} given */
    render({ model, el }) {
      return render(store, model, el);
    },
  };
};
