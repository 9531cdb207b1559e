import {h} from './dom.js';

/** Asks the user to confirm an action that cannot be undone. @return a promise of the answer, true or false */
export function confirm(title, text, yes) {
  return new Promise((resolve) => {
    const dialog = h('dialog', {'aria-labelledby': 'confirm-title', onclose: () => { dialog.remove(); resolve(dialog.returnValue === 'yes'); }},
      h('form', {method: 'dialog'},
        h('h2', {id: 'confirm-title'}, title),
        h('p', {class: 'soft'}, text),
        h('div', {class: 'actions'},
          h('button', {type: 'submit', value: 'yes'}, yes),
          h('button', {type: 'submit', class: 'quiet', value: 'no', autofocus: true}, 'Cancel'))));
    document.body.append(dialog);
    dialog.showModal();
  });
}
