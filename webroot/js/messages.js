import {count, h, rate, setText} from './dom.js';
import {Detail} from './detail.js';
import {Feed} from './feed.js';
import {PublishForm} from './publish.js';
import {Rows} from './rows.js';
import {session} from './session.js';

const PREFIX = 'mq:';
const NONE_YET = 'No message yet.';

/** What passes through the broker, live, by filter. */
export function messagesView(bus) {
  const form = new PublishForm();
  const detail = new Detail((message) => [['Edit', () => { detail.close(); form.fill(message); }]]);
  const rows = new Rows('Messages', (message) => detail.show(message));
  const filter = h('input', {id: 'filter', class: 'mono', 'aria-label': 'Filter', placeholder: 'builds.*.finished', autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'go'});
  const pause = h('button', {type: 'button', class: 'quiet', 'aria-pressed': 'false', onclick: () => setPaused(!paused)}, 'Pause');
  const search = h('input', {type: 'search', class: 'search', 'aria-label': 'Search the messages shown', placeholder: 'Search what is shown', oninput: searching});
  const listening = h('span', {id: 'listening'});
  const flow = h('output', {id: 'flow'});
  const problem = h('span', {class: 'problem', role: 'alert'});
  const empty = h('p', {class: 'note'}, NONE_YET);
  const feed = new Feed(draw, tell);
  let paused = false;
  let address = null;
  let found = '';

  function draw(messages) {
    rows.add(messages);
    empty.hidden = true;
    if (search.value) {
      searching();
    }
  }

  function tell({perSecond, sampled, drawnPerSecond, skipped, waiting}) {
    const reading = rows.focused && !paused;
    const parts = [`${rate(perSecond)} per second`];
    if (paused || reading) {
      parts.push(paused ? 'paused' : 'held while a row has the focus; Esc goes on', `${count(waiting)} wait`);
    } else if (sampled) {
      parts.push(`drawing ${drawnPerSecond} of them`);
    }
    if (skipped > 0) {
      parts.push(`${count(skipped)} not drawn`);
    }
    setText(flow, parts.concat(found || []).join(' · '));
    feed.hold(paused || rows.focused);
  }

  function setPaused(value) {
    paused = value;
    pause.setAttribute('aria-pressed', String(value));
    pause.textContent = value ? 'Resume' : 'Pause';
    feed.hold(paused);
  }

  function tellEmpty(fitting) {
    setText(empty, rows.size === 0 ? NONE_YET : 'Nothing shown has that in it.');
    empty.hidden = fitting > 0;
  }

  function searching() {
    const fitting = rows.search(search.value);
    found = search.value ? `${count(fitting)} of ${count(rows.size)} rows` : '';
    tellEmpty(fitting);
  }

  function listen(text) {
    if (address) {
      bus.unregister(address);
    }
    address = PREFIX + text;
    problem.textContent = '';
    setText(listening, `Listening to ${text}`);
    rows.clear();
    feed.clear();
    tellEmpty(0);
    bus.register(address, {received, refused, interrupted});
  }

  function received(frame, text) {
    const headers = frame.headers ?? {};
    feed.push({at: new Date(), key: headers['amqp-routing-key'] ?? '', frame: text, headers});
  }

  function refused(message) {
    bus.unregister(address);
    address = null;
    setText(listening, 'Not listening');
    empty.hidden = true;
    problem.textContent = message;
  }

  function interrupted(reason) {
    problem.textContent = `Interrupted: ${reason}`;
  }

  function submit(event) {
    event.preventDefault();
    const text = filter.value.trim();
    if (text === '') {
      problem.textContent = 'Write a filter, e.g. builds.*.finished, or # for all';
    } else {
      listen(text);
      remember();
    }
  }

  /** In the address of the page, so that it can be kept. */
  function remember() {
    if (address) {
      history.replaceState(null, '', `#messages?${encodeURIComponent(address.slice(PREFIX.length))}`);
    }
  }

  function asked() {
    return decodeURIComponent(location.hash.split('?')[1] ?? '');
  }

  /** What the address says, else all that is permitted. */
  function begin() {
    const permitted = session.me.listen.find((it) => it.startsWith(PREFIX))?.slice(PREFIX.length);
    if (asked() || permitted !== undefined) {
      filter.value = asked() || permitted;
      listen(filter.value);
    } else {
      setText(listening, 'Not listening');
      problem.textContent = `${session.me.name} may not listen to anything here`;
    }
  }

  session.onChange(() => {
    if (address === null) {
      begin();
    } else {
      listen(address.slice(PREFIX.length));
    }
  });
  const view = h('section', {class: 'view', 'data-view': 'messages', 'aria-label': 'Messages'},
    h('form', {class: 'bar', role: 'search', onsubmit: submit}, filter, h('button', {type: 'submit'}, 'Listen'), pause, search),
    h('div', {class: 'flow'}, listening, flow, problem),
    h('div', {class: 'split'},
      h('div', {class: 'card list'}, rows.element, empty),
      h('div', {class: 'side'}, detail.element, form.element)));
  view.addEventListener('shown', () => {
    if (address && asked() && address !== PREFIX + asked()) {
      filter.value = asked();
      listen(filter.value);
    }
    remember();
  });
  return view;
}
