import {h} from './dom.js';
import {api, session, signIn} from './session.js';

/**
 * Requests a path of the API repeatedly, while its view is shown and the page is visible.
 *
 * @param show called with each answer
 * @param note the element that shows why there is no answer
 * @param content the element with the answer; hidden if the user may not see it, left as it is while the server is away
 */
export function poll(view, path, millis, show, note, content) {
  let running = false;

  async function ask() {
    if (view.hidden || document.hidden) {
      running = false;
      return;
    }
    try {
      show(await api(path));
      note.replaceChildren();
      note.hidden = true;
      content.hidden = false;
    } catch (failure) {
      note.hidden = false;
      note.replaceChildren(...explanation(failure));
      content.hidden ||= failure.status === 401 || failure.status === 403;
    }
    setTimeout(ask, millis);
  }

  function wake() {
    if (!running && !view.hidden && !document.hidden) {
      running = true;
      ask();
    }
  }

  view.addEventListener('shown', wake);
  document.addEventListener('visibilitychange', wake);
}

/** Elements that say why something is not shown, with a button to sign in if that helps. */
function explanation(failure) {
  const canSignIn = failure.status === 401 && session.me?.signIn.length > 0;
  return [
    h('p', {}, `Not shown: ${failure.message}.`),
    ...(canSignIn ? [h('button', {type: 'button', onclick: signIn}, 'Sign in')] : []),
  ];
}
