import {Chart} from './chart.js';
import {count, h, rate, setText} from './dom.js';
import {poll} from './poll.js';

const POLL_MILLIS = 1000;

/** The view of the routes: the state of each, and how many messages pass through it. */
export function routesView() {
  const cards = new Map();
  const grid = h('div', {class: 'cards'});
  const note = h('div', {class: 'card note', hidden: true});
  const view = h('section', {class: 'view', 'data-view': 'routes', 'aria-label': 'Routes', hidden: true}, note, grid);
  poll(view, '/routes', POLL_MILLIS, show, note, grid);

  function show({at, routes}) {
    for (const route of routes) {
      if (!cards.has(route.name)) {
        cards.set(route.name, new RouteCard(route));
        grid.append(cards.get(route.name).element);
      }
      cards.get(route.name).update(Date.parse(at) / 1000, route);
    }
    if (routes.length === 0) {
      grid.replaceChildren(h('p', {class: 'card note'}, 'The configuration has no routes.'));
    }
  }

  return view;
}

/** The counts shown for each direction: label, name of the count, and whether a count above 0 is highlighted. */
const FIGURES = {
  inbound: [['Retried', 'retried'], ['Dead-lettered', 'deadLettered', true], ['Parked', 'parked', true], ['Dropped', 'dropped', true], ['Filtered', 'filtered'], ['Rejected', 'rejected', true]],
  outbound: [['Unroutable', 'unroutable', true], ['Refused', 'refused', true], ['Rejected', 'rejected', true], ['Timed out', 'timedOut', true]],
};

class RouteCard {
  #pill = h('span', {class: 'pill'});
  #detail = h('p', {class: 'detail-line'});
  #figures = new Map();
  #chart;
  #inbound;
  #last = null;
  element;

  constructor(route) {
    this.#inbound = route.direction === 'inbound';
    this.#chart = new Chart(`Messages per second through ${route.name}`);
    const labels = [
      'Per second',
      this.#inbound ? 'In handlers' : 'Unconfirmed',
      this.#inbound ? 'In the queue' : 'Buffered',
      this.#inbound ? 'Received' : 'Accepted',
      ...FIGURES[route.direction].map(([label]) => label),
    ];
    const on = route.broker ? ` on ${route.broker}` : '';
    const from = this.#inbound ? [route.queue.name && `queue ${route.queue.name}`, ...route.filters].filter(Boolean).join(' · ') + on : route.address;
    const to = this.#inbound ? route.address : route.key + on;
    this.element = h('article', {class: 'card route', 'data-route': route.name},
      h('header', {}, h('h2', {}, route.name), this.#pill),
      h('p', {class: 'path mono'}, h('span', {}, from), h('span', {'aria-label': 'to'}, '→'), h('span', {}, to)),
      this.#chart.element,
      h('dl', {class: 'figures'}, ...labels.map((label) => {
        const value = h('dd', {}, '–');
        this.#figures.set(label, value);
        return h('div', {}, h('dt', {title: label}, label), value);
      })),
      this.#detail);
  }

  /** Shows a route's state. @param at the server's time in seconds */
  update(at, route) {
    const total = this.#inbound ? route.counts.received : route.counts.accepted;
    if (this.#last && at > this.#last.at) {
      const perSecond = Math.max(0, total - this.#last.total) / (at - this.#last.at);
      this.#chart.add(at, perSecond);
      this.#set('Per second', rate(perSecond));
    }
    this.#last = {at, total};
    this.#pill.dataset.state = route.condition;
    setText(this.#pill, route.condition);
    setText(this.#detail, route.detail ?? '');
    this.#set(this.#inbound ? 'In handlers' : 'Unconfirmed', count(route.open));
    if (this.#inbound) {
      const {messages, consumers, unknown} = route.queue;
      this.#set('In the queue', messages === null ? '–' : count(messages));
      this.#figures.get('In the queue').title = unknown ?? `Consumers: ${count(consumers)}`;
    } else {
      this.#set('Buffered', count(route.buffered));
    }
    this.#set(this.#inbound ? 'Received' : 'Accepted', count(total));
    for (const [label, name, bad] of FIGURES[route.direction]) {
      this.#set(label, count(route.counts[name]), bad && route.counts[name] > 0);
    }
  }

  #set(label, text, alarm = false) {
    const value = this.#figures.get(label);
    setText(value, text);
    value.dataset.alarm = String(alarm);
  }
}
