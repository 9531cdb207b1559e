/*
 * Drives the official client: does what it is told on standard input, and tells on standard output what it hears; one
 * JSON object a line. Handlers are registered whenever it opens, as its documentation has it.
 */
'use strict';
const EventBus = require('@vertx/eventbus-bridge-client.js');
const readline = require('readline');

const [url, options] = process.argv.slice(2);
const bus = new EventBus(url, JSON.parse(options));
const handlers = new Map();

const say = (event, more) => console.log(JSON.stringify({event, ...more}));

function handler(address) {
  return (error, message) => {
    say('message', {address, error, body: message?.body, headers: message?.headers});
    message?.reply?.({echo: message.body});
  };
}

bus.onopen = () => {
  handlers.forEach(({headers, call}, address) => bus.registerHandler(address, headers, call));
  say('open', {transport: bus.sockJSConn.transport});
};
bus.onreconnect = () => say('reconnect');
bus.onclose = ({code, reason}) => say('close', {code, reason});
bus.onerror = (error) => say('error', {error});

const commands = {
  register({address, headers = {}}) {
    handlers.set(address, {headers, call: handler(address)});
    bus.registerHandler(address, headers, handlers.get(address).call);
  },
  unregister({address}) {
    bus.unregisterHandler(address, handlers.get(address).call);
    handlers.delete(address);
  },
  send({address, body, headers = {}, id}) {
    bus.send(address, body, headers, (error, reply) => say('reply', {id, error, body: reply?.body}));
  },
  publish({address, body, headers = {}}) {
    bus.publish(address, body, headers);
  },
  defaultHeaders({headers}) {
    bus.defaultHeaders = headers;
  },
  reconnecting() {
    bus.enableReconnect(true);
  },
};

readline.createInterface({input: process.stdin})
  .on('line', (line) => {
    const command = JSON.parse(line);
    commands[command.do](command);
  })
  .on('close', () => process.exit());
