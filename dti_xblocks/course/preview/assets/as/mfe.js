// What the learning page does with its frame: gives it the height of its content, and scrolls to where the frame asks.
const frame = document.getElementById("unit-iframe");
window.addEventListener("message", ({source, data}) => {
  if (source !== frame.contentWindow) return;
  if (data.type === "plugin.resize") frame.height = data.payload.height;
  else if (data.offset) window.scrollTo(0, data.offset + frame.offsetTop);
});
