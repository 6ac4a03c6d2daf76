// What the author has not saved yet, kept in this browser until it is saved or discarded.

const MOST = 4_000_000; // characters; browsers keep about five million per site

export class Drafts {
  #key;
  #store;
  #now;

  /** `store` is localStorage or its like, null where there is none; `block` the usage key. */
  constructor(store, block, now = () => new Date()) {
    this.#store = store;
    this.#key = `dti-scenario:${block}`;
    this.#now = now;
  }

  /** Keep a draft: {content, settings, version, base, pending}. False when it cannot be kept here. */
  write({content, settings, version, base, pending = []}) {
    const draft = {content, settings, version, base, pending, at: this.#now().toISOString()};
    if (content.length + (base?.length ?? 0) > MOST) delete draft.base;
    return this.#put(`${this.#key}:draft`, draft);
  }

  /** The draft that was kept, or null: {content, settings, version, base (or null), pending, at}. */
  read() {
    const draft = this.#get(`${this.#key}:draft`);
    if (!draft || typeof draft.content !== "string" || typeof draft.version !== "string" || typeof draft.at !== "string") return null;
    const pending = Array.isArray(draft.pending) ? draft.pending.filter((one) => Array.isArray(one) && one.length === 2) : [];
    return {...draft, pending, base: typeof draft.base === "string" ? draft.base : null, settings: draft.settings ?? {}};
  }

  clear() {
    this.#put(`${this.#key}:draft`, null);
  }

  /** Where boxes of the map stand: {id: [x, y]}. */
  readPlaces() {
    const places = this.#get(`${this.#key}:map`) ?? {};
    const sound = Object.entries(places).filter(([, place]) => Array.isArray(place) && place.length === 2 && place.every(Number.isFinite));
    return Object.fromEntries(sound);
  }

  writePlaces(places) {
    this.#put(`${this.#key}:map`, Object.keys(places).length ? places : null);
  }

  #get(key) {
    try {
      return JSON.parse(this.#store?.getItem(key) ?? "null");
    } catch {
      return null; // not ours, or damaged
    }
  }

  #put(key, value) {
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
