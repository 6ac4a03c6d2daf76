// What an editor keeps in this browser: JSON, by the block and a name.

/** The browser's own store; null where there is none. */
export function localStore() {
  try {
    return window.localStorage;
  } catch {
    return null; // switched off, or a frame that may not
  }
}

export class BrowserStore {
  #store;
  #prefix;

  /**
   * `store` is localStorage or its like, null where there is none; `block` the usage key.
   * @param {Storage | null} store @param {string} block
   */
  constructor(store, block) {
    this.#store = store;
    this.#prefix = `dti-scenario:${block}`; // of every kind of block: drafts that are there already stay
  }

  /** What is kept under `name`; null for nothing. @param {string} name */
  get(name) {
    try {
      return JSON.parse(this.#store?.getItem(`${this.#prefix}:${name}`) ?? "null");
    } catch {
      return null; // not ours, or damaged
    }
  }

  /** Keep `value`; null takes away what is kept. False where that cannot be done. @param {string} name @param {any} value */
  put(name, value) {
    const key = `${this.#prefix}:${name}`;
    try {
      if (!this.#store) return false;
      if (value === null) this.#store.removeItem(key);
      else this.#store.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false; // full, or switched off
    }
  }
}
