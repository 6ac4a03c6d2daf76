// Before MathJax 3 loads: the marks that courses use, and the few calls of MathJax 2 that platform blocks make.
window.MathJax = {
  tex: {
    inlineMath: [["\\(", "\\)"], ["[mathjaxinline]", "[/mathjaxinline]"]],
    displayMath: [["\\[", "\\]"], ["[mathjax]", "[/mathjax]"]],
  },
  startup: {
    ready: function () {
      MathJax.startup.defaultReady();
      var queue = Promise.resolve();
      function typeset(nodes) {
        queue = queue.then(function () { return MathJax.typesetPromise(nodes); }).catch(function (error) { console.error(error); });
      }
      function run(call) {
        if (typeof call === "function") { call(); return; }
        if (!Array.isArray(call)) { return; }
        if (call[0] === "Typeset") { typeset(call[2] ? [].concat(call[2].jquery ? call[2].toArray() : call[2]) : undefined); return; }
        var method = typeof call[0] === "function" ? call[0] : call[1] && call[1][call[0]];
        if (typeof method === "function") { method.apply(call[1], call.slice(2)); }
      }
      MathJax.Hub = {
        Queue: function () { Array.prototype.forEach.call(arguments, run); },
        Typeset: function (node) { typeset(node ? [node] : undefined); },
        // The preview of a typed formula: one box that shows TeX.
        getAllJax: function (node) {
          return [{Text: function (tex) {
            node.textContent = tex ? "\\(" + tex + "\\)" : "";
            typeset([node]);
          }}];
        },
        Startup: {signal: {Interest: function (listener) { queue.then(function () { listener("End"); }); }}},
        Register: {StartupHook: function () {}, MessageHook: function () {}},
        Config: function () {},
      };
      MathJax.Callback = {After: function (call) { run(call); }};
    },
  },
};
