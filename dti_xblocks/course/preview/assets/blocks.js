// Starts the blocks of a page, as the platform's page does: children first, each by the function its markup names.

function nodeOf(element) {
  return element && element.jquery ? element[0] : element;
}

function address(element, name, suffix, query) {
  const block = nodeOf(element).closest("[data-handler-prefix]");
  let url = block.dataset.handlerPrefix + name;
  if (suffix) url += `/${suffix}`;
  if (query) url += `?${query}`;
  return url;
}

const listeners = new Map();

function makeRuntime() {
  return {
    handlerUrl: address,
    localHandlerUrl: address,
    notify(name, data) {
      for (const listener of listeners.get(name) || []) listener(data);
      const form = document.querySelector("[data-studio-back]");
      if (form && ((name === "save" && data && data.state === "end") || name === "cancel")) {
        window.location.assign(form.dataset.studioBack);
      }
    },
    listenTo(name, listener) {
      listeners.set(name, [...(listeners.get(name) || []), listener]);
    },
    children(block) {
      return block.children || [];
    },
    childMap(block, name) {
      return (block.children || []).find((child) => child.name === name);
    },
    refreshXBlock() {
      window.location.reload();
    },
  };
}

// As the platform: `init` may be a constructor or a plain function that returns the block; it is applied, so no class.
function construct(init, values) {
  function Block() {
    return init.apply(this, values);
  }
  Block.prototype = init.prototype;
  return new Block();
}

/** Start `node` and the blocks inside it. A block that fails leaves its neighbours alone. */
function start(node, runtime) {
  if (node.dataset.started) return node.xblock;
  node.dataset.started = "true";
  const children = [...node.querySelectorAll(".xblock")]
    .filter((child) => child.parentElement.closest(".xblock") === node)
    .map((child) => start(child, runtime));
  let block = {};
  const name = node.dataset.init;
  if (name) {
    const script = node.querySelector(":scope > script.xblock_json_init_args");
    const init = window[name];
    if (typeof init !== "function") {
      console.error(`The block's script has no function ${name}`);
    } else {
      try {
        block = construct(init, [runtime, node, ...(script ? [JSON.parse(script.textContent)] : [])]) || {};
      } catch (error) {
        console.error(`${name} failed`, error);
      }
    }
  }
  try {
    block.runtime = runtime;
    block.element = node;
    block.children = children;
    block.name = node.dataset.name;
    block.type = node.dataset.blockType;
  } catch {
    // a block may return something frozen
  }
  node.xblock = block;
  window.jQuery(node).trigger("xblock-initialized").data("initialized", true).addClass("xblock-initialized");
  return block;
}

const runtime = makeRuntime();
for (const node of document.querySelectorAll(".xblock")) start(node, runtime);

if (window.location.hash) {
  const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
  if (target) target.scrollIntoView();
}
