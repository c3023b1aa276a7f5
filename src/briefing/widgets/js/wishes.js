// What a student has switched on or off, remembered in the browser for the next question and the
// next day. It never leaves the browser, and nothing is lost where a browser keeps nothing.

import { browserStorage } from "./copies.js";

export class Wishes {
  /**
   * @param {string} student
   * @param {Storage | null} [storage]
   */
  constructor(student, storage = browserStorage()) {
    this.storage = storage;
    this.stem = `briefing/wishes/${student ?? ""}`;
  }

  /**
   * @param {string} name
   * @param {boolean} usual what holds as long as nothing was chosen
   * @returns {boolean}
   */
  read(name, usual) {
    try {
      const found = this.storage?.getItem(`${this.stem}/${name}`);
      return found === "on" ? true : found === "off" ? false : usual;
    } catch {
      return usual;
    }
  }

  /**
   * @param {string} name
   * @param {boolean} on
   */
  keep(name, on) {
    try {
      this.storage?.setItem(`${this.stem}/${name}`, on ? "on" : "off");
    } catch {
      // A full or forbidden storage: the choice holds for this page.
    }
  }
}
