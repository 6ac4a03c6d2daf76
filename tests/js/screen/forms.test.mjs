// Forms sent without leaving the page: what is sent, what is shown, and where focus goes.
import assert from "node:assert/strict";
import test from "node:test";

import {csrfToken, failure, send, takeOver} from "../../../static/js/screen/forms.js";
import {StandIn, browser, form, response, root, words} from "../stand-ins.mjs";

test("the form's own token is sent where there is no cookie", () => {
  assert.equal(csrfToken(form([], "of-the-form"), ""), "of-the-form");
});

test("the cookie's token is: after signing in again it alone is valid", () => {
  assert.equal(csrfToken(form([], "of-the-form"), "csrftoken=of-the-cookie"), "of-the-cookie");
  assert.equal(csrfToken(form([]), "a=1; csrftoken=of%20the%20cookie; b=2"), "of the cookie");
  assert.equal(csrfToken(new StandIn(), "csrftoken=x"), "x");
  assert.equal(csrfToken(form([]), "notcsrftoken=x"), "");
});

test("a refusal of ours is told in our words", async () => {
  assert.equal(await failure(response({error: "Not here."}, {status: 400}), words), "Not here.");
});

test("a failure of somebody else's is told in plain words", async () => {
  assert.equal(await failure(response("<html>", {status: 500}), words), "Failed");
  assert.equal(await failure(response("<html>", {status: 403}), words), "Signed out");
  assert.equal(await failure(response({detail: "x"}, {status: 401}), words), "Signed out");
});

