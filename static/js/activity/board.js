// Cards to be placed: by the list on each card, by pressing a card and then its place, or by dragging. The lists hold the answer: they
// are what is sent, and cards lie where their lists say.
import {draggable, filled, glide, made, nameOf, teller} from "./moving.js";

export class Board {
  /** @type {HTMLElement | null} */
  #picked = null;

  /** @param {HTMLElement} form @param {Words} words */
  constructor(form, words) {
    this.form = form;
    this.words = words;
    this.single = form.dataset.capacity === "1";
    this.tell = teller(form);
    this.loose = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-dti-card]:not([data-dti-fixed])")]);
    if (!this.loose.length) return;
    for (const target of form.querySelectorAll("[data-dti-target]")) this.#prepare(/** @type {HTMLElement} */ (target));
    for (const card of this.loose) {
      this.#select(card).addEventListener("change", () => this.place(card, this.#select(card).value));
      draggable(card, {
        over: (x, y) => this.#aim(x, y),
        drop: (x, y) => this.#drop(card, x, y),
        end: () => this.#aim(-1, -1),
        press: () => this.#pick(this.#picked === card ? null : card),
      });
    }
  }

  /** Lay `card` at the place of that number, "" for aside. @param {HTMLElement} card @param {string} number */
  place(card, number) {
    const select = this.#select(card);
    const focused = document.activeElement === select;
    const list = /** @type {HTMLElement} */ (this.form.querySelector(`[data-dti-lies="${number}"]`));
    const others = /** @type {HTMLElement[]} */ ([...list.children]).filter((one) => one !== card);
    if (number && this.single && others.some((one) => "dtiFixed" in one.dataset)) {
      select.value = /** @type {HTMLElement} */ (card.parentElement).dataset.dtiLies ?? "";
      return;
    }
    glide(this.loose, () => {
      if (number && this.single) for (const one of others) this.#lay(one, "");
      this.#lay(card, number);
    });
    this.#pick(null);
    if (focused) select.focus({preventScroll: true});
    const name = this.form.querySelector(`[data-dti-target="${number}"] [data-dti-name]`)?.textContent?.trim() ?? "";
    this.tell(filled(number ? this.words.placed : this.words.taken, {card: nameOf(card), place: name}));
  }

  /** @param {HTMLElement} card @param {string} number */
  #lay(card, number) {
    this.#select(card).value = number;
    card.classList.remove("is-wrong");
    for (const old of card.querySelectorAll(".dti-act-mark, .dti-act-why")) old.remove(); // what was said was said of another place
    this.form.querySelector(`[data-dti-lies="${number}"]`)?.append(card);
  }

  /** @param {HTMLElement} card @returns {HTMLSelectElement} */
  #select(card) {
    return /** @type {HTMLSelectElement} */ (card.querySelector("select"));
  }

  /** @param {HTMLElement} target */
  #prepare(target) {
    const number = target.dataset.dtiTarget ?? "";
    const here = made("button", "dti-act-here", {type: "button", "aria-describedby": target.querySelector("h4")?.id ?? ""}, this.words.here);
    here.hidden = true;
    target.append(here);
    target.addEventListener("click", (event) => {
      const on = /** @type {Element} */ (event.target);
      if (this.#picked && !on.closest("select, label") && !this.#picked.contains(on)) this.place(this.#picked, number);
    });
  }

  /** @param {HTMLElement | null} card */
  #pick(card) {
    this.#picked?.classList.remove("is-picked");
    this.#picked = card;
    card?.classList.add("is-picked");
    this.form.classList.toggle("is-placing", Boolean(card));
    for (const here of this.form.querySelectorAll(".dti-act-here")) {
      const fixed = this.single && here.parentElement?.querySelector("[data-dti-fixed]");
      /** @type {HTMLElement} */ (here).hidden = !card || Boolean(fixed);
    }
    if (card) this.tell(filled(this.words.picked, {card: nameOf(card)}));
  }

  /** @param {number} x @param {number} y @returns {HTMLElement | null} */
  #at(x, y) {
    const under = document.elementFromPoint(x, y)?.closest("[data-dti-target], [data-dti-aside]");
    return under && this.form.contains(under) ? /** @type {HTMLElement} */ (under) : null;
  }

  /** @param {number} x @param {number} y */
  #aim(x, y) {
    const at = this.#at(x, y);
    for (const one of this.form.querySelectorAll("[data-dti-target], [data-dti-aside]")) one.classList.toggle("is-aimed", one === at);
  }

  /** @param {HTMLElement} card @param {number} x @param {number} y */
  #drop(card, x, y) {
    const at = this.#at(x, y);
    if (at) this.place(card, at.dataset.dtiTarget ?? "");
  }
}
