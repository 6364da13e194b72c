// Where a browser has Trusted Types, the policy (`require-trusted-types-for`) lets no text become markup by itself. What
// the browser half does: it reads a page that the server answered into a document that runs nothing, and it puts the
// shapes of its own icons into an element.
{
  const attribute = ' (?!on)[a-z0-9-]+="[\\w ,.-]*"';
  const shape = `<(path|rect|circle|line|polyline|polygon|ellipse)(${attribute})* ?/>`;
  const shapes = new RegExp(`^(${shape})+$`);
  globalThis.trustedTypes?.createPolicy("default", {
    createHTML: (text, _type, sink) => (sink === "DOMParser parseFromString" || shapes.test(text) ? text : null),
  });
}
