import {bytes, count, h, setText} from './dom.js';
import {poll} from './poll.js';

const EVERY_MILLIS = 2000;
const FILTERS = ['Filter', '#Listeners', 'Bound', '#Received', '#Delivered', '#Missed', '#Failed', 'Since'];
const BROWSERS = ['Who', 'From', 'Transport', 'Listens to', '#Waiting', '#Missed', 'Since'];

/** What is listened to at run time: by browsers, this page among them, and by code; and the browsers. */
export function subscriptionsView() {
  const filters = new Table('Subscriptions', FILTERS, 'Nobody listens at present.');
  const browsers = new Table('Browsers', BROWSERS, 'No browser is connected.');
  const totals = h('p', {class: 'soft'});
  const note = h('div', {class: 'card note', hidden: true});
  const content = h('div', {class: 'stack'},
    h('div', {class: 'card scroll'}, filters.element),
    h('div', {class: 'card scroll', 'data-part': 'browsers'}, h('header', {}, h('h2', {}, 'Browsers'), totals), browsers.element));
  const view = h('section', {class: 'view', 'data-view': 'subscriptions', 'aria-label': 'Subscriptions', hidden: true},
    note, content);
  poll(view, '/subscriptions', EVERY_MILLIS, show, note, content);

  function show(answer) {
    filters.show(answer.subscriptions.map((it) => [
      mono(it.filter), number(it.listeners), cell(it.bound ? 'yes' : 'not yet'),
      ...[it.received, it.delivered, it.dropped, it.failed].map((value) => number(value)), since(it)]));
    browsers.show(answer.browsers.oldest.map((it) => [
      cell(it.name), mono(it.origin ? `${it.remote} ${it.origin}` : it.remote), cell(it.transport), mono(addresses(it)),
      number(it.queuedMessages, it.queuedMessages > 0 ? ` (${bytes(it.queuedBytes)})` : ''), number(it.dropped), since(it)]));
    setText(totals, summary(answer.browsers));
  }

  return view;
}

function summary({sockets, oldest, refused, dropped, tooSlow}) {
  const listed = oldest.length < sockets ? `, of which the ${oldest.length} that came first are listed` : '';
  return `${count(sockets)} connected${listed}. Since the start ${count(dropped)} messages missed, `
    + `${count(tooSlow)} closed as too slow, ${count(refused)} turned away.`;
}

function addresses({addresses: some, listening}) {
  return listening > some.length ? `${some.join(', ')} and ${count(listening - some.length)} more` : some.join(', ');
}

/** Columns whose names begin with # are of numbers. */
class Table {
  #body = h('tbody');
  #columns;
  #empty;
  element;

  constructor(label, columns, empty) {
    this.#columns = columns.length;
    this.#empty = empty;
    this.element = h('table', {class: 'plain', 'aria-label': label}, h('thead', {}, h('tr', {}, ...columns.map((name) =>
      h('th', {scope: 'col', class: name.startsWith('#') ? 'num' : null}, name.replace('#', ''))))), this.#body);
  }

  show(rows) {
    this.#body.replaceChildren(...rows.map((cells) => h('tr', {}, ...cells)));
    if (rows.length === 0) {
      this.#body.append(h('tr', {}, h('td', {class: 'soft', colspan: this.#columns}, this.#empty)));
    }
  }
}

function cell(text) {
  return h('td', {}, text);
}

function mono(text) {
  return h('td', {class: 'mono'}, text);
}

function number(value, unit = '') {
  return h('td', {class: 'num'}, count(value) + unit);
}

function since(it) {
  return h('td', {class: 'soft'}, new Date(it.since).toLocaleString());
}
