// Just enough of a browser for our modules: elements that remember, forms that list their fields, answers of a server.

/** An element with attributes and listeners. `parts` maps selectors to what querySelector finds (a list for querySelectorAll). */
export class StandIn {
  constructor(parts = {}, attributes = {}) {
    this.parts = parts;
    this.attributes = {...attributes};
    this.listeners = {};
    this.textContent = "";
    this.hidden = false;
    this.focused = 0;
    this.children = [];
    this.dataset = {};
  }

  querySelector(selector) {
    const found = this.parts[selector];
    return (Array.isArray(found) ? found[0] : found) ?? null;
  }

  querySelectorAll(selector) {
    const found = this.parts[selector] ?? [];
    return Array.isArray(found) ? found : [found];
  }

  getAttribute(name) {
    return this.attributes[name] ?? null;
  }

  hasAttribute(name) {
    return name in this.attributes;
  }

  setAttribute(name, value) {
    this.attributes[name] = value;
  }

  removeAttribute(name) {
    delete this.attributes[name];
  }

  matches(selector) {
    return this.attributes.selectors?.includes(selector) ?? false;
  }

  addEventListener(name, listener) {
    (this.listeners[name] ??= []).push(listener);
  }

  removeEventListener(name, listener) {
    this.listeners[name] = (this.listeners[name] ?? []).filter((other) => other !== listener);
  }

  async fire(name, event = {}) {
    const sent = {defaultPrevented: false, preventDefault() { this.defaultPrevented = true; }, ...event};
    await Promise.all([...(this.listeners[name] ?? [])].map((listener) => listener(sent)));
    return sent;
  }

  focus() {
    this.focused += 1;
  }

  append(child) {
    this.children.push(child);
  }

  replaceChildren(...children) {
    this.children = children;
  }

  contains(other) {
    return this.children.some((child) => child === other || child.contains?.(other));
  }

  after(next) {
    this.next = next;
  }

  before(previous) {
    this.previous = previous;
  }
}

/** What `new FormData(form, submitter)` is in a browser, of a stand-in with `fields`. */
export class StandInFormData {
  constructor(form, submitter) {
    this.pairs = [...(form.fields ?? []), ...(submitter?.name ? [[submitter.name, submitter.value]] : [])];
  }

  [Symbol.iterator]() {
    return this.pairs[Symbol.iterator]();
  }
}

/** A form as our templates write it. */
export function form(fields, token = "") {
  const made = new StandIn(
    {"input[name=csrfmiddlewaretoken]": {value: token}},
    {action: "/handler/choose", selectors: ["[data-dti-form]"]},
  );
  made.fields = fields;
  return made;
}

/** A server's answer. `body` is text or something to send as JSON. */
export function response(body, {status = 200, redirected = false} = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return {ok: status < 400, status, redirected, json: async () => JSON.parse(text)};
}

export const words = {
  saving: "Saving", offline: "Offline", failed: "Failed", signedOut: "Signed out", updated: "Updated", title: "Duty to Intervene",
};

/** The root of a block: screen, status line and alert box. */
export function root(screenParts = {}) {
  const screen = new StandIn(screenParts);
  const status = new StandIn();
  const alertBox = new StandIn();
  alertBox.hidden = true;
  const made = new StandIn({"[data-dti-screen]": screen, "[data-dti-status]": status, "[data-dti-error]": alertBox});
  return {root: made, screen, status, alertBox};
}

/** Put a browser's globals in place; `fetcher` answers requests. Returns the list of requests made. */
export function browser(fetcher, cookie = "") {
  const requests = [];
  globalThis.FormData = StandInFormData;
  globalThis.document = Object.assign(new StandIn(), {cookie, createElement: () => new StandIn(), visibilityState: "visible"});
  globalThis.window = Object.assign(new StandIn(), {fetch: async (address, options) => {
    requests.push({address, ...options});
    return fetcher(address, options);
  }});
  globalThis.window.parent = globalThis.window;
  globalThis.fetch = globalThis.window.fetch;
  globalThis.DOMParser = class {
    parseFromString(html) {
      return {body: {childNodes: [html]}};
    }
  };
  return requests;
}
