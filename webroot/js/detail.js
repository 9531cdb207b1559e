import {facts, h, time} from './dom.js';

const LONGEST = 200000;

/** One message, whole: its properties and its body, to be copied or published again. */
export class Detail {
  element = h('section', {class: 'card detail', 'aria-label': 'Message', hidden: true});
  #edit;

  /** @param edit is given the message that is to be published again */
  constructor(edit) {
    this.#edit = edit;
    this.element.addEventListener('keydown', (event) => event.key === 'Escape' && this.close());
  }

  show(message) {
    const json = JSON.stringify(message.body, null, 2) ?? 'null';
    const said = h('span', {class: 'soft', role: 'status'});
    const copier = (label, text) => h('button', {type: 'button', class: 'quiet', onclick: () => copy(text, said)}, label);
    this.element.replaceChildren(
      h('header', {},
        h('h2', {}, message.key),
        h('button', {type: 'button', class: 'quiet', onclick: () => this.close()}, 'Close')),
      facts([['Seen', time(message.at).join('')], ...Object.entries(message.headers).map(([name, value]) => [name, String(value)])]),
      h('pre', {tabindex: '0', 'aria-label': 'Body'},
        json.length > LONGEST ? `${json.slice(0, LONGEST)}\n… ${json.length - LONGEST} characters more` : json),
      h('div', {class: 'actions'},
        copier('Copy JSON', json),
        copier('Copy as publish command', publishCommand(message)),
        h('button', {type: 'button', class: 'quiet', onclick: () => this.#edit(message)}, 'Edit'),
        said));
    this.element.hidden = false;
  }

  close() {
    this.element.hidden = true;
  }
}

/** For a shell of POSIX kind. It carries key and body; headers are the command's own. */
export function publishCommand(message) {
  const quoted = (text) => (/^[\w.,:=@/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
  return `java -jar busbar.jar publish ${quoted(message.key)} ${quoted(JSON.stringify(message.body) ?? 'null')}`;
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
