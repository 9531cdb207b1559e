import {confirm} from './confirm.js';
import {count, h, setText, time} from './dom.js';
import {MessageDetail} from './message-detail.js';
import {poll} from './poll.js';
import {api} from './session.js';

const POLL_MILLIS = 2000;
const MAX_SHOWN_MESSAGES = 100;
/** How many messages the server moves in one call. */
const BATCH_MESSAGES = 1000;
const KINDS = {'dead-letter': 'dead letters', park: 'parked messages'};
const COLUMNS = ['Time', 'Routing key', 'Route', 'Reason', 'Attempts'];

/** The view of the messages that routes could not handle; the user puts them back where they came from, or discards them. */
export function deadLettersView() {
  const detail = new MessageDetail((message) => [
    ['Requeue', () => move('requeue', [message.token])],
    ['Discard', () => move('discard', [message.token])],
  ]);
  const tabs = h('div', {class: 'queues', role: 'group', 'aria-label': 'Queues'});
  const all = h('input', {type: 'checkbox', 'aria-label': 'Select all messages shown', onchange: () => select(all.checked)});
  const body = h('tbody');
  const table = h('table', {'aria-label': 'Dead letters'},
    h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, all), ...COLUMNS.map((name) => h('th', {scope: 'col'}, name)))), body);
  const button = (label, act) => h('button', {type: 'button', class: 'quiet', onclick: act}, label);
  const requeue = button('Requeue selected', () => move('requeue', selected()));
  const discard = button('Discard selected', () => move('discard', selected()));
  const requeueAll = button('Requeue all', () => moveAll('requeue'));
  const discardAll = button('Discard all', () => moveAll('discard'));
  const reload = button('Reload', reloadMessages);
  const status = h('p', {class: 'move-status', role: 'status'});
  const failures = h('ul', {class: 'failures problem', role: 'alert'});
  const empty = h('p', {class: 'note'});
  const none = h('p', {class: 'card note', hidden: true}, 'No configured route keeps dead letters or parked messages.');
  const parts = h('div', {}, tabs,
    h('div', {class: 'actions dead-letter-actions'}, requeue, discard, requeueAll, discardAll, reload), status, failures,
    h('div', {class: 'split'}, h('div', {class: 'card list dead-letter-list'}, table, empty), h('div', {class: 'side'}, detail.element)));
  const content = h('div', {}, none, parts);
  const note = h('div', {class: 'card note', hidden: true});
  const view = h('section', {class: 'view', 'data-view': 'dead-letters', 'aria-label': 'Dead letters', hidden: true}, note, content);
  let queues = [];
  let open = null;
  let messages = [];
  let busy = false;
  let loaded = false;
  poll(view, '/dead-letters', POLL_MILLIS, show, note, content);

  function show(answer) {
    queues = answer.queues;
    none.hidden = queues.length > 0;
    parts.hidden = queues.length === 0;
    if (queues.length === 0) {
      return;
    }
    open = queues.find((it) => it.name === open?.name) ?? queues.find((it) => it.messages > 0) ?? queues[0];
    drawTabs();
    if (!busy && (!loaded || (messages.length === 0 && open.messages > 0))) {
      load();
    }
  }

  /** Makes the buttons only once, so that a button keeps the focus. */
  function drawTabs() {
    if (tabs.children.length !== queues.length) {
      tabs.replaceChildren(...queues.map((queue) => h('button', {type: 'button', class: 'card queue', onclick: () => choose(queue.name)},
        h('span', {class: 'mono'}, queue.name),
        h('span', {class: 'soft'}, `${KINDS[queue.then]} of ${queue.routes.length === 1 ? 'the route' : 'the routes'} ${queue.routes.join(', ')}`),
        h('strong', {}))));
    }
    queues.forEach((queue, i) => {
      const tab = tabs.children[i];
      tab.setAttribute('aria-pressed', String(queue === open));
      tab.title = queue.unknown ?? '';
      setText(tab.lastChild, queue.messages === null ? 'unknown' : count(queue.messages));
    });
    requeueAll.disabled = discardAll.disabled = busy || open.messages === 0;
    enableButtons();
  }

  function choose(name) {
    if (busy) {
      return;
    }
    open = queues.find((it) => it.name === name);
    messages = [];
    drawTabs();
    reloadMessages();
  }

  /** Loads the messages anew, and clears the report of the last move. */
  function reloadMessages() {
    status.textContent = '';
    failures.replaceChildren();
    load();
  }

  const path = () => `/dead-letters/${encodeURIComponent(open.name)}`;

  async function load() {
    loaded = true;
    const queue = open.name;
    try {
      const answer = await api(`${path()}?limit=${MAX_SHOWN_MESSAGES}`);
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

  function draw(total) {
    detail.close();
    all.checked = false;
    body.replaceChildren(...messages.map(row));
    empty.hidden = messages.length > 0;
    empty.textContent = 'No messages. Routes put messages here that they cannot handle.';
    const more = total > messages.length ? `Shown are the first ${count(messages.length)} of ${count(total)} messages.` : '';
    if (more) {
      status.textContent = `${status.textContent} ${more}`.trim();
    }
    drawTabs();
  }

  function row(message) {
    const at = message.at ?? message.properties.timestamp;
    const open = () => detail.show(shown(message));
    return h('tr', {onclick: open},
      h('td', {onclick: (event) => event.stopPropagation()}, h('input', {type: 'checkbox', 'aria-label': `Select ${message.key}`, onchange: enableButtons})),
      h('td', {title: at ? new Date(at).toLocaleString() : null}, at ? time(new Date(at))[0] : '–'),
      h('td', {title: message.key}, h('button', {type: 'button', class: 'link'}, message.key)),
      h('td', {}, message.route ?? '–'),
      h('td', {title: message.reason}, message.reason ?? 'unknown: no route of Busbar put it here'),
      h('td', {class: 'num'}, message.route === null ? '–' : count(message.attempts)));
  }

  function shown(message) {
    return {
      ...message,
      json: message.body,
      plain: message.format === 'json' ? undefined : message.body,
      facts: [
        ['Reason', message.reason ?? 'unknown: no route of Busbar put it here'],
        ['Route', message.route],
        ['Attempts', message.route === null ? null : count(message.attempts)],
        ['Times requeued', message.requeues || null],
        ['In this queue since', message.at && new Date(message.at).toLocaleString()],
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
    enableButtons();
  }

  function enableButtons() {
    reload.disabled = busy;
    requeue.disabled = discard.disabled = busy || selected().length === 0;
  }

  async function move(action, tokens) {
    const many = tokens.length === 1 ? 'this message' : `these ${count(tokens.length)} messages`;
    if (action === 'requeue' || await confirm(`Discard ${many}?`, `${tokens.length === 1 ? 'It is' : 'They are'} removed from ${open.name} for good.`, 'Discard')) {
      await work(action, async () => report(action, await api(`${path()}/${action}`, {tokens})));
    }
  }

  /** Moves as many messages as the queue has now; messages that arrive, or fail again, meanwhile are not included. */
  async function moveAll(action) {
    const total = open.messages;
    const many = total === null ? 'all messages' : total === 1 ? 'the one message' : `all ${count(total)} messages`;
    const question = action === 'discard'
      ? [`Discard ${many}?`, `${total === 1 ? 'It is' : 'They are'} removed from ${open.name} for good.`, 'Discard all']
      : [`Requeue ${many}?`, 'Each message goes back where it came from. Consumers there that have handled it already may get it again.', 'Requeue all'];
    if (!await confirm(...question)) {
      return;
    }
    await work(action, async () => {
      let left = total ?? BATCH_MESSAGES;
      const sum = {moved: 0, failed: 0, failures: [], missing: [], ended: null};
      while (left > 0) {
        const batch = await api(`${path()}/${action}`, {all: true, limit: Math.min(BATCH_MESSAGES, left)});
        sum.moved += batch.moved;
        left -= batch.moved;
        Object.assign(sum, {failed: batch.failed, failures: batch.failures, ended: batch.ended});
        report(action, sum);
        if (batch.moved === 0 || left <= batch.failed) {
          break;
        }
      }
    });
  }

  async function work(action, task) {
    busy = true;
    failures.replaceChildren();
    status.textContent = action === 'requeue' ? 'Requeueing …' : 'Discarding …';
    drawTabs();
    try {
      await task();
    } catch (failure) {
      status.textContent = '';
      failures.replaceChildren(h('li', {}, failure.message));
    } finally {
      busy = false;
    }
    await load();
  }

  function report(action, {moved, failed, missing, ended, failures: reasons}) {
    const done = action === 'requeue' ? 'requeued' : 'discarded';
    status.textContent = [`${count(moved)} ${done}.`,
      failed > 0 ? `${count(failed)} could not be ${done} and ${failed === 1 ? 'stays' : 'stay'} in the queue.` : '',
      missing.length > 0 ? `${count(missing.length)} not found: already moved, or further back in the queue.` : '',
      ended ? `Stopped early: ${ended}.` : ''].filter(Boolean).join(' ');
    failures.replaceChildren(...reasons.slice(0, 5).map(({key, reason}) => h('li', {}, `${key}: ${reason}`)));
  }

  return view;
}
