/* JSON as text: JavaScript rounds the numbers that it reads, so bodies are shown, edited and sent as they were written. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
const OPEN = '{[';
const CLOSE = '}]';
/** Levels that are indented. */
const DEEPEST = 20;

/** @return the text of an object's member, or undefined if it has none of that name */
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

/** With the letters that Python writes as numbers; texts lose nothing by being read. */
export function readable(json) {
  return json.replace(TOKEN, (token) => (token.startsWith('"') && token.includes('\\u') ? JSON.stringify(JSON.parse(token)) : token));
}

/** On one line. */
export function compact(json) {
  return Array.from(json.matchAll(TOKEN), ([token]) => token).join('');
}

/** With a line for each value, unless it has lines already. What is nested deeply stands no further to the right, or some of it would fill the memory. */
export function pretty(json) {
  if (json.includes('\n')) {
    return json;
  }
  const tokens = Array.from(json.matchAll(TOKEN), ([token]) => token);
  const parts = [];
  let depth = 0;
  const line = () => `\n${'  '.repeat(Math.min(depth, DEEPEST))}`;
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
