/**
 * A stand-in for RabbitMQ 4, which cannot be had here: it answers as RabbitMQ documents, and is as strict as RabbitMQ's
 * source is. It shows that requests, links and addresses have the published form, and that answers of that form are
 * understood; not that a real RabbitMQ 4 does what it publishes.
 */
package dev.busbar.broker.rabbit4;
