// What a Rust file names: every path in its code, whole, with the line it ends on. `use` trees are taken apart, and
// `crate`, `self` and `super` become the place that they mean; comments and the content of strings are left out.

/** `src/widget/view/mod.rs` → `['crate', 'widget', 'view']`. */
function moduleOf(path) {
  const parts = path.replace(/^.*?\bsrc\//, '').replace(/\.rs$/, '').split('/');
  if (['mod', 'lib', 'main'].includes(parts.at(-1))) parts.pop();
  return ['crate', ...parts];
}

/** The same text with comments, strings and characters blanked, so that offsets and lines stay. */
function codeOf(text) {
  const blank = (match) => match.replace(/[^\n]/g, ' ');
  const literal = /\/\/[^\n]*|\b[bc]?r(#*)"[^]*?"\1|\b[bc]?"(?:\\[^]|[^"\\])*"|"(?:\\[^]|[^"\\])*"|b?'(?:\\[^\n']+|[^\\'\n])'/g;
  let code = '';
  let rest = text;
  // Block comments nest, which no regular expression follows.
  for (;;) {
    const start = firstBlockComment(rest, literal);
    if (start === -1) return code + rest.replace(literal, blank);
    let end = start + 2;
    for (let depth = 1; depth > 0 && end < rest.length; ) {
      if (rest.startsWith('/*', end)) [depth, end] = [depth + 1, end + 2];
      else if (rest.startsWith('*/', end)) [depth, end] = [depth - 1, end + 2];
      else end += 1;
    }
    code += rest.slice(0, start).replace(literal, blank) + blank(rest.slice(start, end));
    rest = rest.slice(end);
  }
}

function firstBlockComment(text, literal) {
  const either = new RegExp(`${literal.source}|/\\*`, 'g');
  for (const match of text.matchAll(either)) if (match[0] === '/*') return match.index;
  return -1;
}

/** The modules that are written out in the file: where each begins and ends. */
function inlineModules(code) {
  return [...code.matchAll(/\bmod\s+(\w+)\s*\{/g)].map((match) => {
    let end = match.index + match[0].length;
    for (let depth = 1; depth > 0 && end < code.length; end += 1) depth += { '{': 1, '}': -1 }[code[end]] ?? 0;
    return { name: match[1], start: match.index + match[0].length, end };
  });
}

/** `a::{b, c::{self, d as e}}` → `a::b`, `a::c`, `a::c::d`, each with the offset of its last word. */
function* leaves(tree, offset, prefix = []) {
  const brace = tree.indexOf('{');
  const words = (text) => text.split('::').map((word) => word.trim()).filter(Boolean);
  if (brace === -1) {
    const path = [...prefix, ...words(tree.replace(/\bas\s+\w+\s*$/, ''))];
    if (path.length > 1 && path.at(-1) === 'self') path.pop();
    if (path.length > 0) yield { path, offset: offset + tree.search(/\S/) };
    return;
  }
  const inner = tree.slice(brace + 1, tree.lastIndexOf('}'));
  const outer = [...prefix, ...words(tree.slice(0, brace))];
  let [depth, start] = [0, 0];
  for (let index = 0; index <= inner.length; index += 1) {
    depth += { '{': 1, '}': -1 }[inner[index]] ?? 0;
    if (index < inner.length && (inner[index] !== ',' || depth > 0)) continue;
    const branch = inner.slice(start, index);
    if (branch.trim()) yield* leaves(branch, offset + brace + 1 + start, outer);
    start = index + 1;
  }
}

/** Every name: `{ path: 'crate::model::ids', line: 3 }`. */
export function namesIn(file, text) {
  const code = codeOf(text);
  const modules = inlineModules(code);
  const home = moduleOf(file);
  const names = [];
  const add = (path, offset) => {
    const here = [...home, ...modules.filter(({ start, end }) => start <= offset && offset < end).map(({ name }) => name)];
    const [first] = path;
    let whole = path;
    // The program names its own library by the package's name.
    if (first === 'leptos_cometchat' && file.startsWith('src/')) whole = ['crate', ...path.slice(1)];
    else if (first === 'self') whole = [...here, ...path.slice(1)];
    else if (first === 'super') {
      const up = path.findIndex((word) => word !== 'super');
      const levels = up === -1 ? path.length : up;
      whole = [...here.slice(0, Math.max(1, here.length - levels)), ...path.slice(levels)];
    }
    names.push({ path: whole.join('::'), line: code.slice(0, offset).split('\n').length });
  };
  const use = /\b(?:use|extern\s+crate)\s+([^;]+);/g;
  for (const match of code.matchAll(use)) {
    const start = match.index + match[0].indexOf(match[1]);
    for (const { path, offset } of leaves(match[1], start)) add(path, offset);
  }
  const others = code.replace(use, (match) => match.replace(/[^\n]/g, ' '));
  for (const match of others.matchAll(/\b[A-Za-z_]\w*(?:\s*::\s*[A-Za-z_]\w*)*/g)) {
    add(match[0].split('::').map((word) => word.trim()), match.index);
  }
  return names;
}
