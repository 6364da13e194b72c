// That the check of the boundaries sees what it has to see: `node --test scripts/boundaries.test.mjs`.
import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { breachesOf } from './boundaries.mjs';
import { namesIn } from './rust-names.mjs';

const BREACHES = [
  ['a plain import', 'src/pages/home.rs', 'use crate::widget::ChatWidget;'],
  ['a grouped import', 'src/widget/mod.rs', 'use crate::{model::ids::Uid, server::store::Store};'],
  ['a grouped import over several lines', 'src/widget/view/row.rs', 'use crate::{\n    model::ids::Uid,\n    server::{\n        store::{self, Store},\n    },\n};'],
  ['a nested group', 'src/api/chat.rs', 'use crate::{model::{ids::Uid, chat}, widget::{state::State}};'],
  ['a group of the whole part', 'src/pages/home.rs', 'use crate::{i18n, sdk};'],
  ['another name for a part', 'src/pages/home.rs', 'use crate::sdk as binding;'],
  ['a path in the code', 'src/widget/mod.rs', 'fn f() { crate::server::start(); }'],
  ['a path broken over lines', 'src/widget/mod.rs', 'fn f() {\n    crate::\n        server::start();\n}'],
  ['a way round by super', 'src/widget/view/row.rs', 'use super::super::super::server::store::Store;'],
  ['a way round by super, grouped', 'src/model/ids.rs', 'use super::super::{api::ApiError};'],
  ['a way round by super from an inline module', 'src/api/chat.rs', 'mod tests { use super::super::super::pages::HomePage; }'],
  ['axum', 'src/api/chat.rs', 'use axum::http::StatusCode;'],
  ['axum among the integration of Leptos', 'src/api/chat.rs', 'fn f() { leptos_axum::redirect("/"); }'],
  ['axum under another name', 'src/pages/home.rs', 'use axum as web;'],
  ['axum as an old crate', 'src/pages/home.rs', 'extern crate axum;'],
  ['the database', 'src/model/ids.rs', 'impl sqlx::Type for Uid {}'],
  ['the database in an attribute', 'src/model/ids.rs', '#[derive(sqlx::Type)]\nstruct Uid;'],
  ['an HTTP client', 'src/widget/mod.rs', 'use reqwest::Client;'],
  ['a runtime', 'src/widget/mod.rs', 'fn f() { tokio::spawn(g()); }'],
  ['a JavaScript value in a group', 'src/widget/dom.rs', 'use wasm_bindgen::{JsCast, JsValue};'],
  ['a JavaScript value as a type', 'src/widget/dom.rs', 'fn f(value: &JsValue) {}'],
  ['a framework in the model', 'src/model/ids.rs', 'use leptos::prelude::*;'],
  ['HTTP in the model', 'src/model/ids.rs', 'use http::StatusCode;'],
  ['the chat in the navigation', 'src/navigation/listen.rs', 'use crate::widget::page_changed;'],
  ['the framework in the navigation', 'src/navigation/visit.rs', 'use leptos::prelude::*;'],
  ['the navigation in the widget', 'src/widget/mod.rs', 'use crate::navigation::start;'],
  ['the widget in the server', 'src/server/router.rs', 'use crate::{app::App, widget::ChatWidget};'],
  ['a page in the server', 'src/server/document.rs', 'use crate::pages::HomePage;'],
  ['the application in the server', 'src/server/accounts/forms.rs', 'use crate::app::App;'],
  ['the router of the pages in the server', 'src/server/sessions/store.rs', 'use leptos_router::Method;'],
  ['the server in the catalogues', 'src/i18n/mod.rs', 'use crate::server::start;'],
  ['the emulator outside its place', 'src/server/start.rs', 'use cometchat_emulator::Emulator;'],
  ['the app in the emulator', 'emulator/src/lib.rs', 'use leptos_cometchat::model::ids::Uid;'],
  ['Leptos in the emulator', 'emulator/src/lib.rs', 'use leptos::prelude::*;'],
  ['a file of the app in the emulator', 'emulator/src/lib.rs', 'const SQL: &str = include_str!("../../src/server/store/a.sql");'],
  ['a dependency on the app in the emulator', 'emulator/Cargo.toml', '[dependencies]\napp = { package = "leptos-cometchat", path = ".." }'],
  ['a dependency on the app by its path', 'emulator/Cargo.toml', '[dependencies]\napp = { path = ".." }'],
  ['a table for the app', 'emulator/Cargo.toml', '[dependencies.leptos-cometchat]\nversion = "0.1"'],
  ['a file that is too long', 'style/main.css', 'a {}\n'.repeat(501)],
];

const RIGHTFUL = [
  ['what the direction allows', 'src/widget/mod.rs', 'use crate::{api::chat, i18n, model::ids::Uid, sdk::Sdk};'],
  ['a comment', 'src/widget/mod.rs', '//! As crate::server does.\n/* axum::Router /* sqlx::query */ JsValue */'],
  ['a string', 'src/widget/mod.rs', 'const A: &str = "crate::server"; const B: &str = r#"axum::Router "quoted" "#; const C: char = \'"\';'],
  ['a lifetime before a string', 'src/widget/mod.rs', "fn f<'a>(a: &'a str) -> &'a str { g(a, \"sqlx::query\") }"],
  ['an own name that only begins alike', 'src/widget/mod.rs', 'use crate::widget::{server_time, axum_like};'],
  ['the entry, which starts the navigation', 'src/lib.rs', 'fn f() { crate::navigation::start(|| {}); }'],
  ['the own module by super in an inline module', 'src/sdk/mod.rs', 'mod tests { use super::widget; }'],
  ['the page in the server where it is made', 'src/server/document.rs', 'use crate::{app::App, i18n::Language};'],
  ['the program over its library', 'src/main.rs', 'use leptos_cometchat::{model::demo::DEMO, server::{config::Config, start}};'],
  ['a JavaScript value in the binding', 'src/sdk/browser/ffi.rs', 'use wasm_bindgen::JsValue;'],
  ['the name of the app in a comment of the emulator', 'emulator/Cargo.toml', '# not leptos-cometchat\n[dependencies]\naxum.workspace = true'],
  ['a file of 500 lines', 'style/main.css', 'a {}\n'.repeat(500)],
];

for (const [name, path, text] of BREACHES) test(`refused: ${name}`, () => assert.equal(breachesOf(path, text).length, 1, breachesOf(path, text).join('\n')));
for (const [name, path, text] of RIGHTFUL) test(`accepted: ${name}`, () => assert.deepEqual(breachesOf(path, text), []));

test('a breach is reported on its own line of a grouped import', () => {
  const [breach] = breachesOf('src/widget/mod.rs', 'use crate::{\n    model::ids::Uid,\n    server::store::Store,\n};');
  assert.match(breach, /^src\/widget\/mod\.rs:3: /);
});

test('groups are taken apart with their names', () => {
  const names = namesIn('src/api/mod.rs', 'pub(crate) use a::{self, b::{C, d as E}, f::*};').map(({ path }) => path);
  for (const name of ['a', 'a::b::C', 'a::b::d']) assert.ok(names.includes(name), `${name} in ${names}`);
});

test('a page carries the SDK and icons alone, no framework of JavaScript, and every version is exact', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  assert.deepEqual(Object.keys(dependencies).sort(), ['@cometchat/chat-sdk-javascript', 'lucide-static']);
  for (const version of Object.values({ ...dependencies, ...devDependencies })) assert.match(version, /^\d+\.\d+\.\d+$/);
});
