// Publishes with amqplib headers of every type that it writes: amqplib.js URI EXCHANGE.
const amqp = require('amqplib');

const headers = {
  byte: 7,
  short: 300,
  int: 2 ** 31 - 1,
  'beyond-int': 2 ** 31,
  'beyond-uint': 2 ** 32,
  millis: 1700000000123,
  negative: -(2 ** 40),
  double: 1.5,
  decimal: {'!': 'decimal', value: {places: 2, digits: 314}},
  timestamp: {'!': 'timestamp', value: 1709294400},
  'typed-float': {'!': 'float', value: 1.5},
  'typed-long': {'!': 'long', value: 5},
  'typed-unsigned': {'!': 'unsignedint', value: 2 ** 32 - 1},
  true: true,
  null: null,
  text: 'grüße',
  bytes: Buffer.from([0, 255]),
  nested: {at: 2 ** 40, list: [2 ** 40, 'a', {b: 2 ** 41}]},
};

(async () => {
  const [uri, exchange] = process.argv.slice(2);
  const connection = await amqp.connect(uri);
  const channel = await connection.createConfirmChannel();
  channel.publish(exchange, 'builds.js.first', Buffer.from('1'),
    {contentType: 'application/json', headers, timestamp: 1709251200});
  channel.publish(exchange, 'builds.js.last', Buffer.from('2'), {contentType: 'application/json'});
  await channel.waitForConfirms();
  await connection.close();
})();
