// Measures on the page, with the page's own clock, from the mouse button's release. Nothing here is
// part of a tool: what each tool shows is counted by a function that tools.py gives.
window.compare = {
  /** The text nodes of a tool's text, without what it writes between the words. */
  nodes(root, skip) {
    const found = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!skip || !node.parentElement.closest(skip)) found.push(node);
    }
    return found;
  },

  /** Scroll [start, end) of the text into sight; its box when it stands in one line, else null. */
  place(selector, skip, start, end) {
    const range = document.createRange();
    let at = 0;
    let begun = false;
    for (const node of this.nodes(document.querySelector(selector), skip)) {
      if (!begun && start < at + node.length) {
        range.setStart(node, start - at);
        begun = true;
      }
      if (begun && end <= at + node.length) {
        range.setEnd(node, end - at);
        break;
      }
      at += node.length;
    }
    const first = range.getBoundingClientRect();
    for (let box = range.startContainer.parentElement; box; box = box.parentElement) {
      if (box.scrollHeight <= box.clientHeight + 1) continue;
      if (!/auto|scroll/.test(getComputedStyle(box).overflowY)) continue;
      const pane = box.getBoundingClientRect();
      box.scrollTop += range.getBoundingClientRect().top - pane.top - pane.height / 2;
    }
    const boxes = range.getClientRects();
    return boxes.length === 1 && first.width
      ? { words: range.toString(), left: boxes[0].left, right: boxes[0].right, top: boxes[0].top, height: boxes[0].height }
      : null;
  },

  box(selector, skip, start, end) {
    return this.place(selector, skip, start, end);
  },

  /** Wait for the next press of the button, and from then for the first frame that is done. */
  press() {
    this.pressed = new Promise((resolve) => {
      window.addEventListener("mousedown", ({ timeStamp }) => {
        requestAnimationFrame(() => {
          const over = new MessageChannel();
          over.port1.onmessage = () => resolve(performance.now() - timeStamp);
          over.port2.postMessage(0);
        });
      }, { capture: true, once: true });
    });
    return true;
  },

  /** Wait for the next release of the button, and from then for what `count` counts to change. */
  arm(count, saved) {
    const shown = new Function(`return (${count})`);
    const before = shown();
    this.result = new Promise((resolve) => {
      const released = (event) => {
        const began = event.timeStamp;
        const told = { released: performance.timeOrigin + began, framed: null, painted: null, saved: null };
        const done = () => told.painted !== null && (!saved || told.saved !== null);
        const look = () => {
          if (shown() === before) return requestAnimationFrame(look);
          // The first frame in which it is there, and the next: by then it has been painted.
          const over = new MessageChannel();
          over.port1.onmessage = () => {
            told.framed = performance.now() - began;
          };
          over.port2.postMessage(0);
          requestAnimationFrame(() => {
            told.painted = performance.now() - began;
            if (done()) setTimeout(() => resolve(told), 0);
          });
        };
        requestAnimationFrame(look);
        if (!saved) return;
        const node = document.querySelector(saved.node);
        let left = false;
        const watch = new MutationObserver(() => {
          const now = node.getAttribute(saved.attribute) === saved.value;
          left ||= !now;
          if (!now || !left) return;
          watch.disconnect();
          told.saved = performance.now() - began;
          if (done()) setTimeout(() => resolve(told), 0);
        });
        watch.observe(node, { attributes: true });
      };
      window.addEventListener("mouseup", released, { capture: true, once: true });
    });
    return true;
  },
};
