import {count, h, rate, setText} from './dom.js';
import {Feed} from './feed.js';
import {MessageDetail} from './message-detail.js';
import {MessageTable} from './message-table.js';
import {PublishForm} from './publish-form.js';
import {session} from './session.js';

const PREFIX = 'mq:';
const NO_MESSAGE = 'No message yet.';

/** The view of the messages that the broker delivers now, by filter. */
export function messagesView(bus) {
  const form = new PublishForm();
  const detail = new MessageDetail((message) => [['Edit', () => { detail.close(); form.fill(message); }]]);
  const table = new MessageTable('Messages', (message) => detail.show(message));
  const filter = h('input', {id: 'filter', class: 'mono', 'aria-label': 'Filter', placeholder: 'builds.*.finished', autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'go'});
  const pause = h('button', {type: 'button', class: 'quiet', 'aria-pressed': 'false', onclick: () => setPaused(!paused)}, 'Pause');
  const search = h('input', {type: 'search', class: 'search', 'aria-label': 'Search the messages shown', placeholder: 'Search these messages', oninput: filterRows});
  const listening = h('span', {id: 'listening'});
  const flow = h('output', {id: 'flow'});
  const problem = h('span', {class: 'problem', role: 'alert'});
  const empty = h('p', {class: 'note'}, NO_MESSAGE);
  const feed = new Feed(draw, showFlow);
  let paused = false;
  let address = null;
  let found = '';

  function draw(messages) {
    table.add(messages);
    empty.hidden = true;
    if (search.value) {
      filterRows();
    }
  }

  function showFlow({perSecond, sampled, drawnPerSecond, skipped, waiting}) {
    const reading = table.focused && !paused;
    const parts = [`${rate(perSecond)} per second`];
    if (paused || reading) {
      parts.push(paused ? 'paused' : 'held while a row has the focus; Esc resumes', `${count(waiting)} waiting`);
    } else if (sampled) {
      parts.push(`showing ${drawnPerSecond} of them`);
    }
    if (skipped > 0) {
      parts.push(`${count(skipped)} not shown`);
    }
    setText(flow, parts.concat(found || []).join(' · '));
    feed.hold(paused || table.focused);
  }

  function setPaused(value) {
    paused = value;
    pause.setAttribute('aria-pressed', String(value));
    pause.textContent = value ? 'Resume' : 'Pause';
    feed.hold(paused);
  }

  function showEmpty(matching) {
    setText(empty, table.size === 0 ? NO_MESSAGE : 'None of these messages contains the text.');
    empty.hidden = matching > 0;
  }

  function filterRows() {
    const matching = table.search(search.value);
    found = search.value ? `${count(matching)} of ${count(table.size)} rows` : '';
    showEmpty(matching);
  }

  function listen(text) {
    if (address) {
      bus.unregister(address);
    }
    address = PREFIX + text;
    problem.textContent = '';
    setText(listening, `Listening to ${text}`);
    table.clear();
    feed.clear();
    showEmpty(0);
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

  /** Puts the filter into the page's address, so that it can be bookmarked. */
  function remember() {
    if (address) {
      history.replaceState(null, '', `#messages?${encodeURIComponent(address.slice(PREFIX.length))}`);
    }
  }

  function filterOfAddress() {
    return decodeURIComponent(location.hash.split('?')[1] ?? '');
  }

  /** Listens to the filter of the page's address, or else to the first that is permitted. */
  function begin() {
    const permitted = session.me.listen.find((it) => it.startsWith(PREFIX))?.slice(PREFIX.length);
    if (filterOfAddress() || permitted !== undefined) {
      filter.value = filterOfAddress() || permitted;
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
      h('div', {class: 'card list'}, table.element, empty),
      h('div', {class: 'side'}, detail.element, form.element)));
  view.addEventListener('shown', () => {
    if (address && filterOfAddress() && address !== PREFIX + filterOfAddress()) {
      filter.value = filterOfAddress();
      listen(filter.value);
    }
    remember();
  });
  return view;
}
