import {bytes, count, h, setText} from './dom.js';
import {poll} from './poll.js';

const POLL_MILLIS = 2000;
const FILTERS = ['Filter', '#Listeners', 'Bound', '#Received', '#Delivered', '#Missed', '#Failed', 'Since'];
const BROWSERS = ['User', 'Address', 'Transport', 'Listens to', '#Waiting', '#Missed', 'Since'];

/** The view of the subscriptions made at run time, by browsers (this page too) and by code, and of the browsers. */
export function subscriptionsView() {
  const filters = new Table('Subscriptions', FILTERS, 'There are no subscriptions.');
  const browsers = new Table('Browsers', BROWSERS, 'No browser is connected.');
  const totals = h('p', {class: 'soft'});
  const note = h('div', {class: 'card note', hidden: true});
  const content = h('div', {class: 'stack'},
    h('div', {class: 'card scroll'}, filters.element),
    h('div', {class: 'card scroll', 'data-part': 'browsers'}, h('header', {}, h('h2', {}, 'Browsers'), totals), browsers.element));
  const view = h('section', {class: 'view', 'data-view': 'subscriptions', 'aria-label': 'Subscriptions', hidden: true},
    note, content);
  poll(view, '/subscriptions', POLL_MILLIS, show, note, content);

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
  const listed = oldest.length < sockets ? `, the ${oldest.length} longest connected are listed` : '';
  return `${count(sockets)} connected${listed}. Since Busbar started: ${count(dropped)} messages missed by slow browsers, `
    + `${count(tooSlow)} slow browsers disconnected, ${count(refused)} connections refused.`;
}

function addresses({addresses: some, listening}) {
  return listening > some.length ? `${some.join(', ')} and ${count(listening - some.length)} more` : some.join(', ');
}

/** A table of plain rows. A column whose name begins with # has numbers. */
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
