// The activity editor in Studio: the visual one, over the plain form.
import {startOver} from "../studio/form.js";

export const start = startOver(() => import("./editor.js"));
