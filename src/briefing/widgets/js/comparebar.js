// The bar above the text while two sets of marks are compared: a button for each group with its
// count, which shows only that group, and the way to the next difference.

import { button, h, refill } from "./dom.js";
import { GROUPS, GROUP_SIGNS, groupName } from "./comparison.js";
import { bidi } from "./plain.js";

export class CompareBar {
  /** @param {import("./store.js").Store} store */
  constructor(store) {
    this.store = store;
    this.stamp = "";
    this.node = h("div", { class: "bw-row bw-compare", role: "group", "aria-label": "Comparison", hidden: true });
  }

  sync() {
    const { store } = this;
    const now = store.comparison();
    this.node.hidden = !now;
    if (!now) {
      this.stamp = "";
      return;
    }
    const stamp = JSON.stringify([now.counts, now.other.name, store.group]);
    if (stamp === this.stamp) return;
    this.stamp = stamp;
    const focus = /** @type {HTMLElement | null} */ (document.activeElement);
    const held = this.node.contains(focus) ? focus?.dataset.group : undefined;
    refill(
      this.node,
      GROUPS.map((group) =>
        h(
          "button",
          {
            type: "button",
            class: `bw-button bw-group bw-group-${group}`,
            "aria-pressed": String(store.group === group),
            dataset: { group },
            title: `Show only these: ${groupName(group, now.other)}`,
            on: { click: () => store.option({ group: store.group === group ? "" : group }) },
          },
          h("span", { class: "bw-group-sign", "aria-hidden": "true" }, GROUP_SIGNS[group]),
          h("span", { class: "bw-tally" }, now.counts[group]),
          " ",
          bidi(groupName(group, now.other)),
        ),
      ),
      h("span", { class: "bw-gap" }),
      button({
        text: "Next difference",
        title: "Next difference (d; Shift+D goes back)",
        class: "bw-quiet",
        attrs: { "data-group": "next" },
        press: () => store.stepDifference(1),
      }),
    );
    if (held) /** @type {HTMLElement | null} */ (this.node.querySelector(`[data-group="${held}"]`))?.focus();
  }
}
