// Sends the block to the server and understands the answer.
import {csrfToken} from "../screen/forms.js";

/**
 * POST `body` as JSON. Resolves to {ok, status, body} or {error: "offline" | "signedOut" | "failed", message}; never rejects.
 * A page in place of an answer (a sign-in page, a proxy's) is no answer.
 * @param {any} address @param {any} body @param {{form: HTMLFormElement, fetcher: Fetcher, cookies: string}} options
 */
export async function post(address, body, {form, fetcher, cookies}) {
  let response;
  try {
    response = await fetcher(address, {
      method: "POST",
      credentials: "same-origin",
      headers: {Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": csrfToken(form, cookies)},
      body: JSON.stringify(body),
    });
  } catch {
    return {error: "offline", message: ""};
  }
  let answer = null;
  try {
    answer = await response.json();
  } catch {
    // no JSON
  }
  const sound = answer !== null && typeof answer === "object" && !Array.isArray(answer);
  if (response.ok && sound) return {ok: true, status: response.status, body: answer};
  const message = sound && typeof answer.error === "string" ? answer.error : "";
  if (response.status === 409 && sound && (typeof answer.content === "string" || answer.confirm || Array.isArray(answer.stops))) return {ok: false, status: 409, body: answer, message};
  if (message) return {error: "refused", status: response.status, message};
  if (response.ok || response.status === 401 || response.status === 403) return {error: "signedOut", message: ""};
  return {error: "failed", message: ""};
}
