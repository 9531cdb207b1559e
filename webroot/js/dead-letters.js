import {Detail} from './detail.js';
import {ask} from './dialog.js';
import {count, h, setText, time} from './dom.js';
import {poll} from './poll.js';
import {api} from './session.js';

const EVERY_MILLIS = 2000;
const SHOWN = 100;
/** As many as the server moves in one call. */
const BATCH = 1000;
const KINDS = {'dead-letter': 'dead letters', park: 'parked'};
const COLUMNS = ['Time', 'Routing key', 'Route', 'Reason', 'Attempts'];

/** What routes could not handle: looked at, put back where it came from, or discarded. */
export function lettersView() {
  const detail = new Detail((message) => [
    ['Requeue', () => move('requeue', [message.token])],
    ['Discard', () => move('discard', [message.token])],
  ]);
  const tabs = h('div', {class: 'queues', role: 'group', 'aria-label': 'Queues'});
  const all = h('input', {type: 'checkbox', 'aria-label': 'Select all that are shown', onchange: () => select(all.checked)});
  const body = h('tbody');
  const table = h('table', {'aria-label': 'Dead letters'},
    h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, all), ...COLUMNS.map((name) => h('th', {scope: 'col'}, name)))), body);
  const button = (label, act) => h('button', {type: 'button', class: 'quiet', onclick: act}, label);
  const requeue = button('Requeue selected', () => move('requeue', selected()));
  const discard = button('Discard selected', () => move('discard', selected()));
  const requeueAll = button('Requeue all', () => moveAll('requeue'));
  const discardAll = button('Discard all', () => moveAll('discard'));
  const again = button('Look again', lookAgain);
  const said = h('p', {class: 'said', role: 'status'});
  const failures = h('ul', {class: 'failures problem', role: 'alert'});
  const empty = h('p', {class: 'note'});
  const none = h('p', {class: 'card note', hidden: true}, 'No route of the configuration leaves what it cannot handle in a queue.');
  const parts = h('div', {}, tabs,
    h('div', {class: 'actions letter-bar'}, requeue, discard, requeueAll, discardAll, again), said, failures,
    h('div', {class: 'split'}, h('div', {class: 'card list letters'}, table, empty), h('div', {class: 'side'}, detail.element)));
  const content = h('div', {}, none, parts);
  const note = h('div', {class: 'card note', hidden: true});
  const view = h('section', {class: 'view', 'data-view': 'dead-letters', 'aria-label': 'Dead letters', hidden: true}, note, content);
  let queues = [];
  let open = null;
  let messages = [];
  let busy = false;
  let looked = false;
  poll(view, '/dead-letters', EVERY_MILLIS, show, note, content);

  function show(answer) {
    queues = answer.queues;
    none.hidden = queues.length > 0;
    parts.hidden = queues.length === 0;
    if (queues.length === 0) {
      return;
    }
    open = queues.find((it) => it.name === open?.name) ?? queues.find((it) => it.messages > 0) ?? queues[0];
    drawTabs();
    if (!busy && (!looked || (messages.length === 0 && open.messages > 0))) {
      look();
    }
  }

  /** Drawn once, so that a focus stays. */
  function drawTabs() {
    if (tabs.children.length !== queues.length) {
      tabs.replaceChildren(...queues.map((queue) => h('button', {type: 'button', class: 'card queue', onclick: () => choose(queue.name)},
        h('span', {class: 'mono'}, queue.name),
        h('span', {class: 'soft'}, `${KINDS[queue.then]} of ${queue.routes.join(', ')}`),
        h('strong', {}))));
    }
    queues.forEach((queue, i) => {
      const tab = tabs.children[i];
      tab.setAttribute('aria-pressed', String(queue === open));
      tab.title = queue.unknown ?? '';
      setText(tab.lastChild, queue.messages === null ? 'not known' : count(queue.messages));
    });
    requeueAll.disabled = discardAll.disabled = busy || open.messages === 0;
    pick();
  }

  function choose(name) {
    if (busy) {
      return;
    }
    open = queues.find((it) => it.name === name);
    messages = [];
    drawTabs();
    lookAgain();
  }

  /** What was moved before is no longer said. */
  function lookAgain() {
    said.textContent = '';
    failures.replaceChildren();
    look();
  }

  const path = () => `/dead-letters/${encodeURIComponent(open.name)}`;

  async function look() {
    looked = true;
    const queue = open.name;
    try {
      const answer = await api(`${path()}?limit=${SHOWN}`);
      if (queue === open.name) {
        messages = answer.messages;
        open.messages = answer.count;
        draw(answer.count);
      }
    } catch (failure) {
      messages = [];
      draw(null);
      empty.textContent = `Not shown: ${failure.message}.`;
    }
  }

  function draw(inAll) {
    detail.close();
    all.checked = false;
    body.replaceChildren(...messages.map(row));
    empty.hidden = messages.length > 0;
    empty.textContent = 'Nothing here. What a route cannot handle is left in this queue.';
    const more = inAll > messages.length ? `The first ${count(messages.length)} of ${count(inAll)} messages.` : '';
    if (more) {
      said.textContent = `${said.textContent} ${more}`.trim();
    }
    drawTabs();
  }

  function row(message) {
    const at = message.at ?? message.properties.timestamp;
    const open = () => detail.show(shown(message));
    return h('tr', {onclick: open},
      h('td', {onclick: (event) => event.stopPropagation()}, h('input', {type: 'checkbox', 'aria-label': `Select ${message.key}`, onchange: pick})),
      h('td', {title: at ? new Date(at).toLocaleString() : null}, at ? time(new Date(at))[0] : '–'),
      h('td', {title: message.key}, h('button', {type: 'button', class: 'link'}, message.key)),
      h('td', {}, message.route ?? '–'),
      h('td', {title: message.reason}, message.reason ?? 'not put here by a route'),
      h('td', {class: 'num'}, message.route === null ? '–' : count(message.attempts)));
  }

  function shown(message) {
    return {
      ...message,
      json: message.body,
      plain: message.format === 'json' ? undefined : message.body,
      facts: [
        ['Reason', message.reason ?? 'not put here by a route'],
        ['Route', message.route],
        ['Attempts', message.route === null ? null : count(message.attempts)],
        ['Put back before', message.requeues || null],
        ['Here since', message.at && new Date(message.at).toLocaleString()],
        ['Exchange', message.exchange || 'the default exchange'],
        ...Object.entries(message.properties),
        ...Object.entries(message.headers).map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
        ['Body', message.cut ? `the first of ${count(message.bytes)} bytes${message.format === 'base64' ? ', in base64' : ''}` : message.format === 'base64' ? `${count(message.bytes)} bytes, in base64` : null],
      ],
    };
  }

  const boxes = () => [...body.querySelectorAll('input')];

  function selected() {
    return boxes().map((box, i) => box.checked && messages[i].token).filter(Boolean);
  }

  function select(value) {
    boxes().forEach((box) => { box.checked = value; });
    pick();
  }

  function pick() {
    again.disabled = busy;
    requeue.disabled = discard.disabled = busy || selected().length === 0;
  }

  async function move(action, tokens) {
    const many = tokens.length === 1 ? 'this message' : `these ${count(tokens.length)} messages`;
    if (action === 'requeue' || await ask(`Discard ${many}?`, `${tokens.length === 1 ? 'It is' : 'They are'} removed from ${open.name} for good.`, 'Discard')) {
      await work(action, async () => tellMoved(action, await api(`${path()}/${action}`, {tokens})));
    }
  }

  /** What comes meanwhile is not meant, nor what has come back because it failed again. */
  async function moveAll(action) {
    const inAll = open.messages;
    const many = inAll === null ? 'all messages' : inAll === 1 ? 'the one message' : `all ${count(inAll)} messages`;
    const what = action === 'discard'
      ? [`Discard ${many}?`, `${inAll === 1 ? 'It is' : 'They are'} removed from ${open.name} for good.`, 'Discard all']
      : [`Requeue ${many}?`, 'Each is published to where it came from, and handled again by everybody who consumes it there.', 'Requeue all'];
    if (!await ask(...what)) {
      return;
    }
    await work(action, async () => {
      let left = inAll ?? BATCH;
      const sum = {moved: 0, failed: 0, failures: [], missing: [], ended: null};
      while (left > 0) {
        const report = await api(`${path()}/${action}`, {all: true, limit: Math.min(BATCH, left)});
        sum.moved += report.moved;
        left -= report.moved;
        Object.assign(sum, {failed: report.failed, failures: report.failures, ended: report.ended});
        tellMoved(action, sum);
        if (report.moved === 0 || left <= report.failed) {
          break;
        }
      }
    });
  }

  async function work(action, task) {
    busy = true;
    failures.replaceChildren();
    said.textContent = action === 'requeue' ? 'Putting back …' : 'Discarding …';
    drawTabs();
    try {
      await task();
    } catch (failure) {
      said.textContent = '';
      failures.replaceChildren(h('li', {}, failure.message));
    } finally {
      busy = false;
    }
    await look();
  }

  function tellMoved(action, report) {
    const done = action === 'requeue' ? 'put back' : 'discarded';
    said.textContent = [`${count(report.moved)} ${done}.`,
      report.failed > 0 ? `${count(report.failed)} could not be and ${report.failed === 1 ? 'stays' : 'stay'}.` : '',
      report.missing.length > 0 ? `${count(report.missing.length)} not found: handled by somebody else, or further behind.` : '',
      report.ended ? `It went no further: ${report.ended}.` : ''].filter(Boolean).join(' ');
    failures.replaceChildren(...report.failures.slice(0, 5).map(({key, reason}) => h('li', {}, `${key}: ${reason}`)));
  }

  return view;
}
