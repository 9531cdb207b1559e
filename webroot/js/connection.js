import {h} from './dom.js';

const BACK_MILLIS = 6000;

/** Says when the connection is lost, and when it is back. */
export function watchLink(bus, pill, banner) {
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
      show('back', h('span', {}, 'Connected again. Messages that came meanwhile are not shown.'));
      end = setTimeout(() => banner.replaceChildren(), BACK_MILLIS);
    }
  });
  bus.addEventListener('lost', () => {
    pill.dataset.state = 'lost';
    pill.textContent = 'Not connected';
    if (!lost) {
      lost = true;
      show('lost',
        h('strong', {}, 'Connection lost.'),
        h('span', {}, 'Trying again …'),
        h('button', {type: 'button', class: 'quiet', onclick: () => bus.connected || bus.connect()}, 'Now'));
    }
  });
}
