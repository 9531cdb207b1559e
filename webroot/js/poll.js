import {h} from './dom.js';
import {api, session, signIn} from './session.js';

/**
 * Asks for a path again and again, while its view is shown and the page is looked at.
 *
 * @param show is given the answer
 * @param note shows why there is none
 * @param content is hidden from who may not see it, or no longer; while the server is away it stays as it was
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
      note.replaceChildren(...refusal(failure));
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

/** Why something is not shown, and what to do about it. */
export function refusal(failure) {
  const canSignIn = failure.status === 401 && session.me?.signIn.length > 0;
  return [
    h('p', {}, `Not shown: ${failure.message}.`),
    ...(canSignIn ? [h('button', {type: 'button', onclick: signIn}, 'Sign in')] : []),
  ];
}
