const TICK_MILLIS = 500;
const ROWS_PER_TICK = 10;
const MAX_HELD_MESSAGES = 200;

/** Passes arriving messages on to be drawn: at most a fixed number per tick, a sample if more arrive. */
export class Feed {
  #draw;
  #report;
  #arrived = [];
  #count = 0;
  #skipped = 0;
  #rates = [];
  #held = false;

  /**
   * @param draw called with the messages to draw, oldest first
   * @param report called with the rate per second, and how many messages are drawn, have been skipped, and wait
   */
  constructor(draw, report) {
    this.#draw = draw;
    this.#report = report;
    setInterval(() => this.#tick(), TICK_MILLIS);
  }

  push(message) {
    this.#count++;
    this.#arrived.push(message);
    if (this.#arrived.length > (this.#held ? MAX_HELD_MESSAGES : 4 * MAX_HELD_MESSAGES)) {
      this.#arrived.shift();
      this.#skipped++;
    }
  }

  /** Sets whether arriving messages wait, the latest of them, instead of being drawn. */
  hold(held) {
    this.#held = held;
  }

  clear() {
    this.#arrived = [];
    this.#count = 0;
    this.#skipped = 0;
    this.#rates = [];
  }

  #tick() {
    this.#rates.push(this.#count);
    this.#rates = this.#rates.slice(-4);
    this.#count = 0;
    const perSecond = this.#rates.reduce((a, b) => a + b, 0) / (this.#rates.length * TICK_MILLIS / 1000);
    let drawn = 0;
    if (!this.#held && this.#arrived.length > 0) {
      const chosen = sample(this.#arrived, ROWS_PER_TICK);
      drawn = chosen.length;
      this.#skipped += this.#arrived.length - drawn;
      this.#arrived = [];
      this.#draw(chosen);
    }
    this.#report({
      perSecond,
      sampled: perSecond > ROWS_PER_TICK * 1000 / TICK_MILLIS,
      drawnPerSecond: ROWS_PER_TICK * 1000 / TICK_MILLIS,
      skipped: this.#skipped,
      waiting: this.#arrived.length,
    });
  }
}

/** Returns at most max elements, evenly spread, the last among them. */
export function sample(all, max) {
  if (all.length <= max) {
    return all;
  }
  return Array.from({length: max}, (_, i) => all[Math.floor((i + 1) * all.length / max) - 1]);
}
