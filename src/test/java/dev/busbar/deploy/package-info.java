/**
 * Tests of what Busbar is deployed with: the image, the systemd unit and the Kubernetes manifests below {@code conf}.
 */
package dev.busbar.deploy;
