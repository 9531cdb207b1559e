import {h, time} from './dom.js';
import {compact, member, readable} from './json.js';

const MOST_ROWS = 200;
const PREVIEW = 200;
const SEARCHED = 4000;

/** The table of messages, newest first; rows have one height, and the oldest give way. */
export class Rows {
  element;
  #body = h('tbody');
  #messages = new WeakMap();
  #open;
  #term = '';
  #selected = null;

  /** @param open is given the message of a row that is opened */
  constructor(label, open) {
    this.#open = open;
    const head = ['Time', 'Routing key', 'Body'].map((name) => h('th', {scope: 'col'}, name));
    this.element = h('table', {'aria-label': label}, h('thead', {}, h('tr', {}, ...head)), this.#body);
    this.#body.addEventListener('click', (event) => this.#select(event.target.closest('tr')));
    this.#body.addEventListener('keydown', (event) => this.#key(event));
  }

  get focused() {
    return this.#body.contains(document.activeElement);
  }

  get size() {
    return this.#body.children.length;
  }

  /** @param messages oldest first */
  add(messages) {
    this.#body.prepend(...messages.map((message) => this.#row(message)).reverse());
    while (this.size > MOST_ROWS) {
      this.#body.lastElementChild.remove();
    }
    this.#tabStop(this.#shown()[0]);
  }

  clear() {
    this.#body.replaceChildren();
  }

  /** @return how many rows have the term */
  search(term) {
    this.#term = term.trim().toLowerCase();
    const rows = [...this.#body.children];
    rows.forEach((row) => { row.hidden = !this.#fits(row); });
    const shown = this.#shown();
    this.#tabStop(shown[0]);
    return shown.length;
  }

  #row(message) {
    message.json = member(message.frame, 'body') ?? 'null';
    message.text = compact(readable(message.json));
    const [clock, millis] = time(message.at);
    const row = h('tr', {tabindex: '-1', 'aria-selected': 'false'},
      h('td', {}, clock, h('span', {class: 'millis'}, millis)), h('td', {title: message.key}, message.key), h('td', {}, message.text.slice(0, PREVIEW)));
    this.#messages.set(row, message);
    row.hidden = !this.#fits(row);
    return row;
  }

  #fits(row) {
    const message = this.#messages.get(row);
    return this.#term === '' || `${message.key} ${message.text.slice(0, SEARCHED)}`.toLowerCase().includes(this.#term);
  }

  #shown() {
    return [...this.#body.children].filter((row) => !row.hidden);
  }

  /** One row can be tabbed to; the arrows lead on from there. */
  #tabStop(row) {
    if (row && !this.focused) {
      this.#body.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1');
      row.setAttribute('tabindex', '0');
    }
  }

  #key(event) {
    const shown = this.#shown();
    const at = shown.indexOf(event.target);
    const to = {ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length - 1}[event.key];
    if (to !== undefined && shown[to]) {
      event.preventDefault();
      shown[to].focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#select(event.target);
    } else if (event.key === 'Escape') {
      event.target.blur();
    }
  }

  #select(row) {
    if (row) {
      this.#selected?.setAttribute('aria-selected', 'false');
      this.#selected = row;
      row.setAttribute('aria-selected', 'true');
      row.focus();
      this.#open(this.#messages.get(row));
    }
  }
}

