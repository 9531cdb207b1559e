import {h} from './dom.js';
import {pretty, readable} from './json.js';
import {api} from './session.js';

/** The form that publishes a message; it shows what is wrong beside the field. */
export class PublishForm {
  #key = h('input', {id: 'publish-key', class: 'mono', autocomplete: 'off', spellcheck: 'false', placeholder: 'builds.17.finished', 'aria-describedby': 'publish-key-problem'});
  #body = h('textarea', {id: 'publish-body', spellcheck: 'false', placeholder: '{"id": 17}', 'aria-describedby': 'publish-body-problem'});
  #keyProblem = h('p', {id: 'publish-key-problem', class: 'problem'});
  #bodyProblem = h('p', {id: 'publish-body-problem', class: 'problem'});
  #status = h('p', {class: 'problem', role: 'status'});
  #filled = {};
  #button = h('button', {type: 'submit'}, 'Publish');
  element = h('section', {class: 'card', 'aria-labelledby': 'publish-title'},
    h('form', {novalidate: true, onsubmit: (event) => this.#submit(event)},
      h('h2', {id: 'publish-title'}, 'Publish'),
      h('div', {class: 'field'}, h('label', {for: 'publish-key'}, 'Routing key'), this.#key, this.#keyProblem),
      h('div', {class: 'field'}, h('label', {for: 'publish-body'}, 'Body, as JSON'), this.#body, this.#bodyProblem),
      h('div', {class: 'actions'}, this.#button),
      this.#status));

  fill(message) {
    this.#key.value = message.key;
    this.#body.value = pretty(readable(message.json));
    this.#filled = {shown: this.#body.value, json: message.json};
    this.#clear();
    this.#key.focus();
  }

  /** The JSON to publish: the text of the form, or the message's original text if the user has not edited it. */
  #json() {
    return this.#body.value === this.#filled.shown ? this.#filled.json : this.#body.value;
  }

  #clear() {
    this.#showProblem(this.#key, this.#keyProblem, '');
    this.#showProblem(this.#body, this.#bodyProblem, '');
    this.#status.textContent = '';
    this.#status.classList.remove('done');
  }

  #showProblem(field, place, message) {
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
    const body = this.#json();
    try {
      JSON.parse(body);
    } catch (failure) {
      this.#showProblem(this.#body, this.#bodyProblem, this.#body.value.trim() ? failure.message : 'Write JSON, e.g. {"id": 17}');
    }
    if (key === '' || /[*#]/.test(key)) {
      this.#showProblem(this.#key, this.#keyProblem,
        key === '' ? 'Write a routing key, e.g. builds.17.finished' : 'A key has no wildcards: * and # are for filters');
    }
    if (this.#bodyProblem.textContent || this.#keyProblem.textContent) {
      return;
    }
    this.#button.disabled = true;
    try {
      await api('/messages', `{"key": ${JSON.stringify(key)}, "body": ${body}}`);
      this.#status.classList.add('done');
      this.#status.textContent = `Confirmed by the broker: ${key}`;
    } catch (failure) {
      if (failure.field === 'key') {
        this.#showProblem(this.#key, this.#keyProblem, failure.message);
      } else {
        this.#status.textContent = failure.message;
      }
    } finally {
      this.#button.disabled = false;
    }
  }
}
