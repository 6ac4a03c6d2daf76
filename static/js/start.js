/* The one classic script: the platform calls DtiStart for each block. It returns nothing and never throws. */
function DtiStart(runtime, element, data) {
  "use strict";
  var node = element && element.jquery ? element[0] : element;
  try {
    var root = node.matches("[data-dti]") ? node : node.querySelector("[data-dti]");
    if (!root) { return; }
    import(data.module).then(function (module) {
      module.start(root, data.words, runtime);
    }).catch(function (error) {
      // The page works without its script: forms post, links lead. Only the log needs to know.
      console.error("Duty to Intervene: the script did not start", error);
    });
  } catch (error) {
    console.error("Duty to Intervene: the script did not start", error);
  }
}
