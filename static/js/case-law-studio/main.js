// The case-law editor in Studio. The page comes as a plain form; the visual editor takes it over, and where that fails (an old
// browser, a file that did not arrive) the plain form goes on.
import {start as startForm} from "./studio.js?v=0.1.0";

export async function start(root, words, runtime) {
  try {
    const {startEditor} = await import("./case-law-studio/main.js?v=0.1.0");
    startEditor(root, words, runtime);
  } catch (error) {
    console.error("Duty to Intervene: the visual editor did not start; the form works", error);
    startForm(root.querySelector("form"), words, runtime);
  }
}
