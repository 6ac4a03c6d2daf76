// Which seconds of a film were played since the last report, told by the times that the player says while it plays.

const JUMP = 1.5; // seconds of the film, at speed 1, between two times that belong together: more was a jump
const LEAST = 0.05; // seconds that are worth a report

export class Spans {
  /** @type {number | null} */
  #last = null;
  /** @type {[number, number][]} */
  #spans = [];

  /** The player plays and is at `time`, with the speed `rate`. @param {number} time @param {number} [rate] */
  at(time, rate = 1) {
    const last = this.#last;
    this.#last = time;
    if (last === null || time <= last || time - last > JUMP * Math.max(1, rate)) return;
    const open = this.#spans.at(-1);
    if (open && open[1] === last) open[1] = time;
    else this.#spans.push([last, time]);
  }

  /** It stopped, or jumps: what comes next does not belong to what was. */
  cut() {
    this.#last = null;
  }

  /** What was played since the last call, in seconds to a tenth. */
  take() {
    const taken = this.#spans.filter(([start, end]) => end - start > LEAST);
    this.#spans = [];
    return taken.map(([start, end]) => [Math.round(start * 10) / 10, Math.round(end * 10) / 10]);
  }

  /** Give back what could not be reported. @param {number[][]} spans */
  back(spans) {
    this.#spans.unshift(.../** @type {[number, number][]} */ (spans));
  }
}
