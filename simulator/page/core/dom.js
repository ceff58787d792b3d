// Builds and reconciles DOM nodes. Text always becomes a text node: there is no way to pass markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {Element} node
 * @param {Record<string, any>} props  `on` holds listeners, `class` and every other key an attribute;
 *   null, undefined and false leave the attribute out, true writes it empty.
 */
function dress(node, props) {
  for (const [key, value] of Object.entries(props)) {
    if (key === "on") {
      for (const [name, listener] of Object.entries(value)) node.addEventListener(name, listener);
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(key, value === true ? "" : String(value));
    }
  }
}

/** @returns {HTMLElement} */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  dress(node, props);
  node.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return node;
}

/** @returns {SVGElement} */
export function svg(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  dress(node, props);
  node.append(...children.flat(Infinity).filter(Boolean));
  return node;
}

let serial = 0;

/** An id no other node of this page has. */
export function freshId(prefix) {
  serial += 1;
  return `${prefix}-${serial}`;
}

/** Where the keyboard was inside `root`, as a function that puts it back after a re-render. */
export function rememberFocus(root) {
  const active = document.activeElement;
  if (!active || active === root || !root.contains(active)) return () => {};
  const hook = ["data-action-id", "data-focus", "id"].find((name) => active.hasAttribute(name));
  if (!hook) return () => {};
  const block = active.closest("[data-block-id]")?.getAttribute("data-block-id");
  const within = block ? `[data-block-id="${CSS.escape(block)}"] ` : "";
  const selector = `${within}[${hook}="${CSS.escape(active.getAttribute(hook))}"]`;
  const caret = [active.selectionStart, active.selectionEnd];
  return () => {
    if (
      document.activeElement &&
      document.activeElement !== document.body &&
      root.contains(document.activeElement)
    )
      return;
    const again = root.querySelector(selector);
    again?.focus({ preventScroll: true });
    if (again && typeof caret[0] === "number") {
      try {
        again.setSelectionRange(caret[0], caret[1]);
      } catch {
        /* number and date inputs have no caret */
      }
    }
  };
}

/**
 * Makes `parent` hold one node per item, keeping the nodes whose signature did not change.
 * @param {Element} parent
 * @param {{key: string, signature: string, render: () => Element}[]} items
 */
export function reconcile(parent, items) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const restore = rememberFocus(parent);
  let cursor = parent.firstElementChild;
  for (const item of items) {
    let node = old.get(item.key);
    if (!node || node.dataset.signature !== item.signature) {
      const made = item.render();
      made.dataset.key = item.key;
      made.dataset.signature = item.signature;
      if (node === cursor && node) cursor = node.nextElementSibling;
      node?.remove();
      node = made;
    }
    old.delete(item.key);
    if (node === cursor) cursor = cursor.nextElementSibling;
    else parent.insertBefore(node, cursor);
  }
  for (const node of old.values()) node.remove();
  restore();
}

/** A short, stable fingerprint of what a node was rendered from. */
export function fingerprint(value) {
  const text = JSON.stringify(value) ?? "";
  let hash = 5381;
  for (let i = 0; i < text.length; i += 1) hash = ((hash << 5) + hash + text.charCodeAt(i)) | 0;
  return `${hash}:${text.length}`;
}

/** Says it to screen readers. */
export function announce(text) {
  const region = document.getElementById("announcer");
  region.textContent = "";
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}
