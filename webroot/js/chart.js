import uPlot from '../lib/uplot.js';

const MAX_POINTS = 60;
const HEIGHT_PIXELS = 72;

/** A line chart of the rates of the last minute or so. */
export class Chart {
  element = document.createElement('div');
  #times = [];
  #values = [];
  #plot = null;

  constructor(label) {
    this.element.className = 'chart';
    this.element.setAttribute('role', 'img');
    this.element.setAttribute('aria-label', label);
    new ResizeObserver(([entry]) => this.#fit(entry.contentRect.width)).observe(this.element);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#make());
  }

  /** Adds a rate. @param at the time in seconds */
  add(at, value) {
    this.#times = [...this.#times, at].slice(-MAX_POINTS);
    this.#values = [...this.#values, value].slice(-MAX_POINTS);
    this.#plot?.setData([this.#times, this.#values]);
  }

  #fit(width) {
    if (width < 1) {
      return;
    }
    if (this.#plot === null) {
      this.#make(width);
    } else {
      this.#plot.setSize({width, height: HEIGHT_PIXELS});
    }
  }

  #make(width = this.element.clientWidth) {
    if (width < 1) {
      return;
    }
    this.#plot?.destroy();
    const colours = getComputedStyle(document.documentElement);
    const colour = (name) => colours.getPropertyValue(name).trim();
    const axis = {stroke: colour('--soft'), font: '11px system-ui', grid: {stroke: colour('--line'), width: 1}, ticks: {show: false}};
    this.#plot = new uPlot({
      width,
      height: HEIGHT_PIXELS,
      legend: {show: false},
      cursor: {show: false},
      padding: [6, 0, 4, 0],
      scales: {y: {range: (plot, low, high) => [0, Math.max(1, high * 1.1)]}},
      axes: [{show: false}, {...axis, size: 40, space: 26}],
      series: [{}, {stroke: colour('--accent'), width: 1.5, fill: colour('--wash'), points: {show: false}}],
    }, [this.#times, this.#values], this.element);
  }
}
