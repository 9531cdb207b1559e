import {facts, h, time} from './dom.js';
import {compact, pretty, readable} from './json.js';

const LONGEST = 200000;
/** In a terminal; publish takes no other keys. */
const HARMLESS = /^[\x20-\x7e]*$/;

/** One message, whole: its properties and its body, to be copied or published again. */
export class Detail {
  element = h('section', {class: 'card detail', 'aria-label': 'Message', hidden: true});
  #actions;
  #opener = null;

  /** @param actions of a message: pairs of what the button says and what it does */
  constructor(actions) {
    this.#actions = actions;
    this.element.addEventListener('keydown', (event) => event.key === 'Escape' && this.#leave());
  }

  /** Its body is the text of JSON, or plain if it is not JSON; its facts may be given, as pairs. */
  show(message) {
    if (!this.element.contains(document.activeElement)) {
      this.#opener = document.activeElement;
    }
    const json = message.plain ?? pretty(readable(message.json));
    const seen = () => [['Seen', time(message.at).join('')], ...Object.entries(message.headers).map(([name, value]) => [name, String(value)])];
    const said = h('span', {class: 'soft', role: 'status'});
    const copier = (label, text) => h('button', {type: 'button', class: 'quiet', onclick: () => copy(text, said)}, label);
    this.element.replaceChildren(
      h('header', {},
        h('h2', {}, message.key),
        h('button', {type: 'button', class: 'quiet', onclick: () => this.close()}, 'Close')),
      facts(message.facts ?? seen()),
      h('pre', {tabindex: '0', 'aria-label': 'Body'},
        json.length > LONGEST ? `${json.slice(0, LONGEST)}\n… ${json.length - LONGEST} characters more` : json),
      h('div', {class: 'actions'},
        ...this.#actions(message).map(([label, act]) => h('button', {type: 'button', class: 'quiet', onclick: act}, label)),
        copier(message.plain === undefined ? 'Copy JSON' : 'Copy text', message.plain ?? pretty(message.json)),
        message.plain === undefined && HARMLESS.test(message.key) ? copier('Copy as publish command', publishCommand(message)) : null,
        said));
    this.element.hidden = false;
  }

  close() {
    this.element.hidden = true;
  }

  /** By the keyboard, which goes on where it was. */
  #leave() {
    this.close();
    if (this.#opener?.isConnected) {
      this.#opener.focus();
    }
  }
}

/** For a shell of POSIX kind. It carries key and body; headers are the command's own. No key is taken for an option. */
export function publishCommand(message) {
  const quoted = (text) => (/^[\w.,:=@/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
  const end = message.key.startsWith('-') ? '-- ' : '';
  return `java -jar target/busbar.jar publish ${end}${quoted(message.key)} ${quoted(compact(message.json))}`;
}

/** The clipboard is there only on a page of this machine or over TLS; else by the old way. */
async function copy(text, said) {
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
  said.textContent = 'Copied';
  setTimeout(() => { said.textContent = ''; }, 2000);
}
