/** Creates an element: h('p', {class: 'soft', onclick}, 'text', child). Texts are never parsed as HTML. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Creates a list of terms and values from pairs; a value may be an element. Pairs without a value are left out. */
export function facts(pairs) {
  const list = h('dl', {class: 'facts'});
  for (const [term, value] of pairs) {
    if (value !== null && value !== undefined && value !== '') {
      list.append(h('dt', {}, term), h('dd', {}, value instanceof Node ? value : String(value)));
    }
  }
  return list;
}

/** Changes the text only if it differs, to spare the browser work and screen readers an announcement. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

const numbers = new Intl.NumberFormat('en');

export function count(value) {
  return numbers.format(value);
}

/** Formats a rate per second: with one decimal below 10, rounded above. */
export function rate(value) {
  return value >= 10 || value === 0 ? count(Math.round(value)) : value.toFixed(1);
}

export function bytes(value) {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value >= 10 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** Formats the time of day. @return a pair: the time to the second, and its milliseconds */
export function time(date) {
  const padded = (n, length = 2) => String(n).padStart(length, '0');
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map((n) => padded(n)).join(':');
  return [clock, `.${padded(date.getMilliseconds(), 3)}`];
}
