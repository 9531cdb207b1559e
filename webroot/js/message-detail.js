import {facts, h, time} from './dom.js';
import {compact, pretty, readable} from './json.js';

const MAX_SHOWN_CHARACTERS = 200000;
/** The keys that the publish command takes, and that are safe in a terminal. */
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** Shows a whole message: its properties and its body, to be copied or published again. */
export class MessageDetail {
  element = h('section', {class: 'card detail', 'aria-label': 'Message', hidden: true});
  #actions;
  #opener = null;

  /** @param actions returns the buttons for a message: pairs of a label and what the button does */
  constructor(actions) {
    this.#actions = actions;
    this.element.addEventListener('keydown', (event) => event.key === 'Escape' && this.#closeAndReturn());
  }

  /**
   * Shows a message.
   *
   * @param message has the body as JSON text in json, or any other text in plain; may have pairs to show in facts
   */
  show(message) {
    if (!this.element.contains(document.activeElement)) {
      this.#opener = document.activeElement;
    }
    const json = message.plain ?? pretty(readable(message.json));
    const headers = () => [['Received', time(message.at).join('')], ...Object.entries(message.headers).map(([name, value]) => [name, String(value)])];
    const status = h('span', {class: 'soft', role: 'status'});
    const copier = (label, text) => h('button', {type: 'button', class: 'quiet', onclick: () => copy(text, status)}, label);
    this.element.replaceChildren(
      h('header', {},
        h('h2', {}, message.key),
        h('button', {type: 'button', class: 'quiet', onclick: () => this.close()}, 'Close')),
      facts(message.facts ?? headers()),
      h('pre', {tabindex: '0', 'aria-label': 'Body'},
        json.length > MAX_SHOWN_CHARACTERS ? `${json.slice(0, MAX_SHOWN_CHARACTERS)}\n… ${json.length - MAX_SHOWN_CHARACTERS} characters more` : json),
      h('div', {class: 'actions'},
        ...this.#actions(message).map(([label, act]) => h('button', {type: 'button', class: 'quiet', onclick: act}, label)),
        copier(message.plain === undefined ? 'Copy JSON' : 'Copy text', message.plain ?? pretty(message.json)),
        message.plain === undefined && PRINTABLE_ASCII.test(message.key) ? copier('Copy as publish command', publishCommand(message)) : null,
        status));
    this.element.hidden = false;
  }

  close() {
    this.element.hidden = true;
  }

  /** Closes the message and returns the focus to the element from which it was opened. */
  #closeAndReturn() {
    this.close();
    if (this.#opener?.isConnected) {
      this.#opener.focus();
    }
  }
}

/** The command, quoted for a POSIX shell, that publishes a message's key and body, without its headers. */
export function publishCommand(message) {
  const quoted = (text) => (/^[\w.,:=@/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
  const end = message.key.startsWith('-') ? '-- ' : '';
  return `java -jar target/busbar.jar publish ${end}${quoted(message.key)} ${quoted(compact(message.json))}`;
}

/** Copies a text. Browsers offer the clipboard only to pages from localhost or over TLS; others copy a selection. */
async function copy(text, status) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h('textarea', {'aria-hidden': 'true'});
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  status.textContent = 'Copied';
  setTimeout(() => { status.textContent = ''; }, 2000);
}
