import {Bus} from './bus.js';
import {lettersView} from './letters.js';
import {watchLink} from './link.js';
import {messagesView} from './messages.js';
import {nodeView} from './node.js';
import {routesView} from './routes.js';
import {bindButton, refresh} from './session.js';
import {subscriptionsView} from './subscriptions.js';

const element = (id) => document.getElementById(id);
const bus = new Bus(new URL('../eventbus', import.meta.url).href);
const views = [messagesView(bus), routesView(), lettersView(), subscriptionsView(), nodeView()];

/** The view the address names, else the first. */
function show() {
  const wanted = location.hash.slice(1).split('?')[0];
  const shown = views.find((view) => view.dataset.view === wanted) ?? views[0];
  for (const view of views) {
    view.hidden = view !== shown;
    const link = document.querySelector(`nav a[href="#${view.dataset.view}"]`);
    if (view === shown) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
  scrollTo(0, 0);
  document.title = `${shown.getAttribute('aria-label')} – Busbar`;
  shown.dispatchEvent(new Event('shown'));
}

/** Until the server says who we are there is nothing to show; it may be away just now. */
async function begin() {
  try {
    await refresh();
  } catch {
    bus.addEventListener('open', () => refresh(), {once: true});
  }
}

watchLink(bus, element('link'), element('banner'));
bindButton(element('sign-in'));
element('main').append(...views);
addEventListener('hashchange', show);
show();
bus.connect();
begin();
