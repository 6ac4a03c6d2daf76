// A signature drawn by mouse, finger or pen: strokes in a box of 1,000 by 300 units, whatever the screen's size is. The limits are
// the server's (pledge/strokes.py).

export const WIDTH = 1000;
export const HEIGHT = 300;
export const MOST_STROKES = 100;
export const MOST_POINTS = 4000;
const STEP = 3; // units: points that are closer than this add nothing that can be seen
const PEN = 5; // units
const THINNEST = 2; // CSS pixels: on a telephone the pen would be thinner than that

/** The point of the page at `x`, `y` in units of `box` ({left, top, width} of the drawing area in the page), inside of it. */
export function toUnits(x, y, box) {
  const scale = WIDTH / box.width;
  const within = (value, most) => Math.min(Math.max(Math.round(value * scale), 0), most);
  return [within(x - box.left, WIDTH), within(y - box.top, HEIGHT)];
}

/** Is `point` far enough from the last of `stroke` to be kept? */
export function worthKeeping(stroke, point) {
  const last = stroke[stroke.length - 1];
  return !last || Math.hypot(point[0] - last[0], point[1] - last[1]) >= STEP;
}

/** May another stroke begin, or with `within` the last one go on? */
export function hasRoom(strokes, within = false) {
  const points = strokes.reduce((sum, stroke) => sum + stroke.length, 0);
  return points < MOST_POINTS && (within || strokes.length < MOST_STROKES);
}

/** The strokes in the text of the form's field; none for what is no drawing. */
export function readStrokes(text) {
  try {
    const found = JSON.parse(text);
    const isPoint = (point) => Array.isArray(point) && point.length === 2 && point.every(Number.isInteger);
    const isStroke = (stroke) => Array.isArray(stroke) && stroke.length > 0 && stroke.every(isPoint);
    return Array.isArray(found) && found.every(isStroke) ? found : [];
  } catch {
    return [];
  }
}

/** What the form's field holds for `strokes`. */
export function writeStrokes(strokes) {
  return strokes.length ? JSON.stringify(strokes) : "";
}

/** Draws on `canvas`; `scale()` is CSS pixels of a unit, 0 while the canvas is not to be seen. */
function surfaceOf(canvas, context) {
  let scale = 0;

  function line(from, to) {
    context.beginPath();
    context.moveTo(from[0], from[1]);
    context.lineTo(to[0], to[1]);
    context.stroke();
  }

  function draw(strokes) {
    scale = canvas.clientWidth / WIDTH;
    if (!scale) return; // inside of something closed: drawn when it opens
    const sharpness = window.devicePixelRatio || 1;
    canvas.width = Math.round(canvas.clientWidth * sharpness); // clears it, too
    canvas.height = Math.round(canvas.clientHeight * sharpness);
    context.setTransform(scale * sharpness, 0, 0, scale * sharpness, 0, 0);
    context.lineWidth = Math.max(PEN, THINNEST / scale);
    context.lineCap = context.lineJoin = "round";
    context.strokeStyle = window.getComputedStyle(canvas).color;
    for (const stroke of strokes) {
      stroke.forEach((point, index) => line(stroke[Math.max(index - 1, 0)], point));
    }
  }

  function place(event) {
    const box = canvas.getBoundingClientRect();
    const area = {left: box.left + canvas.clientLeft, top: box.top + canvas.clientTop, width: canvas.clientWidth};
    return toUnits(event.clientX, event.clientY, area);
  }

  return {line, draw, place, scale: () => scale};
}

/**
 * Let people draw in the `data-dti-pad` below `root`; where the browser cannot, `root` is hidden. What is drawn is in the pad's
 * hidden field and nowhere else, so it outlives resizing and another theme. `{count}` in `words` is the number of strokes.
 */
export function attachPad(root, words) {
  const pad = root.querySelector("[data-dti-pad]");
  const canvas = pad && pad.querySelector("canvas");
  const context = canvas && canvas.getContext && canvas.getContext("2d");
  if (!context || !window.PointerEvent) {
    root.hidden = true;
    return;
  }
  const field = pad.querySelector("input[name=strokes]");
  const state = document.createElement("p");
  state.className = "dti-pad-state dti-help";
  state.setAttribute("role", "status");
  pad.append(state);
  let strokes = readStrokes(field.value);
  let pointer = null; // of the stroke being drawn
  const {line, place, scale, draw: redraw} = surfaceOf(canvas, context);
  const draw = () => redraw(strokes);

  const say = (sentence) => {
    state.textContent = sentence.replace("{count}", String(strokes.length));
  };
  const keep = () => {
    field.value = writeStrokes(strokes);
  };

  function begin(event) {
    if (pointer !== null || event.button !== 0 || !scale()) return; // a second finger, another button of the mouse
    event.preventDefault();
    if (!hasRoom(strokes)) {
      say(words.padFull);
      return;
    }
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
    const point = place(event);
    strokes.push([point]);
    line(point, point);
  }

  function go(event) {
    if (event.pointerId !== pointer) return;
    const passed = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
    for (const each of passed.length ? passed : [event]) {
      const stroke = strokes[strokes.length - 1];
      const point = place(each);
      if (!worthKeeping(stroke, point)) continue;
      if (!hasRoom(strokes, true)) {
        end(event);
        say(words.padFull);
        return;
      }
      line(stroke[stroke.length - 1], point);
      stroke.push(point);
    }
  }

  function end(event) {
    if (event.pointerId !== pointer) return;
    pointer = null;
    keep();
    say(words.padDrawn);
  }

  function change(left, sentence) {
    if (pointer !== null) return;
    const had = strokes.length;
    strokes = left;
    keep();
    draw();
    say(had ? sentence : words.padEmpty);
  }

  canvas.addEventListener("pointerdown", begin);
  canvas.addEventListener("pointermove", go);
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) canvas.addEventListener(name, end);
  pad.querySelector("[data-dti-pad-undo]").addEventListener("click", () => {
    change(strokes.slice(0, -1), strokes.length > 1 ? words.padUndone : words.padCleared);
  });
  pad.querySelector("[data-dti-pad-clear]").addEventListener("click", () => change([], words.padCleared));

  say(strokes.length ? words.padDrawn : words.padEmpty);
  draw();
  if (window.ResizeObserver) new ResizeObserver(draw).observe(canvas);
  watchLook(canvas, draw);
}

/** Run `draw` when colors or the screen's sharpness change, for as long as `canvas` is in the page. */
function watchLook(canvas, draw) {
  if (window.MutationObserver) {
    const theme = new MutationObserver(() => (canvas.isConnected ? draw() : theme.disconnect()));
    theme.observe(document.documentElement, {attributes: true, attributeFilter: ["data-theme", "data-paragon-theme-variant"]});
  }
  if (!window.matchMedia) return;
  const watch = (query, renew) => {
    const media = window.matchMedia(query);
    const look = () => {
      if (!canvas.isConnected || renew) media.removeEventListener("change", look);
      if (!canvas.isConnected) return;
      draw();
      if (renew) renew();
    };
    media.addEventListener("change", look);
  };
  watch("(prefers-color-scheme: dark)");
  watch("(forced-colors: active)");
  const sharpness = () => watch(`(resolution: ${window.devicePixelRatio || 1}dppx)`, sharpness);
  sharpness();
}
