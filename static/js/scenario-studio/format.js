// How a scenario is read, what its entries are called, and how texts that cannot be read yet follow a change.
import {carried} from "./pending.js";
import {dataOf} from "./scene.js";
import {read} from "./story.js";

/** @type {Format} */
export const SCENARIO = {read, titleOf: (entry) => dataOf(entry.piece).title, carried};
