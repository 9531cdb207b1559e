<?php
// Publishes with php-amqplib headers of every type that it writes: php_amqplib.php URI EXCHANGE PROTOCOL.
// PROTOCOL is rabbit, its default, or strict, its types of the specification (AMQP_STRICT_FLD_TYPES).
[, $uri, $exchange, $protocol] = $argv;
if ($protocol === 'strict') {
    define('AMQP_STRICT_FLD_TYPES', true);
}
require_once 'PhpAmqpLib/autoload.php';

use PhpAmqpLib\Connection\AMQPStreamConnection;
use PhpAmqpLib\Message\AMQPMessage;
use PhpAmqpLib\Wire\AMQPDecimal;
use PhpAmqpLib\Wire\AMQPTable;

$headers = new AMQPTable([
    'int' => 2147483647,
    'beyond-int' => 2147483648,
    'millis' => 1700000000123,
    'negative' => -1099511627776,
    'float' => 1.5,
    'decimal' => new AMQPDecimal(314, 2),
    'datetime' => new DateTime('2024-03-01T12:00:00Z'),
    'true' => true,
    'null' => null,
    'text' => 'grüße',
    'nested' => ['at' => 1099511627776, 'list' => [1099511627776, 'a', ['b' => 2199023255552]]],
]);
if ($protocol === 'rabbit') {
    $headers->set('short', -300, AMQPTable::T_INT_SHORT);
    $headers->set('bytes', "\x00\xff", AMQPTable::T_BYTES);
}
$at = parse_url($uri);
$virtualHost = rawurldecode(substr($at['path'] ?? '/', 1)) ?: '/';
$connection =
    new AMQPStreamConnection($at['host'], $at['port'], $at['user'], $at['pass'], $virtualHost, false, 'PLAIN');
$channel = $connection->channel();
$channel->confirm_select();
$channel->basic_publish(
    new AMQPMessage('1', ['content_type' => 'application/json', 'application_headers' => $headers]),
    $exchange,
    'builds.php.first'
);
$channel->basic_publish(new AMQPMessage('2', ['content_type' => 'application/json']), $exchange, 'builds.php.last');
$channel->wait_for_pending_acks(20);
$connection->close();
