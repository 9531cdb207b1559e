import {h} from './dom.js';
import {api} from './session.js';

/** The form that publishes one message; what is wrong is said beside the field. */
export class PublishForm {
  #key = h('input', {id: 'publish-key', class: 'mono', autocomplete: 'off', spellcheck: 'false', placeholder: 'builds.17.finished', 'aria-describedby': 'publish-key-problem'});
  #body = h('textarea', {id: 'publish-body', spellcheck: 'false', placeholder: '{"id": 17}', 'aria-describedby': 'publish-body-problem'});
  #keyProblem = h('p', {id: 'publish-key-problem', class: 'problem'});
  #bodyProblem = h('p', {id: 'publish-body-problem', class: 'problem'});
  #said = h('p', {class: 'problem', role: 'status'});
  #button = h('button', {type: 'submit'}, 'Publish');
  element = h('section', {class: 'card', 'aria-labelledby': 'publish-title'},
    h('form', {novalidate: true, onsubmit: (event) => this.#submit(event)},
      h('h2', {id: 'publish-title'}, 'Publish'),
      h('div', {class: 'field'}, h('label', {for: 'publish-key'}, 'Routing key'), this.#key, this.#keyProblem),
      h('div', {class: 'field'}, h('label', {for: 'publish-body'}, 'Body, as JSON'), this.#body, this.#bodyProblem),
      h('div', {class: 'actions'}, this.#button),
      this.#said));

  fill(message) {
    this.#key.value = message.key;
    this.#body.value = JSON.stringify(message.body, null, 2);
    this.#clear();
    this.#key.focus();
  }

  #clear() {
    this.#blame(this.#key, this.#keyProblem, '');
    this.#blame(this.#body, this.#bodyProblem, '');
    this.#said.textContent = '';
    this.#said.classList.remove('done');
  }

  #blame(field, place, message) {
    place.textContent = message;
    field.setAttribute('aria-invalid', String(message !== ''));
    if (message) {
      field.focus();
    }
  }

  async #submit(event) {
    event.preventDefault();
    this.#clear();
    const key = this.#key.value.trim();
    let body;
    try {
      body = JSON.parse(this.#body.value);
    } catch (failure) {
      this.#blame(this.#body, this.#bodyProblem, this.#body.value.trim() ? failure.message : 'Write JSON, e.g. {"id": 17}');
    }
    if (key === '' || /[*#]/.test(key)) {
      this.#blame(this.#key, this.#keyProblem,
        key === '' ? 'Write a routing key, e.g. builds.17.finished' : 'A key has no wildcards: * and # are for filters');
    }
    if (body === undefined || this.#keyProblem.textContent) {
      return;
    }
    this.#button.disabled = true;
    try {
      await api('/messages', {key, body});
      this.#said.classList.add('done');
      this.#said.textContent = `Confirmed by the broker: ${key}`;
    } catch (failure) {
      if (failure.field === 'key') {
        this.#blame(this.#key, this.#keyProblem, failure.message);
      } else {
        this.#said.textContent = failure.message;
      }
    } finally {
      this.#button.disabled = false;
    }
  }
}
