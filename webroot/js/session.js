import {h} from './dom.js';

/** The key of the user's credentials in the session storage, which lasts until the tab is closed. */
const STORAGE_KEY = 'busbar.authorization';
const changes = new EventTarget();

/** The user of this page, as the server knows them. */
export const session = {
  me: null,
  get authorization() {
    return sessionStorage.getItem(STORAGE_KEY);
  },
  onChange(listener) {
    changes.addEventListener('change', listener);
  },
};

export class ApiError extends Error {
  constructor(status, {message, field} = {}) {
    super(message ?? `the server answered ${status}`);
    this.status = status;
    this.field = field;
  }
}

/** The address of the API, relative to this file, so that a proxy may serve both below any path. */
const API = new URL('../api', import.meta.url);

/**
 * Calls the API; fails with an ApiError: the server's message, the status (0: not reached), and the field that is wrong.
 *
 * @param body an object, or JSON as text
 */
export async function api(path, body) {
  const headers = session.authorization ? {Authorization: session.authorization} : {};
  const options = {headers, cache: 'no-store'};
  if (body !== undefined) {
    options.method = 'POST';
    options.body = typeof body === 'string' ? body : JSON.stringify(body);
    headers['Content-Type'] = 'application/json';
  }
  let response;
  try {
    response = await fetch(API + path, options);
  } catch {
    throw new ApiError(0, {message: 'the server cannot be reached'});
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new ApiError(response.status, answer);
  }
  return answer;
}

/** Asks the server who the user is; forgets credentials that it no longer accepts. */
export async function refresh() {
  try {
    session.me = await api('/me');
  } catch (failure) {
    if (failure.status !== 401) {
      throw failure;
    }
    sessionStorage.removeItem(STORAGE_KEY);
    session.me = await api('/me');
  }
  changes.dispatchEvent(new Event('change'));
}

function signOut() {
  sessionStorage.removeItem(STORAGE_KEY);
  return refresh();
}

export function signIn() {
  const schemes = session.me?.signIn ?? [];
  const token = h('input', {id: 'token', type: 'password', autocomplete: 'off', class: 'mono'});
  const user = h('input', {id: 'user', autocomplete: 'username'});
  const password = h('input', {id: 'password', type: 'password', autocomplete: 'current-password'});
  const problem = h('p', {class: 'problem', role: 'alert'});
  const field = (label, input) => h('div', {class: 'field'}, h('label', {for: input.id}, label), input);
  const dialog = h('dialog', {'aria-labelledby': 'sign-in-title', onclose: () => dialog.remove()},
    h('form', {onsubmit: submit},
      h('h2', {id: 'sign-in-title'}, 'Sign in'),
      schemes.includes('bearer') ? field('Token', token) : null,
      ...(schemes.includes('basic') ? [field('User', user), field('Password', password)] : []),
      problem,
      h('div', {class: 'actions'},
        h('button', {type: 'submit'}, 'Sign in'),
        h('button', {type: 'button', class: 'quiet', onclick: () => dialog.close()}, 'Cancel'))));

  async function submit(event) {
    event.preventDefault();
    const pair = new TextEncoder().encode(`${user.value}:${password.value}`);
    const given = token.value.trim()
      ? `Bearer ${token.value.trim()}`
      : `Basic ${btoa(String.fromCharCode(...pair))}`;
    sessionStorage.setItem(STORAGE_KEY, given);
    try {
      await api('/me');
      await refresh();
      dialog.close();
    } catch (failure) {
      sessionStorage.removeItem(STORAGE_KEY);
      problem.textContent = failure.message;
    }
  }

  document.body.append(dialog);
  dialog.showModal();
}

/** Makes a button sign the user in or out. */
export function bindButton(button) {
  session.onChange(() => {
    const known = Boolean(session.authorization);
    button.hidden = !known && session.me.signIn.length === 0;
    button.textContent = known ? `Sign out ${session.me.name}` : 'Sign in';
  });
  button.addEventListener('click', () => (session.authorization ? signOut() : signIn()));
}
