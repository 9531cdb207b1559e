import {bytes, count, facts, h} from './dom.js';
import {poll} from './poll.js';

const POLL_MILLIS = 2000;

/** The view of this process, its broker, and the members of its cluster. */
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

  poll(view, '/broker', POLL_MILLIS, (it) => broker.content.replaceChildren(facts([
    ['Address', it.uris.join(', ')],
    ['Protocol', it.protocol],
    ['Exchange', it.exchange],
    ['Consuming', state(it.connections.consuming)],
    ['Publishing', state(it.connections.publishing)],
  ]), ...subscriptions(it.hub)), broker.note, broker.content);
  poll(view, '/node', POLL_MILLIS, (it) => node.content.replaceChildren(facts([
    ['Version', it.version ?? 'not packaged'],
    ['Java', it.java],
    ['Up since', new Date(it.started).toLocaleString()],
    ['Processors', it.processors],
    ['Heap', `${bytes(it.heapUsedBytes)} of ${bytes(it.heapMaxBytes)}`],
  ])), node.note, node.content);
  poll(view, '/cluster', 2 * POLL_MILLIS, (it) => cluster.content.replaceChildren(
    it.clustered ? nodes(it) : facts([['State', 'single node']])), cluster.note, cluster.content);
  return view;
}

/** What is received and published without a route. */
function subscriptions(hub) {
  return [
    h('h3', {}, 'Subscriptions made at run time'),
    h('p', {class: 'soft'}, 'Messages to and from browsers, Buildbot masters and code on this node. Messages of routes and'
      + ' of durable queues are not counted.'),
    facts([
      ['State', hub.consuming ? 'live' : `not live: ${hub.obstacle}`],
      ['Messages received', `${count(hub.received)}, of which ${count(hub.unreadable)} unreadable`],
      ['Messages published', `${count(hub.produced)}: ${count(hub.confirmed)} confirmed, ${count(hub.failed)} failed, ${count(hub.waiting)} waiting`],
      ['Interruptions', count(hub.interruptions) + (hub.interruptions > 0 ? ', messages may have been missed' : '')],
    ]),
  ];
}

/** Each member with its routes, and the nodes that are gone. */
function nodes(cluster) {
  const mostSeen = Math.max(...cluster.members.map((member) => member.sees ?? 0));
  return facts([
    ['State', `${cluster.members.length} nodes`],
    ...cluster.members.map((member) => [name(member), member.detail ?? describe(member, mostSeen)]),
    ...cluster.gone.map((node) => [node.name, `${node.left ? 'left' : 'lost (dead or cut off)'} at ${new Date(node.at).toLocaleString()}`]),
  ]);
}

function name(member) {
  return `${member.name ?? member.id}${member.self ? ' (this node)' : ''}`;
}

function describe(member, mostSeen) {
  const element = h('span', {}, `${member.host}, since ${new Date(member.since).toLocaleString()}`);
  if (member.sees < mostSeen) {
    element.append(`, sees only ${member.sees} nodes`);
  }
  for (const route of member.routes) {
    element.append(' ', pill(route.condition, `${route.name}: ${route.condition}`, route.detail));
  }
  return element;
}

function pill(state, text, title = null) {
  return h('span', {class: 'pill', 'data-state': state, title}, text);
}

function state(connection) {
  const shown = pill(connection.state, connection.state);
  return connection.obstacle ? h('span', {}, shown, ` ${connection.obstacle}`) : shown;
}
