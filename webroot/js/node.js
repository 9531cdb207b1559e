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
    ['Where', it.uris.join(', ')],
    ['Protocol', it.protocol],
    ['Exchange', it.exchange],
    ['Consuming', state(it.connections.consuming)],
    ['Publishing', state(it.connections.publishing)],
  ]), ...atRunTime(it.hub)), broker.note, broker.content);
  poll(view, '/node', EVERY_MILLIS, (it) => node.content.replaceChildren(facts([
    ['Version', it.version ?? 'not packaged'],
    ['Java', it.java],
    ['Up since', new Date(it.started).toLocaleString()],
    ['Processors', it.processors],
    ['Heap', `${bytes(it.heapUsedBytes)} of ${bytes(it.heapMaxBytes)}`],
  ])), node.note, node.content);
  poll(view, '/cluster', 2 * EVERY_MILLIS, (it) => cluster.content.replaceChildren(
    it.clustered ? nodes(it) : facts([['State', 'single node']])), cluster.note, cluster.content);
  return view;
}

/** What comes and goes without a route. */
function atRunTime(hub) {
  return [
    h('h3', {}, 'At run time'),
    h('p', {class: 'soft'}, 'By browsers, Buildbot masters and code on this node. Not counted: what routes carry, and what'
      + ' queues keep for those who are away.'),
    facts([
      ['Subscriptions', hub.consuming ? 'live' : `not live: ${hub.obstacle}`],
      ['Messages received', `${count(hub.received)}, of which ${count(hub.unreadable)} unreadable`],
      ['Messages published', `${count(hub.produced)}: ${count(hub.confirmed)} confirmed, ${count(hub.failed)} failed, ${count(hub.waiting)} waiting`],
      ['Interruptions', count(hub.interruptions) + (hub.interruptions > 0 ? ', messages may have been missed' : '')],
    ]),
  ];
}

/** Each member with its routes as it sees them, and those who are gone. */
function nodes(cluster) {
  const most = Math.max(...cluster.members.map((member) => member.sees ?? 0));
  return facts([
    ['State', `${cluster.members.length} nodes`],
    ...cluster.members.map((member) => [name(member), member.detail ?? of(member, most)]),
    ...cluster.gone.map((node) => [node.name, `${node.left ? 'left' : 'gone, dead or cut off,'} at ${new Date(node.at).toLocaleString()}`]),
  ]);
}

function name(member) {
  return `${member.name ?? member.id}${member.self ? ' (this node)' : ''}`;
}

function of(member, most) {
  const element = h('span', {}, `${member.host}, since ${new Date(member.since).toLocaleString()}`);
  if (member.sees < most) {
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
