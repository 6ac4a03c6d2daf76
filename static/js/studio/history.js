// What was, what is, what was taken back. Changes that go on in the same place (`merge`) are one step.

const MOST = 500;

export class History {
  /** @param {Step["state"]} state */
  constructor(state) {
    /** @type {Step[]} */
    this.steps = [{state, label: "", merge: ""}];
    this.at = 0;
  }

  get state() {
    return this.steps[this.at].state;
  }

  get canUndo() {
    return this.at > 0;
  }

  get canRedo() {
    return this.at < this.steps.length - 1;
  }

  /**
   * Take a new state in. `where` is whatever the caller wants back with undo and redo.
   * @param {Step["state"]} state @param {{label: string, merge?: string, where?: Selected | null}} options
   */
  push(state, {label, merge = "", where = null}) {
    const top = this.steps[this.at];
    if (merge && top.merge === merge && this.at > 0) {
      this.steps.length = this.at + 1;
      this.steps[this.at] = {...top, state, where};
      return;
    }
    this.steps.length = this.at + 1;
    this.steps.push({state, label, merge, where});
    if (this.steps.length > MOST) this.steps.splice(1, 1);
    this.at = this.steps.length - 1;
  }

  /** The next change starts a step of its own, wherever it is. */
  settle() {
    this.steps[this.at].merge = "";
  }

  /** Back by one step; returns the step that was taken back, null when there is none. */
  undo() {
    if (!this.canUndo) return null;
    this.settle();
    const undone = this.steps[this.at];
    this.at -= 1;
    this.settle();
    return undone;
  }

  /** Forward by one step; returns it, null when there is none. */
  redo() {
    if (!this.canRedo) return null;
    this.at += 1;
    this.settle();
    return this.steps[this.at];
  }
}
