// The picker of pictures: the course's files to look at, and what the chosen one tells those who cannot see it.
import {dialog} from "./dialog.js";
import {button, fill, h} from "./dom.js";
import {post} from "./post.js";

const MOST = 120; // are shown at once; words find the others

/** @typedef {{name: string, src: string, shown: string}} Picture */
/** @typedef {{src: string, alt: string, decorative?: boolean}} Chosen */

/**
 * The button beside a field for a picture's address. `now()` gives what the field has, `take(chosen, label)` gets what was chosen, and what to call the change. `described`
 * says what a picture was called elsewhere, "" for nothing; without it no description is asked for. Where `now()` has `decorative`, a
 * picture may be one, and has no description then. `kinds`: endings, all by default.
 * @param {any} ui
 * @param {{key: string, label: string, now: () => Chosen, take: (chosen: Chosen, label: string) => void, described?: (src: string) => string, kinds?: string[]}} options
 */
export function pictureButton(ui, {key, label, ...options}) {
  return button(ui.words.pickPicture, () => pictureDialog(ui, options), {"data-control": `${key}.pick`, "aria-label": `${ui.words.pickPicture} ${label}`.trim()});
}

/** @param {any} ui @param {any} options as of `pictureButton` */
async function pictureDialog(ui, {now, take, described = null, kinds = []}) {
  const {words} = ui;
  const before = now();
  const find = h("input", {type: "search", id: ui.id("pick-find"), autocomplete: "off", on: {input: () => show()}});
  const note = h("p.dti-help", {role: "status", text: words.loading});
  const list = h("div.dti-ed-pictures", {role: "radiogroup", "aria-label": words.pictures});
  const alt = h("textarea", {id: ui.id("pick-alt"), rows: 2, dir: "auto", value: before.alt, "aria-describedby": `${ui.id("pick-alt")}-help`});
  const ornament = h("input", {type: "checkbox", id: ui.id("pick-decorative"), checked: before.decorative ?? false, on: {change: () => { alt.disabled = ornament.checked; }}});
  alt.disabled = ornament.checked;
  const about = h("div.dti-ed-field", {hidden: !described},
    h("label", {for: alt.id, text: words.alt}), alt, h("p.dti-help", {id: `${alt.id}-help`, text: words.altHelp}),
    before.decorative === undefined ? null : h("label.dti-ed-check", {for: ornament.id}, ornament, h("span", {text: words.decorative})));
  const problem = h("p.dti-ed-problem", {role: "alert", hidden: true});
  /** @type {Picture[]} */
  let pictures = [];
  let src = before.src;

  const show = () => {
    const wanted = find.value.trim().toLowerCase();
    const found = pictures.filter(({name}) => name.toLowerCase().includes(wanted));
    list.replaceChildren(...found.slice(0, MOST).map(card));
    const more = found.length > MOST ? ` ${fill(words.pictureMore, {n: found.length - MOST})}` : "";
    note.textContent = pictures.length ? `${fill(words.pictureCount, {n: found.length})}${more}` : note.textContent;
  };
  /** @param {Picture} picture */
  const card = (picture) => h("label.dti-ed-picture", {},
    h("input", {type: "radio", name: ui.id("pick"), checked: picture.src === src, on: {change: () => choose(picture)}}),
    h("img", {src: picture.shown, alt: "", loading: "lazy", decoding: "async"}),
    h("span", {text: picture.name}));
  /** @param {Picture} picture */
  const choose = (picture) => {
    src = picture.src;
    problem.hidden = true;
    // what another picture shows is not what this one shows
    if (described) alt.value = src === before.src ? before.alt : described(src);
  };
  /** @param {string} message @param {HTMLElement} field */
  const refuse = (message, field) => {
    problem.textContent = message;
    problem.hidden = false;
    field.focus();
  };
  const use = () => {
    if (!pictures.some((one) => one.src === src)) return refuse(words.pictureNone, find);
    if (described && !ornament.checked && !alt.value.trim()) return refuse(words.pictureWords, alt);
    shown.close();
    return take({src, alt: alt.value.trim(), decorative: ornament.checked}, words.pictureTaken);
  };
  const shown = dialog(ui, {
    title: words.pickTitle,
    wide: true,
    content: [h("div.dti-ed-field", {}, h("label", {for: find.id, text: words.pictureFind}), find), note, list, about, problem],
    buttons: [[words.cancel, null, "dti-secondary"]],
  });
  const accept = button(words.pictureUse, use, {class: "dti-button"});
  accept.disabled = true;
  shown.foot.prepend(accept);
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  const answer = await post(ui.data.pictures, {}, {form: ui.form, fetcher: window.fetch.bind(window), cookies: document.cookie});
  if (!shown.element.isConnected) return;
  if (!answer.ok || !Array.isArray(answer.body.pictures)) {
    note.textContent = answer.message || words.pictureFailed;
    about.hidden = true;
    return;
  }
  pictures = answer.body.pictures.filter((/** @type {Picture} */ {name}) => !kinds.length || kinds.includes(name.slice(name.lastIndexOf(".") + 1).toLowerCase()));
  note.textContent = answer.body.note || words.pictureNoneHere;
  accept.disabled = !pictures.length;
  if (!pictures.length) about.hidden = true;
  show();
  if (pictures.length && shown.element.contains(document.activeElement)) (list.querySelector("input:checked") ?? find).focus();
}

/**
 * A picker beside each setting whose value is a picture of the course.
 * @param {any} ui @param {HTMLElement} panel
 */
export function pickersIn(ui, panel) {
  for (const input of panel.querySelectorAll("input[data-dti-picture]")) {
    const beside = h("div.dti-ed-beside");
    input.replaceWith(beside);
    beside.append(input, pictureButton(ui, {
      key: input.name,
      label: input.labels?.[0]?.textContent ?? "",
      kinds: input.dataset.dtiPicture.split(" "),
      now: () => ({src: input.value, alt: ""}),
      take: ({src}) => {
        input.value = src;
        input.dispatchEvent(new Event("input", {bubbles: true}));
        input.focus();
      },
    }));
  }
}
