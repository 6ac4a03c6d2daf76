// The edit form in Studio: sends settings and content as JSON and tells Studio when to close the dialog.
import {csrfToken, failure} from "../screen/forms.js";

/** The form's values as the server wants them. @param {HTMLFormElement} form */
export function collect(form) {
  /** @type {Settings} */
  const settings = {};
  for (const field of /** @type {Iterable<any>} */ (form.elements)) {
    if (!field.name || field.name === "csrfmiddlewaretoken" || field.name === "content") continue;
    settings[field.name] = field.type === "checkbox" ? field.checked : field.type === "number" && field.value === "" ? null : field.value;
  }
  return {settings, content: form.elements.content.value, version: form.dataset.version};
}

/** From now on a script answers for the form: before, pressing Save would have left Studio, with what was typed. @param {HTMLFormElement} form */
export function ready(form) {
  /** @type {HTMLButtonElement} */ (form.querySelector("[data-dti-save]")).disabled = false;
}

/** @param {HTMLFormElement} form @param {Words} words @param {Runtime} runtime */
export function start(form, words, runtime) {
  const status = form.querySelector("[data-dti-status]");
  const alertBox = form.querySelector("[data-dti-error]");
  /** @param {string} name @param {any} data */
  const notify = (name, data) => {
    if (runtime && runtime.notify) runtime.notify(name, data);
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    alertBox.hidden = true;
    status.textContent = words.saving;
    notify("save", {state: "start", message: words.saving});
    let message = words.offline;
    try {
      const response = await fetch(form.getAttribute("action") ?? "", {
        method: "POST",
        credentials: "same-origin",
        headers: {Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": csrfToken(form, document.cookie)},
        body: JSON.stringify(collect(form)),
      });
      if (response.ok) {
        status.textContent = "";
        notify("save", {state: "end"});
        return;
      }
      message = await failure(response, words);
    } catch {
      // offline: the sentence is chosen already
    }
    status.textContent = "";
    alertBox.textContent = message;
    alertBox.hidden = false;
    alertBox.focus();
    notify("error", {title: words.title, message});
  });

  form.querySelector("[data-dti-cancel]").addEventListener("click", () => notify("cancel", {}));
  ready(form);
}

/**
 * The `start` of a visual editor. The page comes as a plain form; the editor that `load` brings takes it over, and where that fails (an
 * old browser, a file that did not arrive) the plain form goes on.
 * @param {() => Promise<{startEditor: (root: HTMLElement, words: EditorWords, runtime: Runtime) => unknown}>} load
 */
export function startOver(load) {
  return async (/** @type {HTMLElement} */ root, /** @type {EditorWords} */ words, /** @type {Runtime} */ runtime) => {
    try {
      const {startEditor} = await load();
      startEditor(root, words, runtime);
    } catch (error) {
      console.error("Duty to Intervene: the visual editor did not start; the form works", error);
      start(root.querySelector("form"), words, runtime);
    }
  };
}
