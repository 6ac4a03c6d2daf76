// Where the boxes of the map stand, kept in this browser.
import {BrowserStore} from "../studio/browser-store.js";

export class MapPlaces {
  #store;

  /** As those of `BrowserStore`. @param {Storage | null} store @param {string} block */
  constructor(store, block) {
    this.#store = new BrowserStore(store, block);
    /** @type {Record<string, [number, number]>} */
    this.places = this.#read(); // {id: [x, y]}
    /** @type {Record<string, Point>} */
    this.last = {}; // where boxes stood that are gone
  }

  #read() {
    const places = this.#store.get("map") ?? {};
    const sound = Object.entries(places).filter(([, place]) => Array.isArray(place) && place.length === 2 && place.every(Number.isFinite));
    return Object.fromEntries(sound);
  }

  write() {
    this.#store.put("map", Object.keys(this.places).length ? this.places : null);
  }
}
