/* Between what arrives and what is drawn: at any rate of messages, so many rows are drawn at a time and no more. */
const TICK_MILLIS = 500;
const ROWS_PER_TICK = 10;
const WAITING = 200;

export class Feed {
  #draw;
  #tell;
  #arrived = [];
  #count = 0;
  #skipped = 0;
  #rates = [];
  #held = false;

  /**
   * @param draw is given the messages to draw, oldest first
   * @param tell is given the rate per second, how many of them are drawn, how many have been skipped, and how many wait
   */
  constructor(draw, tell) {
    this.#draw = draw;
    this.#tell = tell;
    setInterval(() => this.#tick(), TICK_MILLIS);
  }

  push(message) {
    this.#count++;
    this.#arrived.push(message);
    if (this.#arrived.length > (this.#held ? WAITING : 4 * WAITING)) {
      this.#arrived.shift();
      this.#skipped++;
    }
  }

  /** Whether what arrives waits, the latest of it, instead of being drawn. */
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
    this.#tell({
      perSecond,
      sampled: perSecond > ROWS_PER_TICK * 1000 / TICK_MILLIS,
      drawnPerSecond: ROWS_PER_TICK * 1000 / TICK_MILLIS,
      skipped: this.#skipped,
      waiting: this.#arrived.length,
    });
  }
}

/** At most so many, evenly spread, the last among them. */
export function sample(all, most) {
  if (all.length <= most) {
    return all;
  }
  return Array.from({length: most}, (_, i) => all[Math.floor((i + 1) * all.length / most) - 1]);
}
