// The directions of docs/architecture.md as rules: what a part may not name, and which places alone may.
import { namesIn } from './rust-names.mjs';

/** No file is longer, in lines. */
export const LONGEST = 500;

const part = (...names) => new RegExp(`^crate::(${names.join('|')})(::|$)`);
const crates = (...names) => new RegExp(`^(${names.join('|')})(::|$)`);

const SERVER = /^src\/(server\/|main\.rs$)/;
const WHERE_THE_PAGE_IS_MADE = /^src\/server\/(document|router)\.rs$/;

// Each rule: what may not be named, by the files in `in`, except by those in `but`.
const RULES = [
  { what: 'a JavaScript value', names: /(^|::)JsValue$/, in: /^(src|emulator)\//, but: /^src\/sdk\// },
  { what: 'axum', names: crates('axum', 'axum_extra', 'leptos_axum', 'tower', 'tower_http', 'tower_sessions'), in: /^src\//, but: SERVER },
  { what: 'the database', names: crates('sqlx'), in: /^src\//, but: /^src\/server\// },
  { what: 'an HTTP client of the server', names: crates('reqwest'), in: /^src\//, but: /^src\/server\// },
  { what: 'an asynchronous runtime', names: crates('tokio'), in: /^src\//, but: SERVER },
  { what: 'a framework', names: crates('leptos\\w*', 'http', 'web_sys', 'js_sys', 'wasm_bindgen\\w*', 'gloo_net'), in: /^src\/model\// },
  { what: 'another part (the model knows the language alone)', names: part('api', 'app', 'pages', 'sdk', 'widget'), in: /^src\/model\// },
  { what: 'another part (the catalogues know the model alone)', names: part('api', 'app', 'pages', 'sdk', 'widget'), in: /^src\/i18n\// },
  { what: 'another part (the pages alone are swapped)', names: part('api', 'app', 'i18n', 'model', 'pages', 'sdk', 'widget'), in: /^src\/navigation\// },
  { what: 'a framework', names: crates('leptos\\w*'), in: /^src\/navigation\// },
  { what: 'the navigation (only the entry starts it)', names: part('navigation'), in: /^src\//, but: /^src\/(lib\.rs$|navigation\/)/ },
  { what: 'the server half', names: part('server'), in: /^src\//, but: /^src\/(server\/|api\/|main\.rs$)/ },
  { what: 'what stands above the server functions', names: part('app', 'pages', 'sdk', 'widget'), in: /^src\/api\// },
  { what: 'what stands above the binding', names: part('app', 'pages', 'widget'), in: /^src\/sdk\// },
  { what: 'the browser (state and view are pure)', names: crates('leptos\\w*', 'web_sys', 'js_sys', 'wasm_bindgen\\w*', 'gloo_net'), in: /^src\/widget\/(state|view|element|text)\/|^src\/widget\/intent\.rs$/ },
  { what: 'the site (the widget is reused without it)', names: part('app', 'pages'), in: /^src\/widget\// },
  { what: 'the binding or the widget', names: part('app', 'sdk', 'widget'), in: /^src\/pages\// },
  { what: 'the browser half', names: part('pages', 'sdk', 'widget'), in: /^src\/server\// },
  { what: 'the application', names: part('app'), in: /^src\/server\//, but: WHERE_THE_PAGE_IS_MADE },
  { what: 'a component library', names: crates('leptos_meta', 'leptos_router'), in: /^src\/(server|api|model|sdk|widget|i18n)\//, but: WHERE_THE_PAGE_IS_MADE },
  { what: 'the emulator', names: crates('cometchat_emulator'), in: /^src\//, but: /^src\/server\/local_cloud/ },
  { what: 'the app', names: crates('leptos\\w*'), in: /^emulator\// },
];

// What reaches out of its folder without naming a Rust path: a dependency, an included file.
const TEXT_RULES = [
  { what: 'the app', text: /^\s*[^#\s].*\bleptos|^\s*\[.*\bleptos|path\s*=\s*"\.\.\/?"/, in: /^emulator\/.*\.toml$/ },
  { what: "a file of the app's", text: /include(_str|_bytes)?!\s*\(\s*"(\.\.\/)+(src|style|public|end2end)\//, in: /^emulator\/.*\.rs$/ },
];

/** The breaches in one file, as lines for a person. */
export function breachesOf(path, text) {
  const lines = text.split('\n');
  const found = [];
  const length = lines.length - (lines.at(-1) === '' ? 1 : 0);
  if (length > LONGEST) found.push(`${path}: ${length} lines, the longest allowed is ${LONGEST}`);
  const applies = (rule) => rule.in.test(path) && !rule.but?.test(path);
  const add = (line, what) => {
    const breach = `${path}:${line}: names ${what}: ${lines[line - 1].trim()}`;
    if (!found.includes(breach)) found.push(breach);
  };
  const rules = path.endsWith('.rs') ? RULES.filter(applies) : [];
  const names = rules.length > 0 ? namesIn(path, text) : [];
  for (const rule of rules) {
    for (const { path: name, line } of names) if (rule.names.test(name)) add(line, rule.what);
  }
  for (const rule of TEXT_RULES.filter(applies)) {
    lines.forEach((line, index) => {
      if (rule.text.test(line)) add(index + 1, rule.what);
    });
  }
  return found;
}
