// What the author has not saved yet, kept in this browser until it is saved or discarded.
import {BrowserStore} from "./browser-store.js";

const MOST = 4_000_000; // characters; browsers keep about five million per site

export class Drafts {
  #store;
  #now;

  /**
   * `store` is localStorage or its like, null where there is none; `block` the usage key.
   * @param {Storage | null} store @param {string} block @param {any} [now]
   */
  constructor(store, block, now = () => new Date()) {
    this.#store = new BrowserStore(store, block);
    this.#now = now;
  }

  /**
   * Keep a draft: {content, settings, version, base, pending}. False when it cannot be kept here.
   * @param {{content: string, settings: Settings, version: string, base: string | null, pending?: string[][]}} options
   */
  write({content, settings, version, base, pending = []}) {
    /** @type {Record<string, any>} */
    const draft = {content, settings, version, base, pending, at: this.#now().toISOString()};
    if (content.length + (base?.length ?? 0) > MOST) delete draft.base;
    return this.#store.put("draft", draft);
  }

  /** The draft that was kept, or null: {content, settings, version, base (or null), pending, at}. */
  read() {
    const draft = this.#store.get("draft");
    if (!draft || typeof draft.content !== "string" || typeof draft.version !== "string" || typeof draft.at !== "string") return null;
    const pending = Array.isArray(draft.pending) ? draft.pending.filter((/** @type {any} */ one) => Array.isArray(one) && one.length === 2) : [];
    return {...draft, pending, base: typeof draft.base === "string" ? draft.base : null, settings: draft.settings ?? {}};
  }

  clear() {
    this.#store.put("draft", null);
  }
}
