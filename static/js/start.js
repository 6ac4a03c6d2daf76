/* The one classic script: the platform calls DtiStart for each block. It returns nothing and never throws. */
function DtiStart(runtime, element, data) {
  "use strict";
  var node = element && element.jquery ? element[0] : element;
  try {
    var root = node.matches("[data-dti]") ? node : node.querySelector("[data-dti]");
    if (!root) { return; }
    // Says to whoever waits for the script whether links and forms still lead to pages of their own.
    root.dataset.dtiScript = "starting";
    import(data.module).then(function (module) {
      module.start(root, data.words, runtime);
      root.dataset.dtiScript = "started";
    }).catch(function (error) {
      // The page works without its script: forms post, links lead. Only the log needs to know.
      root.dataset.dtiScript = "failed";
      console.error("Duty to Intervene: the script did not start", error);
    });
  } catch (error) {
    console.error("Duty to Intervene: the script did not start", error);
  }
}
