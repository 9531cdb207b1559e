import {Bus} from './bus.js';
import {showConnection} from './connection.js';
import {deadLettersView} from './dead-letters.js';
import {messagesView} from './messages.js';
import {nodeView} from './node.js';
import {routesView} from './routes.js';
import {bindButton, refresh} from './session.js';
import {subscriptionsView} from './subscriptions.js';

const element = (id) => document.getElementById(id);
const bus = new Bus(new URL('../eventbus', import.meta.url).href);
const views = [messagesView(bus), routesView(), deadLettersView(), subscriptionsView(), nodeView()];

/** Shows the view that the page's address names, or else the first. */
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

/** Asks the server who the user is, again once it is connected if it cannot be reached now. */
async function begin() {
  try {
    await refresh();
  } catch {
    bus.addEventListener('open', () => refresh(), {once: true});
  }
}

showConnection(bus, element('connection'), element('banner'));
bindButton(element('sign-in'));
element('main').append(...views);
addEventListener('hashchange', show);
show();
bus.connect();
begin();
