import {h} from './dom.js';

const BACK_SHOWN_MILLIS = 6000;

/** Shows whether the page is connected, and when the connection is lost and is back. */
export function showConnection(bus, pill, banner) {
  let lost = false;
  let end = 0;

  function show(kind, ...content) {
    clearTimeout(end);
    banner.dataset.kind = kind;
    banner.replaceChildren(...content);
  }

  bus.addEventListener('open', () => {
    pill.dataset.state = 'connected';
    pill.textContent = 'Connected';
    if (lost) {
      lost = false;
      show('back', h('span', {}, 'Connected again. Messages that arrived in between are not shown.'));
      end = setTimeout(() => banner.replaceChildren(), BACK_SHOWN_MILLIS);
    }
  });
  bus.addEventListener('lost', () => {
    pill.dataset.state = 'lost';
    pill.textContent = 'Not connected';
    if (!lost) {
      lost = true;
      show('lost',
        h('strong', {}, 'Connection lost.'),
        h('span', {}, 'Reconnecting …'),
        h('button', {type: 'button', class: 'quiet', onclick: () => bus.connected || bus.connect()}, 'Reconnect now'));
    }
  });
}
