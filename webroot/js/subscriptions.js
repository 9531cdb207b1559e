import {count, h} from './dom.js';
import {poll} from './poll.js';

const EVERY_MILLIS = 2000;
const COLUMNS = ['Filter', 'Listeners', 'Bound', 'Received', 'Delivered', 'Missed', 'Failed', 'Since'];

/** What is listened to at run time: by browsers, this page among them, and by code. */
export function subscriptionsView() {
  const body = h('tbody');
  const note = h('div', {class: 'card note', hidden: true});
  const table = h('table', {class: 'plain', 'aria-label': 'Subscriptions'},
    h('thead', {}, h('tr', {}, ...COLUMNS.map((name, i) => h('th', {scope: 'col', class: i > 0 && i !== 2 && i < 7 ? 'num' : null}, name)))), body);
  const card = h('div', {class: 'card scroll'}, table);
  const view = h('section', {class: 'view', 'data-view': 'subscriptions', 'aria-label': 'Subscriptions', hidden: true},
    note, card);
  poll(view, '/subscriptions', EVERY_MILLIS, show, note, card);

  function show({subscriptions}) {
    body.replaceChildren(...subscriptions.map((it) => h('tr', {},
      h('td', {class: 'mono'}, it.filter),
      ...[it.listeners].map(number),
      h('td', {}, it.bound ? 'yes' : 'not yet'),
      ...[it.received, it.delivered, it.dropped, it.failed].map(number),
      h('td', {class: 'soft'}, new Date(it.since).toLocaleString()))));
    if (subscriptions.length === 0) {
      body.append(h('tr', {}, h('td', {class: 'soft', colspan: COLUMNS.length}, 'Nobody listens at present.')));
    }
  }

  return view;
}

function number(value) {
  return h('td', {class: 'num'}, count(value));
}
