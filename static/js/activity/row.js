// Cards to be put in order: by arrows, by the number on each card, or by dragging. The numbers are what is sent.
import {draggable, filled, glide, made, nameOf, teller} from "./moving.js";

export class Row {
  /** @param {HTMLElement} form @param {Words} words */
  constructor(form, words) {
    this.words = words;
    this.tell = teller(form);
    this.list = /** @type {HTMLElement} */ (form.querySelector(".dti-act-row"));
    if (!this.list.querySelector("select")) return;
    for (const card of this.cards) {
      const select = /** @type {HTMLSelectElement} */ (card.querySelector("select"));
      select.addEventListener("change", () => this.move(card, Number(select.value) - 1));
      const name = nameOf(card);
      /** @param {string} sign @param {string} label @param {number} by */
      const arrow = (sign, label, by) => {
        const button = made("button", "dti-act-arrow", {type: "button", "aria-label": filled(label, {card: name})}, sign);
        button.addEventListener("click", () => this.move(card, this.cards.indexOf(card) + by));
        return button;
      };
      const arrows = made("div", "dti-act-arrows");
      arrows.append(arrow("↑", words.up, -1), arrow("↓", words.down, 1));
      card.append(arrows);
      draggable(card, {
        over: () => this.#follow(card),
        drop: () => this.#settle(card),
        end: () => {},
      });
    }
    this.#number();
  }

  /** @returns {HTMLElement[]} */
  get cards() {
    return /** @type {HTMLElement[]} */ ([...this.list.children]);
  }

  /** Make `card` number `to`, from 0. @param {HTMLElement} card @param {number} to */
  move(card, to) {
    const cards = this.cards;
    const target = Math.max(0, Math.min(to, cards.length - 1));
    const focused = card.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
    const others = cards.filter((one) => one !== card);
    glide(cards, () => this.list.insertBefore(card, others[target] ?? null));
    this.#number();
    focused?.focus({preventScroll: true});
    this.tell(filled(this.words.moved, {card: nameOf(card), n: target + 1}));
  }

  #number() {
    const cards = this.cards;
    cards.forEach((card, place) => {
      const select = /** @type {HTMLSelectElement} */ (card.querySelector("select"));
      if (select.value !== String(place + 1)) {
        select.value = String(place + 1);
        card.classList.remove("is-right", "is-wrong");
        for (const old of card.querySelectorAll(".dti-act-mark, .dti-act-why")) old.remove(); // it was said of another place
      }
      const [up, down] = card.querySelectorAll(".dti-act-arrow");
      up?.setAttribute("aria-disabled", String(place === 0));
      down?.setAttribute("aria-disabled", String(place === cards.length - 1));
    });
  }

  /** While it is dragged, say which place it would get. @param {HTMLElement} card */
  #follow(card) {
    const at = this.#placeOf(card);
    const others = this.cards.filter((one) => one !== card);
    others.forEach((one, number) => {
      one.classList.toggle("is-before", number === at);
      one.classList.toggle("is-after", at === others.length && number === at - 1);
    });
  }

  /** @param {HTMLElement} card */
  #settle(card) {
    const at = this.#placeOf(card);
    for (const one of this.cards) one.classList.remove("is-before", "is-after");
    card.style.transform = "";
    if (this.cards.indexOf(card) !== at) this.move(card, at);
  }

  /** The place among the others at which the middle of `card` is. @param {HTMLElement} card */
  #placeOf(card) {
    const {top, bottom} = card.getBoundingClientRect();
    const middle = (top + bottom) / 2;
    const others = this.cards.filter((one) => one !== card).map((one) => one.getBoundingClientRect());
    return others.filter((one) => (one.top + one.bottom) / 2 < middle).length;
  }
}
