// The clock of a scene, as numbers: how much is left, when it speaks, and whether the machine was asleep. It counts by
// `performance.now()`, which a change of the system time does not touch; the server has the last word.

const ASLEEP = 2000; // ms by which the two clocks of a machine may part before it must have slept, or its time was changed

/** "0:17", "3:20". A second that has begun counts in full, so that 0:00 means over. */
export function face(left) {
  const seconds = Math.ceil(left);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** The seconds at which the clock speaks, of `total`: at half, at ten and at five, where those are not all but the same. */
export function marks(total) {
  const half = Math.floor(total / 2);
  return [...(half >= 13 ? [half] : []), 10, 5].filter((second) => second <= total - 3);
}

export class Countdown {
  /** `left` of `seconds` when the page was made, at `born`; `steady` and `wall` are performance.now() and Date.now() now (ms). */
  constructor(left, seconds, born, steady, wall) {
    this.seconds = seconds;
    this.end = born + left * 1000;
    this.apart = wall - steady;
    this.marks = marks(seconds).filter((second) => second < left - 1);
    this.quiet = true;
  }

  /** {left, over, slept, say, first}: `say` is a number of seconds to speak of, or null; `first` for the first time. */
  at(steady, wall) {
    const left = Math.max(0, (this.end - steady) / 1000);
    const slept = Math.abs(wall - steady - this.apart) > ASLEEP;
    if (slept) this.apart = wall - steady;
    const first = this.quiet;
    this.quiet = false;
    const due = this.marks.filter((second) => left <= second);
    this.marks = this.marks.filter((second) => left > second);
    const seconds = Math.ceil(left);
    return {left, over: left <= 0, slept, first, say: seconds > 0 && (first || due.length) ? (first ? seconds : due.at(-1)) : null};
  }
}
