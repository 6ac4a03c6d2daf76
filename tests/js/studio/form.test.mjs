// The edit form in Studio: what is collected, and what Studio is told.
import assert from "node:assert/strict";
import test from "node:test";

import {collect, start} from "../../../static/js/studio/form.js";
import {StandIn, browser, response, words} from "../stand-ins.mjs";

function studioForm() {
  const status = new StandIn();
  const alertBox = new StandIn();
  const cancel = new StandIn();
  const save = new StandIn();
  save.disabled = true;
  const made = new StandIn(
    {"[data-dti-status]": status, "[data-dti-error]": alertBox, "[data-dti-cancel]": cancel, "[data-dti-save]": save},
    {action: "/handler/studio_save"},
  );
  const fields = [
    {name: "csrfmiddlewaretoken", type: "hidden", value: "t"},
    {name: "display_name", type: "text", value: "Night"},
    {name: "pass_mark", type: "number", value: "80"},
    {name: "weight", type: "number", value: ""},
    {name: "shown", type: "checkbox", checked: true, value: "on"},
    {name: "content", type: "textarea", value: "<scene/>"},
    {name: "", type: "submit", value: ""},
  ];
  made.elements = Object.assign([...fields], {content: fields[5]});
  made.dataset.version = "v1";
  return {form: made, status, alertBox, cancel, save};
}

function studio() {
  const told = [];
  return {told, notify: (name, data) => told.push([name, data.state ?? data.message ?? ""])};
}

test("settings, content and version are collected", () => {
  assert.deepEqual(collect(studioForm().form), {
    settings: {display_name: "Night", pass_mark: "80", weight: null, shown: true},
    content: "<scene/>",
    version: "v1",
  });
});

test("a save is sent as JSON and Studio is told when it begins and ends", async () => {
  const requests = browser(() => response({problems: []}), "csrftoken=c");
  const page = studioForm();
  const runtime = studio();
  start(page.form, words, runtime);
  await page.form.fire("submit");
  assert.equal(requests[0].address, "/handler/studio_save");
  assert.equal(requests[0].headers["X-CSRFToken"], "c");
  assert.equal(requests[0].headers["Content-Type"], "application/json");
  assert.deepEqual(JSON.parse(requests[0].body), collect(page.form));
  assert.deepEqual(runtime.told, [["save", "start"], ["save", "end"]]);
});

test("Save can be pressed from when a script answers for it", () => {
  const page = studioForm();
  assert.equal(page.save.disabled, true);
  start(page.form, words, studio());
  assert.equal(page.save.disabled, false);
});

test("a refused save is shown, the dialog stays", async () => {
  browser(() => response({error: "Somebody else has saved."}, {status: 409}));
  const page = studioForm();
  const runtime = studio();
  start(page.form, words, runtime);
  await page.form.fire("submit");
  assert.equal(page.alertBox.textContent, "Somebody else has saved.");
  assert.equal(page.alertBox.focused, 1);
  assert.deepEqual(runtime.told, [["save", "start"], ["error", "Somebody else has saved."]]);
});

test("a lost connection is told and the text is still there", async () => {
  browser(() => Promise.reject(new TypeError("network")));
  const page = studioForm();
  start(page.form, words, studio());
  await page.form.fire("submit");
  assert.equal(page.alertBox.textContent, "Offline");
  assert.equal(page.form.elements.content.value, "<scene/>");
});

test("cancel tells Studio, and without Studio nothing fails", async () => {
  const page = studioForm();
  const runtime = studio();
  start(page.form, words, runtime);
  await page.cancel.fire("click");
  assert.deepEqual(runtime.told, [["cancel", ""]]);
  const alone = studioForm();
  start(alone.form, words, null);
  await alone.cancel.fire("click");
});
