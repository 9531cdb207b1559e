import {bytes, count, facts, h} from './dom.js';
import {poll} from './poll.js';

const EVERY_MILLIS = 2000;

/** This process, its broker, and who it works with. */
export function nodeView() {
  const part = (title) => {
    const content = h('div');
    const note = h('div', {class: 'soft', hidden: true});
    return {content, note, element: h('section', {class: 'card', 'aria-label': title}, h('h2', {}, title), note, content)};
  };
  const broker = part('Broker');
  const node = part('Node');
  const cluster = part('Cluster');
  const view = h('section', {class: 'view columns', 'data-view': 'node', 'aria-label': 'Node', hidden: true},
    broker.element, node.element, cluster.element);

  poll(view, '/broker', EVERY_MILLIS, (it) => broker.content.replaceChildren(facts([
    ['Consuming', state(it.connections.consuming)],
    ['Publishing', state(it.connections.publishing)],
    ['Subscriptions', it.hub.consuming ? 'received' : `not received: ${it.hub.obstacle}`],
    ['Where', it.uris.join(', ')],
    ['Protocol', it.protocol],
    ['Exchange', it.exchange],
    ['Received', count(it.hub.received)],
    ['Unreadable', count(it.hub.unreadable)],
    ['Interruptions', count(it.hub.interruptions)],
    ['Published here', `${count(it.hub.confirmed)} confirmed, ${count(it.hub.failed)} failed, ${count(it.hub.waiting)} waiting`],
  ])), broker.note, broker.content);
  poll(view, '/node', EVERY_MILLIS, (it) => node.content.replaceChildren(facts([
    ['Version', it.version ?? 'not packaged'],
    ['Java', it.java],
    ['Up since', new Date(it.started).toLocaleString()],
    ['Processors', it.processors],
    ['Heap', `${bytes(it.heapUsedBytes)} of ${bytes(it.heapMaxBytes)}`],
  ])), node.note, node.content);
  poll(view, '/cluster', 10 * EVERY_MILLIS, (it) => cluster.content.replaceChildren(facts([
    ['State', it.clustered ? `${it.members.length} nodes` : 'single node'],
    ['Members', it.members.map((member) => member.name).join(', ')],
  ])), cluster.note, cluster.content);
  return view;
}

function state(connection) {
  const pill = h('span', {class: 'pill', 'data-state': connection.state}, connection.state);
  return connection.obstacle ? h('span', {}, pill, ` ${connection.obstacle}`) : pill;
}
