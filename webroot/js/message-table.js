import {h, time} from './dom.js';
import {compact, member, readable} from './json.js';

const MAX_ROWS = 200;
const PREVIEW_CHARACTERS = 200;
const SEARCHED_CHARACTERS = 4000;

/** The table of messages, newest first. Beyond the limit of rows the oldest are removed. */
export class MessageTable {
  element;
  #body = h('tbody');
  #messages = new WeakMap();
  #open;
  #term = '';
  #selected = null;

  /** @param open called with the message of a row that the user opens */
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
    while (this.size > MAX_ROWS) {
      this.#body.lastElementChild.remove();
    }
    this.#tabStop(this.#shown()[0]);
  }

  clear() {
    this.#body.replaceChildren();
  }

  /** Shows only the rows that contain a term. @return how many these are */
  search(term) {
    this.#term = term.trim().toLowerCase();
    const rows = [...this.#body.children];
    rows.forEach((row) => { row.hidden = !this.#matches(row); });
    const shown = this.#shown();
    this.#tabStop(shown[0]);
    return shown.length;
  }

  #row(message) {
    message.json = member(message.frame, 'body') ?? 'null';
    message.text = compact(readable(message.json));
    const [clock, millis] = time(message.at);
    const row = h('tr', {tabindex: '-1', 'aria-selected': 'false'},
      h('td', {}, clock, h('span', {class: 'millis'}, millis)), h('td', {title: message.key}, message.key), h('td', {}, message.text.slice(0, PREVIEW_CHARACTERS)));
    this.#messages.set(row, message);
    row.hidden = !this.#matches(row);
    return row;
  }

  #matches(row) {
    const message = this.#messages.get(row);
    return this.#term === '' || `${message.key} ${message.text.slice(0, SEARCHED_CHARACTERS)}`.toLowerCase().includes(this.#term);
  }

  #shown() {
    return [...this.#body.children].filter((row) => !row.hidden);
  }

  /** Makes a row the one that the Tab key reaches; the arrow keys reach the others from there. */
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

