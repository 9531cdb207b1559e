/* Works on JSON as text: JavaScript would round numbers, so bodies are shown, edited and sent as they were written. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
const OPEN = '{[';
const CLOSE = '}]';
const MAX_INDENTED_LEVELS = 20;

/** Returns the text of an object's member; undefined if there is none of that name. */
export function member(json, name) {
  let depth = 0;
  let last = '';
  let start = -1;
  for (const {0: token, index} of json.matchAll(TOKEN)) {
    if (depth === 1 && start >= 0 && (token === ',' || token === '}')) {
      return json.slice(start, index).trim();
    }
    if (depth === 1 && start < 0 && token === ':' && JSON.parse(last) === name) {
      start = index + 1;
    }
    depth += OPEN.includes(token) ? 1 : CLOSE.includes(token) ? -1 : 0;
    last = token;
  }
  return undefined;
}

/** Replaces escapes such as \u00fc, which Python writes, by their characters. */
export function readable(json) {
  return json.replace(TOKEN, (token) => (token.startsWith('"') && token.includes('\\u') ? JSON.stringify(JSON.parse(token)) : token));
}

/** Writes the JSON on one line. */
export function compact(json) {
  return Array.from(json.matchAll(TOKEN), ([token]) => token).join('');
}

/**
 * Writes each value on a line of its own, unless the JSON has several lines already. Beyond a depth nothing is indented
 * further: the spaces of deeply nested JSON would fill the memory.
 */
export function pretty(json) {
  if (json.includes('\n')) {
    return json;
  }
  const tokens = Array.from(json.matchAll(TOKEN), ([token]) => token);
  const parts = [];
  let depth = 0;
  const line = () => `\n${'  '.repeat(Math.min(depth, MAX_INDENTED_LEVELS))}`;
  tokens.forEach((token, i) => {
    if (OPEN.includes(token) && !CLOSE.includes(tokens[i + 1])) {
      depth++;
      parts.push(token, line());
    } else if (CLOSE.includes(token) && !OPEN.includes(tokens[i - 1])) {
      depth--;
      parts.push(line(), token);
    } else if (token === ',') {
      parts.push(`,${line()}`);
    } else {
      parts.push(token === ':' ? ': ' : token);
    }
  });
  return parts.join('');
}