test("a form is sent with its button as JSON, which no log of form fields has, and its token in a header", async () => {
  const requests = browser(() => response({html: "<p>new</p>"}), "csrftoken=t");
  const answer = await send(form([["csrfmiddlewaretoken", "t"], ["choice", "a b"]], "t"), {name: "go", value: "1"}, words, globalThis.fetch, "csrftoken=t");
  assert.deepEqual(answer, {html: "<p>new</p>"});
  assert.equal(requests[0].address, "/handler/choose");
  assert.equal(requests[0].method, "POST");
  assert.equal(requests[0].body, '[["choice","a b"],["go","1"]]');
  assert.deepEqual(requests[0].headers, {Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": "t"});
});

test("no answer at all is told as a lost connection", async () => {
  browser(() => Promise.reject(new TypeError("network")));
  assert.deepEqual(await send(form([]), null, words, globalThis.fetch, ""), {error: "Offline", lost: true});
});

test("a proxy whose server is away is told as a failure that may be tried again", async () => {
  for (const status of [502, 503, 504]) {
    browser(() => response("<html>", {status}));
    assert.deepEqual(await send(form([]), null, words, globalThis.fetch, ""), {error: "Failed", lost: true});
  }
  browser(() => response({error: "Broken"}, {status: 500}));
  assert.deepEqual(await send(form([]), null, words, globalThis.fetch, ""), {error: "Broken"});
});

test("a sign-in page in place of an answer is told as being signed out", async () => {
  browser(() => response("<html>", {redirected: true}));
  assert.deepEqual(await send(form([]), null, words, globalThis.fetch, ""), {error: "Signed out"});
  browser(() => response("<html>"));
  assert.deepEqual(await send(form([]), null, words, globalThis.fetch, ""), {error: "Failed"});
});

test("the new screen is shown and its heading focused", async () => {
  browser(() => response({html: "<h4>new</h4>"}));
  const heading = new StandIn();
  const page = root({"[data-dti-focus]": heading});
  const shown = [];
  takeOver(page.root, words, (screen) => shown.push(screen));
  const sent = await page.root.fire("submit", {target: form([])});
  assert.equal(sent.defaultPrevented, true);
  assert.deepEqual(page.screen.children, ["<h4>new</h4>"]);
  assert.equal(heading.focused, 1);
  assert.equal(heading.getAttribute("tabindex"), "-1");
  assert.equal(page.status.textContent, ""); // the heading in focus says it
  assert.deepEqual(shown, [page.screen, page.screen]);
});

test("a heading that can be focused keeps its tabindex", async () => {
  browser(() => response({html: ""}));
  const heading = new StandIn({}, {tabindex: "0"});
  const page = root({"[data-dti-focus]": heading});
  takeOver(page.root, words);
  await page.root.fire("submit", {target: form([])});
  assert.equal(heading.getAttribute("tabindex"), "0");
});

test("a refusal is shown and focused, and the screen stays", async () => {
  browser(() => response({error: "Choose first."}, {status: 400}));
  const page = root();
  page.screen.children = ["old"];
  takeOver(page.root, words);
  await page.root.fire("submit", {target: form([])});
  assert.equal(page.alertBox.textContent, "Choose first.");
  assert.equal(page.alertBox.hidden, false);
  assert.equal(page.alertBox.focused, 1);
  assert.equal(page.status.textContent, "");
  assert.deepEqual(page.screen.children, ["old"]);
});

test("JSON that is no screen is a failure, not a screen that says undefined", async () => {
  browser(() => response({detail: "proxy"}));
  const page = root();
  takeOver(page.root, words);
  await page.root.fire("submit", {target: form([])});
  assert.equal(page.alertBox.textContent, "Failed");
});

test("a second click while the first is on its way sends nothing", async () => {
  let answer;
  const requests = browser(() => new Promise((resolve) => { answer = resolve; }));
  const page = root();
  takeOver(page.root, words);
  const sheet = form([]);
  const first = page.root.fire("submit", {target: sheet});
  const second = await page.root.fire("submit", {target: sheet});
  assert.equal(second.defaultPrevented, true);
  assert.equal(sheet.getAttribute("aria-busy"), "true");
  assert.equal(page.status.textContent, "Saving");
  answer(response({html: ""}));
  await first;
  assert.equal(requests.length, 1);
  assert.equal(sheet.hasAttribute("aria-busy"), false);
  const third = page.root.fire("submit", {target: sheet});
  answer(response({html: ""}));
  await third;
  assert.equal(requests.length, 2);
});

test("other people's forms are left alone", async () => {
  const requests = browser(() => response({html: ""}));
  const page = root();
  takeOver(page.root, words);
  const sent = await page.root.fire("submit", {target: new StandIn()});
  assert.equal(sent.defaultPrevented, false);
  assert.equal(requests.length, 0);
});

// -- forms that are safe to send twice ---------------------------------------------------------------------------------------

/** A form marked so, and a server that answers with each of `answers` in turn, the last one for ever. */
function patient(answers, fields = [["choice", "a"]]) {
  const requests = browser(() => {
    const answer = answers[Math.min(requests.length, answers.length) - 1];
    return answer === "lost" ? Promise.reject(new TypeError("network")) : answer;
  });
  const sheet = form(fields);
  sheet.setAttribute("data-dti-retry", "Trying again");
  sheet.isConnected = true;
  const page = root();
  takeOver(page.root, words);
  return {...page, requests, sheet};
}

const settled = async () => { for (let turn = 0; turn < 50; turn += 1) await null; };

test("a lost answer is asked for again, later each time, as it was first sent", async (context) => {
  context.mock.timers.enable({apis: ["setTimeout"]});
  const page = patient(["lost", response("<html>", {status: 503}), "lost", response({html: "new"})]);
  const sent = page.root.fire("submit", {target: page.sheet});
  await settled();
  assert.equal(page.requests.length, 1);
  assert.equal(page.status.textContent, "Trying again");
  assert.equal(page.sheet.getAttribute("aria-busy"), "true");
  page.sheet.fields = [["choice", "b"]]; // another choice while it waits
  for (const [wait, count] of [[1000, 2], [3000, 3], [8000, 4]]) {
    context.mock.timers.tick(wait - 1);
    await settled();
    assert.equal(page.requests.length, count - 1);
    context.mock.timers.tick(1);
    await settled();
    assert.equal(page.requests.length, count);
  }
  await sent;
  assert.deepEqual(page.requests.map((request) => request.body), Array(4).fill('[["choice","a"]]'));
  assert.deepEqual(page.screen.children, ["new"]);
  assert.equal(page.alertBox.hidden, true);
  assert.equal(page.sheet.hasAttribute("aria-busy"), false);
});

test("nothing else is sent while it is tried again", async (context) => {
  context.mock.timers.enable({apis: ["setTimeout"]});
  const page = patient(["lost", response({html: "new"})]);
  const sent = page.root.fire("submit", {target: page.sheet});
  await settled();
  await page.root.fire("submit", {target: page.sheet});
  assert.equal(page.requests.length, 1);
  context.mock.timers.tick(1000);
  await sent;
  assert.equal(page.requests.length, 2);
});

test("a browser that is connected again does not wait", async (context) => {
  context.mock.timers.enable({apis: ["setTimeout"]});
  const page = patient(["lost", response({html: "new"})]);
  const sent = page.root.fire("submit", {target: page.sheet});
  await settled();
  await window.fire("online");
  await sent;
  assert.equal(page.requests.length, 2);
  assert.deepEqual(page.screen.children, ["new"]);
});

/** Let the time pass between the four tries to send a form. */
async function waitThreeTimes(context) {
  for (const wait of [1000, 3000, 8000]) {
    await settled();
    context.mock.timers.tick(wait);
  }
}

test("after four tries it is told, the form stays, and the connection coming back sends it", async (context) => {
  context.mock.timers.enable({apis: ["setTimeout"]});
  const page = patient(["lost", "lost", "lost", "lost", response({html: "new"})]);
  const sent = page.root.fire("submit", {target: page.sheet});
  await waitThreeTimes(context);
  await sent;
  assert.equal(page.requests.length, 4);
  assert.equal(page.alertBox.textContent, "Offline");
  assert.equal(page.alertBox.focused, 1);
  await window.fire("online");
  assert.equal(page.requests.length, 5);
  assert.deepEqual(page.screen.children, ["new"]);
  assert.equal(page.alertBox.hidden, true);
});

test("the connection coming back sends nothing when the reader was faster", async (context) => {
  context.mock.timers.enable({apis: ["setTimeout"]});
  const page = patient(["lost", "lost", "lost", "lost", response({html: "new"})]);
  const sent = page.root.fire("submit", {target: page.sheet});
  await waitThreeTimes(context);
  await sent;
  await page.root.fire("submit", {target: page.sheet});
  assert.equal(page.requests.length, 5);
  await window.fire("online");
  assert.equal(page.requests.length, 5);
});

test("an error stands at its form where the form says so, and outlives the screen", async () => {
  const plain = patient([response({error: "Not one of the choices."}, {status: 400})]);
  plain.sheet.isConnected = true;
  await plain.root.fire("submit", {target: plain.sheet});
  assert.equal(plain.sheet.next, undefined);
  const again = patient([response({error: "Not one of the choices."}, {status: 400}), response({html: "new"})]);
  again.sheet.setAttribute("data-dti-error-here", "");
  again.sheet.isConnected = true;
  await again.root.fire("submit", {target: again.sheet});
  assert.equal(again.sheet.next, again.alertBox);
  again.screen.children = [again.alertBox];
  await again.root.fire("submit", {target: again.sheet});
  assert.equal(again.screen.previous, again.alertBox);
  assert.deepEqual(again.screen.children, ["new"]);
});

test("a refusal is not asked for again", async () => {
  const page = patient([response({error: "Not one of the choices."}, {status: 400})]);
  await page.root.fire("submit", {target: page.sheet});
  assert.equal(page.requests.length, 1);
  assert.equal(page.alertBox.textContent, "Not one of the choices.");
});

test("a form that the reader did not send leaves the focus where it is", async () => {
  browser(() => response({html: "new"}));
  const heading = new StandIn();
  const page = root({"[data-dti-focus]": heading});
  takeOver(page.root, words);
  const sheet = form([]);
  sheet.setAttribute("data-dti-auto", "");
  await page.root.fire("submit", {target: sheet});
  assert.deepEqual(page.screen.children, ["new"]);
  assert.equal(heading.focused, 0);
});

test("a screen that is still the one stays in the page", async () => {
  browser(() => response({html: "new"}));
  const page = root();
  page.screen.children = ["old"];
  const shown = [];
  takeOver(page.root, words, (screen, form) => shown.push(form), () => true);
  const sheet = form([]);
  await page.root.fire("submit", {target: sheet});
  assert.deepEqual(page.screen.children, ["old"]);
  assert.deepEqual(shown, [undefined, sheet]);
});
